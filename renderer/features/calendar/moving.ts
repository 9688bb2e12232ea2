/**
 * Moving: one date of a booking on its way to another time or hall, before anything is decided.
 *
 * Promises: pure; starts and ends snap to the steps of the hall under the ghost, and to the whole where only the
 * whole is given; on another day the clock says the same. Whether it fits is answered for the rows on screen, with
 * the booking itself taken out of the way; the core decides.
 */
import type { Instant, Span, Uuid } from '../../../core/domain/time.ts'
import { addDays, clockTimeAt, dayOf, instantAt } from '../../../core/domain/time.ts'
import type { BookedRow, BookingRow } from '../../../core/queries/rows.ts'
import { freeAt, stepAt, stepStart, type Unfit, unfit } from './fit.ts'
import { type HallRows, NO_ROWS } from './hallRows.ts'

type DateAt = Span & Readonly<{ resource: Uuid }>

export type Moving = Readonly<{
  token: Uuid
  title: string
  places: number
  /** A request holds nothing yet. */
  isRequest: boolean
  from: DateAt
  to: DateAt
  /** What it takes where it is not given as a whole. */
  length: number
}>

export type Edge = 'start' | 'end'

/** What has to be known of a date to move it. */
export type Movable = Pick<
  BookedRow,
  'token' | 'resource' | 'start' | 'end' | 'title' | 'places' | 'state'
>

export function movingOf(row: Movable): Moving {
  const from = { resource: row.resource, start: row.start, end: row.end }
  return {
    token: row.token,
    title: row.title,
    places: row.places,
    isRequest: row.state === 'request',
    from,
    to: from,
    length: row.end - row.start,
  }
}

export function isMoved({ from, to }: Moving): boolean {
  return from.resource !== to.resource || from.start !== to.start || from.end !== to.end
}

/** Why it would not fit where the ghost stands; `rows` are those of that hall. */
export function unfitMoving(rows: HallRows, { token, from, to, ...moving }: Moving): Unfit | null {
  const isOwn = (row: BookedRow) => row.token === token && row.start === from.start
  const others = {
    ...rows,
    booked: rows.booked.filter((row) => !isOwn(row)),
    shared: rows.shared.filter((row) => !isOwn(row)),
  }
  // Where staff decides, requests for a taken time may stand beside each other.
  const waits = moving.isRequest && freeAt(rows, to.start)?.byStaff === true
  return unfit(waits ? { ...NO_ROWS, free: rows.free } : others, to, moving.places)
}

/** At the step nearest to an instant. */
export function placedAt(rows: HallRows, at: Instant, length: number): Span {
  const step = stepAt(rows, at)
  const start = Math.round(at / step) * step
  const free = freeAt(rows, start)
  if (free?.step === null) return { start: free.start, end: free.end }
  return { start, end: start + length }
}

/** With one edge at the step nearest to an instant; never shorter than a step. */
export function stretched(rows: HallRows, span: Span, edge: Edge, at: Instant): Span {
  const step = stepAt(rows, edge === 'end' ? at - 1 : at)
  const near = Math.round(at / step) * step
  return edge === 'end'
    ? { start: span.start, end: Math.max(near, span.start + step) }
    : { start: Math.min(near, span.end - step), end: span.end }
}

/** The same clock times so many days later. */
export function onOtherDay(span: Span, days: number, zone: string): Span {
  if (days === 0) return { start: span.start, end: span.end }
  const shifted = (instant: Instant) =>
    instantAt(addDays(dayOf(instant, zone), days), clockTimeAt(instant, zone), zone)
  const start = shifted(span.start)
  const end = shifted(span.end)
  return { start, end: end > start ? end : start + (span.end - span.start) }
}

export type Nudge = Readonly<{ by: 'step' | 'day' | 'hall' | 'length'; count: number }>

/** Where the keyboard takes the ghost. `halls` are those on screen, in their order. */
export function nudged(
  moving: Moving,
  { by, count }: Nudge,
  halls: readonly Uuid[],
  rowsOf: (hall: Uuid) => HallRows,
  zone: string,
): Moving {
  const { to, length } = moving
  const rows = rowsOf(to.resource)
  const at = (span: Span, resource = to.resource): Moving => ({
    ...moving,
    to: { resource, start: span.start, end: span.end },
  })
  switch (by) {
    case 'day':
      return at(onOtherDay(to, count, zone))
    case 'hall': {
      const index = halls.indexOf(to.resource) + count
      const hall = halls[Math.min(Math.max(0, index), halls.length - 1)] ?? to.resource
      return at(placedAt(rowsOf(hall), to.start, length), hall)
    }
    case 'step':
      return at(placedAt(rows, stepFrom(rows, to, count), length))
    case 'length': {
      const end = stretched(rows, to, 'end', to.end + count * stepAt(rows, to.end - 1))
      return { ...at(end), length: end.end - end.start }
    }
  }
}

/** From a whole the next step leads out of it, to whatever stands beside. */
function stepFrom(rows: HallRows, to: Span, count: number): Instant {
  const whole = freeAt(rows, to.start)?.step === null
  if (count > 0) return whole ? to.end : stepStart(rows, to.start) + stepAt(rows, to.start)
  return stepStart(rows, to.start - 1)
}

/** The date that is meant when a booking is to be moved: the one nearest to what is on screen. */
export function dateToMove(rows: readonly BookedRow[], token: Uuid, near: Span): BookedRow | null {
  const own = rows.filter((row) => row.token === token)
  const shown = own.find((row) => row.start < near.end && near.start < row.end)
  return shown ?? own[0] ?? null
}

/** Of a booking that is not on screen: its next date, or the last; null where nothing can be moved. */
export function movableDate(booking: BookingRow, now: Instant): Movable | null {
  const { token, title, places, dates } = booking
  const date = dates.find((each) => each.end > now) ?? dates.at(-1)
  if (!date || booking.state === 'cancelled' || booking.state === 'denied') return null
  const { resource, start, end } = date
  const state = booking.state === 'booked' ? 'booked' : 'request'
  return { token, title, places, state, resource, start, end }
}
