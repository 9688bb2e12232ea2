/**
 * When: every way in which a caller may write down a time, and what it means in the zone of a scheduler.
 *
 * A text without a zone is a wall clock of that zone; everything else is an instant. Nothing here reads the zone
 * of the operating system.
 */
import { require, ValueError } from './failure.ts'
import {
  DAY_US,
  HOUR_US,
  LATEST_US,
  MINUTE_US,
  type Micros,
  microsOf,
  microsOfInstant,
  remainder,
} from './micros.ts'
import type { Stretch } from './raster.ts'
import type { Instant, Span } from './time.ts'
import { type LocalReading, localise, offsetAt, type ZonedTime } from './zone.ts'

/** What luxon's DateTime has of it: no import, so that any version and any look-alike will do. */
export interface DateTimeLike {
  toMillis(): number
  /** Minutes ahead of UTC. */
  readonly offset: number
}

/**
 * - `2026-04-01T10:00`, with seconds and microseconds if wanted: the clock of the scheduler's zone.
 * - `2026-04-01`: its midnight.
 * - `…Z`, `…+02:00`, `…[Europe/Zurich]`: an instant, and the clock to read times of day from.
 * - a number: UTC milliseconds. A luxon DateTime or a `ZonedTime`: itself.
 */
export type When = string | Instant | DateTimeLike | ZonedTime

/** A wall clock, and how far it is ahead of UTC; null where that is for the scheduler's zone to say. */
export type Reading = Readonly<{ wall: Micros; offset: Micros | null }>

const ISO =
  /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)?(Z|[+-]\d\d(?::?\d\d)?)?(?:\[([^\]]+)\])?$/

function readText(text: string): Reading {
  const parts = ISO.exec(text)
  if (!parts) throw new ValueError(`Not a time: ${text}`)
  const wall = microsOf(text)
  const [, shift, zone] = parts
  if (zone !== undefined && shift === undefined) {
    const at = localise(wall, zone)
    return { wall: at + offsetAt(at, zone), offset: offsetAt(at, zone) }
  }
  if (shift === undefined) return { wall, offset: null }
  if (shift === 'Z') return { wall, offset: 0 }
  const digits = shift.slice(1).replace(':', '')
  const ahead = Number(digits.slice(0, 2)) * HOUR_US + Number(digits.slice(2) || 0) * MINUTE_US
  return { wall, offset: shift.startsWith('-') ? -ahead : ahead }
}

export function readWhen(when: When): Reading {
  if (typeof when === 'string') return readText(when)
  if (typeof when === 'number') return { wall: microsOfInstant(when), offset: 0 }
  if ('at' in when) return { wall: when.at + when.offset, offset: when.offset }
  require(typeof when?.toMillis === 'function', 'Not a time.')
  const offset = when.offset * MINUTE_US
  return { wall: microsOfInstant(when.toMillis()) + offset, offset }
}

/** The instant meant; a text without a zone is read on the clocks of `zone`. */
export function instantOf(when: When, zone: string, reading?: LocalReading): Micros {
  const { wall, offset } = readWhen(when)
  return offset === null ? localise(wall, zone, reading) : wall - offset
}

/** The time of day as it was written down, in microseconds since midnight of its own clock. */
export function timeOfDay(when: When): Micros {
  const { wall } = readWhen(when)
  // The last instant of the calendar is kept one microsecond late, and belongs to its last day all the same.
  return wall >= LATEST_US ? DAY_US - 1 : remainder(wall, DAY_US)
}

/** `HH:MM`, optionally `:SS` and `.ffffff`, as microseconds since midnight. */
export function clockMicros(time: string): Micros {
  return remainder(microsOf(`1970-01-01T${time}`), DAY_US)
}

/** Pairs of times, nested as deep as one likes, or half-open spans of milliseconds (the form of the desk). */
export type Dates = When | Span | readonly Dates[]

function isSpan(dates: unknown): dates is Span {
  return typeof dates === 'object' && dates !== null && 'start' in dates && 'end' in dates
}

/**
 * A span of a day or more is ended one microsecond early: libres counts exactly 24 hours as too short, and the
 * desk lets whole days be booked.
 */
function stretchOf({ start, end }: Span): Stretch {
  const from = microsOfInstant(start)
  const until = microsOfInstant(end)
  return { start: from, end: until - from >= DAY_US ? until - 1 : until }
}

/** Flattened and paired; a time without a partner is dropped. */
export function datesOf(dates: Dates, zone: string): Stretch[] {
  const pairs: Stretch[] = []
  let open: Micros | undefined
  const walk = (each: Dates): void => {
    if (Array.isArray(each)) {
      for (const inner of each) walk(inner)
    } else if (isSpan(each)) {
      pairs.push(stretchOf(each))
    } else {
      const at = instantOf(each as When, zone)
      if (open === undefined) open = at
      else {
        pairs.push({ start: open, end: at })
        open = undefined
      }
    }
  }
  walk(dates)
  return pairs
}
