/**
 * THE boundary: every call a screen may make and every event it may hear, with schemas.
 *
 * The shell checks each call against this table before anything else runs; errors travel as data. The same
 * table serves Electron's IPC and the loopback WebSocket of a machine without a display.
 */
import * as z from 'zod'
import type { CommandCall, CommandName, ResultOf } from './commands/calls.ts'
import { commandCall, publishTargetSave, uuid } from './commands/calls.ts'
import { type Language, languages } from './domain/language.ts'
import type { Refusal } from './domain/refusal.ts'
import type { QueryCall, QueryName, Rows } from './queries/rows.ts'
import { queryArgs } from './queries/rows.ts'
import type { BookingHit, PersonHit } from './queries/search-rows.ts'

export { type Language, languages }

/** View preferences of this desk, kept outside the database; unknown keys of a newer version are dropped. */
export const preferences = z.object({
  language: z.enum(languages).catch('de-CH'),
  theme: z.enum(['auto', 'light', 'dark']).catch('auto'),
  density: z.enum(['S', 'M', 'L']).catch('M'),
  /** The route shown last, for example `calendar/timeline/week/2027-06-14`. */
  route: z.string().max(500).catch(''),
  /** The name that history shows for this desk's clerk. */
  actor: z.string().max(120).catch(''),
})
export type Preferences = z.infer<typeof preferences>

const typed = z.string().max(4000)

/** What was typed for one booking, as typed: texts and not yet days and times. */
export const draft = z.strictObject({
  /** Names the booking it will become, from its first keystroke on; empty where nothing was begun. */
  token: typed,
  resource: typed,
  date: typed,
  from: typed,
  to: typed,
  places: typed,
  /** A person of the register, or empty for a new one. */
  person: typed,
  name: typed,
  organisation: typed,
  phone: typed,
  email: typed,
  title: typed,
  persons: typed,
  isPublic: z.boolean(),
  note: typed,
  /** A second hall at the same time, or empty. */
  also: typed.default(''),
  /** What else is asked of a hall that is still looked for: how long, on which weekdays (`6,7`), with what (one a line). */
  length: typed.default(''),
  weekdays: typed.default(''),
  features: typed.default(''),
})
export type Draft = z.infer<typeof draft>

/** Calls that can wait at once: more nobody keeps apart. */
export const MOST_PARKED = 5

/** Kept in the data folder, never in the database: personal data that may still be thrown away. */
export const drafts = z.strictObject({
  current: draft.nullable(),
  /** Calls that wait while another one is served, the oldest first. */
  parked: z.array(draft).max(MOST_PARKED),
})
export type Drafts = z.infer<typeof drafts>

/** Where the desk stands; every change of it is sent as an event. */
export type Status = Readonly<{
  /** `first-start`: nothing is founded, the screen asks. `failed`: `problem` says why, nothing can be entered. */
  phase: 'opening' | 'first-start' | 'founding' | 'ready' | 'failed'
  mode: 'standalone'
  /** Progress of opening or founding, 0 to 1, with the key of the step's words. */
  progress: Readonly<{
    step: 'database' | 'resources' | 'availability' | 'bookings' | 'recovery'
    done: number
  }> | null
  municipality: string
  zone: string
  /** Time of the newest committed state the screen may show, UTC milliseconds. */
  asOf: number
  /** Commands in the journal that have no outcome yet. */
  waiting: number
  /** What the clerk has to know once: for example that a damaged database was set aside and rebuilt. */
  notices: readonly Notice[]
  problem: Problem | null
}>

export type Notice = Readonly<{
  /** `restored`: a backup took the place of the data, which lie in `folder` now. */
  code: 'database-set-aside' | 'restored'
  folder: string
  restored: number
  lost: number
}>
export type Problem = Readonly<{
  code: 'disk-full' | 'data-locked' | 'data-unreadable' | 'schema-newer' | 'unexpected'
  detail: string
}>

/** What runs here, for *About* and the log. */
export type About = Readonly<{
  version: string
  /** `electron` (its own binary), `electron-substitute` (the runtime from the registry), `browser`. */
  runtime: 'electron' | 'electron-substitute' | 'browser'
  electron: string
  chrome: string
  node: string
  database: string
  dataFolder: string
  licences: readonly Readonly<{ name: string; version: string; licence: string }>[]
}>

/** Why a target could not be published; the screen and the command line make a sentence of it. */
export type PublishProblem = Readonly<{
  code:
    | 'no-folder'
    | 'not-a-folder'
    | 'not-allowed'
    | 'disk-full'
    | 'foreign-file'
    | 'leak'
    | 'unexpected'
  detail: string
}>

/** Where a target stands on this computer. */
export type PublishStatus = Readonly<{
  target: string
  /** UTC milliseconds of the last time everything was written; null: never. */
  at: number | null
  problem: PublishProblem | null
  /** Something was committed since, or the last try failed. */
  waiting: boolean
}>

/** What would go out now: the very files. */
export type PublishPreview = Readonly<{
  files: readonly Readonly<{
    path: string
    bytes: number
    /** Of the hall it is about; empty for those of all. */
    name: string
    /** It differs from what lies in the folder. */
    fresh: boolean
  }>[]
  shown: Readonly<{ path: string; text: string }>
  events: number
  leaks: readonly Readonly<{
    path: string
    kind: 'phone' | 'email' | 'name' | 'title' | 'note'
    number: number
  }>[]
  /** Files that would go. */
  stale: number
  /** Dates that came, went and changed since the folder was written. */
  added: number
  removed: number
  changed: number
  problem: PublishProblem | null
}>

