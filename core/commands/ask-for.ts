/**
 * Asking: a wish becomes pending records of libres and takes nothing, so that several may ask for the same time.
 * Refusals are those of `take-slots`, with the same words.
 */
import { overlaps, type Span, type Uuid } from '../domain/time.ts'
import type { Reservation } from '../scheduler/reservation.ts'
import type { JsonObject } from '../store/allocations.ts'
import type { BookedDate } from '../store/bookings.ts'
import { accepted, type Context, type Outcome, refused } from './command.ts'
import { schedulerOf } from './scheduler-of.ts'
import { refusalOf, refusedPiece, type Wanted } from './take-slots.ts'

/** The times of one record, half-open; those of a group are its members'. */
async function spansOf(record: Reservation): Promise<Span[]> {
  if (record.span) return [record.span]
  const members = await record.targetAllocations()
  return members.map((member) => member.span)
}

/** What the records of a token ask for on one resource, each wish widened to the steps of its availability. */
async function askedDates(
  records: readonly Reservation[],
  spans: readonly Span[],
  resource: Uuid,
  places: number,
): Promise<BookedDate[]> {
  const all = (await Promise.all(records.map(spansOf))).flat()
  return spans.map((span) => {
    const own = all.filter((one) => overlaps(one, span))
    return {
      resource,
      start: Math.min(...own.map((one) => one.start)),
      end: Math.max(...own.map((one) => one.end)),
      places,
    }
  })
}

/**
 * Accepted with the dates as they are asked for. `evenIfTaken`: also where the time is taken and nobody has to
 * decide, for whoever waits. `held`: only for a while, in a session.
 */
export async function askFor(
  context: Context,
  wanted: Wanted,
  evenIfTaken: boolean,
  held: Readonly<{ sessionId: Uuid; data: JsonObject }> | null = null,
): Promise<Outcome<readonly BookedDate[]>> {
  const { token, family, spans, places, email } = wanted
  const [resource, ...sharing] = family
  if (spans.some((span) => span.end <= span.start)) return refused({ code: 'end-before-start' })
  const scheduler = schedulerOf(context, resource, sharing)
  try {
    await scheduler.reserve(email, { dates: spans, quota: places, token, evenIfTaken, ...held })
    const records = await scheduler.reservationsByToken(token)
    for (const span of spans) {
      const whole = await refusedPiece(context, resource, span)
      if (whole) return refused(whole)
    }
    return accepted(await askedDates(records, spans, resource.id, places))
  } catch (error) {
    const refusal = await refusalOf(context, wanted, error)
    if (refusal === undefined) throw error
    return refused(refusal)
  }
}
