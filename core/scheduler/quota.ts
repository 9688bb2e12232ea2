/**
 * Changing the quota, and packing the places together when it shrinks (`3-reservations.md` 7.4). A constant number
 * of statements, also for many allocations at once.
 */
import { PreconditionFailed, require } from '../domain/failure.ts'
import { isUntouched, type Place, placesOf, repacked } from '../domain/places.ts'
import {
  type AllocationRow,
  changeQuotas,
  deleteRows,
  takenPlacesOfMasters,
} from '../store/allocations.ts'
import { moveSlots } from '../store/slots.ts'
import type { Allocation } from './allocation.ts'
import { AffectedReservationError } from './errors.ts'
import type { Surroundings } from './surroundings.ts'

/**
 * libres takes any row for a master here. On a mirror a larger quota changes the copy in its row, which nobody reads; a
 * smaller one is refused where too few mirrors are free, and makes no sense otherwise (`PreconditionFailed`).
 */
export async function changeQuotaOfMirror(
  around: Surroundings,
  mirror: Allocation,
  quota: number,
): Promise<void> {
  require(quota > 0, 'The quota must be greater than 0.')
  if (quota === mirror.quota) return
  if (quota > mirror.quota) {
    if (!mirror.isTransient) await changeQuotas(around.tx(), [mirror.id], quota, around.now())
    return
  }
  const mirrors = (await mirror.siblings()).filter((place) => !place.isMaster)
  let free = 0
  for (const place of [mirror, ...mirrors]) if (await place.isAvailable()) free += 1
  if (free < mirror.quota - quota) throw new AffectedReservationError(null)
  throw new PreconditionFailed('The quota is that of the master.')
}

type Plan = {
  readonly changed: number[]
  readonly moves: { from: number; to: number; resource: string }[]
  readonly dropped: number[]
}

/** Free places are dropped, used ones move forward; throws where fewer are free than have to go. */
function shrink(master: AllocationRow, places: readonly Place[], quota: number, plan: Plan): void {
  const unused = new Set(
    places.filter((place) => isUntouched(master, place)).map((place) => place.resource),
  )
  if (unused.size < master.quota - quota) throw new AffectedReservationError(null)
  const keys = places.map((place) => place.resource)
  const ids = new Map(places.map((place) => [place.resource, place.id]))
  const moves = repacked(keys, unused)
  for (const [from, to] of moves) {
    if (from === to) continue
    const target = ids.get(to)
    require(typeof target === 'number', 'A place in use stands behind one that has no row.')
    plan.moves.push({ from: ids.get(from) as number, to: target, resource: to })
  }
  const kept = new Set(moves.values())
  for (const { id, resource } of places) {
    if (id === null) continue
    if (resource === master.resource || kept.has(resource)) plan.changed.push(id)
    else plan.dropped.push(id)
  }
}

/** Sets the quota of some masters. An increase touches the master's row only: mirrors come when they are needed. */
export async function changeQuotaOf(
  around: Surroundings,
  masters: readonly AllocationRow[],
  quota: number,
): Promise<void> {
  require(quota > 0, 'The quota must be greater than 0.')
  const tx = around.tx()
  const plan: Plan = { changed: [], moves: [], dropped: [] }
  for (const master of masters) if (master.quota < quota) plan.changed.push(master.id)

  const shrinking = masters.filter((master) => master.quota > quota)
  if (shrinking.length > 0) {
    const places = await takenPlacesOfMasters(tx, shrinking)
    for (const master of shrinking) {
      const own = places
        .filter(({ row }) => row.start === master.start && row.mirrorOf === master.resource)
        .map(({ row: { id, resource }, taken }) => ({ id, resource, taken }))
      const keys = around.keys(master.resource, master.quota)
      shrink(master, placesOf(keys, master.quota, own), quota, plan)
    }
  }
  if (plan.moves.length > 0) await moveSlots(tx, plan.moves, around.now())
  if (plan.dropped.length > 0) await deleteRows(tx, plan.dropped)
  if (plan.changed.length > 0) await changeQuotas(tx, plan.changed, quota, around.now())
}
