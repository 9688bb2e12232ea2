/** Removing unused dates by hall, day and weekday, and bringing them back. */

import { type Period, periodsOf } from '../domain/availability-period.ts'
import type { Existing } from '../domain/availability-plan.ts'
import { addDays, dayOf, startOfDay, type Uuid, weekdayOf } from '../domain/time.ts'
import { datesWithUse } from '../store/availability.ts'
import type { Tx } from '../store/database.ts'
import { resourcesByIds } from '../store/resources.ts'
import { createDates, drawPlan, removeDates } from './availability-dates.ts'
import type { ArgsOf, ResultOf } from './calls.ts'
import * as calls from './calls.ts'
import { accepted, type CommandDefinition, refused } from './command.ts'

type Define<N extends calls.CommandName> = CommandDefinition<N, ArgsOf<N>, ResultOf<N>>
type Range = ArgsOf<'availability.clear'>

/** The dates of a range that would go, and those that stay because somebody uses them; undefined where a hall is gone. */
export async function datesToClear(tx: Tx, { resources, from, until, weekdays }: Range) {
  const rows = await resourcesByIds(tx, resources)
  if (rows.length < new Set(resources).size) return undefined
  const halls = new Map(rows.map((row) => [row.id, row]))
  const zoneOf = (id: Uuid) => halls.get(id)?.zone ?? 'UTC'
  const zones = rows.map((row) => row.zone)
  const range = {
    start: Math.min(...zones.map((zone) => startOfDay(from, zone))),
    end: Math.max(...zones.map((zone) => startOfDay(addDays(until, 1), zone))),
  }
  const meant = (
    await datesWithUse(
      tx,
      rows.map((row) => row.id),
      null,
      range,
    )
  ).filter((date) => {
    const day = dayOf(date.start, zoneOf(date.resource))
    return from <= day && day <= until && weekdays.includes(weekdayOf(day))
  })
  const used = meant.filter((date) => date.held !== null)
  // What can only be booked together goes only as a whole, with its period.
  const unused = meant.filter((date) => date.held === null && !date.together)
  const loose = new Set(periodsOf(unused, zoneOf).loose)
  const remove = unused.filter((date) => !loose.has(date))
  return { remove, used, halls, zoneOf }
}

/** The dates as periods, each under the rule it belonged to. */
function partsOf(
  dates: readonly Existing[],
  zoneOf: (id: Uuid) => string,
): { rule: Uuid | null; periods: Period[] }[] {
  const rules = new Map<Uuid | null, Existing[]>()
  for (const date of dates) rules.set(date.rule, [...(rules.get(date.rule) ?? []), date])
  return [...rules].map(([rule, own]) => ({ rule, periods: periodsOf(own, zoneOf).periods }))
}

export const availabilityClear: Define<'availability.clear'> = {
  name: 'availability.clear',
  version: 1,
  args: calls.availabilityClear,
  subjects: ({ resources }) => [...new Set(resources)],
  inverse: (cleared, { parts }) => ({ name: 'availability.restore', args: { parts, cleared } }),
  async handle(context, range) {
    const found = await datesToClear(context.tx, range)
    if (!found) return refused({ code: 'gone', what: 'resource' })
    if (found.remove.length === 0) return refused({ code: 'no-dates' })
    await removeDates(context, found.remove, found.halls)
    return accepted({
      removed: found.remove.length,
      parts: partsOf(found.remove, found.zoneOf) as ResultOf<'availability.clear'>['parts'],
    })
  },
}

export const availabilityRestore: Define<'availability.restore'> = {
  name: 'availability.restore',
  version: 1,
  args: calls.availabilityRestore,
  subjects: ({ cleared }) => [...new Set(cleared.resources)],
  inverse: ({ cleared }) => ({ name: 'availability.clear', args: cleared }),
  async handle(context, { parts }) {
    let created = 0
    for (const { rule, periods } of parts) {
      const drawn = await drawPlan(context.tx, null, periods)
      if (!drawn) return refused({ code: 'gone', what: 'resource' })
      await createDates(context, rule, drawn.plan.create, drawn.halls)
      created += drawn.plan.create.length
    }
    return accepted({ created })
  },
}
