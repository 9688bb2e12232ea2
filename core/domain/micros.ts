/**
 * Microseconds: the time of the booking tables. libres writes `timestamp` columns in UTC with inclusive ends, one
 * microsecond before the nominal end, so the scheduler counts in whole microseconds and never in floating time.
 *
 * Exact from the year 1685 to 2255 (the safe integers); beyond, a value still serves as the bound of a range.
 */
import type { Instant, Span } from './time.ts'

/** Whole UTC microseconds since 1970; or the same count for a wall clock, read as if it were UTC. */
export type Micros = number

export const MILLISECOND_US = 1000
export const SECOND_US = 1_000_000
export const MINUTE_US = 60 * SECOND_US
export const HOUR_US = 60 * MINUTE_US
export const DAY_US = 24 * HOUR_US

/** The first instant that the tables can hold: 0001-01-01T00:00. */
export const EARLIEST_US: Micros = -62_135_596_800_000_000
/** The end of the year 9999 (one microsecond late: the number before it is not representable). */
export const LATEST_US: Micros = 253_402_300_800_000_000

/** The remainder that is never negative, also before 1970. */
export function remainder(value: Micros, step: number): number {
  const rest = value % step
  return rest < 0 ? rest + step : rest
}

/** Midnight of the wall clock's day. */
export function floorToDay(wall: Micros): Micros {
  return wall - remainder(wall, DAY_US)
}

const digit = (text: string, at: number) => text.charCodeAt(at) - 48
const two = (text: string, at: number) => digit(text, at) * 10 + digit(text, at + 1)

/**
 * Reads `YYYY-MM-DD`, optionally followed by `THH:MM`, `:SS` and `.f` to six digits; a blank serves as `T`.
 * What follows (a zone) is ignored. No check of the calendar: the text comes from Postgres or from `when.ts`.
 */
export function microsOf(text: string): Micros {
  const year = two(text, 0) * 100 + two(text, 2)
  const date = Date.UTC(2000, two(text, 5) - 1, two(text, 8))
  let ms =
    year >= 100
      ? Date.UTC(year, two(text, 5) - 1, two(text, 8))
      : new Date(date).setUTCFullYear(year)
  if (text.length < 16) return ms * MILLISECOND_US
  ms += two(text, 11) * 3_600_000 + two(text, 14) * 60_000
  if (text.charCodeAt(16) !== 58) return ms * MILLISECOND_US
  let micros = (ms + two(text, 17) * 1000) * MILLISECOND_US
  if (text.charCodeAt(19) !== 46) return micros
  let unit = 100_000
  for (let at = 20; at < text.length && unit >= 1; at++) {
    const value = digit(text, at)
    if (value < 0 || value > 9) break
    micros += value * unit
    unit /= 10
  }
  return micros
}

const PADDED = Array.from({ length: 100 }, (_, value) => String(value).padStart(2, '0'))
const pad2 = (value: number) => PADDED[value] as string

/**
 * The calendar date of a count of days since 1970, without a Date object: a year of slots asks for it a hundred
 * thousand times. Counted in eras of 400 years that begin in March, so that the leap day comes last.
 */
function dateText(days: number): string {
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const leapDays =
    Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096)
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365)
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return `${pad2(Math.floor(year / 100))}${pad2(year % 100)}-${pad2(month)}-${pad2(day)}`
}

/** `YYYY-MM-DDTHH:MM:SS.ffffff`: the form of the tables (Postgres reads the `T` too, and it needs no quotes). */
export function textOf(micros: Micros): string {
  if (micros >= LATEST_US) return '9999-12-31T23:59:59.999999'
  const kept = Math.max(micros, EARLIEST_US)
  const days = Math.floor(kept / DAY_US)
  const ofDay = kept - days * DAY_US
  const seconds = Math.floor(ofDay / SECOND_US)
  const rest = ofDay - seconds * SECOND_US
  const fraction =
    rest === 999_999 ? '999999' : rest === 0 ? '000000' : String(rest).padStart(6, '0')
  const minutes = Math.floor(seconds / 60)
  const clock = `${pad2(Math.floor(minutes / 60))}:${pad2(minutes % 60)}:${pad2(seconds % 60)}`
  return `${dateText(days)}T${clock}.${fraction}`
}

/** A half-open span of the desk from an inclusive one of the tables. */
export function spanOf(start: Micros, end: Micros): Span {
  return { start: Math.floor(start / MILLISECOND_US), end: Math.ceil((end + 1) / MILLISECOND_US) }
}

export function microsOfInstant(instant: Instant): Micros {
  return Math.round(instant * MILLISECOND_US)
}
