/**
 * Blockers: time taken away from reservation, in one or many halls, with what becomes of the bookings in it.
 *
 * Every booking in the way needs a word: one that nobody has decided about refuses the whole, so that nothing is
 * swept over that came in after the clerk looked.
 */
import { piecesToBlock } from '../domain/blocking.ts'
import { familyOf, type ResourceRow, sharingOf } from '../domain/resource.ts'
import { MINUTE_MS, type Uuid } from '../domain/time.ts'
import { freeIn, takenIn } from '../store/calendar.ts'
import { historyOf } from '../store/history.ts'
import { affectedIn, hallsOfBlocker } from '../store/in-the-way.ts'
import { allResources, resourcesByIds } from '../store/resources.ts'
import { carryOutAffected, type Step, takeBackAffected, tokensOf } from './affected.ts'
import type { ArgsOf, ResultOf } from './calls.ts'
import * as calls from './calls.ts'
import { accepted, type CommandDefinition, type Context, refused } from './command.ts'
import { schedulerOf } from './scheduler-of.ts'

type Define<N extends calls.CommandName> = CommandDefinition<N, ArgsOf<N>, ResultOf<N>>
type Add = ArgsOf<'blocker.add'>

/** One hall's part of the blocker; answers how many dates it takes time from. */
async function blockHall(context: Context, args: Add, hall: ResourceRow, all: ResourceRow[]) {
  const dates = await freeIn(context.tx, args.during, [hall.id])
  if (dates.length === 0) return 0
  // Dates that reach out of the span are looked at whole.
  const reach = {
    start: Math.min(args.during.start, ...dates.map((date) => date.start)),
    end: Math.max(args.during.end, ...dates.map((date) => date.end)),
  }
  const staying = await takenIn(context.tx, reach, [hall.id, ...sharingOf(hall, all)])
  const pieces = piecesToBlock(dates, args.during, staying)
  if (pieces.length === 0) return 0
  await schedulerOf(context, hall).addBlocker({
    dates: pieces,
    reason: args.reason,
    token: args.token,
  })
  return pieces.length
}

export const blockerAdd: Define<'blocker.add'> = {
  name: 'blocker.add',
  version: 1,
  args: calls.blockerAdd,
  subjects: ({ token, resources, decisions }) => [
    ...new Set([token, ...resources, ...tokensOf(decisions)]),
  ],
  makes: ({ token }) => [token],
  inverse: ({ token }, { steps }) => ({ name: 'blocker.remove', args: { token, steps } }),
  async handle(context, args) {
    const { token, during, reason, decisions } = args
    if (during.end - during.start < 5 * MINUTE_MS) return refused({ code: 'end-before-start' })
    const all = await allResources(context.tx)
    const halls = all.filter((one) => args.resources.includes(one.id))
    if (halls.length < new Set(args.resources).size) {
      return refused({ code: 'gone', what: 'resource' })
    }
    if ((await hallsOfBlocker(context.tx, token)).length > 0) {
      return refused({ code: 'exists', what: 'blocker', name: reason })
    }
    const decided = new Set(decisions.map((each) => each.token))
    const inTheWay = await affectedIn(context.tx, familyOf(args.resources, all), during)
    const open = inTheWay.filter((each) => each.state === 'booked' && !decided.has(each.token))
    if (open.length > 0) {
      return refused({
        code: 'undecided',
        by: open
          .slice(0, 10)
          .map(({ who: _w, phone: _p, state: _s, places: _n, persons: _c, ...one }) => one),
        count: open.length,
      })
    }
    // What is not in the way any more (cancelled meanwhile) needs no decision.
    const there = new Set(inTheWay.map((each) => each.token))
    const steps = await carryOutAffected(
      context,
      decisions.filter((each) => there.has(each.token)),
      reason,
    )
    if (steps.status === 'refused') return steps
    let blocked = 0
    for (const hall of halls) blocked += await blockHall(context, args, hall, all)
    if (blocked === 0) return refused({ code: 'nothing-to-block' })
    return accepted({ blocked, steps: steps.result })
  },
}

async function asAdded(context: Context, token: Uuid): Promise<Add | null> {
  const entries = await historyOf(context.tx, token)
  const added = entries.find((entry) => entry.name === 'blocker.add')
  return added ? (added.args as Add) : null
}

export const blockerRemove: Define<'blocker.remove'> = {
  name: 'blocker.remove',
  version: 1,
  args: calls.blockerRemove,
  subjects: ({ token }) => [token],
  inverse({ steps }, { restore }) {
    if (restore === null) return undefined
    // Only what this removal brought back is decided again.
    const decisions = restore.decisions.filter((each) => steps.length > 0 || each.do === 'keep')
    return { name: 'blocker.add', args: { ...restore, decisions } }
  },
  async handle(context, { token, steps }) {
    const ids = await hallsOfBlocker(context.tx, token)
    if (ids.length === 0) return refused({ code: 'gone', what: 'blocker' })
    for (const hall of await resourcesByIds(context.tx, ids)) {
      await schedulerOf(context, hall).removeBlocker(token)
    }
    const back = await takeBackAffected(context, steps as Step[])
    if (back.status === 'refused') return back
    const restore = await asAdded(context, token)
    return accepted({ reason: restore?.reason ?? '', restore })
  },
}
