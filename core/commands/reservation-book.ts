/** Booking: slots, the person and what the desk knows of the booking, all or nothing. */
import { type BookedDate, insertBooking } from '../store/bookings.ts'
import type { ArgsOf, ResultOf } from './calls.ts'
import * as calls from './calls.ts'
import { accepted, type CommandDefinition, refused } from './command.ts'
import { hallsOf } from './halls-of.ts'
import { letGo } from './held-off.ts'
import { takeSlots } from './take-slots.ts'

export const reservationBook: CommandDefinition<
  'reservation.book',
  ArgsOf<'reservation.book'>,
  ResultOf<'reservation.book'>
> = {
  name: 'reservation.book',
  version: 1,
  args: calls.reservationBook,
  subjects: ({ token, resource, also = [], person }) => [token, resource, ...also, person.id],
  makes: ({ token }) => [token],
  inverse: ({ token }) => ({ name: 'reservation.cancel', args: { token, reason: '' } }),
  takes: ({ token, resource, also, during, person }) =>
    also ? undefined : { token, resource, during, person },
  async handle(context, args) {
    const { token, person } = args
    if (person.email !== '' && !calls.emailAddress.test(person.email)) {
      return refused({ code: 'bad-email' })
    }
    const halls = await hallsOf(context, args.resource, args.also)
    if (halls.status === 'refused') return halls
    const held = await letGo(context, token)
    const dates: BookedDate[] = []
    for (const family of halls.result) {
      const taken = await takeSlots(
        context,
        { token, family, spans: [args.during], places: args.places, email: person.email },
        args.evenIfHeld ? [] : held,
      )
      if (taken.status === 'refused') return taken
      dates.push(...taken.result)
    }
    const number = await insertBooking(context.tx, {
      token,
      number: (context.recorded as ResultOf<'reservation.book'> | undefined)?.number ?? null,
      title: args.title,
      publicTitle: args.publicTitle,
      note: args.note,
      persons: args.persons,
      person,
      dates,
      createdAt: context.now,
      createdBy: context.actor.name,
      standing: 'booked',
      waitingSince: null,
    })
    return number === null
      ? refused({ code: 'exists', what: 'booking', name: args.title })
      : accepted({ number })
  },
}
