import { type ChildProcess, spawn } from 'node:child_process'
import fs, { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Worker } from 'node:worker_threads'
import { sql } from 'kysely'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../core/store/database.ts'
import { DatabaseStopped, DataUnreadable, FolderLocked } from '../../core/store/failures.ts'
import { migrateToLatest } from '../../core/store/migrate.ts'
import { openPglite } from '../../core/store/pglite.ts'
import { setAside } from '../../core/store/set-aside.ts'
import { preparedForTests } from '../harness/kinds.ts'

const HOLDER = fileURLToPath(new URL('../harness/hold-folder.ts', import.meta.url))
let prepared: string
let scratch: string
let folder: string
const open: Database[] = []

async function opened(options: { prepared?: string } = { prepared }): Promise<Database> {
  const database = await openPglite({ folder, ...options })
  open.push(database)
  return database
}

const keep = (database: Database, key: string) =>
  database.transact((tx) => sql`insert into allmend.setting values (${key}, '{}')`.execute(tx))
const kept = async (database: Database) =>
  (
    await sql<{ key: string }>`select key from allmend.setting order by key`.execute(
      database.kysely,
    )
  ).rows.map(({ key }) => key)

beforeAll(async () => {
  prepared = await preparedForTests()
})
beforeEach(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), 'allmend-pglite-'))
  folder = path.join(scratch, 'database')
})
afterEach(async () => {
  await Promise.all(open.splice(0).map((database) => database.close()))
  await rm(scratch, { recursive: true, force: true })
})

describe('long answers', () => {
  it('are whole wherever the end of an answer falls between two pieces', async () => {
    const database = await openPglite()
    open.push(database)
    // 2361 rows of 111 bytes fill one piece but for some bytes; the first row moves the end over its edge.
    for (let length = 100; length < 150; length++) {
      const { rows } = await sql<{ x: string }>`
        select repeat('x', case when i = 1 then ${sql.lit(length)} else 100 end) as x
          from generate_series(1, 2361) i`.execute(database.kysely)
      expect([length, rows.length, rows[0]?.x.length]).toEqual([length, 2361, length])
    }
  })
})

describe('the embedded database in a folder', () => {
  it('keeps what was written, in a thread of its own, with every wait for the disk in place', async () => {
    const first = await opened()
    expect(await migrateToLatest(first)).toEqual([])
    await keep(first, 'kept')
    const { rows } = await sql`select
      current_setting('fsync') as fsync, current_setting('synchronous_commit') as waits,
      current_setting('wal_sync_method') as how, current_setting('shared_buffers') as memory,
      current_setting('max_connections')::int as connections`.execute(first.kysely)
    expect(rows).toEqual([
      { fsync: 'on', waits: 'on', how: 'fsync', memory: '8MB', connections: 5 },
    ])
    await first.close()
    expect(await kept(await opened())).toEqual(['kept'])
  })

  it('waits for the disk at every commit, not only in its settings', async () => {
    const database = await openPglite({ folder, prepared, thread: 'here' })
    open.push(database)
    const { fsyncSync } = fs
    let syncs = 0
    fs.fsyncSync = (handle) => {
      syncs += 1
      fsyncSync(handle)
    }
    syncBuiltinESMExports()
    try {
      for (let row = 0; row < 10; row++) await keep(database, `row ${row}`)
    } finally {
      fs.fsyncSync = fsyncSync
      syncBuiltinESMExports()
    }
    expect(syncs).toBeGreaterThanOrEqual(10)
  })

  it('leaves nothing beside itself but the lock while it is open', async () => {
    const database = await opened()
    expect((await readdir(scratch)).sort()).toEqual(['database', 'database.lock'])
    await database.close()
    expect(await readdir(scratch)).toEqual(['database'])
  })

  it('starts over where an earlier start was cut off in the middle', async () => {
    const database = await opened()
    await database.close()
    await rename(folder, `${folder}.tmp`)
    expect(await kept(await opened())).toEqual([])
    expect(existsSync(`${folder}.tmp`)).toBe(false)
  })

  it('is founded without a prepared one, too, and where that cannot be read', async () => {
    const broken = path.join(scratch, 'broken.tar.gz')
    await writeFile(broken, (await readFile(prepared)).subarray(0, 100_000))
    const database = await opened({ prepared: broken })
    expect((await migrateToLatest(database)).length).toBeGreaterThan(0)
  })

  it('is refused to a second one that opens it, by name of who has it', async () => {
    await opened()
    const second = await opened().catch((error: unknown) => error)
    expect(second).toBeInstanceOf(FolderLocked)
    expect((second as FolderLocked).holder.pid).toBe(process.pid)
  })

  it('that cannot be opened is reported, left alone, and can be set aside', async () => {
    const first = await opened()
    await first.close()
    await writeFile(path.join(folder, 'global/pg_control'), 'nothing of this is a control file')
    await expect(opened()).rejects.toBeInstanceOf(DataUnreadable)
    expect(await readFile(path.join(folder, 'global/pg_control'), 'utf8')).toContain('nothing')
    const now = Date.UTC(2027, 5, 1, 8, 30)
    expect(path.basename(await setAside(folder, now))).toBe('broken-2027-06-01T083000')
    expect(await kept(await opened())).toEqual([])
    await open.at(-1)?.close()
    expect(path.basename(await setAside(folder, now))).toBe('broken-2027-06-01T083000-2')
  })

  it('says so when its thread is gone, to who waits and to who comes later', async () => {
    const threads: Worker[] = []
    const remember = (worker: Worker) => threads.push(worker)
    process.on('worker', remember)
    const database = await opened()
    process.off('worker', remember)
    const waiting = database.transact((tx) => sql`select pg_sleep(${20})`.execute(tx))
    const told = expect(waiting).rejects.toBeInstanceOf(DatabaseStopped)
    await new Promise((resolve) => setTimeout(resolve, 200))
    await threads[0]?.terminate()
    await told
    await expect(kept(database)).rejects.toBeInstanceOf(DatabaseStopped)
    await database.close()
    expect(await kept(await opened())).toEqual([])
  })

  it('does not hold up its process while it computes', async () => {
    const database = await opened()
    let turns = 0
    const ticking = setInterval(() => {
      turns += 1
    }, 1)
    await sql`select sum(g) from generate_series(1, ${1_000_000}::int) g`.execute(database.kysely)
    clearInterval(ticking)
    // The query takes some hundred milliseconds; in this thread not one turn would come.
    expect(turns).toBeGreaterThan(5)
  })
})

describe('the embedded database in another process', () => {
  let child: ChildProcess | undefined
  afterEach(() => {
    child?.kill('SIGKILL')
    child = undefined
  })

  it('is locked by it, and after a kill -9 opens with every row that was acknowledged', async () => {
    const holder = spawn(process.execPath, ['--import', 'tsx', HOLDER, folder, prepared], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    child = holder
    const acknowledged: string[] = []
    const lines = createInterface({ input: holder.stdout })
    await new Promise<void>((resolve, reject) => {
      lines.on('line', (line) => {
        acknowledged.push(`row ${line}`)
        if (acknowledged.length === 20) resolve()
      })
      holder.on('exit', (code) => reject(new Error(`the holder ended with ${code}`)))
    })
    const refused = await opened().catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(FolderLocked)
    expect((refused as FolderLocked).holder.pid).toBe(holder.pid)

    const gone = new Promise((resolve) => holder.once('close', resolve))
    holder.kill('SIGKILL')
    await gone
    const rows = await kept(await opened())
    expect(acknowledged.filter((row) => !rows.includes(row))).toEqual([])
  })
})
