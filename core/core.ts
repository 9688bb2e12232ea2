/**
 * The only door to the core: commands in, outcomes out; queries in, rows out; events for what changed.
 *
 * It promises that a command is forced to disk before it is tried, that its outcome is what the authority
 * committed, and that a question asked while the data is still being opened waits instead of failing.
 */

import { type CommandCall, callArgs } from './commands/calls.ts'
import { definition } from './commands/index.ts'
import type {
  BackupStatus,
  DeskEvent,
  DispatchResult,
  PublishPreview,
  PublishStatus,
  RestorePreview,
  Status,
} from './contract.ts'
import { type Alone, openAlone } from './desk/alone.ts'
import { ALL_QUERIES, changedBy } from './desk/changed.ts'
import { type Joined, openJoined } from './desk/joined.ts'
import { finishJoining } from './desk/joining.ts'
import { readServerFile } from './desk/server-file.ts'
import { type Secret, type Sharing, sharingOf } from './desk/sharing.ts'
import type { Given } from './desk/workplace.ts'
import type { PublishTarget } from './domain/publish-target.ts'
import { dayOf, type Uuid } from './domain/time.ts'
import type { Ports } from './ports.ts'
import { Press } from './press/press.ts'
import { type QueryCall, type QueryName, queryArgs, type Rows } from './queries/rows.ts'
import { SAMPLE_NAME, sampleMunicipality } from './sample/municipality.ts'
import { DatabaseStopped, DiskFull } from './store/failures.ts'
import type { EngineThread } from './store/pglite-thread.ts'
import { refreshStatistics } from './store/statistics.ts'
import { BackupFailure, type ReadBackup } from './sync/backup-file.ts'
import type { Backups } from './sync/backups.ts'
import { problemOf } from './sync/problem.ts'

export type { Secret }

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
  /** A thread for the embedded database, started before the core was read; it is used or ended. */
  readonly thread?: EngineThread
  /** How long after a change targets are published by themselves; a minute by default. */
  readonly publishAfterMs?: number
  /** Keeps the password of a shared server; absent: it is forgotten when the desk is closed. */
  readonly password?: Secret
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
  /** See `core/desk/sharing.ts`. */
  readonly sharing: Sharing
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

