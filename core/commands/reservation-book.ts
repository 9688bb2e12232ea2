/** Booking: slots, the person and what the desk knows of the booking, all or nothing. */
import type { ResourceRow } from '../domain/resource.ts'
import { insertBooking } from '../store/bookings.ts'
import { resourceWithRelatives } from '../store/resources.ts'
import type { ArgsOf, ResultOf } from './calls.ts'
import * as calls from './calls.ts'
import { accepted, type CommandDefinition, refused } from './command.ts'
import { takeSlots } from './take-slots.ts'

export const reservationBook: CommandDefinition<
  'reservation.book',
  ArgsOf<'reservation.book'>,
  ResultOf<'reservation.book'>
> = {
  name: 'reservation.book',
  version: 1,
  args: calls.reservationBook,
  subjects: ({ token, resource, person }) => [token, resource, person.id],
  inverse: ({ token }) => ({ name: 'reservation.cancel', args: { token, reason: '' } }),
  takes: ({ token, resource, during, person }) => ({ token, resource, during, person }),
  async handle(context, args) {
    const { token, person } = args
    if (person.email !== '' && !calls.emailAddress.test(person.email)) {
      return refused({ code: 'bad-email' })
    }
    const family = await resourceWithRelatives(context.tx, args.resource)
    if (family.length === 0) return refused({ code: 'gone', what: 'resource' })
    const taken = await takeSlots(context, {
      token,
      family: family as readonly [ResourceRow, ...ResourceRow[]],
      spans: [args.during],
      places: args.places,
      email: person.email,
    })
    if (taken.status === 'refused') return taken
    const number = await insertBooking(context.tx, {
      token,
      number: (context.recorded as ResultOf<'reservation.book'> | undefined)?.number ?? null,
      title: args.title,
      publicTitle: args.publicTitle,
      note: args.note,
      persons: args.persons,
      person,
      dates: taken.result,
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
