/** Restoring a cancelled booking on its old dates, where nobody else took them meanwhile. */
import type { ResourceRow } from '../domain/resource.ts'
import type { Uuid } from '../domain/time.ts'
import { type BookedDate, bookingByToken, markRestored } from '../store/bookings.ts'
import { resourceWithRelatives } from '../store/resources.ts'
import type { ArgsOf, ResultOf } from './calls.ts'
import * as calls from './calls.ts'
import { accepted, type CommandDefinition, refused } from './command.ts'
import { takeSlots } from './take-slots.ts'

function byResource(dates: readonly BookedDate[]): Map<Uuid, BookedDate[]> {
  const found = new Map<Uuid, BookedDate[]>()
  for (const date of dates) found.set(date.resource, [...(found.get(date.resource) ?? []), date])
  return found
}

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
    const { number, title } = booking
    if (booking.cancelledAt === null) {
      return refused({ code: 'exists', what: 'booking', name: title })
    }
    for (const [resource, dates] of byResource(booking.dates)) {
      const family = await resourceWithRelatives(context.tx, resource)
      if (family.length === 0) return refused({ code: 'gone', what: 'resource' })
      const taken = await takeSlots(context, {
        token,
        family: family as readonly [ResourceRow, ...ResourceRow[]],
        spans: dates,
        places: Math.max(...dates.map((date) => date.places)),
        email: booking.person?.email ?? '',
      })
      if (taken.status === 'refused') return taken
    }
    await markRestored(context.tx, token)
    return accepted({ number, title })
  },
}
