/**
 * THE boundary: every call a screen may make and every event it may hear, with schemas.
 *
 * The shell checks each call against this table before anything else runs; errors travel as data. The same
 * table serves Electron's IPC and the loopback WebSocket of a machine without a display.
 */
import * as z from 'zod'
import type { CommandCall, CommandName, ResultOf } from './commands/calls.ts'
import { commandCall, publishTargetSave, uuid } from './commands/calls.ts'
import { layers, MOST_HALL_SETS, MOST_PARKED } from './domain/desk-view.ts'
import { type Language, languages } from './domain/language.ts'
import type { Alternative, Refusal } from './domain/refusal.ts'
import type { QueryCall, QueryName, Rows } from './queries/rows.ts'
import { queryArgs } from './queries/rows.ts'
import type { BookingHit, PersonHit } from './queries/search-rows.ts'

export { type Language, languages }

/** A route may name every hall of a large municipality by its uuid. */
const MOST_OF_A_ROUTE = 20_000

/** Halls that are looked at together, under a name of the clerk's own. */
export const hallSet = z.strictObject({
  name: z.string().min(1).max(60),
  halls: z.array(uuid).min(1).max(1000),
})
export type HallSet = z.infer<typeof hallSet>

/** View preferences of this desk, kept outside the database; unknown keys of a newer version are dropped. */
export const preferences = z.object({
  language: z.enum(languages).catch('de-CH'),
  theme: z.enum(['auto', 'light', 'dark']).catch('auto'),
  density: z.enum(['S', 'M', 'L']).catch('M'),
  /** The route shown last, for example `calendar/timeline/week/2027-06-14`. */
  route: z.string().max(MOST_OF_A_ROUTE).catch(''),
  /** The name that history shows for this desk's clerk. */
  actor: z.string().max(120).catch(''),
  hallSets: z.array(hallSet).max(MOST_HALL_SETS).catch([]),
  /** Layers of the calendar that are not shown. */
  hidden: z.array(z.enum(layers)).catch([]),
})
export type Preferences = z.infer<typeof preferences>

/** Longer than any field takes: what is too long gets a sentence, and is kept until it is put right. */
const typed = z.string().max(100_000)

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
  /** The clerk keeps the time for the caller; whether it still is kept, the database says. */
  holds: z.boolean().default(false),
})
export type Draft = z.infer<typeof draft>

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
  /** By itself; or with a shared server that it follows, or cannot reach. */
  mode: 'standalone' | 'connected' | 'cut-off'
  /** The shared server, where the desk has one. */
  server: ServerStatus | null
  /** Progress of opening or founding, 0 to 1, with the key of the step's words. */
  progress: Readonly<{
    step:
      | 'database'
      | 'resources'
      | 'availability'
      | 'bookings'
      | 'recovery'
      /** What was entered here goes to the server; the server's data come here. */
      | 'sending'
      | 'reading'
    done: number
  }> | null
  municipality: string
  zone: string
  /** Time of the newest committed state the screen may show, UTC milliseconds. */
  asOf: number
  /** Commands in the journal that have no outcome yet. */
  waiting: number
  /** Commands that somebody has to do something about: see `outbox`. */
  concerns: number
  /** What the clerk has to know once: for example that a damaged database was set aside and rebuilt. */
  notices: readonly Notice[]
  problem: Problem | null
}>

/** A shared server, as the clerk is told of it. */
export type ServerStatus = Readonly<{
  /** Database and host, for example `allmend@db.example`. */
  place: string
  /** Since when it is followed, or cannot be reached, UTC milliseconds. */
  since: number
  /** Why it is not followed, or why nothing can be sent. */
  trouble: ServerProblem | null
  /** The time of which bookings are here; what lies beyond is read when it is looked at, while the server is followed. */
  window: Readonly<{ start: number; end: number }> | null
}>

/** What is wrong with a server; the screen makes a sentence of it. */
export type ServerProblem = Readonly<{
  code:
    | 'unreachable'
    | 'refused'
    | 'no-database'
    | 'no-encryption'
    /** The server's certificate is not trusted, or is that of another name. */
    | 'not-trusted'
    /** The file holds no certificate. */
    | 'no-certificate'
    | 'no-rights'
    | 'read-only'
    | 'foreign-tables'
    | 'too-old'
    | 'schema-newer'
    | 'schema-older'
    | 'outdated'
    | 'not-prepared'
    | 'feed'
    | 'roles'
    | 'rights'
    /** Another municipality than the one that this desk has followed: `detail` names it. */
    | 'another'
    /** It has no municipality, and none was named that it could be. */
    | 'nothing-there'
    | 'unexpected'
  detail: string
}>

/** How to reach a server. */
export const serverAddress = z.strictObject({
  host: z.string().trim().min(1).max(253),
  port: z.int().min(1).max(65_535),
  database: z.string().trim().min(1).max(63),
  user: z.string().trim().min(1).max(63),
  /** Empty: the one that is kept. */
  password: z.string().max(1000),
  /** False only in a network that is one's own: nothing is encrypted then. */
  tls: z.boolean(),
  /** The file with the certificates that are trusted; empty: those that the system trusts. */
  ca: z.string().trim().max(1000),
  /** What other desks call this one. */
  label: z.string().trim().min(1).max(80),
})
export type ServerAddress = z.infer<typeof serverAddress>

