/**
 * The arguments and rows of every query, as schemas and types: the only way a screen reads. No SQL is imported
 * here. Instants are UTC milliseconds; spans are half-open.
 */
import * as z from 'zod'
import type { CommandName } from '../commands/calls.ts'
import { day, instant, uuid } from '../commands/calls.ts'
import type { HeldTime } from '../domain/hold.ts'
import type { Holiday, HolidaySettings } from '../domain/holidays.ts'
import { languages } from '../domain/language.ts'
import type { OUTSIDE } from '../domain/outside-change.ts'
import type { PersonCard } from '../domain/person.ts'
import type { PublishTarget } from '../domain/publish-target.ts'
import type { ResourceRow } from '../domain/resource.ts'
import type { BookingState } from '../domain/standing.ts'
import { type AvailabilityRows, availabilityQueries } from './availability-rows.ts'
import { type BlockerRows, blockerQueries } from './blocker-rows.ts'
import { type HallFindRows, hallFindQueries } from './hall-find-rows.ts'
import { type MaterialRows, materialQueries } from './material-rows.ts'
import { type PlacesRows, placesQueries } from './places-rows.ts'
import { type SearchRows, searchQueries } from './search-rows.ts'
import { type YearRows, yearQueries } from './year-rows.ts'

export const queryArgs = {
  /** Everything the calendar draws between two instants; `resources` limits it to some. */
  'calendar.range': z.strictObject({
    start: instant,
    end: instant,
    resources: z.array(uuid).max(1000).optional(),
  }),
  /** One booking with its person, dates and history. */
  'booking.one': z.strictObject({ token: uuid }),
  /** Everything undecided: requests and the waiting list, with what is free for each now. */
  'request.queue': z.strictObject({}),
  /** What is held now, by whom and until when. */
  'hold.all': z.strictObject({ now: instant }),
  /** What was denied last, newest first, so that it can be opened again; at most 20. */
  'request.denied': z.strictObject({}),
  /** All resources, in the order in which they are listed. */
  'resource.all': z.strictObject({}),
  /** Those that a website has made and nobody here has described yet. */
  'resource.unnamed': z.strictObject({}),
  /** People and organisations by name, organisation or the last digits of a phone; at most 12. */
  'person.find': z.strictObject({ text: z.string().max(200) }),
  /** People by name, of one kind or all; `now` decides what is still to come. At most 500. */
  'person.list': z.strictObject({
    text: z.string().max(200),
    kind: z.enum(['all', 'person', 'organisation']),
    now: instant,
    limit: z.int().min(1).max(500),
  }),
  /** One person with bookings and history; one who was merged leads to whoever stands for both. */
  'person.one': z.strictObject({ person: uuid }),
  /** What was done last, newest first; for the undo button and the history screen. */
  'history.recent': z.strictObject({
    limit: z.int().min(1).max(500),
    /** Only of this hall, person or booking; of the first two with their bookings. */
    about: uuid.optional(),
    actor: z.string().max(120).optional(),
  }),
  /** Everybody who has changed something, by name. */
  'history.actors': z.strictObject({}),
  /** Holidays by law, of the municipality and of the schools that touch the days `from` to `until`, both included. */
  'holiday.range': z.strictObject({ from: day, until: day, language: z.enum(languages) }),
  /** Where the calendar is published, and how much of it. */
  'publish.targets': z.strictObject({}),
  /** What the municipality has set about holidays. */
  'holiday.settings': z.strictObject({}),
  ...availabilityQueries,
  ...blockerQueries,
  ...materialQueries,
  ...hallFindQueries,
  ...placesQueries,
  ...searchQueries,
  ...yearQueries,
} as const

export type QueryName = keyof typeof queryArgs
export type QueryArgs<Q extends QueryName> = z.infer<(typeof queryArgs)[Q]>

export type { ResourceRow } from '../domain/resource.ts'

/** A span in which a resource may be reserved. */
export type FreeRow = Readonly<{
  resource: string
  start: number
  end: number
  /** Minutes per step, or null where only the whole can be booked. */
  step: number | null
  places: number
  byStaff: boolean
}>

/** One date of one booking on one resource. */
export type BookedRow = Readonly<{
  token: string
  resource: string
  start: number
  end: number
  places: number
  /** `booked` holds slots; `request` waits for a decision and holds none; `held` is kept for a caller, and by word only. */
  state: 'booked' | 'request' | 'held'
  title: string
  /** Empty where citizens may not read it. */
  publicTitle: string
  who: string
  number: number
  persons: number | null
  /** Of what is held: by whom, and when it ends by itself. Whoever draws it looks at the clock. */
  held: Pick<HeldTime, 'by' | 'until'> | null
  waits?: Waits
}>

