/** Restoring what was cancelled: a booking on its old dates, where nobody else took them; a request as a request. */
import { bookingByToken, writeStanding } from '../store/bookings.ts'
import { askFor } from './ask-for.ts'
import type { ArgsOf, ResultOf } from './calls.ts'
import * as calls from './calls.ts'
import { accepted, type CommandDefinition, refused } from './command.ts'
import { restoreMaterial } from './material-claims.ts'
import { workOf } from './material-work.ts'
import { takeSlots } from './take-slots.ts'
import { wantedOf } from './wanted-of.ts'

export const reservationRestore: CommandDefinition<
  'reservation.restore',
  ArgsOf<'reservation.restore'>,
  ResultOf<'reservation.restore'>
> = {
  name: 'reservation.restore',
  version: 1,
  args: calls.reservationRestore,
  subjects: ({ token }) => [token],
  inverse: ({ token }) => ({ name: 'reservation.cancel', args: { token, reason: '' } }),
  async handle(context, { token }) {
    const booking = await bookingByToken(context.tx, token)
    if (!booking) return refused({ code: 'gone', what: 'booking' })
    const { number, title, standing, waitingSince } = booking
    if (booking.cancelledAt === null) {
      return refused({ code: 'exists', what: 'booking', name: title })
    }
    const wanted = await wantedOf(context, booking)
    if (wanted.status === 'refused') return wanted
    for (const one of wanted.result) {
      const done =
        standing === 'booked' ? await takeSlots(context, one) : await askFor(context, one, true)
      if (done.status === 'refused') return done
    }
    await writeStanding(context.tx, token, {
      standing,
      waitingSince,
      denied: false,
      cancelledAt: null,
      cancelReason: '',
    })
    if (standing === 'booked') await restoreMaterial(workOf(context), [token])
    return accepted({ number, title })
  },
}