/** Returns at once; opening goes on in the background. */
export function createCore(ports: Ports, settings: CoreSettings): Core {
  const listeners = new Set<(event: DeskEvent) => void>()
  let status: Status = {
    phase: 'opening',
    mode: 'standalone',
    server: null,
    progress: null,
    municipality: '',
    zone: settings.zone ?? DEFAULT_ZONE,
    asOf: ports.clock.now(),
    waiting: 0,
    concerns: 0,
    notices: [],
    problem: null,
  }
  let place: Alone | Joined | undefined
  let press: Press | undefined
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
  const progress = (step: NonNullable<Status['progress']>['step'], done: number) =>
    set({ progress: { step, done } })

  const { thread, ...own } = settings
  let isFirst = true
  const openAt = async (restore?: ReadBackup): Promise<Alone | Joined> => {
    const running = isFirst && thread ? { thread } : {}
    isFirst = false
    progress('database', 0)
    await finishJoining(settings.dataFolder)
    const server = restore ? null : await readServerFile(settings.dataFolder)
    const outbox = () => emit({ type: 'outbox' })
    if (!server) {
      const backup = (status: BackupStatus) => emit({ type: 'backup', status })
      return openAlone(ports, { ...own, ...running }, { progress, backup, outbox }, restore)
    }
    const password = (await settings.password?.read()) ?? null
    return openJoined(
      ports,
      { ...own, ...running, server, password },
      {
        changed(changed) {
          emit({ type: 'changed', changed })
          press?.touched()
        },
        outbox,
        status: () => place && set(place.status()),
      },
    )
  }

  /** What there is to show is shown from now on. */
  const ready = (at: Alone | Joined) => {
    const municipality = at.municipality()
    if (!municipality) return
    set({
      ...at.status(),
      phase: 'ready',
      progress: null,
      municipality: municipality.name,
      zone: municipality.zone,
      notices: [...status.notices, ...at.notices],
    })
    // What was asked while the data were opened waits for them, and needs no second answer.
    if (isStarting && at.kind === 'alone') return
    emit({ type: 'changed', changed: { queries: ALL_QUERIES } })
  }

  let isStarting = true
  const open = async (restore?: ReadBackup) => {
    try {
      const at = await openAt(restore)
      place = at
      press = await Press.open(ports, at.database, settings, (status) =>
        emit({ type: 'published', status }),
      )
      if (at.municipality()) ready(at)
      else if (at.kind === 'joined') {
        set({ ...at.status(), progress: { step: 'reading', done: 0 } })
        void at.shown.then(() => place === at && ready(at))
      } else {
        const notices = [...status.notices, ...at.notices]
        set({ ...at.status(), phase: 'first-start', progress: null, municipality: '', notices })
        if (settings.demo) await found('sample', '')
      }
    } catch (error) {
      // A folder that is locked was never opened: the thread still waits for one.
      void thread?.worker.terminate()
      fail(error)
    }
  }

  const closeAll = async () => {
    const [printing, at] = [press, place]
    press = undefined
    place = undefined
    await printing?.stop()
    await at?.close()
  }

  const found = async (as: 'sample' | 'empty', name: string): Promise<Status> => {
    if (status.phase !== 'first-start' || place?.kind !== 'alone') return status
    const { line, database } = place
    const { zone } = status
    set({ phase: 'founding', progress: { step: 'database', done: 0 } })
    try {
      if (as === 'sample') {
        const today = dayOf(ports.clock.now(), zone)
        const calls = sampleMunicipality({ seed: SAMPLE_SEED, today, zone, context: CONTEXT })
        await line.giveMany(calls, progress)
        await refreshStatistics(database)
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

  const opened = open().finally(() => {
    isStarting = false
  })

  /** The desk is closed and opened again: with other data, or with a server. */
  let reopening: Promise<unknown> = Promise.resolve()
  const anew = <T>(work: () => Promise<T>): Promise<T> => {
    const whole = work()
    reopening = whole.catch(() => {})
    return whole
  }

  /** The desk as it is, once it is open. */
  const openPlace = async (): Promise<Alone | Joined> => {
    await opened
    await reopening
    if (!place || status.phase === 'failed') throw new NotReady(status.phase)
    return place
  }

  /** A question that the desk was closed over is asked of the one that is open then. */
  const asking = async <T>(question: (at: Alone | Joined) => Promise<T>): Promise<T> => {
    const at = await openPlace()
    try {
      return await question(at)
    } catch (error) {
      const next = error instanceof DatabaseStopped ? await openPlace() : at
      if (next === at) throw error
      return question(next)
    }
  }

  const openBackups = async (): Promise<Backups> => {
    const at = await openPlace()
    if (at.kind !== 'alone' || status.phase !== 'ready') throw new NotReady(status.phase)
    return at.backups
  }

  const restore = async (file: string): Promise<Status> => {
    // Read before anything is closed: what is no backup changes nothing.
    const backup = await (await openBackups()).read(file)
    set({ phase: 'opening', progress: { step: 'database', done: 0 }, notices: [] })
    return anew(async () => {
      await closeAll()
      await open(backup)
      if ((status as Status).phase === 'failed') {
        // The former data are back in their place already.
        await open()
        throw new BackupFailure({ code: 'not-a-backup', detail: '' })
      }
      return status
    })
  }

  const openPress = async (): Promise<Press> => {
    await openPlace()
    if (!press) throw new NotReady(status.phase)
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

  /** Closes the desk, lets its folder be changed, and opens what is there then. */
  const reopen = (change: () => Promise<Status['notices']>): Promise<Status> => {
    set({ phase: 'opening', progress: { step: 'database', done: 0 }, notices: [] })
    return anew(async () => {
      await closeAll()
      try {
        set({ notices: await change() })
      } finally {
        await open()
      }
      return status
    })
  }

  const sharing = sharingOf(ports, settings, {
    place: openPlace,
    asking,
    status: () => status,
    set,
    progress,
    reopen,
  })

  return {
    async dispatch(given) {
      const call = checked(given)
      await opened
      await reopening
      if (status.phase !== 'ready' || !place) throw new NotReady(status.phase)
      if (call.name === 'municipality.found') throw new BadCall('a desk is founded once')
      const at = place
      let outcome: Given
      try {
        outcome = await at.give(call)
      } catch (error) {
        if (error instanceof DatabaseStopped) {
          // Noted; and where the desk was only closed over it, nothing is wrong.
          if (place === at) fail(error)
          return { status: 'queued', predicted: null }
        }
        if (error instanceof DiskFull) set({ problem: problemOf(error) })
        throw error
      }
      const { waiting, concerns } = at.status()
      if (waiting !== status.waiting || concerns !== status.concerns) set({ waiting, concerns })
      // What a joined desk shows has come from the server, and is told with the pull that brought it.
      if (outcome.status === 'accepted' && at.kind === 'alone') {
        status = { ...status, asOf: ports.clock.now(), problem: null }
        emit({ type: 'changed', changed: changedBy(call) })
        // What is only held is not public.
        if (!definition(call.name).passing) press?.touched()
      }
      return outcome as DispatchResult
    },

    async query<Q extends QueryName>(call: QueryCall<Q>): Promise<Rows[Q]> {
      if (!Object.hasOwn(queryArgs, call.name)) throw new BadCall(`no query is called ${call.name}`)
      const parsed = queryArgs[call.name].safeParse(call.args)
      if (!parsed.success) throw new BadCall(`${call.name}: arguments do not fit`)
      return asking((at) => at.query({ name: call.name, args: parsed.data } as QueryCall<Q>))
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
      async status() {
        const at = await openPlace()
        return at.kind === 'alone' ? at.backups.status() : BY_SERVER
      },
      now: async () => (await openBackups()).now(),
      set: async (wanted) => (await openBackups()).set(wanted),
      preview: async (file) => (await openBackups()).preview(file),
      restore,
    },

    sharing,

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
      return place ? place.database.version() : ''
    },

    close() {
      closing ??= (async () => {
        await opened
        await reopening
        await closeAll()
        listeners.clear()
      })()
      return closing
    },
  }
}

/** The data lie on a server, and whoever keeps it makes the backups. */
const BY_SERVER: BackupStatus = {
  by: 'server',
  folder: '',
  own: false,
  keep: 1,
  backups: [],
  problem: null,
}
