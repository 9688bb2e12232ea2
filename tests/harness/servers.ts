/**
 * Servers: real Postgres for tests, started when first asked for and gone afterwards.
 *
 * Every server lives in a directory of its own that names the process it belongs to; what a killed run left behind
 * is cleared by the next.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import {
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { type Binaries, exe, PREFIX, runAs } from './binaries.ts'

export interface Server {
  /** Ends with `/`: the name of a database follows. */
  readonly url: string
  /** Stops it like `pg_ctl stop -m immediate`: all at once, and what was under way is gone. Starts it again there. */
  crash(): Promise<void>
  /** Copies everything there is, as the disk of a virtual machine is copied. The answer puts the copy in its place. */
  keep(): Promise<() => Promise<void>>
  /** Another one that repeats what this one writes, from a base backup of it. Of Postgres 15 and newer. */
  standby(): Promise<Server>
  /** Ends like a machine without power, and stays so. */
  die(): Promise<void>
  stop(): Promise<void>
}

const READY_WITHIN_MS = 60_000

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Stops and removes what runs left behind that were killed. */
function clearLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    const owner = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1]
    if (owner === undefined || alive(Number(owner))) continue
    const folder = path.join(tmpdir(), name)
    const pidFile = path.join(folder, 'data/postmaster.pid')
    try {
      const [pid, data] = readFileSync(pidFile, 'utf8').split('\n')
      if (pid && data === path.join(folder, 'data') && alive(Number(pid))) {
        process.kill(Number(pid), 'SIGQUIT')
      }
    } catch {
      // It had stopped already, or belongs to somebody else.
    }
    try {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
    } catch {
      // Somebody else's: theirs to clear.
    }
  }
}

export interface ServerOptions {
  /**
   * Waits for the disk like a real server. Off by default: tests never cut the power. `crash`: what is committed has
   * left the server's own memory, so that it may be stopped in the middle.
   */
  readonly durable?: boolean | 'crash'
}

const QUICK = { fsync: 'off', full_page_writes: 'off' }
const SETTINGS = {
  true: {},
  // What nobody waits for is lost in a crash; a server may keep it to itself for so long.
  crash: { ...QUICK, wal_writer_delay: '10s' },
  false: { ...QUICK, synchronous_commit: 'off' },
}

/** A folder that the server's user can write. */
function newFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), `${PREFIX}${process.pid}-`))
  if (runAs) chownSync(folder, runAs.uid, runAs.gid)
  return folder
}

const how = (cwd: string) => ({
  ...runAs,
  cwd,
  env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
})

/** With owners and rights as they are. */
const copy = (from: string, to: string) => execFileSync('cp', ['-a', from, to])

export async function startServer(
  binaries: Binaries,
  { durable = false }: ServerOptions = {},
): Promise<Server> {
  clearLeftovers()
  const folder = newFolder()
  const data = path.join(folder, 'data')
  mkdirSync(data, { mode: 0o700 })
  if (runAs) chownSync(data, runAs.uid, runAs.gid)
  try {
    execFileSync(
      path.join(binaries.bin, `initdb${exe}`),
      ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
      { ...how(folder), stdio: 'pipe' },
    )
    return await serve(binaries, folder, SETTINGS[`${durable}`])
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}

/** Serves the cluster in `folder/data`. */
async function serve(
  { bin }: Binaries,
  folder: string,
  more: Readonly<Record<string, string>>,
): Promise<Server> {
  const data = path.join(folder, 'data')
  const port = await freePort()
  const settings: Record<string, string | number> = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 200,
    ...more,
  }
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const url = `postgresql://postgres@127.0.0.1:${port}/`
  const start = async () => {
    const child = spawn(path.join(bin, `postgres${exe}`), ['-D', data, '-p', `${port}`, ...args], {
      ...how(folder),
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    await ready(child, url)
    return child
  }
  let child = await start()
  return {
    url,
    async crash() {
      await end(child, 'SIGQUIT')
      child = await start()
    },
    async keep() {
      const kept = path.join(folder, 'kept')
      await end(child, 'SIGINT')
      rmSync(kept, { recursive: true, force: true })
      copy(data, kept)
      child = await start()
      return async () => {
        await end(child, 'SIGQUIT')
        rmSync(data, { recursive: true })
        copy(kept, data)
        child = await start()
      }
    },
    async standby() {
      const second = newFolder()
      const target = path.join(second, 'data')
      const client = new pg.Client({ connectionString: `${url}postgres` })
      await client.connect()
      await client.query(`select pg_backup_start('standby', fast => true)`)
      copy(data, target)
      const { rows } = await client.query<{ labelfile: string }>(
        'select labelfile from pg_backup_stop(wait_for_archive => false)',
      )
      await client.end()
      const write = (name: string, text: string) => {
        const file = path.join(target, name)
        writeFileSync(file, text, { mode: 0o600 })
        if (runAs) chownSync(file, runAs.uid, runAs.gid)
      }
      rmSync(path.join(target, 'postmaster.pid'))
      write('backup_label', rows[0]?.labelfile ?? '')
      write('standby.signal', '')
      return serve({ bin } as Binaries, second, {
        ...more,
        primary_conninfo: `host=127.0.0.1 port=${port} user=postgres`,
      })
    },
    die: () => end(child, 'SIGQUIT'),
    async stop() {
      await end(child, 'SIGINT')
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
    },
  }
}

async function ready(child: ChildProcess, url: string): Promise<void> {
  let said = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4000)
  })
  const until = Date.now() + READY_WITHIN_MS
  while (child.exitCode === null && Date.now() < until) {
    const client = new pg.Client({ connectionString: `${url}postgres` })
    try {
      await client.connect()
      await client.end()
      return
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
  }
  child.kill('SIGKILL')
  throw new Error(`the server did not start:\n${said}`)
}

/** SIGINT is "fast" and ends open sessions; SIGQUIT is "immediate" and ends everything. */
async function end(child: ChildProcess, how: 'SIGINT' | 'SIGQUIT'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  await new Promise<void>((resolve) => {
    const impatient = setTimeout(() => child.kill('SIGQUIT'), 10_000)
    child.once('exit', () => {
      clearTimeout(impatient)
      resolve()
    })
    child.kill(how)
  })
}
