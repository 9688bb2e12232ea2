/** Making and taking away dates of halls for a period, many at once: what all commands of availability have in common. */

import { type DateOf, type Terms, termsOf } from '../domain/availability-period.ts'
import type { Clash, Existing } from '../domain/availability-plan.ts'
import type { ResourceRow } from '../domain/resource.ts'
import type { Uuid } from '../domain/time.ts'
import { insertGroupsOfRule } from '../store/availability.ts'
import { dropHoldsOn } from '../store/holds.ts'
import type { Context } from './command.ts'
import { schedulerOf } from './scheduler-of.ts'

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
  await dropHoldsOn(
    context.tx,
    dates.map((date) => date.group),
  )
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
  await dropHoldsOn(
    context.tx,
    clashes.map(({ existing }) => existing.group),
  )
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
