/**
 * Moving one date of a booking: to another time, another availability or another hall, longer or shorter. Released,
 * reserved and approved in one transaction; token, number, record id, person, title and creation stay as they are.
 */
import type { ResourceRow } from '../domain/resource.ts'
import type { Span, Uuid } from '../domain/time.ts'
import { OnlyTogether } from '../scheduler/relocate.ts'
import {
  bookingByToken,
  resourcesOfToken,
  type StoredBooking,
  setDates,
} from '../store/bookings.ts'
import { resourcesByIds, resourceWithRelatives } from '../store/resources.ts'
import type { ArgsOf, ResultOf } from './calls.ts'
import * as calls from './calls.ts'
import { accepted, type CommandDefinition, type Context, type Outcome, refused } from './command.ts'
import { heldOff } from './held-off.ts'
import { moveMaterial } from './material-claims.ts'
import { schedulerOf } from './scheduler-of.ts'
import { refusalOf, refusedPiece } from './take-slots.ts'

type Move = ArgsOf<'reservation.move'>

export const reservationMove: CommandDefinition<
  'reservation.move',
  Move,
  ResultOf<'reservation.move'>
> = {
  name: 'reservation.move',
  version: 1,
  args: calls.reservationMove,
  subjects: ({ token, from, to }) => [...new Set([token, from.resource, to.resource])],
  inverse: ({ token }, { from, to }) => ({
    name: 'reservation.move',
    args: { token, from: { resource: to.resource, start: to.start }, to: from },
  }),
  async handle(context, args) {
    const { token, from, to } = args
    const booking = await bookingByToken(context.tx, token)
    if (booking && booking.cancelledAt !== null) {
      const { number, title } = booking
      return refused({ code: 'already-cancelled', number, title })
    }
    if (to.end <= to.start) return refused({ code: 'end-before-start' })
    const [home] = await resourcesByIds(context.tx, [from.resource])
    const family = await resourceWithRelatives(context.tx, to.resource)
    if (!home || family.length === 0) return refused({ code: 'gone', what: 'resource' })
    const moved = await moveRecord(context, args, home, family as Family)
    if (moved.status === 'refused') return moved
    if (booking) {
      await setDates(context.tx, token, datesAfter(booking, moved.result))
      const along = await moveMaterial(context, token, moved.result.from, moved.result.to)
      if (along.status === 'refused') return along
    }
    return accepted({
      number: booking?.number ?? 0,
      title: booking?.title ?? '',
      ...moved.result,
    })
  },
}

type Family = readonly [ResourceRow, ...ResourceRow[]]
type Moved = Pick<ResultOf<'reservation.move'>, 'from' | 'to'>

async function moveRecord(
  context: Context,
  { token, from, to }: Move,
  home: ResourceRow,
  family: Family,
): Promise<Outcome<Moved>> {
  const source = schedulerOf(context, home)
  const records = await source.reservationsByToken(token)
  const during: Span = { start: to.start, end: to.end }
  const record = records.find((each) => each.span?.start === from.start)
  if (!record?.span) {
    if (records.some((each) => each.targetType === 'group')) {
      return refused({ code: 'only-together', wish: wishAt(home, during) })
    }
    const elsewhere = records.length > 0 || (await resourcesOfToken(context.tx, token)).length > 0
    return refused({ code: 'gone', what: elsewhere ? 'date' : 'booking' })
  }
  const [resource, ...sharing] = family
  const held =
    record.status === 'approved' &&
    (await heldOff(context, { token, family, spans: [during], places: record.quota }))
  if (held) return refused(held)
  try {
    const target = schedulerOf(context, resource, sharing)
    const now = await source.moveReservation(token, record.id, during, target)
    const piece = await refusedPiece(context, resource, during)
    if (piece) return refused(piece)
    return accepted({
      from: { resource: home.id, ...record.span },
      to: { resource: resource.id, ...now },
    })
  } catch (error) {
    if (error instanceof OnlyTogether) {
      return refused({ code: 'only-together', wish: wishAt(resource, during) })
    }
    const wanted = {
      token,
      family,
      spans: [during],
      places: record.quota,
      email: record.email,
    }
    const refusal = await refusalOf(context, wanted, error)
    if (refusal === undefined) throw error
    return refused(refusal)
  }
}

function wishAt(resource: ResourceRow, { start, end }: Span) {
  return { resource: resource.id, resourceName: resource.name, start, end }
}

function datesAfter(booking: StoredBooking, { from, to }: Moved): StoredBooking['dates'] {
  const isOld = (date: { resource: Uuid; start: number }) =>
    date.resource === from.resource && date.start === from.start
  return booking.dates.map((date) => (isOld(date) ? { ...date, ...to } : date))
}
