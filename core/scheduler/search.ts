/**
 * Searching allocations by range, daily window, weekdays, places and groups (`3-reservations.md` 12), in a constant
 * number of statements. Extra members of a group are found without regard to any other filter, as in libres.
 */
import { require } from '../domain/failure.ts'
import { floorToDay, type Micros } from '../domain/micros.ts'
import { overlapsAllocation } from '../domain/slots.ts'
import { timeOfDay, type When } from '../domain/when.ts'
import { weekdayOfWall } from '../domain/whole-day.ts'
import { localise, wallAt } from '../domain/zone.ts'
import {
  type AllocationRow,
  groupKey,
  rowsByGroups,
  type SearchedRow,
  searchedMasters,
} from '../store/allocations.ts'
import type { Allocation } from './allocation.ts'
import { rangeOf } from './availability.ts'
import { allocationsOf } from './companions.ts'
import type { Exposure } from './context.ts'
import { NotImplementedError } from './errors.ts'
import { everythingExposed } from './exposure.ts'
import { blockedItemsOf } from './items.ts'
import { percentLeft } from './percent-left.ts'
import type { Surroundings } from './surroundings.ts'

/** A filter: only those, only the others, or all. */
export type YesNoAny = 'yes' | 'no' | 'any'

/** `mo` to `su`, or 0 (Monday) to 6 (Sunday). What is neither never matches. */
export type Weekday = 'mo' | 'tu' | 'we' | 'th' | 'fr' | 'sa' | 'su' | number

/** Filters of a search; all of them have to be met. */
export type SearchOptions = Readonly<{
  /** Local weekdays of the start. Empty or left out: all. */
  days?: readonly Weekday[] | null
  /** At least so many places left; those whose limit per reservation is below are left out. */
  minspots?: number
  /** Only where the window is free in some place. Not together with blocking resources. */
  availableOnly?: boolean
  wholeDay?: YesNoAny
  groups?: YesNoAny
  /** Without the other members of the groups that were found. */
  strict?: boolean
}>

/** `isExtra`: found only because it belongs to the group of one that was found. */
export type Found = Readonly<{ allocation: Allocation; isExtra: boolean }>

const WEEKDAYS = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su']

/** Numbers as they are; names as numbers; anything else as it is, so that it never matches. */
export function weekdays(days: readonly (Weekday | string)[]): ReadonlySet<number | string> {
  return new Set(
    days.map((day) => {
      const index = typeof day === 'string' ? WEEKDAYS.indexOf(day) : -1
      return index < 0 ? day : index
    }),
  )
}

/** 0 = Monday, by the clock of the allocation. */
export function weekdayOf(row: Pick<AllocationRow, 'start' | 'timezone'>, zone: string): number {
  return weekdayOfWall(wallAt(row.start, row.timezone ?? zone))
}

const isYesNoAny = (value: string): value is YesNoAny => ['yes', 'no', 'any'].includes(value)

function fits(filter: YesNoAny, value: () => boolean): boolean {
  return filter === 'any' || (filter === 'yes') === value()
}

type Window = Readonly<{ start: Micros; end: Micros }>

/**
 * From the clock of the search on the first day of the allocation to its clock on the last. The first day is that of the
 * allocation's zone, the last one that of the scheduler's.
 */
function windowOf(
  row: AllocationRow | Allocation,
  start: Micros,
  end: Micros,
  zone: string,
): Window {
  return {
    start: localise(floorToDay(wallAt(row.start, row.timezone ?? zone)) + start, zone),
    end: localise(floorToDay(wallAt(row.end, zone)) + end, zone),
  }
}

/** The rows that may be shown, as companions of each other: what is asked of other tables is asked once for all. */
function shown(
  around: Surroundings,
  rows: readonly AllocationRow[],
  inGroups: ReadonlySet<string>,
): Allocation[] {
  const { exposure } = around
  const all = allocationsOf(around, rows, inGroups)
  if (exposure === everythingExposed) return all
  const exposed = new Set(
    all.filter((row) => exposure.isAllocationExposed(row)).map((row) => row.id),
  )
  return allocationsOf(
    around,
    rows.filter((row) => exposed.has(row.id)),
    inGroups,
  )
}

