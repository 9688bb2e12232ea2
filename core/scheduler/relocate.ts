/**
 * Relocating: one record goes to other times, also in another allocation or on another resource. Not in libres,
 * whose `changeReservation` stays inside the allocation; the same rows are written as by removing the record there
 * and reserving (and approving) it here, and it keeps its id, token, session, data and time of creation.
 */
import { spanOf } from '../domain/micros.ts'
import type { Span, Uuid } from '../domain/time.ts'
import {
  type ReservationRow,
  reservationsByToken,
  rewriteReservation,
} from '../store/reservations.ts'
import { inSavepoint } from '../store/savepoint.ts'
import { approve } from './approve.ts'
import { fire } from './events.ts'
import { one } from './lookup.ts'
import { remove } from './remove.ts'
import { prepare } from './reserve.ts'
import type { Surroundings } from './surroundings.ts'

/** The old or the new times are only given together with others (a group of allocations). */
export class OnlyTogether extends Error {
  override readonly name = 'OnlyTogether'
}

/** Answers the span that the record has now. Throws `OnlyTogether`, `NotFound`, and all that `reserve` refuses. */
export async function relocate(
  from: Surroundings,
  to: Surroundings,
  token: Uuid,
  id: number,
  during: Span,
): Promise<Span> {
  const tx = to.tx()
  const old = one(await reservationsByToken(tx, from.resource, token, id), 'reservation')
  if (old.targetType === 'group') throw new OnlyTogether('A group has no times of its own.')
  const before = new from.models.reservation(old, from)
  const oldTime = [before.displayStart(), before.displayEnd()] as const

  return inSavepoint(tx, async () => {
    await remove(from, token, id)
    const { shared, records } = await prepare(to, old.email, { dates: [during], quota: old.quota })
    const record = one(records, 'allocation at the new times')
    if (record.start === null || record.end === null) {
      throw new OnlyTogether('The times belong to a group.')
    }
    const row: ReservationRow = {
      ...old,
      ...record,
      type: shared.type,
      resource: shared.resource,
      status: 'pending',
      modified: to.now(),
    }
    await rewriteReservation(tx, row, record, to.now())
    if (old.status === 'approved') await approve(to, token, { ids: [id], announced: false })
    const changed = new to.models.reservation({ ...row, status: old.status }, to)
    const newTime = [changed.displayStart(), changed.displayEnd()] as const
    await fire(to.events, 'onReservationTimeChanged', to.context, {
      reservation: changed,
      oldTime,
      newTime,
    })
    return spanOf(record.start, record.end)
  })
}
