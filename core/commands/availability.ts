/** Availability: a rule becomes allocations, one set for each resource, and goes away as one. */
import { spansOf } from '../domain/availability.ts'
import type { ResourceRow } from '../domain/resource.ts'
import type { Uuid } from '../domain/time.ts'
import { AffectedReservationError, OverlappingAllocationError } from '../scheduler/errors.ts'
import { groupsOfRule, insertGroupsOfRule, removeGroupsOfRule } from '../store/availability.ts'
import { bookingsOnGroups } from '../store/bookings.ts'
import { historyOf } from '../store/history.ts'
import { resourcesByIds } from '../store/resources.ts'
import type { ArgsOf, ResultOf } from './calls.ts'
import * as calls from './calls.ts'
import { accepted, type CommandDefinition, type Context, refused } from './command.ts'
import { schedulerOf } from './scheduler-of.ts'

type Define<N extends calls.CommandName> = CommandDefinition<N, ArgsOf<N>, ResultOf<N>>
type Rule = ArgsOf<'availability.add'>

async function allocate(context: Context, resource: ResourceRow, rule: Rule) {
  const dates = spansOf(rule, resource.zone)
  const made = await schedulerOf(context, resource).allocate(dates, {
    partlyAvailable: rule.step !== null,
    ...(rule.step === null ? {} : { raster: rule.step }),
    quota: rule.places,
    quotaLimit: rule.mostPerBooking,
    approveManually: rule.byStaff,
    skipOverlapping: rule.skipOverlapping,
  })
  await insertGroupsOfRule(
    context.tx,
    rule.rule,
    made.map((one) => one.group),
  )
  return { created: made.length, skipped: dates.length - made.length }
}

export const availabilityAdd: Define<'availability.add'> = {
  name: 'availability.add',
  version: 1,
  args: calls.availabilityAdd,
  subjects: ({ rule, resources }) => [rule, ...resources],
  inverse: ({ rule }) => ({ name: 'availability.remove', args: { rule } }),
  async handle(context, rule) {
    const wanted = [...new Set(rule.resources)]
    const resources = await resourcesByIds(context.tx, wanted)
    if (resources.length < wanted.length) return refused({ code: 'gone', what: 'resource' })
    if ((await groupsOfRule(context.tx, rule.rule)).length > 0) {
      return refused({ code: 'exists', what: 'availability', name: '' })
    }
    let created = 0
    let skipped = 0
    for (const resource of resources) {
      try {
        const done = await allocate(context, resource, rule)
        created += done.created
        skipped += done.skipped
      } catch (error) {
        if (!(error instanceof OverlappingAllocationError)) throw error
        return refused({
          code: 'overlaps',
          resource: resource.id,
          resourceName: resource.name,
          count: 1,
          first: [error.existing.span],
        })
      }
    }
    return created + skipped === 0 ? refused({ code: 'no-dates' }) : accepted({ created, skipped })
  },
}

/** The rule as it was added, from the history: what undo needs to bring it back. */
async function ruleAsAdded(context: Context, rule: Uuid): Promise<Rule | null> {
  const entries = await historyOf(context.tx, rule)
  const added = entries.find((entry) => entry.name === 'availability.add')
  return added ? (added.args as Rule) : null
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
    const resources = await resourcesByIds(context.tx, [...new Set(groups.map((g) => g.resource))])
    for (const resource of resources) {
      const own = groups.filter((one) => one.resource === resource.id).map((one) => one.group)
      try {
        await schedulerOf(context, resource).removeAllocation({ groups: own })
      } catch (error) {
        if (!(error instanceof AffectedReservationError)) throw error
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
