/**
 * Hold: a time that a clerk offers somebody on the phone, kept for a quarter of an hour. To libres it is a reservation
 * in somebody's session: pending, and no slot is taken. What the desk makes of it stands in `docs/decisions/holds.md`.
 */
import { type Instant, MINUTE_MS, overlaps, type Span, type Uuid } from './time.ts'

/** As long as libres leaves a session alone, so that both programs say the same of it. */
export const HOLD_MS = 15 * MINUTE_MS

/** One date of it in one hall. */
export type HeldTime = Span &
  Readonly<{
    token: Uuid
    resource: Uuid
    places: number
    /** The clerk who holds it, empty where the desk has no name for her; null: somebody on the website. */
    by: string | null
    /** When it ends by itself. */
    until: Instant
  }>

export function isLive({ until }: Pick<HeldTime, 'until'>, now: Instant): boolean {
  return until > now
}

/** Those of others that are still held and meet a span on any of the halls. */
export function heldByOthers<H extends HeldTime>(
  held: readonly H[],
  own: Uuid,
  halls: readonly Uuid[],
  span: Span,
  now: Instant,
): H[] {
  return held.filter(
    (each) =>
      each.token !== own &&
      isLive(each, now) &&
      halls.includes(each.resource) &&
      overlaps(each, span),
  )
}

/**
 * Whether a wish would leave too little for what is held. In a hall that only shares its space any hold counts for the
 * whole of it.
 *
 * @param free places before the wish; fewer than it wants: it is taken, and no longer a matter of holds
 */
export function breaksHold(
  held: readonly HeldTime[],
  hall: Uuid,
  places: number,
  free: number,
): boolean {
  if (held.length === 0 || free < places) return false
  if (held.some((each) => each.resource !== hall)) return true
  return free - held.reduce((sum, each) => sum + each.places, 0) < places
}
