/**
 * The only door to the core: commands in, outcomes out; queries in, rows out; events for what changed.
 *
 * It promises that a command is forced to disk before it is tried, that its outcome is what the authority
 * committed, and that a question asked while the data is still being opened waits instead of failing.
 */

import { type ArgsOf, type CommandCall, callArgs } from './commands/calls.ts'
import type { Outcome } from './commands/command.ts'
import { definition } from './commands/index.ts'
import type {
  BackupStatus,
  Changed,
  DeskEvent,
  DispatchResult,
  PublishPreview,
  PublishStatus,
  RestorePreview,
  Status,
} from './contract.ts'
import type { PublishTarget } from './domain/publish-target.ts'
import { dayOf, type Uuid } from './domain/time.ts'
import type { Ports } from './ports.ts'
import { Press } from './press/press.ts'
import { queries } from './queries/index.ts'
import { materialQueries } from './queries/material-rows.ts'
import { type QueryCall, type QueryName, queryArgs, type Rows } from './queries/rows.ts'
import { SAMPLE_NAME, sampleMunicipality } from './sample/municipality.ts'
import type { Tx } from './store/database.ts'
import { DatabaseStopped, DiskFull } from './store/failures.ts'
import { refreshStatistics } from './store/statistics.ts'
import { BackupFailure, type ReadBackup } from './sync/backup-file.ts'
import { Backups } from './sync/backups.ts'
import { type Housekeeping, housekeeping } from './sync/housekeeping.ts'
import { Line } from './sync/line.ts'
import { type OpenDesk, openDesk } from './sync/open-desk.ts'
import { problemOf } from './sync/problem.ts'

export interface CoreSettings {
  /** Holds journal, database and lock of this desk. */
  readonly dataFolder: string
  /** The prepared database, which makes a first start take less than a second; made anew where absent. */
  readonly preparedImage?: string
  /** IANA zone of a municipality founded here. */
  readonly zone?: string
  /** The name under which the history records what is done now. */
  readonly actor: () => string
  /** Found the sample at once where nothing is founded, without asking. */
  readonly demo?: boolean
  /** How long after a change targets are published by themselves; a minute by default. */
  readonly publishAfterMs?: number
}

/** Copies of the desk: see `core/sync/backups.ts`. */
export interface BackupKeeping {
  status(): Promise<BackupStatus>
  now(): Promise<BackupStatus>
  set(settings: { folder: string | null; keep: number }): Promise<BackupStatus>
  preview(file: string): Promise<RestorePreview>
  /** Closes the desk, puts the backup in its place and opens again; what was there is set aside. */
  restore(file: string): Promise<Status>
}

/** Rows made public: see `core/press`. */
export interface Publishing {
  targets(): Promise<readonly PublishTarget[]>
  status(): Promise<readonly PublishStatus[]>
  preview(target: PublishTarget, page: string): Promise<PublishPreview>
  publish(target: Uuid): Promise<PublishStatus | null>
}

export interface Core {
  dispatch(call: CommandCall): Promise<DispatchResult>
  query<Q extends QueryName>(call: QueryCall<Q>): Promise<Rows[Q]>
  /** Answers the question of the first start; resolves when everything is entered. */
  found(as: 'sample' | 'empty', name: string): Promise<Status>
  readonly publishing: Publishing
  readonly backups: BackupKeeping
  status(): Status
  dismissNotice(index: number): Status
  subscribe(listener: (event: DeskEvent) => void): () => void
  /** Resolves when opening has ended, well or badly: see `status()`. */
  readonly opened: Promise<void>
  databaseVersion(): Promise<string>
  /** Lets what is running finish, then closes journal and database, in this order. */
  close(): Promise<void>
}

/** A call whose name or arguments are not those of the contract: a bug of the caller, never stored. */
export class BadCall extends Error {
  override readonly name = 'BadCall'
}

/** Nothing is founded yet, or the data could not be opened: `status()` says which. */
export class NotReady extends Error {
  override readonly name = 'NotReady'
}

const DEFAULT_ZONE = 'Europe/Zurich'
/** The libres context of every resource that this desk founds. */
const CONTEXT = 'allmend'
/** One seed, so that everybody's sample is the same municipality. */
const SAMPLE_SEED = 1291

