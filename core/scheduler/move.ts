/**
 * Moving an allocation, with its mirrors, and changing its rules (`3-reservations.md` 11). What is reserved must
 * still fit. Slots stay where they are: a wish that fitted before fits at the same time.
 */
import { PreconditionFailed, require } from '../domain/failure.ts'
import { rasterize, SMALLEST_RASTER, type Stretch } from '../domain/raster.ts'
import { containsRange } from '../domain/slots.ts'
import type { Uuid } from '../domain/time.ts'
import { plainUuid } from '../domain/uuid.ts'
import { instantOf, readWhen, type When } from '../domain/when.ts'
import { alignToDays } from '../domain/whole-day.ts'
import {
  type AllocationRow,
  changeRules,
  type JsonObject,
  mastersInRanges,
  moveRows,
  rowsByGroups,
} from '../store/allocations.ts'
import { pendingOnGroups, type ReservationRow } from '../store/reservations.ts'
import { type SlotRow, slotsOfRows } from '../store/slots.ts'
import { allocationsOf } from './companions.ts'
import {
  AffectedPendingReservationError,
  AffectedReservationError,
  InvalidAllocationError,
  OverlappingAllocationError,
} from './errors.ts'
import { rowAndMirrors, rowById } from './lookup.ts'
import { changeQuotaOf } from './quota.ts'
import { ReservedSlot } from './slot.ts'
import type { Surroundings } from './surroundings.ts'

/** What is to be different: both times, a group or a quota at least (`PreconditionFailed`). */
export type MoveChange = Readonly<{
  start?: When | null | undefined
  end?: When | null | undefined
  /** A group that exists, to join it; a new uuid, to stand alone. */
  group?: Uuid | null | undefined
  quota?: number | null | undefined
  approveManually?: boolean | null | undefined
  /** Null leaves it. Left out it is reset to 0 (no limit): pass it on to keep it. */
  quotaLimit?: number | null | undefined
  wholeDay?: boolean | null | undefined
  /** Left out: as it is. */
  data?: JsonObject | null | undefined
}>

/**
 * A time that comes alone is not read on any clock, and cannot be compared with the one that is there where it names no
 * zone itself.
 */
function refuseNaiveAlone({ start, end }: MoveChange): void {
  if (start && end) return
  const alone = start || end
  if (alone && readWhen(alone).offset === null) {
    throw new TypeError('A single time must name its zone.')
  }
}

/** Where the allocation is to be, rasterised. */
function target(around: Surroundings, master: AllocationRow, change: MoveChange): Stretch {
  const zone = around.timezone
  refuseNaiveAlone(change)
  let start = change.start ? instantOf(change.start, zone) : master.start
  let end = change.end ? instantOf(change.end, zone) : master.end
  if (change.wholeDay) ({ start, end } = alignToDays(start, end, zone))
  if (end < start) throw new InvalidAllocationError('The allocation would end before it begins.')
  const fine = rasterize(start, end, SMALLEST_RASTER)
  return rasterize(fine.start, fine.end, master.raster)
}

/** Throws where something reserved, or wished for, would no longer fit. */
function refuseAffected(
  around: Surroundings,
  rows: readonly AllocationRow[],
  slots: readonly SlotRow[],
  pending: readonly ReservationRow[],
  to: Stretch,
): void {
  for (const row of rows) {
    const own = slots.filter((slot) => slot.allocationId === row.id)
    const isMaster = row.resource === row.mirrorOf
    if (row.partlyAvailable) {
      const moved = { ...row, ...to }
      const outside = own.find((slot) => !containsRange(moved, slot.start, slot.end))
      if (outside) throw new AffectedReservationError(new ReservedSlot(outside))
      if (!isMaster) continue
      for (const record of pending) {
        if (record.start === null || record.end === null) {
          throw new PreconditionFailed('A reservation of the group is pending.')
        }
        if (!containsRange(moved, record.start, record.end)) {
          throw new AffectedPendingReservationError(new around.models.reservation(record, around))
        }
      }
    } else if (row.start !== to.start || row.end !== to.end) {
      const [slot] = own
      if (slot) throw new AffectedReservationError(new ReservedSlot(slot))
      const [record] = pending
      if (isMaster && record) {
        throw new AffectedPendingReservationError(new around.models.reservation(record, around))
      }
    }
  }
}

/** @param masterId of a mirror: only the mirrors are moved, as in libres; wherever their master is in the way, nothing */
export async function moveAllocation(
  around: Surroundings,
  masterId: number,
  change: MoveChange,
): Promise<void> {
  require(masterId, 'No allocation was given.')
  require((change.start && change.end) ||
    change.group ||
    change.quota, 'Neither new dates nor a group nor a quota were given.')
  const tx = around.tx()
  const master = await rowById(around, masterId)
  const rows = await rowAndMirrors(around, master)
  require(master.timezone === around.timezone, 'The allocation has another time zone.')
  const to = target(around, master, change)

  const ids = rows.map((row) => row.id)
  const near = await mastersInRanges(tx, [around.resource], [to])
  const other = near.find((row) => !ids.includes(row.id))
  if (other) {
    const [existing] = allocationsOf(around, [other])
    if (existing) throw new OverlappingAllocationError(to.start, to.end, existing)
  }
  const slots = await slotsOfRows(tx, ids)
  const pending = await pendingOnGroups(tx, [master.group])
  refuseAffected(around, rows, slots, pending, to)

  const group = change.group ? plainUuid(change.group) : master.group
  await applyRules(around, group, change)
  const data = change.data === undefined ? null : around.dump(change.data)
  // Rasterised once more as it is written: an end with seconds gives up one more microsecond.
  const written = rasterize(to.start, to.end, master.raster)
  await moveRows(tx, ids, { ...written, group, data }, around.now())
}

/** The flags are those of a group: all its masters get them, and a new group has none. */
async function applyRules(around: Surroundings, group: Uuid, change: MoveChange): Promise<void> {
  const tx = around.tx()
  const masters = await rowsByGroups(tx, around.resource, [group], 'masters')
  if (masters.length === 0) return
  await changeRules(
    tx,
    masters.map((row) => row.id),
    {
      approveManually: change.approveManually ?? null,
      quotaLimit: change.quotaLimit === undefined ? 0 : change.quotaLimit,
    },
    around.now(),
  )
  if (typeof change.quota === 'number') await changeQuotaOf(around, masters, change.quota)
}
