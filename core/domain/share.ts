/**
 * Share: how much of one place of an allocation is left, in percent, and where.
 *
 * It keeps libres' arithmetic, including the rounding of partitions and its way with the two Sundays on which the
 * clocks change (`3-reservations.md` 6); the desk's own screens do not use the normalised forms.
 */
import { require } from './failure.ts'
import { floorToDay, HOUR_US, type Micros, SECOND_US } from './micros.ts'
import type { Stretch } from './raster.ts'
import { type AllocationShape, allSlots, countSlots, type Taken } from './slots.ts'
import { type ZonedTime, zonedTime } from './zone.ts'

/** A run of steps: its share of the whole in percent, and whether it is taken. */
export type Partition = readonly [percent: number, reserved: boolean]

/** A step, or null for one that exists only on paper (the hour that spring leaves out). */
export type NormalizedSlot = Stretch | null

/** Percent of `total` steps left. Blocked ones make the whole smaller; they do not make it fuller. */
export function percentFree(total: number, reserved: number, blocked: number): number {
  if (total === blocked) return 0
  const open = total - blocked
  if (open === reserved) return 0
  if (reserved === 0) return 100
  return 100 - 100 * (reserved / open)
}

/** The zone an allocation is shown in. */
export function zoneOf(shape: AllocationShape): string {
  require(shape.timezone, 'The allocation has no time zone.')
  return shape.timezone
}

export function displayStart(shape: AllocationShape, zone: string = zoneOf(shape)): ZonedTime {
  return zonedTime(shape.start, zone)
}

/** The nominal end: one microsecond after the stored one. */
export function displayEnd(shape: AllocationShape, zone: string = zoneOf(shape)): ZonedTime {
  return zonedTime(shape.end + 1, zone)
}

/**
 * What the change of clocks does to an allocation; null where its two ends have the same offset. `pivot` is 02:00
 * on the day of the start, by the clock as it stood at the start: libres knows no other hour.
 */
function clockChange(shape: AllocationShape) {
  if (!shape.partlyAvailable) return null
  const start = displayStart(shape)
  const end = displayEnd(shape)
  if (start.offset === end.offset) return null
  const naive = end.at + end.offset - (start.at + start.offset)
  const pivot = floorToDay(start.at + start.offset) + 2 * HOUR_US - start.offset
  return { naive, pivot, isLonger: end.at - start.at > naive }
}

/** Whether the allocation is partly available and begins and ends under different clocks. */
export function crossesClockChange(shape: AllocationShape): boolean {
  return clockChange(shape) !== null
}

/** The steps as if every day had 24 hours: the doubled hour left out once, the missing one filled in as null. */
export function normalizedSlots(shape: AllocationShape, slots = allSlots(shape)): NormalizedSlot[] {
  const change = clockChange(shape)
  if (!change) return slots
  const perHour = 60 / shape.raster
  if (change.isLonger) {
    let left = perHour
    return slots.filter((slot) => slot.start < change.pivot || left-- <= 0)
  }
  return slots.flatMap((slot): NormalizedSlot[] =>
    slot.start === change.pivot ? [...Array<null>(perHour).fill(null), slot] : [slot],
  )
}

/** Percent of the allocation left, with a day counted as 24 hours. */
export function normalizedPercentFree(
  shape: AllocationShape,
  reserved: readonly Micros[],
  blocked: readonly Micros[],
): number {
  const change = clockChange(shape)
  if (!change) return percentFree(countSlots(shape), reserved.length, blocked.length)
  const total = Math.floor(Math.floor(change.naive / SECOND_US) / (shape.raster * 60))
  if (!change.isLonger) {
    return percentFree(total, reserved.length + Math.floor(60 / shape.raster), blocked.length)
  }
  const outside = (start: Micros) => start < change.pivot || start >= change.pivot + HOUR_US
  return percentFree(total, reserved.filter(outside).length, blocked.filter(outside).length)
}

/** Runs of equal flags as shares of a hundred. The last one carries the rounding error twice, as in libres. */
export function partitionsOf(flags: readonly boolean[]): Partition[] {
  require(flags.length > 0, 'The allocation has no step left.')
  const step = 100 / flags.length
  const runs: [number, boolean][] = []
  let total = 0
  for (let from = 0; from < flags.length; ) {
    const flag = flags[from] as boolean
    let until = from + 1
    while (until < flags.length && flags[until] === flag) until++
    const percent = (until - from) * step
    total += percent
    runs.push([percent, flag])
    from = until
  }
  const last = runs.at(-1) as [number, boolean]
  last[0] -= 100 - total
  return runs
}

/** Which parts of one place are taken; `taken` holds reserved and blocked steps alike. */
export function availabilityPartitions(
  shape: AllocationShape,
  taken: Taken & Readonly<{ size: number }>,
  normalizeDst = true,
): Partition[] {
  const normalize = normalizeDst && crossesClockChange(shape)
  if (taken.size === 0 && !normalize) return [[100, false]]
  const slots = normalize ? normalizedSlots(shape) : allSlots(shape)
  return partitionsOf(slots.map((slot) => slot === null || taken.has(slot.start)))
}
