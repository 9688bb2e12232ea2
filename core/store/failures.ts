/**
 * Failures: the few ways in which a database can be unusable that a person has to be told about in words.
 *
 * Each carries what the sentence needs and nothing of the driver. Conflicts are not here (`Busy` in database.ts),
 * and neither are bugs, which stay the exceptions that they are.
 */

/** Who holds a folder. */
export interface Holder {
  readonly pid: number
  readonly host: string
  /** UTC milliseconds. */
  readonly since: number
}

/** Another process works in this folder. Two at once would corrupt it without a word. */
export class FolderLocked extends Error {
  override readonly name = 'FolderLocked'
  readonly folder: string
  readonly holder: Holder
  constructor(folder: string, holder: Holder) {
    super(`${folder} is in use by process ${holder.pid} on ${holder.host}`)
    this.folder = folder
    this.holder = holder
  }
}

/** The folder is there but no database comes out of it, tried twice. Nothing was changed: see `setAside`. */
export class DataUnreadable extends Error {
  override readonly name = 'DataUnreadable'
  readonly folder: string
  constructor(folder: string, cause: unknown) {
    super(`the database in ${folder} cannot be opened`, { cause })
    this.folder = folder
  }
}

/** No space left where it has to be written. What was acknowledged before stands. */
export class DiskFull extends Error {
  override readonly name = 'DiskFull'
  constructor(cause: unknown) {
    super('no space left on the disk', { cause })
  }
}

/** The embedded database has stopped working in the middle; the desk has to be started again. */
export class DatabaseStopped extends Error {
  override readonly name = 'DatabaseStopped'
  constructor(cause: unknown) {
    super('the embedded database has stopped', { cause })
  }
}

/** The database was migrated by a newer program than this one. */
export class NewerDatabase extends Error {
  override readonly name = 'NewerDatabase'
  readonly unknown: readonly string[]
  constructor(unknown: readonly string[]) {
    super(`the database knows migrations that this program does not: ${unknown.join(', ')}`)
    this.unknown = unknown
  }
}

/** The shared server asks for a newer program than this one. */
export class Outdated extends Error {
  override readonly name = 'Outdated'
}

/** The server only repeats what another one writes. It has the code of a statement that it may not run. */
export class Standby extends Error {
  override readonly name = 'Standby'
  readonly code = '25006'
}

/** The shared server lacks tables, or what feeds its desks, that this program needs. */
export class NotPrepared extends Error {
  override readonly name = 'NotPrepared'
}

/** Tables with the names of libres are there, but they are not those of libres 1.2. */
export class ForeignTables extends Error {
  override readonly name = 'ForeignTables'
  readonly missing: readonly string[]
  constructor(missing: readonly string[]) {
    super(`the booking tables lack what libres 1.2 has: ${missing.join(', ')}`)
    this.missing = missing
  }
}

/** The `code` of an error of the driver or of the system, if it has one. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

/** unique_violation, exclusion_violation: two rows wanted the same place. */
export function isViolation(error: unknown): boolean {
  const code = codeOf(error)
  return code === '23505' || code === '23P01'
}
