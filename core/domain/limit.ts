/**
 * Limit: the part of an allocation that a daily window cuts out of it, by the clock of a zone.
 */
import { DAY_US, floorToDay, type Micros } from './micros.ts'
import { rasterizeEnd, rasterizeStart } from './raster.ts'
import { displayEnd, displayStart, zoneOf } from './share.ts'
import type { AllocationShape } from './slots.ts'
import { type LocalReading, localise, type ZonedTime, zonedTime } from './zone.ts'

/** A time with its offset, moved without looking at the zone again, as the original's arithmetic does. */
function fixed(time: ZonedTime, wall: Micros): ZonedTime {
  return { ...time, at: wall - time.offset }
}

/**
 * From one time of day to another on the day that the wall clock of `day` shows; an end before the start is on
 * the next day. Compared as instants: in the hour that spring leaves out, a later clock may be an earlier time.
 */
export function dayRange(
  day: Micros,
  zone: string,
  start: Micros,
  end: Micros,
  reading: LocalReading = {},
): readonly [start: ZonedTime, end: ZonedTime] {
  const midnight = floorToDay(day)
  const from = localise(midnight + start, zone, reading)
  let until = localise(midnight + end, zone, reading)
  if (until < from) until = localise(midnight + DAY_US + end, zone, reading)
  return [zonedTime(from, zone), zonedTime(until, zone)]
}

/**
 * The window, clipped to the allocation and widened to its raster by local minutes; the whole allocation where it
 * is not partly available. A window outside it gives a range that ends before it begins, as in libres.
 *
 * @param start, end microseconds since midnight of the clock of `zone`
 */
export function limitTimespan(
  shape: AllocationShape,
  start: Micros,
  end: Micros,
  zone: string = zoneOf(shape),
  reading: LocalReading = {},
): readonly [start: ZonedTime, end: ZonedTime] {
  const first = displayStart(shape, zone)
  const last = displayEnd(shape, zone)
  if (!shape.partlyAvailable) return [first, last]
  let [from, until] = dayRange(first.at + first.offset, zone, start, end, reading)
  if (last.at < until.at) until = displayEnd(shape)
  if (first.at > from.at) from = displayStart(shape)
  return [
    fixed(from, rasterizeStart(from.at + from.offset, shape.raster)),
    fixed(until, rasterizeEnd(until.at + until.offset, shape.raster) + 1),
  ]
}