const RESERVATION_QUERIES: readonly QueryName[] = [
  'calendar.range',
  'booking.one',
  'hall.find',
  'person.find',
  'history.recent',
  'request.queue',
  'person.list',
  'person.one',
]
const MATERIAL_QUERIES = Object.keys(materialQueries) as QueryName[]
const ALL_QUERIES = Object.keys(queryArgs) as QueryName[]

/** What a command may have changed on the screens; a booking names its span and halls, so that others stay. */
function changedBy(call: CommandCall): Changed {
  // Where it stood is in no range that the call names.
  if (call.name === 'reservation.move') {
    return { queries: [...RESERVATION_QUERIES, ...MATERIAL_QUERIES] }
  }
  if (call.name !== 'reservation.book') return { queries: ALL_QUERIES }
  const { during, resource, also = [] } = call.args as ArgsOf<'reservation.book'>
  return { queries: RESERVATION_QUERIES, ...during, resources: [resource, ...also] }
}

/** Returns at once; opening goes on in the background. */
export function createCore(ports: Ports, settings: CoreSettings): Core {
  const listeners = new Set<(event: DeskEvent) => void>()
  let status: Status = {
    phase: 'opening',
    mode: 'standalone',
    progress: null,
    municipality: '',
    zone: settings.zone ?? DEFAULT_ZONE,
    asOf: ports.clock.now(),
    waiting: 0,
    notices: [],
    problem: null,
  }
  let desk: OpenDesk | undefined
  let line: Line | undefined
  let keeping: Housekeeping | undefined
  let press: Press | undefined
  let backups: Backups | undefined
  let closing: Promise<void> | undefined

  const emit = (event: DeskEvent) => {
    for (const listener of listeners) listener(event)
  }
  const set = (change: Partial<Status>): Status => {
    status = { ...status, ...change }
    emit({ type: 'status', status })
    return status
  }
  const fail = (error: unknown): Status => {
    const problem = problemOf(error)
    ports.log.write('error', 'the desk cannot go on', {
      problem: problem.code,
      detail: problem.detail,
    })
    return set({ phase: 'failed', progress: null, problem })
  }

  const open = async (restore?: ReadBackup) => {
    try {
      const progress = (step: NonNullable<Status['progress']>['step'], done: number) =>
        set({ progress: { step, done } })
      desk = await openDesk(ports, settings, progress, restore)
      line = new Line(ports, desk, settings.actor)
      keeping = housekeeping(desk.database, ports.log)
      press = await Press.open(ports, desk.database, settings, (status) =>
        emit({ type: 'published', status }),
      )
      backups = await Backups.open(ports, desk, line, settings, (status) =>
        emit({ type: 'backup', status }),
      )
      if (desk.municipality) {
        set({
          phase: 'ready',
          progress: null,
          municipality: desk.municipality.name,
          zone: desk.municipality.zone,
          notices: desk.notices,
          asOf: ports.clock.now(),
        })
      } else {
        set({ phase: 'first-start', progress: null, notices: desk.notices })
        if (settings.demo) await found('sample', '')
      }
    } catch (error) {
      fail(error)
    }
  }

  const found = async (as: 'sample' | 'empty', name: string): Promise<Status> => {
    if (status.phase !== 'first-start' || !line) return status
    const { zone } = status
    set({ phase: 'founding', progress: { step: 'database', done: 0 } })
    try {
      if (as === 'sample') {
        const today = dayOf(ports.clock.now(), zone)
        const calls = sampleMunicipality({ seed: SAMPLE_SEED, today, zone, context: CONTEXT })
        await line.giveMany(calls, (step, done) => set({ progress: { step, done } }))
        if (desk) await refreshStatistics(desk.database)
      } else {
        await line.give({
          id: line.newId(),
          name: 'municipality.found',
          args: { name: name.trim(), zone, context: CONTEXT },
        })
      }
      emit({ type: 'changed', changed: { queries: ALL_QUERIES } })
      return set({
        phase: 'ready',
        progress: null,
        municipality: as === 'sample' ? SAMPLE_NAME : name.trim(),
        asOf: ports.clock.now(),
      })
    } catch (error) {
      return fail(error)
    }
  }

  const opened = open()

  const openBackups = async (): Promise<Backups> => {
    await opened
    if (!backups || status.phase !== 'ready') throw new NotReady(status.phase)
    return backups
  }

  const restore = async (file: string): Promise<Status> => {
    // Read before anything is closed: what is no backup changes nothing.
    const backup = await (await openBackups()).read(file)
    set({ phase: 'opening', progress: { step: 'database', done: 0 }, notices: [] })
    keeping?.stop()
    await press?.stop()
    await backups?.stop()
    await line?.settled()
    await desk?.close()
    await open(backup)
    if ((status as Status).phase === 'failed') {
      // The former data are back in their place already.
      await open()
      throw new BackupFailure({ code: 'not-a-backup', detail: '' })
    }
    emit({ type: 'changed', changed: { queries: ALL_QUERIES } })
    return status
  }

  const openPress = async (): Promise<Press> => {
    await opened
    if (!press || status.phase === 'failed') throw new NotReady(status.phase)
    return press
  }

  /** The parsed call; unknown names and arguments that do not fit are refused here, before anything is stored. */
  const checked = (call: CommandCall): CommandCall => {
    if (!Object.hasOwn(callArgs, call.name)) throw new BadCall(`no command is called ${call.name}`)
    const parsed = definition(call.name).args.safeParse(call.args)
    if (parsed.success) return { ...call, args: parsed.data } as CommandCall
    const paths = parsed.error.issues.map((one) => `${one.path.join('.')}: ${one.code}`)
    throw new BadCall(`${call.name}: ${paths.join(', ')}`)
  }

  return {
    async dispatch(given) {
      const call = checked(given)
      await opened
      if (status.phase !== 'ready' || !line) throw new NotReady(status.phase)
      if (call.name === 'municipality.found') throw new BadCall('a desk is founded once')
      let outcome: Outcome<unknown> | 'queued'
      try {
        outcome = await line.give(call)
      } catch (error) {
        if (error instanceof DatabaseStopped) {
          fail(error)
          return { status: 'queued' }
        }
        if (error instanceof DiskFull) set({ problem: problemOf(error) })
        throw error
      }
      const waiting = line.waiting()
      if (waiting !== status.waiting) set({ waiting })
      if (outcome === 'queued') return { status: 'queued' }
      keeping?.worked()
      if (outcome.status === 'accepted') {
        status = { ...status, asOf: ports.clock.now(), problem: null }
        emit({ type: 'changed', changed: changedBy(call) })
        press?.touched()
      }
      return outcome as DispatchResult
    },

    async query<Q extends QueryName>(call: QueryCall<Q>): Promise<Rows[Q]> {
      if (!Object.hasOwn(queryArgs, call.name)) throw new BadCall(`no query is called ${call.name}`)
      const parsed = queryArgs[call.name].safeParse(call.args)
      if (!parsed.success) throw new BadCall(`${call.name}: arguments do not fit`)
      await opened
      if (!desk || status.phase === 'failed') throw new NotReady(status.phase)
      const read = queries[call.name] as unknown as (tx: Tx, args: unknown) => Promise<Rows[Q]>
      return desk.database.read((tx) => read(tx, parsed.data))
    },

    async found(as, name) {
      await opened
      return found(as, name)
    },

    publishing: {
      targets: async () => (await openPress()).targets(),
      status: async () => (await openPress()).status(),
      preview: async (target, page) => (await openPress()).preview(target, page),
      publish: async (target) => (await openPress()).publish(target),
    },

    backups: {
      status: async () => (await openBackups()).status(),
      now: async () => (await openBackups()).now(),
      set: async (wanted) => (await openBackups()).set(wanted),
      preview: async (file) => (await openBackups()).preview(file),
      restore,
    },

    status: () => status,

    dismissNotice: (index) => set({ notices: status.notices.filter((_, at) => at !== index) }),

    subscribe(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },

    opened,

    async databaseVersion() {
      await opened
      return desk ? desk.database.version() : ''
    },

    close() {
      closing ??= (async () => {
        await opened
        keeping?.stop()
        await press?.stop()
        await backups?.stop()
        await line?.settled()
        await desk?.close()
        listeners.clear()
      })()
      return closing
    },
  }
}
