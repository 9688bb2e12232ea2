/**
 * Whole days, weeks and months of a zone, and how long one reservation may be. All ends are inclusive; a day may
 * last 23, 24 or 25 hours.
 */
import { ValueError } from './failure.ts'
import {
  DAY_US,
  floorToDay,
  HOUR_US,
  MILLISECOND_US,
  MINUTE_US,
  type Micros,
  remainder,
  SECOND_US,
  textOf,
} from './micros.ts'
import type { Stretch } from './raster.ts'
import { localise, wallAt } from './zone.ts'

function inOrder(start: Micros, end: Micros): void {
  if (start > end) throw new ValueError(`${textOf(start)} - ${textOf(end)} is an invalid range`)
}

/** Whether the stretch covers one or more whole calendar days. Microseconds are not looked at. */
export function isWholeDay(start: Micros, end: Micros, zone: string): boolean {
  const from = wallAt(start, zone)
  const until = wallAt(end, zone)
  inOrder(from, until)
  const seconds = (wall: Micros) => Math.floor(remainder(wall, DAY_US) / SECOND_US)
  if (seconds(from) !== 0) return false
  if (seconds(until) !== 0 && seconds(until) !== 86_399) return false
  return until - from >= 86_399 * SECOND_US
}

/** Midnight that begins the local day of `at`. */
export function dayStart(at: Micros, zone: string): Micros {
  return localise(floorToDay(wallAt(at, zone)), zone)
}

/** The last microsecond of the local day of `at`: an end at 00:00 belongs to the day that it begins. */
export function dayEnd(at: Micros, zone: string): Micros {
  return localise(floorToDay(wallAt(at, zone)) + DAY_US - 1, zone)
}

export function alignToDays(start: Micros, end: Micros, zone: string): Stretch {
  inOrder(start, end)
  return { start: dayStart(start, zone), end: dayEnd(end, zone) }
}

/** 0 = Monday to 6 = Sunday. */
export function weekdayOfWall(wall: Micros): number {
  return remainder(Math.floor(wall / DAY_US) + 3, 7)
}

/**
 * Monday to Sunday. libres goes back and forward by whole days of 24 hours, so near midnight and across a change of clocks
 * it may meet the day beside the one that is meant.
 */
export function alignToWeeks(start: Micros, end: Micros, zone: string): Stretch {
  inOrder(start, end)
  const weekday = (at: Micros) => weekdayOfWall(wallAt(at, zone))
  return {
    start: dayStart(start - weekday(start) * DAY_US, zone),
    end: dayEnd(end + (6 - weekday(end)) * DAY_US, zone),
  }
}

/** Another day of the month on the same clock, by the offset that holds at `at`. */
function onDay(at: Micros, zone: string, day: number): Micros {
  const wall = wallAt(at, zone)
  const date = new Date(wall / MILLISECOND_US)
  const other = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), day)
  if (new Date(other).getUTCMonth() !== date.getUTCMonth()) {
    throw new ValueError(`${textOf(wall)} has no day ${day} in its month`)
  }
  return other * MILLISECOND_US + remainder(wall, DAY_US) - (wall - at)
}

/**
 * First to last day of the month. How many days it has is read off the end as it is shown by `shown`, the clock that it was
 * given on: near the end of a month that may be another one.
 */
export function alignToMonths(
  start: Micros,
  end: Micros,
  zone: string,
  shown: (at: Micros) => Micros = (at) => wallAt(at, zone),
): Stretch {
  inOrder(start, end)
  const last = new Date(shown(dayEnd(end, zone)) / MILLISECOND_US)
  const days = new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth() + 1, 0)).getUTCDate()
  return {
    start: dayStart(onDay(start, zone, 1), zone),
    end: dayEnd(onDay(end, zone, days), zone),
  }
}

/** One reservation lasts less than 24 hours, or is a whole day (of up to 25 hours). */
export function isReservationLength(start: Micros, end: Micros, zone: string): boolean {
  const hours = Math.floor((end - start) / HOUR_US)
  if (hours < 24) return true
  return isWholeDay(start, end, zone) && hours <= 25
}

/**
 * Under five minutes, or reversed. libres looks only at the seconds beyond whole days, so exactly 24 hours count
 * as too short: a whole day is reserved up to 23:59:59.999999.
 */
export function isTooShort(start: Micros, end: Micros): boolean {
  if (start > end) return true
  return Math.floor(remainder(end - start, DAY_US) / SECOND_US) < (5 * MINUTE_US) / SECOND_US
}
