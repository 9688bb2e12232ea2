/**
 * Places: the copies of an allocation that its quota allows, in the order in which they are filled.
 *
 * Place 1 is the master; place n + 1 is the mirror with uuid `uuid5(resource, n)`. A mirror without a row is
 * imaginary and free. All pure: rows in, decision out; whoever writes slots notes them here too, so that the next
 * question in the same transaction is answered rightly.
 */
import type { Micros } from './micros.ts'
import type { Stretch } from './raster.ts'
import { type AllocationShape, wantedSlots } from './slots.ts'
import type { Uuid } from './time.ts'

export interface Place {
  readonly resource: Uuid
  /** The row's id; null while the place is imaginary. */
  readonly id: number | null
  /** Beginnings of the steps that are taken. */
  readonly taken: Set<Micros>
}

export type Existing = Readonly<{ resource: Uuid; id: number; taken: Set<Micros> }>

/**
 * Master, then the mirrors by number: those that exist, and imaginary ones for as many as the quota still allows.
 *
 * @param keys the uuids of all places, master first
 */
export function placesOf(keys: readonly Uuid[], quota: number, rows: readonly Existing[]): Place[] {
  const byResource = new Map(rows.map((row) => [row.resource, row]))
  let imaginary = quota - rows.length
  return keys.slice(0, Math.max(1, quota)).flatMap((resource): Place[] => {
    const row = byResource.get(resource)
    if (row) return [row]
    return imaginary-- > 0 ? [{ resource, id: null, taken: new Set() }] : []
  })
}

function isOpen(place: Place, wanted: readonly Stretch[]): boolean {
  return place.taken.size === 0 || wanted.every((slot) => !place.taken.has(slot.start))
}

/** The first place that is free between two times, or undefined. The times must overlap the allocation. */
export function findSpot(
  shape: AllocationShape,
  places: readonly Place[],
  start: Micros,
  end: Micros,
): Place | undefined {
  const wanted = wantedSlots(shape, start, end)
  return places.find((place) => isOpen(place, wanted))
}

/** How many places are free between two times; never two halves put together. */
export function countFree(
  shape: AllocationShape,
  places: readonly Place[],
  start: Micros,
  end: Micros,
): number {
  const wanted = wantedSlots(shape, start, end)
  return places.filter((place) => isOpen(place, wanted)).length
}

/**
 * How many places libres finds free where it asks an existing mirror in place of the master: that one, and all mirrors. The
 * least of all mirrors that have a row; undefined where none has.
 */
export function countFreeByMirrors(
  shape: AllocationShape,
  places: readonly Place[],
  start: Micros,
  end: Micros,
): number | undefined {
  const wanted = wantedSlots(shape, start, end)
  const mirrors = places.slice(1)
  const existing = mirrors.filter((place) => place.id !== null)
  if (existing.length === 0) return undefined
  const free = mirrors.filter((place) => isOpen(place, wanted)).length
  return free + (existing.every((place) => isOpen(place, wanted)) ? 1 : 0)
}

/** Whether nothing at all of a place is taken. `PreconditionFailed` for an allocation of no length. */
export function isUntouched(shape: AllocationShape, place: Place): boolean {
  return isOpen(place, wantedSlots(shape, shape.start, shape.end))
}

/**
 * Where each used place goes when the quota shrinks: forward by the number of unused ones before it. Unused
 * places go nowhere.
 */
export function repacked(keys: readonly Uuid[], unused: ReadonlySet<Uuid>): Map<Uuid, Uuid> {
  const moves = new Map<Uuid, Uuid>()
  let offset = 0
  for (const [index, key] of keys.entries()) {
    if (unused.has(key)) offset++
    else moves.set(key, keys[index - offset] as Uuid)
  }
  return moves
}
