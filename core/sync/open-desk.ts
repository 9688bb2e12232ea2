/**
 * Opening a desk: lock, journal, database, migrations, and whatever the last run left undecided.
 *
 * It promises that a damaged database is set aside, never deleted, and rebuilt from the journal; that a command
 * which was noted but not decided is decided now; and that two processes never work in one folder.
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Notice, Status } from '../contract.ts'
import type { Uuid } from '../domain/time.ts'
import type { Ports } from '../ports.ts'
import type { Database } from '../store/database.ts'
import { DataUnreadable } from '../store/failures.ts'
import { lockFolder } from '../store/lock.ts'
import { migrateToLatest } from '../store/migrate.ts'
import { openPglite } from '../store/pglite.ts'
import type { EngineThread } from '../store/pglite-thread.ts'
import { highestSeq } from '../store/receipts.ts'
import { setAside } from '../store/set-aside.ts'
import { readMunicipality } from '../store/settings.ts'
import { deskIdentity } from './desk-identity.ts'
import { type Journal, openJournal } from './journal.ts'
import { nodeDisk } from './node-disk.ts'
import { Outbox } from './outbox.ts'
import { finishExchange } from './parts.ts'
import { decideWaiting, rebuild } from './recovery.ts'
import { exchange, exchangeBack } from './restore.ts'

export interface OpenDesk {
  readonly id: Uuid
  readonly database: Database
  readonly journal: Journal
  /** Null until founded. */
  municipality: { name: string; zone: string; context: string } | null
  readonly outbox: Outbox
  nextSeq: number
  readonly notices: readonly Notice[]
  close(): Promise<void>
}

type Progress = (step: NonNullable<Status['progress']>['step'], done: number) => void

export interface DeskPlace {
  readonly dataFolder: string
  /** A thread for the embedded database that runs already. */
  readonly thread?: EngineThread
  readonly preparedImage?: string
}

/** A backup that is to take the place of what is there. */
export interface Restore {
  readonly archive: Buffer
}

export async function openDesk(
  ports: Ports,
  place: DeskPlace,
  progress: Progress,
  restore?: Restore,
): Promise<OpenDesk> {
  progress('database', 0)
  const { dataFolder } = place
  await mkdir(dataFolder, { recursive: true, mode: 0o700 })
  // What a supporter needs where a start stops half-way: the last of these is where.
  const reached = (stage: string) => ports.log.write('debug', 'opening', { stage })
  const lock = await lockFolder(dataFolder)
  reached('locked')
  let aside: string | null = null
  let database: Database | undefined
  let journal: Journal | undefined
  try {
    aside = restore
      ? await exchange(dataFolder, restore.archive, ports.clock.now())
      : await finishExchange(dataFolder)
    const journalOpening = openJournal(nodeDisk(), join(dataFolder, 'journal.ndjson'))
    // Handled where it is awaited; without this a failure of the database would leave it unhandled.
    journalOpening.catch(() => undefined)
    const opened = await openDatabase(ports, place)
    database = opened.database
    reached('database')
    journal = await journalOpening
    reached('journal')
    for (const damage of journal.damage) {
      ports.log.write('warn', 'a line of the journal is damaged', damage)
    }
    const desk = await assemble(ports, dataFolder, database, journal, opened.setAsideAs, progress)
    reached('decided')
    const { close } = closing(desk.database, journal, lock)
    const notices = aside
      ? [...desk.notices, { code: 'restored', folder: aside, restored: 0, lost: 0 } as const]
      : desk.notices
    return { ...desk, notices, close }
  } catch (error) {
    await journal?.close().catch(() => undefined)
    await database?.close().catch(() => undefined)
    if (restore && aside) await exchangeBack(dataFolder, aside)
    await lock.release()
    throw error
  }
}

function closing(database: Database, journal: Journal, lock: { release(): Promise<void> }) {
  return {
    async close() {
      await journal.close()
      await database.close()
      await lock.release()
    },
  }
}

async function openDatabase(ports: Ports, { dataFolder, preparedImage, thread }: DeskPlace) {
  const folder = join(dataFolder, 'database')
  const open = async (running?: EngineThread) => {
    const database = await openPglite({
      folder,
      thread: running,
      lock: false,
      clock: ports.clock,
      random: ports.random,
      ...(preparedImage === undefined ? {} : { prepared: preparedImage }),
    })
    await migrateToLatest(database)
    return database
  }
  try {
    return { database: await open(thread), setAsideAs: null }
  } catch (error) {
    if (!(error instanceof DataUnreadable)) throw error
    const setAsideAs = await setAside(folder, ports.clock.now())
    ports.log.write('error', 'the database could not be opened and was set aside', {
      folder: setAsideAs,
      cause: error.cause instanceof Error ? error.cause.message : '',
    })
    return { database: await open(), setAsideAs }
  }
}

async function assemble(
  ports: Ports,
  dataFolder: string,
  database: Database,
  journal: Journal,
  setAsideAs: string | null,
  progress: Progress,
): Promise<Omit<OpenDesk, 'close'>> {
  const entries = journal.entries()
  const id = await deskIdentity(dataFolder, () => ports.random.bytes(16), ports.clock.now())
  const outbox = new Outbox(entries)
  const before = await database.read(async (tx) => ({
    municipality: await readMunicipality(tx),
    seq: await highestSeq(tx, id),
  }))
  const desk = {
    id,
    database,
    journal,
    municipality: before.municipality,
    outbox,
    nextSeq: Math.max(outbox.lastSeq, before.seq) + 1,
    notices: [] as Notice[],
  }
  if (desk.municipality === null && entries.some((entry) => entry.kind === 'outcome')) {
    const result = await rebuild(ports, desk, entries, (done) => progress('recovery', done))
    const folder = setAsideAs ?? ''
    desk.notices.push({ code: 'database-set-aside', folder, ...result })
  } else if (setAsideAs !== null) {
    desk.notices.push({ code: 'database-set-aside', folder: setAsideAs, restored: 0, lost: 0 })
  }
  await decideWaiting(ports, desk, (done) => progress('recovery', done))
  return desk
}
