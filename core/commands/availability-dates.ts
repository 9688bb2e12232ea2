/** Making and taking away dates of halls for a period, many at once: what all commands of availability have in common. */

import {
  type DateOf,
  datesOfPeriod,
  type Period,
  type Terms,
  termsOf,
} from '../domain/availability-period.ts'
import type { Clash, Existing, Plan } from '../domain/availability-plan.ts'
import { planDates } from '../domain/availability-plan.ts'
import type { ResourceRow } from '../domain/resource.ts'
import { type Day, type Span, startOfDay, type Uuid } from '../domain/time.ts'
import { datesWithUse, insertGroupsOfRule } from '../store/availability.ts'
import type { Tx } from '../store/database.ts'
import { resourcesByIds } from '../store/resources.ts'
import type { Context } from './command.ts'
import { schedulerOf } from './scheduler-of.ts'

/** From the first to the last moment of some dates; an empty span where there is none. */
function reachOf(dates: readonly Span[]): Span {
  let start = Number.POSITIVE_INFINITY
  let end = Number.NEGATIVE_INFINITY
  for (const date of dates) {
    start = Math.min(start, date.start)
    end = Math.max(end, date.end)
  }
  return start < end ? { start, end } : { start: 0, end: 0 }
}

export type Drawn = Readonly<{
  plan: Plan
  wanted: readonly DateOf[]
  /** All dates of the halls concerned, whoever made them. */
  existing: readonly Existing[]
  /** The halls concerned. */
  halls: ReadonlyMap<Uuid, ResourceRow>
  zoneOf: (resource: Uuid) => string
}>

/**
 * What becomes of the dates when these periods take the place of a rule's, or are added (`rule` null). Undefined
 * where a hall is gone. A constant number of statements.
 *
 * @param formerly halls of the rule, which may not be among those of the periods any more
 * @param since dates before this day are left alone
 */
export async function drawPlan(
  tx: Tx,
  rule: Uuid | null,
  periods: readonly Period[],
  formerly: readonly Uuid[] = [],
  since?: Day,
): Promise<Drawn | undefined> {
  const named = new Set(periods.flatMap((period) => period.resources))
  const ids = [...new Set([...named, ...formerly])]
  const rows = ids.length === 0 ? [] : await resourcesByIds(tx, ids)
  const halls = new Map(rows.map((row) => [row.id, row]))
  if ([...named].some((id) => !halls.has(id))) return undefined
  const zoneOf = (resource: Uuid) => (halls.get(resource) as ResourceRow).zone
  const isMeant = (date: DateOf) =>
    since === undefined || date.start >= startOfDay(since, zoneOf(date.resource))
  const wanted = periods.flatMap((period) => datesOfPeriod(period, zoneOf)).filter(isMeant)
  const existing = (await datesWithUse(tx, ids, rule, reachOf(wanted))).filter(isMeant)
  return { plan: planDates(rule, wanted, existing), wanted, existing, halls, zoneOf }
}

/** Dates that share hall and terms, so that one call makes them all. */
function batchesOf(dates: readonly DateOf[]): { resource: Uuid; terms: Terms; dates: DateOf[] }[] {
  const batches = new Map<string, { resource: Uuid; terms: Terms; dates: DateOf[] }>()
  for (const date of dates) {
    const terms = termsOf(date)
    const key = JSON.stringify([date.resource, terms])
    const batch = batches.get(key)
    if (batch) batch.dates.push(date)
    else batches.set(key, { resource: date.resource, terms, dates: [date] })
  }
  return [...batches.values()]
}

/** Makes the dates and writes down whose they are. Two statements for each hall and kind of terms. */
export async function createDates(
  context: Context,
  rule: Uuid | null,
  dates: readonly DateOf[],
  halls: ReadonlyMap<Uuid, ResourceRow>,
): Promise<void> {
  const schedulers = new Map<Uuid, ReturnType<typeof schedulerOf>>()
  for (const batch of batchesOf(dates)) {
    const { terms } = batch
    const hall = halls.get(batch.resource) as ResourceRow
    // One scheduler for each hall: it numbers the uuids it hands out.
    const scheduler = schedulers.get(hall.id) ?? schedulerOf(context, hall)
    schedulers.set(hall.id, scheduler)
    const made = await scheduler.allocate(
      batch.dates.map(({ start, end }) => ({ start, end })),
      {
        partlyAvailable: terms.step !== null,
        ...(terms.step === null ? {} : { raster: terms.step }),
        quota: terms.places,
        quotaLimit: terms.mostPerBooking,
        approveManually: terms.byStaff,
        grouped: terms.together,
      },
    )
    if (rule === null) continue
    await insertGroupsOfRule(
      context.tx,
      rule,
      made.map((one) => one.group),
    )
  }
}

/** Takes unused dates away, hall by hall. */
export async function removeDates(
  context: Context,
  dates: readonly Existing[],
  halls: ReadonlyMap<Uuid, ResourceRow>,
): Promise<void> {
  const groups = new Map<Uuid, Set<Uuid>>()
  for (const date of dates) {
    const own = groups.get(date.resource) ?? new Set()
    groups.set(date.resource, own.add(date.group))
  }
  for (const [resource, own] of groups) {
    const hall = halls.get(resource) as ResourceRow
    await schedulerOf(context, hall).removeAllocation({ groups: [...own] })
  }
}

/** Gives used dates their new times and terms. */
export async function changeDates(
  context: Context,
  clashes: readonly Clash[],
  halls: ReadonlyMap<Uuid, ResourceRow>,
): Promise<void> {
  for (const { wanted, existing } of clashes) {
    const hall = halls.get(existing.resource) as ResourceRow
    await schedulerOf(context, hall).moveAllocation(existing.id, {
      start: wanted.start,
      end: wanted.end,
      quota: wanted.places,
      quotaLimit: wanted.mostPerBooking,
      approveManually: wanted.byStaff,
    })
  }
}
