import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { FolderLocked } from '../../core/store/failures.ts'
import { lockFile, lockFolder } from '../../core/store/lock.ts'

const HOLDER = fileURLToPath(new URL('../harness/hold-lock.ts', import.meta.url))
let folder: string
let file: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'allmend-lock-'))
  file = path.join(folder, 'lock')
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

const outcomeOf = (taking: Promise<unknown>) =>
  taking.then(
    () => 'taken',
    (error: unknown) => (error instanceof FolderLocked ? 'refused' : String(error)),
  )

type Holder = ChildProcessByStdio<Writable, Readable, null>

/** Processes that stand ready to take the lock, all at one word. */
async function contenders(count: number): Promise<{ holder: Holder; next(): Promise<string> }[]> {
  return await Promise.all(
    Array.from({ length: count }, async () => {
      const holder = spawn(process.execPath, ['--import', 'tsx', HOLDER, file], {
        stdio: ['pipe', 'pipe', 'inherit'],
      })
      const lines = createInterface({ input: holder.stdout })[Symbol.asyncIterator]()
      const next = async () => String((await lines.next()).value)
      await next()
      return { holder, next }
    }),
  )
}

it('a lock names its holder, and gives way when it is released', async () => {
  const before = Date.now()
  const lock = await lockFolder(folder)
  const refused = await lockFolder(folder).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(FolderLocked)
  const { holder } = refused as FolderLocked
  expect({ pid: holder.pid, host: holder.host }).toEqual({ pid: process.pid, host: hostname() })
  expect(holder.since).toBeGreaterThanOrEqual(before)
  await lock.release()
  expect(await readdir(folder)).toEqual([])
  await (await lockFolder(folder)).release()
})

it('a lock is taken by one of many that want it in one process', async () => {
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => outcomeOf(lockFile(file))))
  expect(outcomes.filter((outcome) => outcome === 'taken')).toHaveLength(1)
  expect(outcomes.filter((outcome) => outcome === 'refused')).toHaveLength(19)
})

it('a lock whose process is gone is taken over', async () => {
  const gone = { pid: 2 ** 22 + 1, host: hostname(), since: 0, started: 'then', mark: 'old' }
  await writeFile(file, JSON.stringify(gone))
  expect(await outcomeOf(lockFile(file))).toBe('taken')
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ pid: process.pid })
})

it.skipIf(!existsSync('/proc/self/stat'))(
  'a lock whose number was given to another process is taken over',
  async () => {
    const { pid } = process
    const other = {
      pid: process.ppid,
      host: hostname(),
      since: 0,
      started: 'long ago',
      mark: 'old',
    }
    await writeFile(file, JSON.stringify(other))
    expect(await outcomeOf(lockFile(file))).toBe('taken')
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ pid })
  },
)

it('a lock of this process that it does not remember is from before it was this process', async () => {
  const former = { pid: process.pid, host: hostname(), since: 0, started: '', mark: 'old' }
  await writeFile(file, JSON.stringify(former))
  expect(await outcomeOf(lockFile(file))).toBe('taken')
})

it('a lock of another host is believed', async () => {
  const far = { pid: 1, host: 'another-desk', since: 5, started: '', mark: 'far' }
  await writeFile(file, JSON.stringify(far))
  const refused = await lockFile(file).catch((error: unknown) => error)
  expect((refused as FolderLocked).holder).toEqual({ pid: 1, host: 'another-desk', since: 5 })
})

it('a lock that nobody can read, as a power cut leaves it, is taken over', async () => {
  await writeFile(file, '')
  expect(await outcomeOf(lockFile(file))).toBe('taken')
})

it('of several processes that find a stale lock one takes it; when it is killed another may', async () => {
  const gone = { pid: 2 ** 22 + 1, host: hostname(), since: 0, started: 'then', mark: 'old' }
  await writeFile(file, JSON.stringify(gone))
  const all = await contenders(4)
  try {
    for (const { holder } of all) holder.stdin.write('now\n')
    const outcomes = await Promise.all(all.map(({ next }) => next()))
    expect(outcomes.toSorted()).toEqual(['refused', 'refused', 'refused', 'taken'])
    const winner = all[outcomes.indexOf('taken')]?.holder as Holder
    expect(await outcomeOf(lockFile(file))).toBe('refused')
    const ended = new Promise((resolve) => winner.once('exit', resolve))
    winner.kill('SIGKILL')
    await ended
    expect(await outcomeOf(lockFile(file))).toBe('taken')
  } finally {
    for (const { holder } of all) holder.kill('SIGKILL')
  }
})
