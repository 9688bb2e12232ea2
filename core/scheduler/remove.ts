/** Denying and removing: records go, and with them what they hold (`3-reservations.md` 9, 11). */
import type { Uuid } from '../domain/time.ts'
import { deleteRows } from '../store/allocations.ts'
import { deletePending, deleteReservations, pendingOnGroups } from '../store/reservations.ts'
import { slotsOfRows } from '../store/slots.ts'
import {
  AffectedPendingReservationError,
  AffectedReservationError,
  NotImplementedError,
} from './errors.ts'
import { fire } from './events.ts'
import { groupOrIdRows } from './lookup.ts'
import { ReservedSlot } from './slot.ts'
import type { Surroundings } from './surroundings.ts'

/** Deletes the undecided records of a token. The event fires also where there are none. */
export async function deny(around: Surroundings, token: Uuid): Promise<void> {
  const gone = await deletePending(around.tx(), around.resource, token)
  const denied = gone.map((row) => new around.models.reservation(row, around))
  await fire(around.events, 'onReservationsDenied', around.context, denied)
}

/** Deletes the records of a token, or one of them, and their slots. The event fires also where there are none. */
export async function remove(around: Surroundings, token: Uuid, id?: number): Promise<void> {
  const gone = await deleteReservations(around.tx(), around.resource, token, id ?? null)
  const removed = gone.map((row) => new around.models.reservation(row, around))
  await fire(around.events, 'onReservationsRemoved', around.context, removed)
}

/**
 * One allocation with its mirrors (also a single member of a group), or whole groups. The id of a mirror means the mirrors
 * without their master, as in libres.
 */
export type WhichAllocations = Readonly<{
  id?: number | undefined
  groups?: readonly Uuid[] | undefined
}>

/** Deletes allocations that nothing holds. Groups that nobody knows are no error. */
export async function removeAllocation(
  around: Surroundings,
  which: WhichAllocations,
): Promise<void> {
  const tx = around.tx()
  if (!which.id && !which.groups?.length) {
    throw new NotImplementedError('Neither an id nor groups were given.')
  }
  const rows = await groupOrIdRows(around, which)
  const ids = rows.map((row) => row.id)
  const slots = await slotsOfRows(tx, ids)
  const pending = await pendingOnGroups(tx, [...new Set(rows.map((row) => row.group))])
  for (const row of rows) {
    const slot = slots.find((each) => each.allocationId === row.id)
    if (slot) throw new AffectedReservationError(new ReservedSlot(slot))
    const waiting = pending.find((each) => each.target === row.group)
    if (waiting) {
      throw new AffectedPendingReservationError(new around.models.reservation(waiting, around))
    }
  }
  await deleteRows(tx, ids)
}
