/**
 * Raster: the steps on which allocations and reservations begin and end. The minute that counts is the minute of
 * the number it is given: of UTC for stored times, of the wall clock for `limitTimespan`, because libres does so
 * (in zones that are half an hour off, a raster of 60 therefore snaps to UTC hours).
 */
import { require } from './failure.ts'
import { MINUTE_US, type Micros, remainder } from './micros.ts'

/** Inclusive at both ends: `end` is one microsecond before the next step. */
export type Stretch = Readonly<{ start: Micros; end: Micros }>

/** Minutes per step. */
export const RASTERS: readonly number[] = [5, 10, 15, 30, 60]
/** The step of everything that has not said another. */
export const SMALLEST_RASTER = 5

export function isRaster(raster: number): boolean {
  return RASTERS.includes(raster)
}

function minutesIntoStep(time: Micros, raster: number): number {
  return ((remainder(time, 60 * MINUTE_US) - remainder(time, MINUTE_US)) / MINUTE_US) % raster
}

/** The beginning of the step that `time` lies in. */
export function rasterizeStart(time: Micros, raster: number): Micros {
  require(isRaster(raster), `No raster of ${raster} minutes.`)
  return time - minutesIntoStep(time, raster) * MINUTE_US - remainder(time, MINUTE_US)
}

/**
 * The inclusive end of the step that `time` lies in. On the minute that begins a step it is the microsecond
 * before `time`; seconds are kept there (12:00:30 becomes 12:00:29.999999), which is how libres rounds.
 */
export function rasterizeEnd(time: Micros, raster: number): Micros {
  if (minutesIntoStep(time, raster) === 0) return time - 1
  return rasterizeStart(time, raster) + raster * MINUTE_US - 1
}

export function rasterize(start: Micros, end: Micros, raster: number): Stretch {
  return { start: rasterizeStart(start, raster), end: rasterizeEnd(end, raster) }
}

/** Every step from the one of `start` to the one of `end`. */
export function steps(start: Micros, end: Micros, raster: number): Stretch[] {
  const whole = rasterize(start, end, raster)
  const length = raster * MINUTE_US
  const found: Stretch[] = []
  for (let step = whole.start; step <= whole.end; step += length) {
    found.push({ start: step, end: step + length - 1 })
  }
  return found
}

/** Whether two inclusive stretches share an instant. */
export function meets(one: Stretch, other: Stretch): boolean {
  return (
    (other.start <= one.start && one.start <= other.end) ||
    (one.start <= other.start && other.start <= one.end)
  )
}
