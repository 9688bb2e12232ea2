/**
 * Backups: copies of the desk in a folder, made each night (or when the desk is first open on a day), and now.
 *
 * It promises that a copy is whole or not there, that the newest are kept and no foreign file is touched, and that a
 * folder that cannot be written is said and tried again.
 */
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import * as z from 'zod'
import type { BackupProblem, BackupStatus, RestorePreview } from '../contract.ts'
import { dayOf } from '../domain/time.ts'
import type { Ports } from '../ports.ts'
import { codeOf } from '../store/failures.ts'
import {
  BackupFailure,
  entriesAt,
  makeBackup,
  momentOf,
  nameOf,
  type ReadBackup,
  readBackup,
} from './backup-file.ts'
import type { JournalEntry } from './journal-line.ts'
import { describe, type Line } from './line.ts'
import { nodeDisk } from './node-disk.ts'
import type { OpenDesk } from './open-desk.ts'

/** A fortnight: mistakes that nobody noticed for longer are better undone one by one. */
const KEEP = 14
/** Often enough that a night is not missed, and a folder that comes back is used the same hour. */
const LOOK_EVERY_MS = 15 * 60_000
/** The first look after a start, when the clerk has found the calendar. */
const FIRST_LOOK_MS = 90_000
/** Night begins here, in the municipality's zone. */
const NIGHT_HOUR = 2

const kept = z.object({
  folder: z.string().nullable().catch(null),
  keep: z.int().min(1).max(365).catch(KEEP),
})
type Kept = z.infer<typeof kept>

export interface BackupPlace {
  readonly dataFolder: string
}

export class Backups {
  readonly #ports: Ports
  readonly #desk: OpenDesk
  readonly #line: Line
  readonly #dataFolder: string
  readonly #tell: (status: BackupStatus) => void
  #kept: Kept
  #problem: BackupProblem | null = null
  #timer: NodeJS.Timeout
  #working: Promise<unknown> = Promise.resolve()

  private constructor(
    ports: Ports,
    desk: OpenDesk,
    line: Line,
    { dataFolder }: BackupPlace,
    settings: Kept,
    tell: (status: BackupStatus) => void,
  ) {
    this.#ports = ports
    this.#desk = desk
    this.#line = line
    this.#dataFolder = dataFolder
    this.#kept = settings
    this.#tell = tell
    this.#timer = setTimeout(() => this.#look(), FIRST_LOOK_MS)
    this.#timer.unref()
  }

  static async open(
    ports: Ports,
    desk: OpenDesk,
    line: Line,
    place: BackupPlace,
    tell: (status: BackupStatus) => void,
  ): Promise<Backups> {
    const bytes = await nodeDisk().read(join(place.dataFolder, 'backup.json'))
    const settings = kept.safeParse(
      bytes.length > 0 ? JSON.parse(Buffer.from(bytes).toString()) : {},
    )
    return new Backups(
      ports,
      desk,
      line,
      place,
      settings.data ?? { folder: null, keep: KEEP },
      tell,
    )
  }

  async status(): Promise<BackupStatus> {
    const folder = this.#folder()
    return {
      by: 'desk',
      folder,
      own: this.#kept.folder !== null,
      keep: this.#kept.keep,
      backups: await backupsIn(folder),
      problem: this.#problem,
    }
  }