/**
 * `send`: what was entered here so far is given to a server that has a municipality; an empty one always gets all of it.
 * `found`: for a server that has none, where the desk has none either; `context` is that of a website's bookings.
 */
export const connectWish = z.strictObject({
  server: serverAddress,
  send: z.boolean(),
  found: z
    .strictObject({
      name: z.string().trim().min(1).max(120),
      context: z.string().trim().min(1).max(120),
    })
    .nullable(),
})
export type ConnectWish = z.infer<typeof connectWish>

/** What stands there, and what there is here that could go there. */
export type ServerTest = Readonly<
  | {
      ok: true
      version: string
      /**
       * `empty`: nobody has founded anything. `begun`: this desk began to found it and did not finish. `founded`: a
       * municipality. `libres`: bookings of a website, and no municipality.
       */
      state: 'empty' | 'begun' | 'founded' | 'libres'
      municipality: string
      bookings: number
      /** Desks that follow it. */
      desks: number
      /** Changes made on this desk that the server does not have. */
      changes: number
    }
  | { ok: false; problem: ServerProblem }
>

/** What a screen needs to say what a command is about that has no result yet, or never gets one. */
export type Told = Readonly<{
  /** The bookings that it names, as this desk knows them, by their token. */
  bookings: Readonly<Record<string, Readonly<{ title: string; number: number }>>>
  /** What an undo takes back. */
  undoes: Readonly<{ name: CommandName; args: unknown; result: unknown }> | null
}>

/** A command that nobody has decided yet. */
export type WaitingCommand = Readonly<{
  id: string
  name: CommandName
  args: unknown
  told: Told
  actor: string
  issuedAt: number
  /**
   * `stale`: too old to be sent without a person's word. `missed`: accepted once, and forgotten by a server that was put
   * back to an earlier state; it wants a word, too. `withdrawn`: taken back; whether in time, the server says.
   */
  standing: 'waiting' | 'stale' | 'missed' | 'withdrawn'
  /** What would become of it by what this desk knows; null: that cannot be told. */
  predicted: Readonly<
    { status: 'accepted'; result: unknown } | { status: 'refused'; refusal: Refusal }
  > | null
}>

/** A command that came to nothing, or was done although it had been taken back. */
export type ConcernedCommand = Readonly<{
  id: string
  name: CommandName
  args: unknown
  told: Told
  actor: string
  issuedAt: number
  /** When the server decided, by this desk's clock. */
  at: number
  /** Null: it was done after all. */
  refusal: Refusal | null
  /** Places and times that are free now for the same wish. */
  alternatives: readonly Alternative[]
  /** Later commands that rested on it, and came to nothing with it. */
  also: readonly Readonly<{ id: string; name: CommandName; args: unknown; told: Told }>[]
}>

/** Desks that share the server. */
export type OtherDesk = Readonly<{
  id: string
  label: string
  /** Seconds since the server last heard of it. */
  age: number
  /** Rows that changed since what it last had. */
  behind: number
  /** This one. */
  own: boolean
}>

export type Outbox = Readonly<{
  waiting: readonly WaitingCommand[]
  concerns: readonly ConcernedCommand[]
  /** Null: the server cannot be asked now. */
  desks: readonly OtherDesk[] | null
}>

export type Notice = Readonly<{
  /**
   * `restored`: a backup took the place of the data, which lie in `folder` now. `joined`, `left`: what was here before
   * lies there.
   */
  code: 'database-set-aside' | 'restored' | 'joined' | 'left'
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
  /** `server`: the data lie on a shared server, and whoever keeps it makes the backups. */
  by: 'desk' | 'server'
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
  /** Noted here; nobody has decided it yet. `predicted`: see `WaitingCommand`. */
  | { status: 'queued'; predicted: WaitingCommand['predicted'] }
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
  /** The address that is kept, without its password; null where the desk has no server. */
  server: z.undefined(),
  testServer: serverAddress,
  /** Gives the desk a server. */
  connect: connectWish,
  /** Another address, password or name of this desk for the same server. */
  changeServer: serverAddress,
  /** Goes on without the server. What the desk had of it is kept in a folder. */
  leave: z.undefined(),
  /** The network is back, or is thought to be. */
  tryNow: z.undefined(),
  outbox: z.undefined(),
  /** Takes a waiting command back. */
  withdraw: z.strictObject({ id: uuid }),
  /** An old waiting command is still meant. */
  confirm: z.strictObject({ id: uuid }),
  /** A concern is dealt with. */
  handled: z.strictObject({ id: uuid }),
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
  /** Asks for a file with certificates, in the same way. */
  chooseCertificate: z.undefined(),
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
  chooseCertificate: string | null
  server: ServerAddress | null
  testServer: ServerTest
  connect: ServerTest | Status
  changeServer: ServerTest | Status
  leave: Status
  tryNow: Status
  outbox: Outbox
  withdraw: null
  confirm: null
  handled: null
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
  /** What `outbox` answers is another now. */
  | Readonly<{ type: 'outbox' }>
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
