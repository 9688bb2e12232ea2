/**
 * Reserving and approving in one breath, for whoever may decide at once: the desk on the telephone.
 *
 * It writes exactly the rows that `reserve` and then `approve` write, and fires the same events in the same order, but
 * approves only what it has reserved itself: the token may be that of a booking that is there already.
 */
import { insertReservations } from '../store/reservations.ts'
import { approve } from './approve.ts'
import { approveKnown, knownOf } from './fresh.ts'
import { prepare, type ReserveWish } from './reserve.ts'
import type { ReservedSlot } from './slot.ts'
import type { Surroundings } from './surroundings.ts'

export async function reserveApproved(
  around: Surroundings,
  email: string,
  wish: ReserveWish,
): Promise<ReservedSlot[]> {
  const prepared = await prepare(around, email, wish)
  const known = await knownOf(around, prepared)
  if (known) return approveKnown(around, prepared, known)
  const ids = await insertReservations(around.tx(), prepared)
  return approve(around, prepared.shared.token, { ids, announced: true })
}
