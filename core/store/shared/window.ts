/**
 * Window: the part of a shared server that a desk has a copy of. Bookings and what they take in a span of time, the
 * history of the last weeks, and everything that is asked for without a date: halls, people, material, settings.
 *
 * Whether a row is in it depends on that row and on nothing else. So the keys that the feed names are all that has to be
 * looked at: one that has left the window is not found any more, as if it were deleted.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Instant, Span } from '../../domain/time.ts'
import type { Replicated } from './replicated.ts'

export type Window = Readonly<{
  during: Span
  /** Of history and receipts. */
  since: Instant
}>

type Condition = RawBuilder<unknown>

const utc = (instant: Instant) =>
  sql`(to_timestamp(${instant}::float8 / 1000.0) at time zone 'UTC')`

/** Ends are inclusive; who has no times of its own has those of its allocations, and is always there. */
const between =
  (start: string, end: string) =>
  ({ during }: Window): Condition =>
    sql`(${sql.ref(start)} is null or ${sql.ref(start)} < ${utc(during.end)}
       and ${sql.ref(end)} >= ${utc(during.start)})`

/** One of its dates is enough, so that a booking is never shown without its name. */
const booked = ({ during }: Window): Condition =>
  sql`(dates = '[]' or exists (select from jsonb_array_elements(dates) d
        where (d ->> 'start')::float8 < ${during.end}::float8
          and (d ->> 'end')::float8 > ${during.start}::float8))`

const CONDITIONS: Readonly<Record<string, (window: Window) => Condition>> = {
  'public.allocations': between('_start', '_end'),
  'public.reserved_slots': between('start', 'end'),
  'public.reservations': between('start', 'end'),
  'public.reservation_blockers': between('start', 'end'),
  'allmend.booking': booked,
  'allmend.history': ({ since }) => sql`at >= ${since}::int8`,
  'sync.receipt': ({ since }) => sql`at >= to_timestamp(${since}::float8 / 1000.0)`,
}

/** Undefined where every row of the table is kept. A row without a date is always there, hence never outside. */
export function inWindow({ table }: Replicated, window: Window): Condition | undefined {
  return CONDITIONS[table]?.(window)
}

/** Whether a row is none of the window's. */
export function outsideOf(of: Replicated, window: Window): Condition | undefined {
  const inside = inWindow(of, window)
  return inside && sql`not ${inside}`
}

export function holds({ during }: Window, span: Span): boolean {
  return during.start <= span.start && span.end <= during.end
}

export function sameWindow(one: Window, other: Window): boolean {
  return (
    one.during.start === other.during.start &&
    one.during.end === other.during.end &&
    one.since === other.since
  )
}
