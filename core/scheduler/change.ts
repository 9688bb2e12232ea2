/**
 * Changing the times of a reservation, which keeps its id, token and session (`3-reservations.md` 10).
 */
import { require } from '../domain/failure.ts'
import type { Micros } from '../domain/micros.ts'
import { spanOf } from '../domain/micros.ts'
import type { Stretch } from '../domain/raster.ts'
import { containsRange } from '../domain/slots.ts'
import type { Uuid } from '../domain/time.ts'
import { instantOf, type When } from '../domain/when.ts'
import { type AllocationRow, mastersByTargets, rowsHoldingToken } from '../store/allocations.ts'
import {
  type ReservationRow,
  reservationsByToken,
  rewriteReservation,
} from '../store/reservations.ts'
import { inSavepoint } from '../store/savepoint.ts'
import { approve } from './approve.ts'
import { TimerangeTooLong } from './errors.ts'
import { fire } from './events.ts'
import { one } from './lookup.ts'
import { remove } from './remove.ts'
import type { Reservation } from './reservation.ts'
import { prepare } from './reserve.ts'
import type { Surroundings } from './surroundings.ts'

/** New times as instants. */
export function newTimes(around: Surroundings, start: When, end: When): Stretch {
  require(start && end, 'Both dates must be given.')
  return { start: instantOf(start, around.timezone), end: instantOf(end, around.timezone) }
}

/** Whether a record has these times already; its end is inclusive, the new one may be either. */
export function isSameTime(
  record: Readonly<{ start: Micros | null; end: Micros | null }>,
  times: Stretch,
): boolean {
  return record.start === times.start && (record.end === times.end || record.end === times.end - 1)
}

/** Throws where the times do not lie within the allocation. */
export function refuseOutside(allocation: AllocationRow, times: Stretch, wanted: number): void {
  if (containsRange(allocation, times.start, times.end)) return
  throw new TimerangeTooLong({
    resource: allocation.mirrorOf,
    allocation: {
      id: allocation.id,
      start: allocation.start,
      end: allocation.end,
      span: spanOf(allocation.start, allocation.end),
      quota: allocation.quota,
    },
    wish: spanOf(times.start, times.end - 1),
    wanted,
  })
}

/** The one allocation that a record is on: by its slots once it is approved, by its target before. */
async function allocationOf(
  around: Surroundings,
  record: ReservationRow,
): Promise<AllocationRow | undefined> {
  const tx = around.tx()
  if (record.status === 'approved') {
    const rows = await rowsHoldingToken(tx, around.resource, record.token, record.id)
    return one(rows, 'allocation of this reservation')
  }
  const [first] = await mastersByTargets(tx, [record.target])
  return first
}

/** The record with its new times, or null where nothing changes. */
export async function changeReservation(
  around: Surroundings,
  token: Uuid,
  id: number,
  start: When,
  end: When,
  quota?: number | null,
): Promise<Reservation | null> {
  const times = newTimes(around, start, end)
  const tx = around.tx()
  const found = await reservationsByToken(tx, around.resource, token, id)
  const old = one(found, 'reservation with this token and id')
  if ((quota ?? old.quota) === old.quota && isSameTime(old, times)) return null
  const allocation = await allocationOf(around, old)
  require(allocation, 'The allocation of this reservation is gone.')
  refuseOutside(allocation, times, quota || old.quota)
  const before = new around.models.reservation(old, around)
  const oldTime = [before.displayStart(), before.displayEnd()] as const

  return inSavepoint(tx, async () => {
    await remove(around, token, id)
    const { shared, records } = await prepare(around, old.email, {
      dates: [
        { at: times.start, offset: 0, zone: 'UTC' },
        { at: times.end, offset: 0, zone: 'UTC' },
      ],
      data: around.load(old.data),
      quota: quota || old.quota,
    })
    const record = one(records, 'allocation at the new times')
    const row: ReservationRow = {
      ...shared,
      ...record,
      id: old.id,
      token: old.token,
      sessionId: old.sessionId,
      status: 'pending',
      modified: around.now(),
    }
    await rewriteReservation(tx, row, record, around.now())
    if (old.status === 'approved') await approve(around, token, { ids: [id], announced: false })
    const changed = new around.models.reservation({ ...row, status: old.status }, around)
    const newTime = [changed.displayStart(), changed.displayEnd()] as const
    const change = { reservation: changed, oldTime, newTime }
    await fire(around.events, 'onReservationTimeChanged', around.context, change)
    return changed
  })
}
