/**
 * Time: half-open spans of instants, and the only door to time zones in the core.
 *
 * Promises: instants are whole UTC milliseconds; a day is a calendar day of a named zone and may last 23, 24 or
 * 25 hours; nothing here reads the zone of the operating system.
 */
import { DateTime, IANAZone } from 'luxon'

/** UTC milliseconds since 1970. */
export type Instant = number
/** Half-open: `start <= t < end`. */
export type Span = Readonly<{ start: Instant; end: Instant }>
/** Lower-case uuid with dashes. */
export type Uuid = string
/** `YYYY-MM-DD`, a calendar day without a zone. */
export type Day = string
/** `HH:MM`, a clock time without a day; `24:00` is the midnight that ends it. */
export type ClockTime = string

export const MINUTE_MS = 60_000
export const HOUR_MS = 3_600_000
/** Only for counting calendar days in UTC: a local day may be shorter or longer. */
const DAY_MS = 24 * HOUR_MS

export function isZone(zone: string): boolean {
  return IANAZone.isValidZone(zone)
}

export function overlaps(one: Span, other: Span): boolean {
  return one.start < other.end && other.start < one.end
}

export function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end
}

/** The calendar day an instant lies in. */
export function dayOf(instant: Instant, zone: string): Day {
  return DateTime.fromMillis(instant, { zone }).toISODate() as Day
}

/** Midnight that begins the day (the first instant of it where a change of clocks removes midnight). */
export function startOfDay(day: Day, zone: string): Instant {
  return DateTime.fromISO(day, { zone }).startOf('day').toMillis()
}

/** The whole calendar day: 23, 24 or 25 hours. */
export function spanOfDay(day: Day, zone: string): Span {
  return { start: startOfDay(day, zone), end: startOfDay(addDays(day, 1), zone) }
}

/** Midnight UTC of a day, as a plain count for calendar arithmetic: no zone has a say in it. */
function utcMidnight(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`)
}

export function addDays(day: Day, days: number): Day {
  return new Date(utcMidnight(day) + days * DAY_MS).toISOString().slice(0, 10)
}

/** The same day of another month, or its last day where that month is shorter. */
export function addMonths(day: Day, months: number): Day {
  return DateTime.fromISO(day, { zone: 'UTC' }).plus({ months }).toISODate() as Day
}

/** Whole days from `from` to `until` (negative when `until` is earlier). */
export function daysBetween(from: Day, until: Day): number {
  return Math.round((utcMidnight(until) - utcMidnight(from)) / DAY_MS)
}

/** ISO weekday: 1 = Monday to 7 = Sunday. */
export function weekdayOf(day: Day): number {
  return new Date(utcMidnight(day)).getUTCDay() || 7
}

export function mondayOf(day: Day): Day {
  return addDays(day, 1 - weekdayOf(day))
}

/** Minutes after midnight; 24:00 is 1440. */
export function minutesOf(time: ClockTime): number {
  const [hours, minutes] = time.split(':').map(Number) as [number, number]
  return hours * 60 + minutes
}

/**
 * The instant at which the clocks of `zone` show `time` on `day`. A time that the spring change leaves out is
 * read one hour later; of a time that comes twice in autumn the second (standard time) is meant, as libres does.
 */
export function instantAt(day: Day, time: ClockTime, zone: string): Instant {
  const wall = utcMidnight(day) + minutesOf(time) * MINUTE_MS
  const before = offsetOf(wall - DAY_MS, zone)
  const after = offsetOf(wall + DAY_MS, zone)
  const fitting = [before, after].filter((offset) => offsetOf(wall - offset, zone) === offset)
  // Of two readings the later is standard time; where there is none, standard time is the offset before the gap.
  return fitting.length > 0 ? wall - Math.min(...fitting) : wall - before
}

/** The clock time at an instant, `HH:MM`. */
export function clockTimeAt(instant: Instant, zone: string): ClockTime {
  return DateTime.fromMillis(instant, { zone }).toFormat('HH:mm')
}

/** By how many milliseconds the clocks of `zone` are ahead of UTC at an instant. Slow: see `zone.ts` for hot paths. */
export function offsetOf(instant: Instant, zone: string): number {
  if (instant < 0) return readOffset(instant, zone)
  const quarter = Math.floor(instant / QUARTER_MS)
  let known = offsets.get(zone)
  if (!known || known.size > MOST_OFFSETS) {
    known = new Map()
    offsets.set(zone, known)
  }
  let offset = known.get(quarter)
  if (offset === undefined) {
    offset = readOffset(instant, zone)
    known.set(quarter, offset)
  }
  return offset
}

/** Since 1970 clocks have changed on the quarter of an hour only, so one answer serves all of it. */
const QUARTER_MS = 15 * MINUTE_MS
/** Quarters of an hour remembered for a zone: three years of them. */
const MOST_OFFSETS = 105_000
// Facts about the world, not state: the same for every caller.
const offsets = new Map<string, Map<number, number>>()

function readOffset(instant: Instant, zone: string): number {
  return Math.round(IANAZone.create(zone).offset(instant) * MINUTE_MS)
}
