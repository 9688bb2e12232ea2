/** Availability: a rule becomes dates of halls, and goes away as one. */
import { periodsOf } from '../domain/availability-period.ts'
import type { Uuid } from '../domain/time.ts'
import { drawPlan } from '../plans/availability.ts'
import { AffectedPendingReservationError, AffectedReservationError } from '../scheduler/errors.ts'
import { groupsOfRule, removeGroupsOfRule } from '../store/availability.ts'
import { bookingsOnGroups } from '../store/bookings.ts'
import { historyOf } from '../store/history.ts'
import { dropHoldsOn } from '../store/holds.ts'
import { resourcesByIds } from '../store/resources.ts'
import { changeDates, createDates, removeDates } from './availability-dates.ts'
import type { ArgsOf, ResultOf } from './calls.ts'
import * as calls from './calls.ts'
import { accepted, type CommandDefinition, type Context, refused } from './command.ts'
import { schedulerOf } from './scheduler-of.ts'

type Define<N extends calls.CommandName> = CommandDefinition<N, ArgsOf<N>, ResultOf<N>>
type Rule = ArgsOf<'availability.add'>

export const availabilityAdd: Define<'availability.add'> = {
  name: 'availability.add',
  version: 1,
  args: calls.availabilityAdd,
  subjects: ({ rule, resources }) => [rule, ...resources],
  makes: ({ rule }) => [rule],
  // A large rule has one way back, and that takes all of it: at its last part.
  inverse: ({ rule, part }) =>
    part && part.number < part.of ? undefined : { name: 'availability.remove', args: { rule } },
  async handle(context, args) {
    const { rule, together = false, part, skipOverlapping, ...facts } = args
    if (together && args.step !== null) return refused({ code: 'together-in-steps' })
    const drawn = await drawPlan(context.tx, null, [{ ...facts, together }])
    if (!drawn) return refused({ code: 'gone', what: 'resource' })
    const first = part === undefined || part.number === 1
    if (first && (await groupsOfRule(context.tx, rule)).length > 0) {
      return refused({ code: 'exists', what: 'availability', name: '' })
    }
    const { create, exists, overlaps } = drawn.plan
    const met = [...exists, ...overlaps.map((each) => each.existing)]
    const [existing] = met
    if (existing && (!skipOverlapping || together)) {
      const hall = drawn.halls.get(existing.resource)
      return refused({
        code: 'overlaps',
        resource: existing.resource,
        resourceName: hall?.name ?? '',
        count: met.length,
        first: [{ start: existing.start, end: existing.end }],
      })
    }
    if (drawn.wanted.length === 0) return refused({ code: 'no-dates' })
    await createDates(context, rule, create, drawn.halls)
    return accepted({ created: create.length, skipped: met.length })
  },
}

/** The rule as it was added, from the history: what undo needs to bring it back. */
async function ruleAsAdded(context: Context, rule: Uuid): Promise<Rule | null> {
  const entries = await historyOf(context.tx, rule)
  const added = entries.filter((entry) => entry.name === 'availability.add')
  const [last] = added.map((entry) => entry.args as Rule)
  if (!last) return null
  const { part: _, ...facts } = last
  const resources = added.flatMap((entry) => (entry.args as Rule).resources)
  return { ...facts, resources: [...new Set(resources)].slice(0, 200) }
}

export const availabilityRemove: Define<'availability.remove'> = {
  name: 'availability.remove',
  version: 1,
  args: calls.availabilityRemove,
  subjects: ({ rule }) => [rule],
  inverse: (_, { restore }) =>
    restore === null ? undefined : { name: 'availability.add', args: restore },
  async handle(context, { rule }) {
    const groups = await groupsOfRule(context.tx, rule)
    if (groups.length === 0) return refused({ code: 'gone', what: 'availability' })
    await dropHoldsOn(
      context.tx,
      groups.map((one) => one.group),
    )
    const resources = await resourcesByIds(context.tx, [...new Set(groups.map((g) => g.resource))])
    for (const resource of resources) {
      const own = groups.filter((one) => one.resource === resource.id).map((one) => one.group)
      try {
        await schedulerOf(context, resource).removeAllocation({ groups: own })
      } catch (error) {
        const inUse =
          error instanceof AffectedReservationError ||
          error instanceof AffectedPendingReservationError
        if (!inUse) throw error
        const by = await bookingsOnGroups(context.tx, own)
        const { name } = resource
        return refused({
          code: 'in-use',
          what: 'availability',
          name,
          by: by.slice(0, 10),
          count: by.length,
        })
      }
    }
    await removeGroupsOfRule(context.tx, rule)
    return accepted({ removed: groups.length, restore: await ruleAsAdded(context, rule) })
  },
}

export const availabilityChange: Define<'availability.change'> = {
  name: 'availability.change',
  version: 1,
  args: calls.availabilityChange,
  subjects: ({ rule, periods }) => [
    rule,
    ...new Set(periods.flatMap((period) => period.resources)),
  ],
  inverse: ({ rule, since }, { before }) => ({
    name: 'availability.change',
    args: { rule, periods: before, ...(since === undefined ? {} : { since }) },
  }),
  async handle(context, { rule, periods, since }) {
    if (periods.some((period) => period.together && period.step !== null)) {
      return refused({ code: 'together-in-steps' })
    }
    const former = (await groupsOfRule(context.tx, rule)).map((each) => each.resource)
    const drawn = await drawPlan(context.tx, rule, periods, former, since)
    if (!drawn) return refused({ code: 'gone', what: 'resource' })
    const own = drawn.existing.filter((date) => date.rule === rule)
    const { periods: before, loose } = periodsOf(own, drawn.zoneOf)
    const keep = new Set(loose.map((date) => date.id))
    const { create, change, remove } = drawn.plan
    const going = remove.filter((date) => !keep.has(date.id))
    await removeDates(context, going, drawn.halls)
    await changeDates(context, change, drawn.halls)
    await createDates(context, rule, create, drawn.halls)
    return accepted({
      created: create.length,
      removed: going.length,
      changed: change.length,
      kept: drawn.plan.keep.length,
      before: before as ResultOf<'availability.change'>['before'],
    })
  },
}
