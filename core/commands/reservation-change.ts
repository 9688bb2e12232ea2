/** Changing what is said of a booking: title, persons, note, public title. Dates and slots stay as they are. */
import { bookingByToken, writeBookingFacts } from '../store/bookings.ts'
import type { ArgsOf, ResultOf } from './calls.ts'
import * as calls from './calls.ts'
import { accepted, type CommandDefinition, refused } from './command.ts'

type Facts = ArgsOf<'reservation.change'>['facts']

export const reservationChange: CommandDefinition<
  'reservation.change',
  ArgsOf<'reservation.change'>,
  ResultOf<'reservation.change'>
> = {
  name: 'reservation.change',
  version: 1,
  args: calls.reservationChange,
  subjects: ({ token }) => [token],
  inverse: ({ token }, { before }) => ({
    name: 'reservation.change',
    args: { token, facts: before },
  }),
  async handle(context, { token, facts }) {
    const booking = await bookingByToken(context.tx, token)
    if (!booking) return refused({ code: 'gone', what: 'booking' })
    const before: Facts = {
      ...(facts.title === undefined ? {} : { title: booking.title }),
      ...(facts.publicTitle === undefined ? {} : { publicTitle: booking.publicTitle }),
      ...(facts.note === undefined ? {} : { note: booking.note }),
      ...(facts.persons === undefined ? {} : { persons: booking.persons }),
    }
    await writeBookingFacts(context.tx, token, facts)
    return accepted({ before, number: booking.number, title: facts.title ?? booking.title })
  },
}
