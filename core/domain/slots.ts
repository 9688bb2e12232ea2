/**
 * Slots: the steps of one place of an allocation, and what of it is taken. All pure; a taken step is known by the
 * microsecond at which it begins.
 */
import { require } from './failure.ts'
import { MINUTE_US, type Micros } from './micros.ts'
import { meets, rasterize, type Stretch, steps } from './raster.ts'

/** What the rules need to know of an allocation row. `end` is inclusive. */
export type AllocationShape = Readonly<{
  start: Micros
  end: Micros
  /** Minutes per step. */
  raster: number
  /** False: it can only be taken as a whole, as one single slot. */
  partlyAvailable: boolean
  timezone: string | null
}>

/** Clipped to the allocation; not rasterised. */
export function alignDates(shape: AllocationShape, start?: Micros, end?: Micros): Stretch {
  return {
    start: start === undefined ? shape.start : Math.max(start, shape.start),
    end: end === undefined ? shape.end : Math.min(end, shape.end),
  }
}

/** The steps between two times; the one and only slot of an allocation that is not partly available. */
export function allSlots(shape: AllocationShape, start?: Micros, end?: Micros): Stretch[] {
  if (!shape.partlyAvailable) return [{ start: shape.start, end: shape.end }]
  const aligned = alignDates(shape, start, end)
  return steps(aligned.start, aligned.end, shape.raster)
}

/** How many steps fit between two times, without listing them. */
export function countSlots(shape: AllocationShape, start?: Micros, end?: Micros): number {
  if (!shape.partlyAvailable) return 1
  const aligned = alignDates(shape, start, end)
  return Math.floor((aligned.end + 1 - aligned.start) / (shape.raster * MINUTE_US))
}

/** Both times rasterised with the raster of the allocation, then compared, ends included. */
export function overlapsAllocation(shape: AllocationShape, start: Micros, end: Micros): boolean {
  return meets(rasterize(start, end, shape.raster), shape)
}

export function containsRange(shape: AllocationShape, start: Micros, end: Micros): boolean {
  const wish = rasterize(start, end, shape.raster)
  return shape.start <= wish.start && wish.end <= shape.end
}

/** Set, or anything else that can say whether a step is taken. */
export type Taken = Readonly<{ has(start: Micros): boolean }>

/** The steps that a wish would take. Its times must overlap the allocation. */
export function wantedSlots(shape: AllocationShape, start: Micros, end: Micros): Stretch[] {
  require(overlapsAllocation(shape, start, end), 'The times lie outside the allocation.')
  return allSlots(shape, start, end)
}

/** Whether every step between two times is free. */
export function isFree(shape: AllocationShape, taken: Taken, start: Micros, end: Micros): boolean {
  return wantedSlots(shape, start, end).every((slot) => !taken.has(slot.start))
}
