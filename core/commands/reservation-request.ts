/**
 * Asking for a time: a request that somebody decides, or a place on the waiting list. It gets a number to read out
 * and takes no slot; several may ask for the same time.
 */
import { type BookedDate, insertBooking } from '../store/bookings.ts'
import { askFor } from './ask-for.ts'
import type { ArgsOf, ResultOf } from './calls.ts'
import * as calls from './calls.ts'
import { accepted, type CommandDefinition, refused } from './command.ts'
import { hallsOf } from './halls-of.ts'
import { letGo } from './held-off.ts'

export const reservationRequest: CommandDefinition<
  'reservation.request',
  ArgsOf<'reservation.request'>,
  ResultOf<'reservation.request'>
> = {
  name: 'reservation.request',
  version: 1,
  args: calls.reservationRequest,
  subjects: ({ token, resource, also = [], person }) => [token, resource, ...also, person.id],
  makes: ({ token }) => [token],
  inverse: ({ token }) => ({ name: 'reservation.cancel', args: { token, reason: '' } }),
  async handle(context, args) {
    const { token, person, waiting } = args
    if (person.email !== '' && !calls.emailAddress.test(person.email)) {
      return refused({ code: 'bad-email' })
    }
    const halls = await hallsOf(context, args.resource, args.also)
    if (halls.status === 'refused') return halls
    await letGo(context, token)
    const dates: BookedDate[] = []
    for (const family of halls.result) {
      const asked = await askFor(
        context,
        { token, family, spans: [args.during], places: args.places, email: person.email },
        waiting,
      )
      if (asked.status === 'refused') return asked
      dates.push(...asked.result)
    }
    const number = await insertBooking(context.tx, {
      token,
      number: (context.recorded as ResultOf<'reservation.request'> | undefined)?.number ?? null,
      title: args.title,
      publicTitle: args.publicTitle,
      note: args.note,
      persons: args.persons,
      person,
      dates,
      createdAt: context.now,
      createdBy: context.actor.name,
      standing: waiting ? 'waiting' : 'request',
      waitingSince: waiting ? context.now : null,
    })
    return number === null
      ? refused({ code: 'exists', what: 'booking', name: args.title })
      : accepted({ number })
  },
}
