/** Cancelling: slots are free again, a request is withdrawn; the booking stays readable and can be restored. */
import { stateOf } from '../domain/standing.ts'
import { bookingByToken, resourcesOfToken, writeStanding } from '../store/bookings.ts'
import { resourcesByIds } from '../store/resources.ts'
import type { ArgsOf, ResultOf } from './calls.ts'
import * as calls from './calls.ts'
import { accepted, type CommandDefinition, refused } from './command.ts'
import { withdrawMaterial } from './material-claims.ts'
import { workOf } from './material-work.ts'
import { schedulerOf } from './scheduler-of.ts'

export const reservationCancel: CommandDefinition<
  'reservation.cancel',
  ArgsOf<'reservation.cancel'>,
  ResultOf<'reservation.cancel'>
> = {
  name: 'reservation.cancel',
  version: 1,
  args: calls.reservationCancel,
  subjects: ({ token }) => [token],
  // A reservation that another program made has no booking of ours (number 0), so nothing to restore it from.
  inverse: ({ token }, { number }) =>
    number === 0 ? undefined : { name: 'reservation.restore', args: { token } },
  async handle(context, { token, reason }) {
    const booking = await bookingByToken(context.tx, token)
    if (booking && booking.cancelledAt !== null) {
      const { number, title } = booking
      return refused({ code: 'already-cancelled', number, title })
    }
    const ids = await resourcesOfToken(context.tx, token)
    if (ids.length === 0 && !booking) return refused({ code: 'gone', what: 'booking' })
    for (const resource of ids.length === 0 ? [] : await resourcesByIds(context.tx, ids)) {
      await schedulerOf(context, resource).removeReservation(token)
    }
    if (!booking) return accepted({ number: 0, title: '' })
    const state = stateOf(booking)
    await writeStanding(context.tx, token, {
      // What it was is what restoring makes of it: a request comes back as a request.
      standing: state === 'booked' || state === 'request' || state === 'waiting' ? state : 'booked',
      waitingSince: state === 'waiting' ? booking.waitingSince : null,
      denied: false,
      cancelledAt: context.now,
      cancelReason: reason,
    })
    await withdrawMaterial(workOf(context), [token])
    return accepted({ number: booking.number, title: booking.title })
  },
}
