/**
 * Overlay: what the calendar and a booking show of commands that nobody has decided yet. It is made of what a rehearsal
 * saw and laid over committed rows; nothing of it is ever stored.
 */
import type { CommandName } from '../commands/calls.ts'
import { overlaps, type Span, type Uuid } from '../domain/time.ts'
import { bookedOf } from '../store/calendar.ts'
import type { Tx } from '../store/database.ts'
import { subjectsOf } from '../store/history.ts'
import { allResources } from '../store/resources.ts'
import type { BookedRow, BookingRow, CalendarRows, QueryArgs } from './rows.ts'

/** A command that waits, as far as it matters here. */
type Waiting = Readonly<{ id: Uuid; name: CommandName; args: unknown }>

/** Bookings that waiting commands are about, without them and with them. */
export type Seen = Readonly<{ dates: readonly BookedRow[]; before: readonly BookedRow[] }>

/** For `rehearse`. */
export async function lookAt(
  tx: Tx,
  waiting: readonly Waiting[],
  before: Seen | null,
): Promise<Seen> {
  const named = idsIn(waiting)
  const tokens = [...named, ...(await subjectsOf(tx, named))]
  const dates = await bookedOf(tx, tokens)
  return { dates, before: before?.dates ?? dates }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Every uuid that stands in the arguments, and the commands' own. */
function idsIn(waiting: readonly Waiting[]): Uuid[] {
  const found = new Set<Uuid>()
  const collect = (value: unknown): void => {
    if (typeof value === 'string') {
      if (UUID.test(value)) found.add(value)
    } else if (value !== null && typeof value === 'object') {
      for (const each of Object.values(value)) collect(each)
    }
  }
  for (const { id, args } of waiting) {
    found.add(id)
    collect(args)
  }
  return [...found]
}

export type Overlay = Readonly<{
  noted: readonly BookedRow[]
  doubtful: readonly BookedRow[]
  wishes: readonly Wish[]
  /** Keys of the committed dates that would go. */
  leaving: ReadonlySet<string>
  /** Bookings of which something waits. */
  tokens: ReadonlySet<Uuid>
}>

/** `refused`: those of the waiting commands that would have no place. */
export function overlayOf(seen: Seen, refused: readonly Waiting[]): Overlay {
  const before = new Set(seen.before.map(keyOf))
  const after = new Set(seen.dates.map(keyOf))
  const noted = seen.dates.filter((row) => !before.has(keyOf(row)))
  const leaving = new Set([...before].filter((key) => !after.has(key)))
  const wishes = refused.flatMap(wishesOf)
  const doubtful = wishes.flatMap(datesOf)
  const tokens = new Set(
    [...noted, ...doubtful, ...seen.before.filter((row) => leaving.has(keyOf(row)))].map(
      ({ token }) => token,
    ),
  )
  return { noted, doubtful, wishes, leaving, tokens }
}

/** A date of a booking; that it is paid for by a request or held by slots makes it another. */
function keyOf({ token, resource, start, end, places, state }: BookedRow): string {
  return `${token} ${resource} ${start} ${end} ${places} ${state}`
}

/** What the commands say that wish for time. */
type Wish = Readonly<{
  token: Uuid
  resource: Uuid
  also?: readonly Uuid[]
  during: Span
  places: number
  title?: string
  publicTitle?: string
  note?: string
  persons?: number | null
  person?: Readonly<{ id: Uuid; name: string; organisation: string; phone: string; email: string }>
}>

const WISHING: readonly CommandName[] = [
  'reservation.book',
  'reservation.request',
  'reservation.add',
]

function wishesOf({ name, args }: Waiting): Wish[] {
  return WISHING.includes(name) ? [args as Wish] : []
}

function datesOf(wish: Wish): BookedRow[] {
  return [wish.resource, ...(wish.also ?? [])].map((resource) => ({
    token: wish.token,
    resource,
    start: wish.during.start,
    end: wish.during.end,
    places: wish.places,
    state: 'request',
    title: wish.title ?? '',
    publicTitle: wish.publicTitle ?? '',
    who: wish.person ? wish.person.organisation || wish.person.name : '',
    number: 0,
    persons: wish.persons ?? null,
    held: null,
  }))
}

/** The calendar with what waits in it. */
export function calendarWith(
  rows: CalendarRows,
  overlay: Overlay,
  { start, end, resources }: QueryArgs<'calendar.range'>,
): CalendarRows {
  const shown = (row: BookedRow) =>
    overlaps(row, { start, end }) && (!resources || resources.includes(row.resource))
  const nameless = (row: BookedRow) => ({ ...row, number: Math.max(0, row.number) })
  const committed = rows.booked.map((row) =>
    overlay.leaving.has(keyOf(row)) ? ({ ...row, waits: 'leaving' } as const) : row,
  )
  // A date that was pulled down between the rehearsal and this answer is committed, and no wish any more.
  const there = new Set(rows.booked.map(keyOf))
  const noted = overlay.noted
    .filter((row) => shown(row) && !there.has(keyOf(row)))
    .map((row) => ({ ...nameless(row), waits: 'noted' }) as const)
  const doubtful = overlay.doubtful
    .filter((row) => shown(row) && !there.has(keyOf(row)))
    .map((row) => ({ ...row, waits: 'doubtful' }) as const)
  return { ...rows, booked: [...committed, ...noted, ...doubtful] }
}

/** A booking as it would be; `committed`: as it is, null where all of it waits. */
export function bookingWith(
  guessed: BookingRow | null,
  committed: BookingRow | null,
): BookingRow | null {
  if (!guessed) return committed && { ...committed, waits: 'changing' }
  const number = committed?.number ?? 0
  return { ...guessed, number, waits: committed ? 'changing' : 'noted' }
}

/** A booking that would be refused, in the words of its command; null where there is none. */
export async function doubtfulBooking(
  tx: Tx,
  { wishes }: Overlay,
  token: Uuid,
): Promise<BookingRow | null> {
  const [wish] = wishes.filter((one) => one.token === token && one.title !== undefined)
  if (!wish) return null
  const names = new Map((await allResources(tx)).map((one) => [one.id, one.name]))
  return {
    token,
    number: 0,
    state: 'request',
    waitingSince: null,
    title: wish.title ?? '',
    publicTitle: wish.publicTitle ?? '',
    note: wish.note ?? '',
    persons: wish.persons ?? null,
    places: wish.places,
    person: wish.person ? { ...wish.person, bookings: 0 } : null,
    dates: datesOf(wish).map(({ resource, start, end }) => ({
      resource,
      resourceName: names.get(resource) ?? '',
      start,
      end,
    })),
    cancelReason: '',
    createdAt: 0,
    createdBy: '',
    history: [],
    waits: 'noted',
  }
}
