/**
 * Wall: clock times as if written on a wall, for a calendar component that knows no zones.
 *
 * react-big-calendar places events by differences of JavaScript dates, which is an hour wrong on the Sundays when
 * clocks change. It is therefore given dates whose UTC reading is what the municipality's clocks show, and a
 * localizer that reads UTC: every day has 24 rows, and no zone of any operating system takes part. What that
 * costs: the hour that comes twice is drawn once, the hour that is left out is drawn closed.
 */
import type { Instant, Span } from '../../../core/domain/time.ts'
import { clockTimeAt, dayOf, HOUR_MS, instantAt, MINUTE_MS } from '../../../core/domain/time.ts'
import type { DayFrame } from './days.ts'
import { dayFrame, minuteOf } from './days.ts'

/** A date whose UTC fields are the clock's reading at an instant. */
export function toWall(instant: Instant, zone: string): Date {
  const day = dayOf(instant, zone)
  return new Date(
    Date.parse(`${day}T00:00:00Z`) + minuteOf(dayFrame(day, zone), instant) * MINUTE_MS,
  )
}

/** The instant at which the clock shows this; null where it never does, because the hour is left out. */
export function fromWall(wall: Date, zone: string): Instant | null {
  const iso = wall.toISOString()
  const time = iso.slice(11, 16)
  const instant = instantAt(iso.slice(0, 10), time, zone)
  return clockTimeAt(instant, zone) === time ? instant : null
}

/** The span that the spring change leaves out of a day, in wall time; null on all other days. */
export function missingHour(frame: DayFrame): Readonly<{ start: Date; end: Date }> | null {
  if (frame.end - frame.start >= 24 * HOUR_MS) return null
  const after = frame.hours.find((mark, index) => mark.hour !== index)
  if (!after) return null
  const midnight = Date.parse(`${frame.day}T00:00:00Z`)
  const end = midnight + after.hour * HOUR_MS
  return { start: new Date(end - HOUR_MS), end: new Date(end) }
}

/** A wall span that never runs backwards: in the hour that comes twice an end can read earlier than its start. */
export function wallSpan({ start, end }: Span, zone: string): Readonly<{ start: Date; end: Date }> {
  const from = toWall(start, zone)
  const to = toWall(end, zone)
  if (to > from) return { start: from, end: to }
  return { start: from, end: new Date(from.getTime() + (end - start)) }
}