  /** Resolves when the copy is on the disk, or with the reason why it is not. */
  now(): Promise<BackupStatus> {
    return this.#next(async () => {
      this.#problem = await this.#make()
      const status = await this.status()
      this.#tell(status)
      return status
    })
  }

  /** A folder that cannot be used is not taken: the answer says why, and the former one stays. */
  async set({ folder, keep }: Kept): Promise<BackupStatus> {
    const wanted = folder === '' ? null : folder
    const problem = wanted === null ? null : await unusable(wanted)
    if (problem) return { ...(await this.status()), problem }
    this.#kept = { folder: wanted, keep }
    this.#problem = null
    await nodeDisk().replace(
      join(this.#dataFolder, 'backup.json'),
      Buffer.from(`${JSON.stringify(this.#kept)}\n`),
    )
    const status = await this.status()
    this.#tell(status)
    return status
  }

  /** What would be gone from the desk: everything accepted here that the backup does not know. */
  async preview(name: string): Promise<RestorePreview> {
    try {
      const { entries } = await this.read(name)
      const known = new Set(accepted(entries))
      const since = accepted(await entriesAt(this.#dataFolder)).filter((id) => !known.has(id))
      const lost = new Set(since)
      const actors = this.#desk.journal
        .entries()
        .flatMap((entry) => (entry.kind === 'command' && lost.has(entry.id) ? [entry.actor] : []))
      return {
        ok: true,
        municipality: municipalityIn(entries),
        at: momentOf(name) ?? 0,
        changes: since.length,
        people: [...new Set(actors)].filter(Boolean),
      }
    } catch (error) {
      if (error instanceof BackupFailure) return { ok: false, problem: error.problem }
      throw error
    }
  }

  /** Throws `BackupFailure`; only names that a backup can have are looked for. */
  async read(name: string): Promise<ReadBackup> {
    if (momentOf(name) === null) throw new BackupFailure({ code: 'not-a-backup', detail: '' })
    return readBackup(join(this.#folder(), name))
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer)
    await this.#working
  }

  #folder(): string {
    return this.#kept.folder ?? join(this.#dataFolder, 'backups')
  }

  async #make(): Promise<BackupProblem | null> {
    const folder = this.#folder()
    try {
      if (this.#kept.folder === null) await mkdir(folder, { recursive: true, mode: 0o700 })
      const file = join(folder, nameOf(this.#ports.clock.now()))
      await this.#line.between(() => makeBackup(this.#desk.database, this.#dataFolder, file))
      for (const old of (await backupsIn(folder)).slice(this.#kept.keep)) {
        await rm(join(folder, old.file), { force: true })
      }
      return null
    } catch (error) {
      this.#ports.log.write('error', 'a backup could not be made', { error: describe(error) })
      return inWords(error)
    }
  }

  #look(): void {
    this.#timer = setTimeout(() => this.#look(), LOOK_EVERY_MS)
    this.#timer.unref()
    this.#nightly().catch((error: unknown) => {
      this.#ports.log.write('error', 'the nightly backup failed', { error: describe(error) })
    })
  }

  async #nightly(): Promise<void> {
    const zone = this.#desk.municipality?.zone
    if (zone === undefined) return
    const night = (at: number) => dayOf(at - NIGHT_HOUR * 3_600_000, zone)
    const [newest] = await backupsIn(this.#folder())
    if (newest && night(newest.at) === night(this.#ports.clock.now())) return
    await this.now()
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#working.then(work)
    this.#working = mine.catch(() => undefined)
    return mine
  }
}

/** Newest first; a folder that is not there has none. */
async function backupsIn(folder: string): Promise<BackupStatus['backups']> {
  let names: string[]
  try {
    names = await readdir(folder)
  } catch {
    return []
  }
  const found = await Promise.all(
    names.map(async (file) => {
      const at = momentOf(file)
      if (at === null) return []
      const facts = await stat(join(folder, file)).catch(() => null)
      return facts?.isFile() ? [{ file, at, bytes: facts.size }] : []
    }),
  )
  return found.flat().sort((one, other) => other.at - one.at)
}

async function unusable(folder: string): Promise<BackupProblem | null> {
  if (!isAbsolute(folder)) return { code: 'no-folder', detail: '' }
  try {
    if (!(await stat(folder)).isDirectory()) return { code: 'no-folder', detail: '' }
    const probe = join(folder, `.allmend-${process.pid}`)
    await nodeDisk().replace(probe, Buffer.from('probe'))
    await rm(probe)
    return null
  } catch (error) {
    return inWords(error)
  }
}

function inWords(error: unknown): BackupProblem {
  switch (codeOf(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return { code: 'no-folder', detail: '' }
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return { code: 'not-allowed', detail: '' }
    case 'ENOSPC':
    case 'EDQUOT':
      return { code: 'disk-full', detail: '' }
    default:
      return { code: 'unexpected', detail: codeOf(error) ?? '' }
  }
}

function accepted(entries: readonly JournalEntry[]): string[] {
  return entries.flatMap((entry) =>
    entry.kind === 'outcome' && entry.outcome.status === 'accepted' ? [entry.id] : [],
  )
}

function municipalityIn(entries: readonly JournalEntry[]): string {
  for (const entry of entries) {
    if (entry.kind === 'command' && entry.name === 'municipality.found') {
      return (entry.args as { name?: string }).name ?? ''
    }
  }
  return ''
}
