/**
 * Availability of many allocations together, in percent (`3-reservations.md` 13). Mirrors that have no row yet
 * count as free. Sums are made by the database wherever nothing is hidden from them.
 */
import { PreconditionFailed } from '../domain/failure.ts'
import { EARLIEST_US, LATEST_US, type Micros, textOf } from '../domain/micros.ts'
import type { Stretch } from '../domain/raster.ts'
import type { Uuid } from '../domain/time.ts'
import { instantOf, type When } from '../domain/when.ts'
import { rowsInRange } from '../store/allocations.ts'
import { type DaySum, sumsByDay } from '../store/sums.ts'
import type { Allocation } from './allocation.ts'
import { allocationsOf } from './companions.ts'
import type { Exposure } from './context.ts'
import { everythingExposed } from './exposure.ts'
import { blockedItems } from './items.ts'
import { percentLeft } from './percent-left.ts'
import type { Surroundings } from './surroundings.ts'

export type DayAvailability = Readonly<{ availability: number; resources: ReadonlySet<Uuid> }>

function shareOf(sums: readonly DaySum[]): number {
  const total = (value: (sum: DaySum) => number) =>
    sums.reduce((result, sum) => result + value(sum), 0)
  const expected = total((sum) => sum.expected)
  if (expected === 0) return 0
  return (total((sum) => sum.percent) + (expected - total((sum) => sum.rows)) * 100) / expected
}

async function exposedRows(
  around: Surroundings,
  exposure: Exposure,
  range: Stretch,
  resources: readonly Uuid[],
): Promise<Allocation[]> {
  const rows = allocationsOf(around, await rowsInRange(around.tx(), resources, range))
  return rows.filter((row) => exposure.isAllocationExposed(row))
}

/** Percent left of all exposed rows in a range. */
export async function availabilityByRange(
  around: Surroundings,
  exposure: Exposure,
  range: Stretch,
  resources: readonly Uuid[],
): Promise<number> {
  if (exposure === everythingExposed) return shareOf(await sumsByDay(around.tx(), resources, range))
  return percentLeft(await exposedRows(around, exposure, range, resources))
}

function byDay<T>(values: readonly T[], day: (value: T) => string): [string, T[]][] {
  const days = new Map<string, T[]>()
  for (const value of values) {
    const own = days.get(day(value))
    if (own) own.push(value)
    else days.set(day(value), [value])
  }
  return [...days].sort(([one], [other]) => (one < other ? -1 : 1))
}

/**
 * Percent left by the UTC date of the starts (`YYYY-MM-DD`), so a local night may count to the day before. Days
 * without an exposed allocation are left out.
 */
export async function availabilityByDay(
  around: Surroundings,
  exposure: Exposure,
  range: Stretch,
  resources: readonly Uuid[],
): Promise<Map<string, DayAvailability>> {
  const days = new Map<string, DayAvailability>()
  if (exposure === everythingExposed) {
    const sums = await sumsByDay(around.tx(), resources, range)
    for (const sum of sums) {
      days.set(sum.day, { availability: shareOf([sum]), resources: new Set(sum.resources) })
    }
    return days
  }
  const rows = await exposedRows(around, exposure, range, resources)
  for (const [day, own] of byDay(rows, (row) => textOf(row.start).slice(0, 10))) {
    const found = new Set(own.map((row) => row.mirrorOf))
    days.set(day, { availability: await percentLeft(own), resources: found })
  }
  return days
}

/** A range whose ends may be missing: then from the first to the last instant there is. */
export function rangeOf(
  start: When | null | undefined,
  end: When | null | undefined,
  zone: string,
): Stretch {
  const at = (when: When | null | undefined, otherwise: Micros) =>
    when === null || when === undefined ? otherwise : instantOf(when, zone)
  return { start: at(start, EARLIEST_US), end: at(end, LATEST_US) }
}

/**
 * Percent left of the own resource. With blocking resources libres divides by the quotas without multiplying by
 * them, and has no answer where there is no allocation: kept for the former, `PreconditionFailed` for the latter.
 */
export async function availability(
  around: Surroundings,
  exposure: Exposure,
  range: Stretch,
): Promise<number> {
  if (around.blockingResources.length === 0) {
    return availabilityByRange(around, exposure, range, [around.resource])
  }
  const items = await blockedItems(around, exposure, range, false)
  const quotas = items.reduce((sum, item) => sum + item.allocation.quota, 0)
  if (quotas === 0) throw new PreconditionFailed('There is no allocation in this range.')
  return items.reduce((sum, item) => sum + item.availability, 0) / quotas
}
