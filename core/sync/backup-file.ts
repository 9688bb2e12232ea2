/**
 * Backup file: database, journal and the desk's name in one archive, and what it says of itself.
 *
 * The copy is taken between two commands and while nobody reads, after the database has written everything down: it
 * is what a disk would hold if the desk had been closed in that moment.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import type { BackupProblem } from '../contract.ts'
import type { Instant } from '../domain/time.ts'
import { checkpoint } from '../store/checkpoint.ts'
import type { Database } from '../store/database.ts'
import { codeOf } from '../store/failures.ts'
import { fileIn, pack } from '../store/tar.ts'
import { type JournalEntry, readLines } from './journal-line.ts'
import { nodeDisk } from './node-disk.ts'

/** All that a desk is made of; logs, preferences and backups are not part of the data. */
export const PARTS = ['database', 'journal.ndjson', 'desk.json'] as const
const NAME = /^allmend-(\d{4})-(\d{2})-(\d{2})T(\d{2})(\d{2})(\d{2})Z\.tar\.gz$/

/** Not a backup of ours, or one that is damaged. */
export class BackupFailure extends Error {
  override readonly name = 'BackupFailure'
  readonly problem: BackupProblem
  constructor(problem: BackupProblem) {
    super(problem.code)
    this.problem = problem
  }
}

export function nameOf(at: Instant): string {
  return `allmend-${new Date(at).toISOString().slice(0, 19).replaceAll(':', '')}Z.tar.gz`
}

/** When the backup of this name was made; null where it is no such name. */
export function momentOf(name: string): Instant | null {
  const found = NAME.exec(name)
  if (!found) return null
  const [year, month, day, hour, minute, second] = found.slice(1).map(Number) as number[]
  return Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second)
}

/** Called between two commands. Holds the one connection, so that nothing moves under the copy. */
export async function makeBackup(
  database: Database,
  dataFolder: string,
  file: string,
): Promise<void> {
  await checkpoint(database)
  const archive = await database.read(() => pack(dataFolder, PARTS))
  await nodeDisk().replace(file, await promisify(gzip)(archive, { level: 1 }))
}

export type ReadBackup = Readonly<{ archive: Buffer; entries: readonly JournalEntry[] }>

/** Throws `BackupFailure` for what is no backup. */
export async function readBackup(file: string): Promise<ReadBackup> {
  let archive: Buffer
  try {
    archive = await promisify(gunzip)(await readFile(file))
  } catch (error) {
    throw new BackupFailure(
      codeOf(error) === 'ENOENT'
        ? { code: 'no-folder', detail: '' }
        : { code: 'not-a-backup', detail: '' },
    )
  }
  const journal = fileIn(archive, 'journal.ndjson')
  if (!journal || !fileIn(archive, 'database/PG_VERSION')) {
    throw new BackupFailure({ code: 'not-a-backup', detail: '' })
  }
  const { found } = readLines(journal)
  return { archive, entries: found.flatMap((one) => ('entry' in one ? [one.entry] : [])) }
}

export async function entriesAt(dataFolder: string): Promise<readonly JournalEntry[]> {
  const { found } = readLines(await nodeDisk().read(join(dataFolder, 'journal.ndjson')))
  return found.flatMap((one) => ('entry' in one ? [one.entry] : []))
}