/** Why a backup could not be made or read. */
export type BackupProblem = Readonly<{
  code: 'no-folder' | 'not-allowed' | 'disk-full' | 'not-a-backup' | 'newer' | 'unexpected'
  detail: string
}>

/** The backups of this computer, newest first. */
export type BackupStatus = Readonly<{
  /** Where they lie; `own`: chosen by the clerk, and not beside the data. */
  folder: string
  own: boolean
  keep: number
  backups: readonly Readonly<{ file: string; at: number; bytes: number }>[]
  problem: BackupProblem | null
}>

/** What restoring a backup would mean for what is there now. */
export type RestorePreview = Readonly<
  | {
      ok: true
      municipality: string
      at: number
      /** Changes that were made since and would be gone from the desk, and who made them. */
      changes: number
      people: readonly string[]
    }
  | { ok: false; problem: BackupProblem }
>

export type DispatchResult<N extends CommandName = CommandName> = Readonly<
  | { status: 'accepted'; result: ResultOf<N> }
  | { status: 'refused'; refusal: Refusal }
  | { status: 'queued' }
>

const queryCall = z.strictObject({
  name: z.enum(Object.keys(queryArgs) as [QueryName, ...QueryName[]]),
  args: z.unknown(),
})

/** Every call, with the schema of its single argument. */
export const calls = {
  dispatch: commandCall,
  query: queryCall,
  status: z.undefined(),
  about: z.undefined(),
  /** Answers the question of the first start. */
  found: z.strictObject({ as: z.enum(['sample', 'empty']), name: z.string().trim().max(120) }),
  preferences: z.undefined(),
  setPreferences: preferences.partial(),
  dismissNotice: z.strictObject({ index: z.int().min(0).max(100) }),
  drafts: z.undefined(),
  keepDrafts: drafts,
  /** An error the screen met, for the log; no personal data. */
  reportError: z.strictObject({ message: z.string().max(4000), stack: z.string().max(16000) }),
  publishStatus: z.undefined(),
  /** `target` need not be saved; its folder may still be empty. */
  publishPreview: z.strictObject({
    target: publishTargetSave.extend({ folder: z.string().trim().max(1000) }),
    page: z.string().max(200),
  }),
  publishNow: z.strictObject({ target: uuid }),
  backupStatus: z.undefined(),
  backupNow: z.undefined(),
  /** `folder` null: beside the data. */
  setBackup: z.strictObject({
    folder: z.string().trim().max(1000).nullable(),
    keep: z.int().min(1).max(365),
  }),
  /** `file` is one that `backupStatus` lists. */
  restorePreview: z.strictObject({ file: z.string().max(200) }),
  restore: z.strictObject({ file: z.string().max(200) }),
  /** Asks the clerk for a folder; null where none was chosen or the desk is shown in a browser. */
  chooseFolder: z.undefined(),
  /** Opens an https, mailto or tel address outside; everything else is refused. */
  openExternal: z.strictObject({ url: z.string().max(2000) }),
} as const

export type CallName = keyof typeof calls

/** What each call resolves to. */
export interface Replies {
  dispatch: DispatchResult
  query: Rows[QueryName]
  status: Status
  about: About
  found: Status
  preferences: Preferences
  setPreferences: Preferences
  dismissNotice: Status
  reportError: null
  publishStatus: readonly PublishStatus[]
  publishPreview: PublishPreview
  publishNow: PublishStatus | null
  chooseFolder: string | null
  backupStatus: BackupStatus
  backupNow: BackupStatus
  setBackup: BackupStatus
  restorePreview: RestorePreview
  restore: Status
  drafts: Drafts
  keepDrafts: null
  openExternal: boolean
}

/** Errors travel as data, never as thrown messages. */
export type Reply<T> =
  | Readonly<{ ok: true; value: T }>
  | Readonly<{
      ok: false
      error: Readonly<{
        code: 'unknown-call' | 'bad-arguments' | 'forbidden' | 'not-ready' | 'failed'
        detail: string
      }>
    }>

/** Questions whose rows changed, and the span of time and the resources they touch (absent: any). */
export type Changed = Readonly<{
  queries: readonly QueryName[]
  start?: number
  end?: number
  resources?: readonly string[]
}>

export type DeskEvent =
  | Readonly<{ type: 'changed'; changed: Changed }>
  | Readonly<{ type: 'status'; status: Status }>
  | Readonly<{ type: 'backup'; status: BackupStatus }>
  | Readonly<{ type: 'published'; status: readonly PublishStatus[] }>
  | Readonly<{ type: 'preferences'; preferences: Preferences }>

/** What the preload script exposes as `window.desk`; the WebSocket client has the same shape. */
export interface Desk {
  invoke<C extends CallName>(call: C, argument?: unknown): Promise<Reply<Replies[C]>>
  on(listener: (event: DeskEvent) => void): () => void
}

export type {
  BookingHit,
  CommandCall,
  CommandName,
  PersonHit,
  QueryCall,
  QueryName,
  ResultOf,
  Rows,
}
