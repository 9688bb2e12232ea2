/**
 * PGlite: the embedded database as a `Database`.
 *
 * One connection, so transactions queue; everything else is as with a server, because the same driver speaks to
 * both. A folder is locked against other processes, is made whole or not at all, and is tried twice before it
 * counts as unreadable.
 */
import pg from 'pg'
import type { Clock, Random } from '../ports.ts'
import type { Database } from './database.ts'
import { codeOf, DataUnreadable, DiskFull } from './failures.ts'
import { lockFile } from './lock.ts'
import type { EngineOptions } from './pglite-engine.ts'
import { type Link, linkHere, linkToWorker } from './pglite-link.ts'
import { PgliteStream } from './pglite-stream.ts'
import type { EngineThread } from './pglite-thread.ts'
import { databaseOver } from './session.ts'
import { waitingBy } from './transact.ts'
import { types } from './values.ts'

export interface PgliteOptions {
  /** Absent: in memory, empty, and gone when it is closed. */
  readonly folder?: string
  /** A packed directory (see prepare/build.ts) that saves a fresh database some seconds of initdb. */
  readonly prepared?: string
  /** By default a folder is served by a thread, memory by this one. A thread that runs already saves its start. */
  readonly thread?: 'worker' | 'here' | EngineThread | undefined
  /** Only for tests of the lock itself; two processes on one folder corrupt it. */
  readonly lock?: boolean
  readonly clock?: Clock
  readonly random?: Random
}

async function linkTo(options: PgliteOptions): Promise<Link> {
  const { folder, prepared, thread = folder === undefined ? 'here' : 'worker' } = options
  const start = thread === 'here' ? linkHere : linkToWorker
  const engine: EngineOptions = { folder, prepared }
  try {
    return typeof thread === 'object' ? await linkToWorker(engine, thread) : await start(engine)
  } catch (first) {
    if (codeOf(first) === 'ENOSPC') throw new DiskFull(first)
    if (folder === undefined) throw first
    try {
      return await start(engine)
    } catch (second) {
      throw codeOf(second) === 'ENOSPC' ? new DiskFull(second) : new DataUnreadable(folder, second)
    }
  }
}

/** Throws `FolderLocked`, `DataUnreadable` or `DiskFull`. Run `migrateToLatest` next. */
export async function openPglite(options: PgliteOptions = {}): Promise<Database> {
  const lock =
    options.folder !== undefined && options.lock !== false
      ? await lockFile(`${options.folder}.lock`, options.folder)
      : undefined
  let link: Link
  try {
    link = await linkTo(options)
  } catch (error) {
    await lock?.release()
    throw error
  }
  const pool = new pg.Pool({
    /** The engine has one session, so a second connection would only share it. */
    max: 1,
    idleTimeoutMillis: 0,
    pipeline: true,
    user: 'postgres',
    database: 'postgres',
    password: '',
    types,
    stream: () => new PgliteStream(link) as never,
  })
  return databaseOver({
    kind: 'pglite',
    pool,
    waiting: waitingBy(options),
    stopped: () => link.gone,
    async afterClose() {
      await link.close()
      await lock?.release()
    },
  })
}
