/**
 * Deciding requests: approve, deny, put on the waiting list, back to open; one or many in one go, one undo unit.
 *
 * In the order given, all or nothing: an approval that cannot be is a refusal that names who is in the way. What
 * becomes of the competitors is part of the same command (`ifLost`), and only those whose place is really gone are
 * touched. Undoing puts everybody back where they were, the waiting list with its order.
 */
import { stateOf } from '../domain/standing.ts'
import { NotReservableError } from '../scheduler/errors.ts'
import {
  bookingByToken,
  type NewStanding,
  type StoredBooking,
  writeStanding,
} from '../store/bookings.ts'
import { pendingFit } from '../store/requests.ts'
import { allResources } from '../store/resources.ts'
import { askFor } from './ask-for.ts'
import type { ArgsOf, ResultOf } from './calls.ts'
import * as calls from './calls.ts'
import { accepted, type CommandDefinition, type Context, type Outcome, refused } from './command.ts'
import { heldOff } from './held-off.ts'
import { restoreMaterial, withdrawMaterial } from './material-claims.ts'
import { workOf } from './material-work.ts'
import { schedulerOf } from './scheduler-of.ts'
import { refusalOf, type Wanted } from './take-slots.ts'
import { wantedOf } from './wanted-of.ts'

type Decision = ArgsOf<'request.decide'>['decisions'][number]
type Decided = ResultOf<'request.decide'>['decided'][number]
type As = Decision['as']

function asOf(booking: StoredBooking): As | 'cancelled' {
  const state = stateOf(booking)
  return state === 'request' ? 'open' : state
}

/** Pending records take their slots, or the refusal says why they cannot. */
async function approve(context: Context, wanted: Wanted): Promise<Outcome<null>> {
  const [resource, ...sharing] = wanted.family
  const held = await heldOff(context, wanted)
  if (held) return refused(held)
  try {
    const slots = await schedulerOf(context, resource, sharing).approveReservations(wanted.token)
    if (slots.length === 0) throw new NotReservableError('No record is left to approve.')
    return accepted(null)
  } catch (error) {
    const refusal = await refusalOf(context, wanted, error)
    if (refusal === undefined) throw error
    return refused(refusal)
  }
}

/** Brings libres' rows of one hall from one standing to another. */
async function carryOut(
  context: Context,
  wanted: Wanted,
  from: As,
  to: As,
): Promise<Outcome<unknown>> {
  const scheduler = schedulerOf(context, wanted.family[0])
  if (to === 'denied') {
    if (from === 'booked') await scheduler.removeReservation(wanted.token)
    else await scheduler.denyReservation(wanted.token)
    return accepted(null)
  }
  if (from === 'booked') await scheduler.removeReservation(wanted.token)
  if (from === 'booked' || from === 'denied') {
    const asked = await askFor(context, wanted, true)
    if (asked.status === 'refused') return asked
  }
  return to === 'booked' ? approve(context, wanted) : accepted(null)
}

function standingAfter(context: Context, { as, since, reason }: Decision): NewStanding {
  const open = { waitingSince: null, denied: false, cancelledAt: null, cancelReason: '' }
  switch (as) {
    case 'booked':
      return { ...open, standing: 'booked' }
    case 'open':
      return { ...open, standing: 'request' }
    case 'waiting':
      return { ...open, standing: 'waiting', waitingSince: since ?? context.now }
    case 'denied':
      return {
        ...open,
        standing: 'request',
        denied: true,
        cancelledAt: context.now,
        cancelReason: reason,
      }
  }
}

async function stillFits(context: Context, booking: StoredBooking): Promise<boolean> {
  const halls = await allResources(context.tx)
  const [fit] = await pendingFit(context.tx, halls, [booking.token])
  return fit !== undefined && fit.free >= fit.places
}

/** Accepted with what was done; null where nothing was to be done. */
async function decideOne(context: Context, decision: Decision): Promise<Outcome<Decided | null>> {
  const { token, as } = decision
  const booking = await bookingByToken(context.tx, token)
  if (!booking) return refused({ code: 'gone', what: 'booking' })
  const { number, title } = booking
  const from = asOf(booking)
  if (decision.ifLost) {
    // A competitor that was decided meanwhile, or still finds a place, keeps what it has.
    const open = from === 'open' || from === 'waiting'
    if (!open || from === as || (await stillFits(context, booking))) return accepted(null)
  }
  if (from === 'cancelled') return refused({ code: 'already-cancelled', number, title })
  if (from === as) return refused({ code: 'already-decided', number, title, as })
  const wanted = await wantedOf(context, booking)
  if (wanted.status === 'refused') return wanted
  for (const one of wanted.result) {
    const done = await carryOut(context, one, from, as)
    if (done.status === 'refused') return done
  }
  await writeStanding(context.tx, token, standingAfter(context, decision))
  const was = { as: from, since: booking.waitingSince, reason: booking.cancelReason }
  return accepted({ token, number, title, as, was })
}

export const requestDecide: CommandDefinition<
  'request.decide',
  ArgsOf<'request.decide'>,
  ResultOf<'request.decide'>
> = {
  name: 'request.decide',
  version: 1,
  args: calls.requestDecide,
  subjects: ({ decisions }) => decisions.map((one) => one.token),
  inverse: (_, { decided }) => ({
    name: 'request.decide',
    args: {
      decisions: decided
        .map(({ token, was }): Decision => ({ token, ...was, ifLost: false }))
        .reverse(),
    },
  }),
  async handle(context, { decisions }) {
    const decided: Decided[] = []
    for (const decision of decisions) {
      const outcome = await decideOne(context, decision)
      if (outcome.status === 'refused') return outcome
      if (outcome.result) decided.push(outcome.result)
    }
    const off = decided.filter((one) => one.was.as === 'booked').map((one) => one.token)
    const on = decided.filter((one) => one.as === 'booked').map((one) => one.token)
    const work = workOf(context)
    if (off.length > 0) await withdrawMaterial(work, off)
    if (on.length > 0) await restoreMaterial(work, on)
    return accepted({ decided })
  },
}