/**
 * What a command that nobody has decided yet would do: `noted` would come here, `doubtful` would come here and has no
 * place by what this desk knows, `leaving` would go. Absent: committed, and nothing waits.
 */
export type Waits = 'noted' | 'doubtful' | 'leaving'

export type BlockedRow = Readonly<{ resource: string; start: number; end: number; reason: string }>

export type CalendarRows = Readonly<{
  free: readonly FreeRow[]
  booked: readonly BookedRow[]
  blocked: readonly BlockedRow[]
}>

export type PersonRow = Readonly<{
  id: string
  name: string
  organisation: string
  phone: string
  email: string
  bookings: number
}>

/** What a desk has done, or what came from outside: its `args` are an `OutsideChange`, its `actor` a role of the server. */
export type HistoryName = CommandName | typeof OUTSIDE | typeof NEWER

/** Done by a newer program on a shared server; this one knows no words for it, and is given no arguments. */
export const NEWER = 'newer'

export type HistoryRow = Readonly<{
  command: string
  at: number
  actor: string
  name: HistoryName
  args: unknown
  result: unknown
  undoes: string | null
  undoneBy: string | null
  /** True where an undo of it would be tried. */
  canUndo: boolean
}>

export type BookingRow = Readonly<{
  token: string
  number: number
  state: BookingState
  /** Its place on the waiting list, while it is on it. */
  waitingSince: number | null
  title: string
  publicTitle: string
  note: string
  persons: number | null
  places: number
  person: PersonRow | null
  dates: readonly Readonly<{ resource: string; resourceName: string; start: number; end: number }>[]
  cancelReason: string
  createdAt: number
  createdBy: string
  history: readonly HistoryRow[]
  /** It stands as waiting commands would leave it. `noted`: all of it only waits. */
  waits?: 'noted' | 'changing'
}>

/** A request or somebody on the waiting list, undecided. */
export type RequestRow = Readonly<{
  token: string
  number: number
  title: string
  note: string
  persons: number | null
  person: string | null
  /** The organisation, or the person where there is none. */
  who: string
  /** The person of an organisation. */
  contact: string
  phone: string
  dates: readonly Readonly<{
    resource: string
    resourceName: string
    start: number
    end: number
    places: number
  }>[]
  /** Null: a request that wants a decision. */
  waitingSince: number | null
  createdAt: number
  /** Most places it wants at once, and how many are free for it now; it can be given when `free >= places`. */
  places: number
  free: number
}>

/** A request that was denied. */
export type DeniedRow = Readonly<
  Pick<RequestRow, 'token' | 'number' | 'title' | 'who' | 'dates'> & {
    deniedAt: number
    reason: string
  }
>

export type ListedPerson = PersonRow &
  Readonly<{
    town: string
    /** The first date still to come. */
    next: number | null
  }>

/** A booking on the card of its person. */
export type PersonBookingRow = Readonly<{
  token: string
  number: number
  title: string
  state: BookingState
  /** The first date, with the last one's end. */
  start: number
  end: number
  dates: number
  resourceName: string
}>

export type PersonOne = Readonly<{
  id: string
  card: PersonCard
  bookings: readonly PersonBookingRow[]
  /** Others who may be the same person. */
  alike: readonly PersonRow[]
  history: readonly HistoryRow[]
}>

export type UnnamedRows = Readonly<{
  /** The name under which the website keeps its halls: it and a hall's name there make the id. */
  context: string
  halls: readonly UnnamedRow[]
}>
export type UnnamedRow = Readonly<{
  id: string
  /** Dates on which it can be reserved, the most places of any, and bookings with requests. */
  dates: number
  places: number
  bookings: number
  /** The start of the first date, and the last one; null where there are only bookings. */
  first: number | null
  last: number | null
  lastEnd: number | null
}>

export interface Rows
  extends AvailabilityRows,
    BlockerRows,
    HallFindRows,
    MaterialRows,
    PlacesRows,
    SearchRows,
    YearRows {
  'person.list': Readonly<{ rows: readonly ListedPerson[]; of: number }>
  'person.one': PersonOne | null
  'request.denied': readonly DeniedRow[]
  'request.queue': readonly RequestRow[]
  'hold.all': readonly HeldTime[]
  'calendar.range': CalendarRows
  'booking.one': BookingRow | null
  'resource.all': readonly ResourceRow[]
  'resource.unnamed': UnnamedRows
  'person.find': readonly PersonRow[]
  'history.recent': readonly HistoryRow[]
  'history.actors': readonly string[]
  'holiday.range': readonly Holiday[]
  'holiday.settings': HolidaySettings
  'publish.targets': readonly PublishTarget[]
}

export type QueryCall<Q extends QueryName = QueryName> = {
  [M in Q]: Readonly<{ name: M; args: QueryArgs<M> }>
}[Q]
