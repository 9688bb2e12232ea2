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

/** `YYYY-MM-DDTHH:MM:SS.ffffff`: the form of the tables (Postgres reads the `T` too, and it needs no quotes). */
export function textOf(micros: Micros): string {
  if (micros >= LATEST_US) return '9999-12-31T23:59:59.999999'
  const kept = Math.max(micros, EARLIEST_US)
  const rest = remainder(kept, SECOND_US)
  const iso = new Date((kept - rest) / MILLISECOND_US).toISOString()
  return `${iso.slice(0, 19)}.${String(rest).padStart(6, '0')}`
}

/** A half-open span of the desk from an inclusive one of the tables. */
export function spanOf(start: Micros, end: Micros): Span {
  return { start: Math.floor(start / MILLISECOND_US), end: Math.ceil((end + 1) / MILLISECOND_US) }
}

export function microsOfInstant(instant: Instant): Micros {
  return Math.round(instant * MILLISECOND_US)
}
