/**
 * A wish held against what is there: one date and one master it meets, with its places, existing and imaginary.
 */
import { require } from '../domain/failure.ts'
import type { Micros } from '../domain/micros.ts'
import { spanOf } from '../domain/micros.ts'
import { countFree, type Place, placesOf } from '../domain/places.ts'
import type { Stretch } from '../domain/raster.ts'
import { wantedSlots } from '../domain/slots.ts'
import type { AllocationRow } from '../store/allocations.ts'
import { type PlaceRow, type Spot, spotsOfDates, type TakenStep } from '../store/spots.ts'
import { AlreadyReservedError, type InTheWay } from './errors.ts'
import type { Surroundings } from './surroundings.ts'

/** The places of the allocations that one call looks at, each allocation once, so that what it takes is seen. */
export class PlaceBook {
  readonly #around: Surroundings
  readonly #rows = new Map<
    number,
    Map<number, { resource: string; id: number; taken: Set<Micros> }>
  >()
  readonly #places = new Map<number, Place[]>()
  readonly #spare = new Map<number, number[]>()

  constructor(around: Surroundings, spots: readonly Spot[]) {
    this.#around = around
    for (const { master, places, spare } of spots) {
      if (!master) continue
      this.#note(master, places)
      if (!spare?.place) continue
      this.#spare.set(master.id, [...(this.#spare.get(master.id) ?? []), spare.place])
    }
  }

  /** An id for the row of a new place of this master, once; null where none was drawn. */
  spareId(master: AllocationRow): number | null {
    return this.#spare.get(master.id)?.shift() ?? null
  }

  #note(master: AllocationRow, places: readonly PlaceRow[]): void {
    const rows = this.#rows.get(master.id) ?? new Map()
    this.#rows.set(master.id, rows)
    for (const { id, resource, taken } of places) {
      const row = rows.get(id) ?? { resource, id, taken: new Set() }
      for (const step of taken) row.taken.add(step.start)
      rows.set(id, row)
    }
  }

  placesOf(master: AllocationRow): Place[] {
    const known = this.#places.get(master.id)
    if (known) return known
    const rows = [...(this.#rows.get(master.id)?.values() ?? [])]
    const own = rows.filter((row) => row.resource === master.resource)
    const made =
      master.quota === 1
        ? placesOf([master.resource], 1, own)
        : placesOf(this.#around.keys(master.resource, master.quota), master.quota, rows)
    this.#places.set(master.id, made)
    return made
  }
}

/** What an error says of a wish and the allocation it met. */
export function inTheWay(
  spot: Readonly<{ wish: Stretch; master: AllocationRow; places: readonly PlaceRow[] }>,
  wanted: number,
  free: number,
): InTheWay {
  const { wish, master } = spot
  const steps = new Set(wantedSlots(master, wish.start, wish.end).map((slot) => slot.start))
  const taken = spot.places.flatMap((place): readonly TakenStep[] =>
    [...place.taken].sort((one, other) => one.start - other.start),
  )
  return {
    resource: master.resource,
    allocation: {
      id: master.id,
      start: master.start,
      end: master.end,
      span: spanOf(master.start, master.end),
      quota: master.quota,
    },
    wish: spanOf(wish.start, wish.end - 1),
    wanted,
    free,
    taken: taken
      .filter((step) => steps.has(step.start))
      .map(({ token, sourceType, sourceId, start, end }) => ({
        token,
        sourceType,
        sourceId,
        span: spanOf(start, end),
      })),
  }
}

export function alreadyReserved(
  spot: Readonly<{ wish: Stretch; master: AllocationRow; places: readonly PlaceRow[] }>,
  places: readonly Place[],
  wanted: number,
): AlreadyReservedError {
  const { wish, master } = spot
  return new AlreadyReservedError(
    inTheWay(spot, wanted, countFree(master, places, wish.start, wish.end)),
  )
}

/** The same for a master that is only being looked at. */
export async function spotsInTheWay(
  around: Surroundings,
  master: Readonly<{ id: number }>,
  range: Stretch,
): Promise<InTheWay> {
  const spots = await spotsOfDates(around.tx(), [around.resource], [range])
  const spot = spots.find((each) => each.master?.id === master.id)
  require(spot?.master, 'The allocation is gone.')
  return inTheWay({ ...spot, master: spot.master }, 1, 0)
}
