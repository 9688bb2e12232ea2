/**
 * Allocating: opening times for reservation (`3-reservations.md` 5). Two statements, however many dates.
 */
import { require } from '../domain/failure.ts'
import type { Micros } from '../domain/micros.ts'
import { isRaster, meets, rasterize, SMALLEST_RASTER, type Stretch } from '../domain/raster.ts'
import { type Dates, datesOf } from '../domain/when.ts'
import { alignToDays } from '../domain/whole-day.ts'
import {
  type AllocationRow,
  insertMasters,
  type JsonObject,
  mastersInRanges,
} from '../store/allocations.ts'
import type { Allocation } from './allocation.ts'
import { allocationsOf } from './companions.ts'
import { InvalidAllocationError, OverlappingAllocationError } from './errors.ts'
import { fire } from './events.ts'
import type { Surroundings } from './surroundings.ts'

/** The rules of new allocations. */
export type AllocateOptions = Readonly<{
  /** May be taken in parts. Default false: only as a whole. */
  partlyAvailable?: boolean
  /** Minutes per step: 5 (default), 10, 15, 30 or 60. Start and end snap to it in any case. */
  raster?: number
  /** Widens each range to whole local days. */
  wholeDay?: boolean
  /** Places at once. 0 and null mean 1. */
  quota?: number | null
  /** Most places for one reservation; 0 (default) = no limit. */
  quotaLimit?: number
  /** One group for all dates: they can only be reserved together. */
  grouped?: boolean
  data?: JsonObject | null
  /** Somebody decides: reservations form a waiting list. */
  approveManually?: boolean
  /** Leaves out dates that overlap what is there, instead of failing. */
  skipOverlapping?: boolean
}>

function byStart<T extends Stretch>(ranges: readonly T[]): T[] {
  return [...ranges].sort((one, other) => one.start - other.start)
}

/** Every range against every other, without comparing each with each: sorted, only neighbours can meet first. */
function refuseOverlapsAmong(ranges: readonly Stretch[]): void {
  let reached: Micros = Number.NEGATIVE_INFINITY
  for (const range of byStart(ranges)) {
    if (range.end < range.start) throw new InvalidAllocationError('A date ends before it begins.')
    if (range.start <= reached) throw new InvalidAllocationError('The dates overlap each other.')
    reached = Math.max(reached, range.end)
  }
}

/** Where it reaches to; an allocation moved to no length at all ends before it starts, and counts at its start. */
const reach = ({ start, end }: Stretch) => Math.max(start, end)

/** For each range the first existing allocation that it meets. Both sides are sorted and walked together. */
function firstMeetings(
  ranges: readonly Stretch[],
  existing: readonly Allocation[],
): Map<Stretch, Allocation> {
  const found = new Map<Stretch, Allocation>()
  let from = 0
  for (const range of byStart(ranges)) {
    while (existing[from] && reach(existing[from] as Allocation) < range.start) from++
    for (let index = from; index < existing.length; index++) {
      const allocation = existing[index] as Allocation
      if (allocation.start > range.end) break
      if (!meets(allocation, range)) continue
      found.set(range, allocation)
      break
    }
  }
  return found
}

export async function allocate(
  around: Surroundings,
  dates: Dates,
  options: AllocateOptions = {},
): Promise<Allocation[]> {
  const {
    partlyAvailable = false,
    grouped = false,
    skipOverlapping = false,
    raster = SMALLEST_RASTER,
  } = options
  const { resource, timezone } = around
  const given = datesOf(dates, timezone)
  if (partlyAvailable && grouped) {
    throw new InvalidAllocationError('Partly available allocations cannot be grouped.')
  }
  if (skipOverlapping && grouped) {
    throw new InvalidAllocationError('Members of a group cannot be skipped.')
  }
  const aligned = options.wholeDay
    ? given.map(({ start, end }) => alignToDays(start, end, timezone))
    : given
  require(isRaster(raster) || aligned.length === 0, `No raster of ${raster} minutes.`)
  const ranges = aligned.map(({ start, end }) => rasterize(start, end, raster))
  if (ranges.length === 0) return []
  refuseOverlapsAmong(ranges)

  const existing = allocationsOf(around, await mastersInRanges(around.tx(), [resource], ranges))
  const met = firstMeetings(ranges, existing)
  if (met.size > 0 && !skipOverlapping) {
    // Of several the earliest that is there decides, then the order of the dates.
    const first = existing.find((each) => ranges.some((range) => meets(each, range))) as Allocation
    const range = ranges.find((each) => meets(first, each)) as Stretch
    throw new OverlappingAllocationError(range.start, range.end, first)
  }
  const free = ranges.filter((range) => !met.has(range))
  const made = free.length > 0 ? await write(around, free, options) : []
  await fire(around.events, 'onAllocationsAdded', around.context, made)
  return made
}

async function write(
  around: Surroundings,
  ranges: readonly Stretch[],
  options: AllocateOptions,
): Promise<Allocation[]> {
  const shared = options.grouped ? around.newUuid() : null
  const dates = ranges.map(({ start, end }) => ({
    start,
    end,
    group: shared ?? around.newUuid(),
  }))
  const common = {
    resource: around.resource,
    type: around.models.allocation.type,
    timezone: around.timezone,
    quota: options.quota || 1,
    quotaLimit: options.quotaLimit ?? 0,
    partlyAvailable: options.partlyAvailable ?? false,
    approveManually: options.approveManually ?? false,
    raster: options.raster ?? SMALLEST_RASTER,
    data: around.dump(options.data),
    created: around.now(),
  }
  const ids = await insertMasters(around.tx(), common, dates)
  const rows = dates.map(
    ({ start, end, group }, index): AllocationRow => ({
      id: ids[index] as number,
      type: common.type,
      resource: common.resource,
      mirrorOf: common.resource,
      group,
      quota: common.quota,
      quotaLimit: common.quotaLimit,
      partlyAvailable: common.partlyAvailable,
      approveManually: common.approveManually,
      timezone: common.timezone,
      data: common.data,
      start,
      end,
      raster: common.raster,
      created: common.created,
      modified: null,
    }),
  )
  return allocationsOf(around, rows)
}
