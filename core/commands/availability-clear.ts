/** Removing unused dates by hall, day and weekday, and bringing them back. */

import { type Period, periodsOf } from '../domain/availability-period.ts'
import type { Existing } from '../domain/availability-plan.ts'
import type { Uuid } from '../domain/time.ts'
import { datesToClear, drawPlan } from '../plans/availability.ts'
import { createDates, removeDates } from './availability-dates.ts'
import type { ArgsOf, ResultOf } from './calls.ts'
import * as calls from './calls.ts'
import { accepted, type CommandDefinition, refused } from './command.ts'

type Define<N extends calls.CommandName> = CommandDefinition<N, ArgsOf<N>, ResultOf<N>>

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