/** The keys of the groups that have several members. */
function groupsIn(rows: readonly SearchedRow[]): ReadonlySet<string> {
  return new Set(rows.flatMap(({ row, inGroup }) => (inGroup ? groupKey(row) : [])))
}

/** Percent left of each allocation, as `scheduler.availability` says it of its own times. */
async function sharesOf(
  around: Surroundings,
  exposure: Exposure,
  rows: readonly Allocation[],
): Promise<Map<number, number>> {
  const shares = new Map<number, number>()
  if (around.blockingResources.length > 0) {
    for (const item of await blockedItemsOf(around, rows, false)) {
      shares.set(item.allocation.id, item.availability / item.allocation.quota)
    }
    return shares
  }
  for (const row of rows) {
    // One without length does not even lie in its own times.
    if (row.end < row.start) continue
    const places = row.quota === 1 ? [row] : await row.siblings(false)
    const exposed = places.filter((place) => exposure.isAllocationExposed(place))
    shares.set(row.id, await percentLeft(exposed))
  }
  return shares
}

export async function searchAllocations(
  around: Surroundings,
  exposure: Exposure,
  start: When,
  end: When,
  options: SearchOptions = {},
): Promise<Found[]> {
  const { availableOnly = false, wholeDay = 'any', groups = 'any', minspots = 0 } = options
  require(start !== undefined && start !== null && end !== undefined && end !== null, 'No range.')
  require(isYesNoAny(wholeDay) && isYesNoAny(groups), 'Neither yes nor no nor any.')
  if (availableOnly && around.blockingResources.length > 0) {
    throw new NotImplementedError('Only available ones, with blocking resources.')
  }
  const zone = around.timezone
  const range = rangeOf(start, end, zone)
  const days = options.days?.length ? weekdays(options.days) : null
  const from = timeOfDay(start)
  const until = timeOfDay(end)

  const searched = await searchedMasters(around.tx(), around.resource, range)
  const crowded = groupsIn(searched)
  const fitting = searched.filter(({ row }) => {
    const window = windowOf(row, from, until, zone)
    if (!overlapsAllocation(row, window.start, window.end)) return false
    if (days && !days.has(weekdayOf(row, zone))) return false
    return !(minspots && row.quotaLimit > 0 && row.quotaLimit < minspots)
  })
  const rows = fitting.map(({ row }) => row)
  const left = shown(around, rows, crowded).filter((row) => fits(wholeDay, () => row.wholeDay))
  const shares = minspots ? await sharesOf(around, exposure, left) : null

  const found: Found[] = []
  const inGroups = new Map<string, Set<number>>()
  for (const row of left) {
    if (availableOnly) {
      const window = windowOf(row, from, until, zone)
      const at = (time: Micros) => ({ at: time, offset: 0, zone: 'UTC' })
      if (!(await row.findSpot(at(window.start), at(window.end)))) continue
    }
    if (shares && (minspots / row.quota) * 100 > (shares.get(row.id) ?? 0)) continue
    const inGroup = crowded.has(groupKey(row))
    if (inGroup) {
      const members = inGroups.get(row.group) ?? new Set()
      inGroups.set(row.group, members.add(row.id))
    }
    if (!fits(groups, () => inGroup)) continue
    found.push({ allocation: row, isExtra: false })
  }
  if (options.strict || groups === 'no' || inGroups.size === 0) return found
  return withExtras(around, found, inGroups)
}

/** All other rows of the groups, mirrors too, sorted among the found by start. */
async function withExtras(
  around: Surroundings,
  found: readonly Found[],
  inGroups: ReadonlyMap<string, ReadonlySet<number>>,
): Promise<Found[]> {
  const members = await rowsByGroups(around.tx(), around.resource, [...inGroups.keys()], 'all')
  const extra = allocationsOf(
    around,
    members.filter((row) => !inGroups.get(row.group)?.has(row.id)),
  ).map((allocation): Found => ({ allocation, isExtra: true }))
  return [...found, ...extra].sort((one, other) => one.allocation.start - other.allocation.start)
}
