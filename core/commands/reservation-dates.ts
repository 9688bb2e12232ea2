/**
 * The dates of a booking: one more date or hall under the same number, and one of several cancelled. Each undoes the
 * other. A request or somebody who waits asks for one more, and takes no more than before.
 */
import { stateOf } from '../domain/standing.ts'
import { overlaps, type Uuid } from '../domain/time.ts'
import { type BookedDate, bookingByToken, type StoredBooking, setDates } from '../store/bookings.ts'
import { resourcesByIds } from '../store/resources.ts'
import { askFor } from './ask-for.ts'
import type { ArgsOf, ResultOf } from './calls.ts'
import * as calls from './calls.ts'
import { accepted, type CommandDefinition, type Context, type Outcome, refused } from './command.ts'
import { hallsOf } from './halls-of.ts'
import { schedulerOf } from './scheduler-of.ts'
import { takeSlots } from './take-slots.ts'

/** The booking, where its dates may change. */
async function openBooking(context: Context, token: Uuid): Promise<Outcome<StoredBooking>> {
  const booking = await bookingByToken(context.tx, token)
  if (!booking) return refused({ code: 'gone', what: 'booking' })
  if (booking.cancelledAt === null) return accepted(booking)
  const { number, title } = booking
  return refused({ code: 'already-cancelled', number, title })
}

function inOrder(dates: readonly BookedDate[]): BookedDate[] {
  return [...dates].sort((one, other) => one.start - other.start)
}

export const reservationAdd: CommandDefinition<
  'reservation.add',
  ArgsOf<'reservation.add'>,
  ResultOf<'reservation.add'>
> = {
  name: 'reservation.add',
  version: 1,
  args: calls.reservationAdd,
  subjects: ({ token, resource }) => [token, resource],
  inverse: ({ token }, { date }) => ({
    name: 'reservation.drop',
    args: { token, from: { resource: date.resource, start: date.start }, reason: '' },
  }),
  async handle(context, { token, resource, during, places }) {
    const open = await openBooking(context, token)
    if (open.status === 'refused') return open
    const { number, title, dates, person } = open.result
    if (dates.some((date) => date.resource === resource && overlaps(date, during))) {
      return refused({ code: 'exists', what: 'date', name: title })
    }
    const halls = await hallsOf(context, resource)
    if (halls.status === 'refused') return halls
    const [family] = halls.result
    if (!family) return refused({ code: 'gone', what: 'resource' })
    const wanted = { token, family, spans: [during], places, email: person?.email ?? '' }
    const state = stateOf(open.result)
    const taken =
      state === 'booked'
        ? await takeSlots(context, wanted)
        : await askFor(context, wanted, state === 'waiting')
    if (taken.status === 'refused') return taken
    const [date] = taken.result
    if (!date) return refused({ code: 'gone', what: 'date' })
    await setDates(context.tx, token, inOrder([...dates, date]))
    return accepted({ number, title, date })
  },
}

export const reservationDrop: CommandDefinition<
  'reservation.drop',
  ArgsOf<'reservation.drop'>,
  ResultOf<'reservation.drop'>
> = {
  name: 'reservation.drop',
  version: 1,
  args: calls.reservationDrop,
  subjects: ({ token, from }) => [token, from.resource],
  inverse: ({ token }, { date: { resource, start, end, places } }) => ({
    name: 'reservation.add',
    args: { token, resource, during: { start, end }, places },
  }),
  async handle(context, { token, from }) {
    const open = await openBooking(context, token)
    if (open.status === 'refused') return open
    const { number, title, dates } = open.result
    const isIt = (date: BookedDate) => date.resource === from.resource && date.start === from.start
    const date = dates.find(isIt)
    if (!date) return refused({ code: 'gone', what: 'date' })
    if (dates.length === 1) return refused({ code: 'last-date', number, title })
    const [hall] = await resourcesByIds(context.tx, [from.resource])
    if (!hall) return refused({ code: 'gone', what: 'resource' })
    const scheduler = schedulerOf(context, hall)
    const records = await scheduler.reservationsByToken(token)
    const record = records.find((each) => each.span?.start === from.start)
    if (!record) {
      if (!records.some((each) => each.targetType === 'group')) {
        return refused({ code: 'gone', what: 'date' })
      }
      const { start, end } = date
      const wish = { resource: hall.id, resourceName: hall.name, start, end }
      return refused({ code: 'only-together', wish })
    }
    await scheduler.removeReservation(token, record.id)
    await setDates(
      context.tx,
      token,
      dates.filter((each) => !isIt(each)),
    )
    return accepted({ number, title, date })
  },
}
