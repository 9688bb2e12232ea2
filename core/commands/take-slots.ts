/**
 * Taking slots: reserve and approve in one go, and every way in which that can be refused in words.
 *
 * The scheduler decides; this file only asks afterwards, in the same transaction, who was in the way and what
 * else is free, so that both are true of the same moment.
 */
import type { HeldTime } from '../domain/hold.ts'
import type { InTheWay, Refusal, Wish } from '../domain/refusal.ts'
import type { ResourceRow } from '../domain/resource.ts'
import { dayOf, overlaps, type Span, spanOfDay, type Uuid } from '../domain/time.ts'
import { alternativesTo } from '../plans/alternatives.ts'
import {
  AlreadyReservedError,
  InvalidReservationError,
  NotReservableError,
  QuotaImpossible,
  QuotaOverLimit,
  ReservationTooLong,
  ReservationTooShort,
  TimerangeTooLong,
} from '../scheduler/errors.ts'
import { type BookedDate, bookingsInTheWay } from '../store/bookings.ts'
import { blockedIn, freeIn } from '../store/calendar.ts'
import { accepted, type Context, type Outcome, refused } from './command.ts'
import { heldOff } from './held-off.ts'
import { schedulerOf } from './scheduler-of.ts'

export type Wanted = Readonly<{
  token: Uuid
  /** The resource first, then all that share its space (`resourceWithRelatives`). */
  family: readonly [ResourceRow, ...ResourceRow[]]
  spans: readonly Span[]
  places: number
  email: string
}>

/**
 * Reserves and approves; accepted with the dates as they were taken (widened to the steps of the availability).
 * `held`: what others hold, where the caller knows it; none of it counts where the list is empty.
 */
export async function takeSlots(
  context: Context,
  wanted: Wanted,
  held?: readonly HeldTime[],
): Promise<Outcome<readonly BookedDate[]>> {
  const { token, family, spans, places, email } = wanted
  const [resource, ...sharing] = family
  if (spans.some((span) => span.end <= span.start)) return refused({ code: 'end-before-start' })
  const kept = await heldOff(context, wanted, held)
  if (kept) return refused(kept)
  const scheduler = schedulerOf(context, resource, sharing)
  try {
    const slots = await scheduler.reserveApproved(email, { dates: spans, quota: places, token })
    const dates = spans.map((span) => {
      const own = slots.filter((slot) => overlaps(slot.span, span))
      return {
        resource: resource.id,
        start: Math.min(...own.map((slot) => slot.span.start)),
        end: Math.max(...own.map((slot) => slot.span.end)),
        places,
      }
    })
    const whole = await firstPiece(context, resource, spans, dates)
    return whole ? refused(whole) : accepted(dates)
  } catch (error) {
    const refusal = await refusalOf(context, wanted, error)
    if (refusal === undefined) throw error
    return refused(refusal)
  }
}

/** The first wish that would take more than it says. */
async function firstPiece(
  context: Context,
  resource: ResourceRow,
  spans: readonly Span[],
  dates: readonly BookedDate[],
): Promise<Refusal | undefined> {
  for (const [index, span] of spans.entries()) {
    const taken = dates[index] as BookedDate
    if (taken.start === span.start && taken.end === span.end) continue
    const refusal = await refusedPiece(context, resource, span)
    if (refusal) return refusal
  }
  return undefined
}

/**
 * libres lets a piece of a whole-only allocation be reserved and takes all of it; the desk does not take more than
 * was asked for without saying so.
 */
export async function refusedPiece(
  context: Context,
  resource: ResourceRow,
  span: Span,
): Promise<Refusal | undefined> {
  const [open] = await freeIn(context.tx, span, [resource.id])
  if (open?.step !== null || (open.start === span.start && open.end === span.end)) return undefined
  return {
    code: 'only-whole',
    wish: wishOf(resource, span),
    whole: { start: open.start, end: open.end },
  }
}

function wishOf(resource: ResourceRow, { start, end }: Span): Wish {
  return { resource: resource.id, resourceName: resource.name, start, end }
}

/** The wish that stands for the refusal: the first that touches what was in the way, else the first. */
export async function refusalOf(
  context: Context,
  wanted: Wanted,
  error: unknown,
): Promise<Refusal | undefined> {
  const { family, places } = wanted
  const [resource] = family
  const first = wanted.spans[0] as Span
  const wish = wishOf(resource, first)
  if (error instanceof AlreadyReservedError) return takenRefusal(context, wanted, error)
  if (error instanceof TimerangeTooLong || error instanceof InvalidReservationError) {
    return closedRefusal(context, wanted)
  }
  if (error instanceof NotReservableError) return closedRefusal(context, wanted)
  if (error instanceof QuotaOverLimit) {
    return { code: 'too-few-places', wish, wanted: places, free: error.limit, limit: error.limit }
  }
  if (error instanceof QuotaImpossible) {
    return { code: 'too-few-places', wish, wanted: places, free: error.quota, limit: 0 }
  }
  if (error instanceof ReservationTooShort) return { code: 'too-short', wish, minutes: 5 }
  if (error instanceof ReservationTooLong) return { code: 'too-long', wish, hours: 24 }
  return undefined
}

async function takenRefusal(
  context: Context,
  wanted: Wanted,
  error: AlreadyReservedError,
): Promise<Refusal> {
  const { family, places, token } = wanted
  const [resource] = family
  const span =
    wanted.spans.find((one) => error.inTheWay && overlaps(one, error.inTheWay.wish)) ??
    (wanted.spans[0] as Span)
  const wish = wishOf(resource, span)
  const ids = family.map((one) => one.id)
  const [blocked] = await blockedIn(context.tx, span, ids)
  const other = await alternativesTo(context.tx, context.now, {
    resource,
    during: span,
    places,
    token,
  })
  if (blocked) {
    return { code: 'blocked', wish, reason: blocked.reason, alternatives: other }
  }
  const by = await bookingsInTheWay(context.tx, ids, span)
  const free = error.inTheWay?.free ?? 0
  if (places > 1 && free > 0) {
    return { code: 'too-few-places', wish, wanted: places, free, limit: 0 }
  }
  const others: InTheWay[] = by.filter((one) => one.token !== token)
  return { code: 'taken', wish, by: others, alternatives: other }
}

async function closedRefusal(context: Context, wanted: Wanted): Promise<Refusal> {
  const [resource] = wanted.family
  let span = wanted.spans[0] as Span
  let open: Span[] = []
  for (const one of wanted.spans) {
    span = one
    const day = spanOfDay(dayOf(one.start, resource.zone), resource.zone)
    const free = await freeIn(context.tx, { start: day.start, end: Math.max(day.end, one.end) }, [
      resource.id,
    ])
    open = free.map(({ start, end }) => ({ start, end }))
    if (!open.some((each) => each.start <= one.start && one.end <= each.end)) break
  }
  return {
    code: 'not-available',
    wish: wishOf(resource, span),
    open,
    alternatives: await alternativesTo(context.tx, context.now, {
      resource,
      during: span,
      places: wanted.places,
      token: wanted.token,
    }),
  }
}
