/**
 * Lock: one process in a folder at a time, also after a crash, and never by guessing.
 *
 * The lock is a file that only one process can create. It names its holder by pid, host and the time that process
 * started, so a lock left by a kill or a power cut is recognised even when its pid has been given to another
 * program. A lock of another host is always believed.
 *
 * Its few file calls are synchronous: together they take less than a millisecond, while each wait for one would cost a
 * turn of a loop that is busy with everything else of a start.
 */
import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import path from 'node:path'
import { codeOf, FolderLocked, type Holder } from './failures.ts'

export interface Lock {
  release(): Promise<void>
}

interface Written extends Holder {
  /** When the process started, in the system's own words; empty where the system does not tell. */
  readonly started: string
  /** Tells two locks of one process apart. */
  readonly mark: string
}

/** Processes that find the same stale lock at once: one clears it, the others look again. */
const ATTEMPTS = 50
/** How long the others wait before they look again. */
const BREAKING_MS = 5

/** Field 22 of /proc/PID/stat (clock ticks since boot) with the boot's id; the name before it may hold spaces. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    return `${boot}/${fields[19] ?? ''}`
  } catch {
    return undefined
  }
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

function holds(written: Written): boolean {
  if (written.host !== hostname()) return true
  if (written.pid === process.pid) return ours.has(written.mark)
  if (!runs(written.pid)) return false
  const started = startOf(written.pid)
  return started === undefined || written.started === '' || started === written.started
}

/** Marks of the locks this process holds: a second open of the same folder in one process is refused as well. */
const ours = new Set<string>()

function read(file: string): Written | 'nobody' | 'illegible' {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 'nobody'
    throw error
  }
  try {
    const written = JSON.parse(text) as Written
    return Number.isInteger(written.pid) && typeof written.host === 'string' ? written : 'illegible'
  } catch {
    return 'illegible'
  }
}

/** Takes the lock or throws `FolderLocked` with who has it. */
export async function lockFile(file: string, folder = path.dirname(file)): Promise<Lock> {
  mkdirSync(path.dirname(file), { recursive: true })
  const mark = randomBytes(8).toString('hex')
  const written: Written = {
    pid: process.pid,
    host: hostname(),
    since: Date.now(),
    started: startOf(process.pid) ?? '',
    mark,
  }
  const draft = `${file}.${process.pid}.${mark}`
  writeFileSync(draft, `${JSON.stringify(written)}\n`, { flag: 'wx', mode: 0o600 })
  ours.add(mark)
  let taken = false
  try {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (claim(draft, file)) {
        taken = true
        return { release: () => release(file, mark) }
      }
      const holder = read(file)
      if (holder === 'nobody') continue
      if (holder !== 'illegible' && holds(holder)) {
        throw new FolderLocked(folder, {
          pid: holder.pid,
          host: holder.host,
          since: holder.since,
        })
      }
      await removeStale(file, draft, holder)
    }
    throw new Error(`the lock ${file} cannot be taken`)
  } finally {
    if (!taken) ours.delete(mark)
    rmSync(draft, { force: true })
  }
}

/** The lock of a whole data folder, `<folder>/lock`: journal and database together. */
export const lockFolder = (folder: string): Promise<Lock> => lockFile(path.join(folder, 'lock'))

/** A hard link to the finished draft: it appears whole or not at all, and fails if the name is taken. */
function claim(draft: string, file: string): boolean {
  try {
    linkSync(draft, file)
    return true
  } catch (error) {
    const code = codeOf(error)
    if (code === 'EEXIST') return false
    // Folders without hard links (FAT, some network drives): exclusive creation, illegible for an instant only.
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS') throw error
  }
  try {
    writeFileSync(file, readFileSync(draft), { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

/**
 * Removes a stale lock, one process at a time: without that, two could both see it stale, and the slower one would
 * remove the lock that the faster one has just taken in its place.
 */
async function removeStale(
  file: string,
  draft: string,
  stale: Written | 'illegible',
): Promise<void> {
  const breaker = `${file}.breaking`
  if (!claim(draft, breaker)) {
    const other = read(breaker)
    // Somebody died in the few microseconds that this takes.
    if (typeof other === 'object' && !holds(other)) rmSync(breaker, { force: true })
    await new Promise((resolve) => setTimeout(resolve, BREAKING_MS))
    return
  }
  try {
    const now = read(file)
    const same =
      typeof now === 'object' && typeof stale === 'object' ? now.mark === stale.mark : now === stale
    if (same) unlinkSync(file)
  } finally {
    rmSync(breaker, { force: true })
  }
}

async function release(file: string, mark: string): Promise<void> {
  ours.delete(mark)
  const holder = read(file)
  if (typeof holder === 'object' && holder.mark === mark) unlinkSync(file)
}
