/**
 * Companions: the rows that came with one result. What one of them asks of other tables is read for all of them at
 * once, the first time any of them asks, so that a loop over a result costs one statement and not one per row.
 *
 * What was read is kept as long as the objects are: read again to see later changes.
 */
import type { Micros } from '../domain/micros.ts'
import { type AllocationRow, groupKey, placesOfMasters, realGroups } from '../store/allocations.ts'
import { pendingOnGroups, type ReservationRow } from '../store/reservations.ts'
import { type SlotRow, slotsOfRows, startsOfRows, type TakenStarts } from '../store/slots.ts'
import type { Allocation } from './allocation.ts'
import type { Surroundings } from './surroundings.ts'

function grouped<K, V>(values: readonly V[], key: (value: V) => K): Map<K, V[]> {
  const groups = new Map<K, V[]>()
  for (const value of values) {
    const group = groups.get(key(value))
    if (group) group.push(value)
    else groups.set(key(value), [value])
  }
  return groups
}

const placeKey = (row: Readonly<{ mirrorOf: string; start: Micros }>) =>
  `${row.mirrorOf} ${row.start}`

const NOTHING_TAKEN: TakenStarts = { reserved: [], blocked: [] }

export class Companions {
  readonly around: Surroundings
  readonly #rows: readonly AllocationRow[]
  #slots: Promise<Map<number, SlotRow[]>> | undefined
  #starts: Promise<Map<number, TakenStarts>> | undefined
  #groups: Promise<ReadonlySet<string>> | undefined
  #places: Promise<Map<string, Allocation[]>> | undefined
  #pending: Promise<Map<string, ReservationRow[]>> | undefined

  /** @param inGroups keys of the groups that have several members, where they were read with the rows */
  constructor(
    around: Surroundings,
    rows: readonly AllocationRow[],
    inGroups?: ReadonlySet<string>,
  ) {
    this.around = around
    this.#rows = rows
    if (inGroups) this.#groups = Promise.resolve(inGroups)
  }

  /** All slots of one row, by start. */
  async slotsOf(row: AllocationRow): Promise<readonly SlotRow[]> {
    this.#slots ??= slotsOfRows(
      this.around.tx(),
      this.#rows.map((each) => each.id),
    ).then((slots) => grouped(slots, (slot) => slot.allocationId))
    return (await this.#slots).get(row.id) ?? []
  }

  /** When the taken steps of one row begin. */
  async startsOf(row: AllocationRow): Promise<TakenStarts> {
    this.#starts ??= startsOfRows(
      this.around.tx(),
      this.#rows.map((each) => each.id),
    )
    return (await this.#starts).get(row.id) ?? NOTHING_TAKEN
  }

  /** Whether the group of a row has other members. */
  async isInGroup(row: AllocationRow): Promise<boolean> {
    this.#groups ??= realGroups(this.around.tx(), this.#rows)
    return (await this.#groups).has(groupKey(row))
  }

  /** The rows of all places of the allocation that a row belongs to, companions of each other. */
  async placesOf(row: AllocationRow): Promise<readonly Allocation[]> {
    this.#places ??= placesOfMasters(this.around.tx(), this.#rows).then((rows) =>
      grouped(allocationsOf(this.around, rows), placeKey),
    )
    return (await this.#places).get(placeKey(row)) ?? []
  }

  /** The undecided records on the group of a row. */
  async pendingOn(row: AllocationRow): Promise<readonly ReservationRow[]> {
    this.#pending ??= pendingOnGroups(this.around.tx(), [
      ...new Set(this.#rows.map((each) => each.group)),
    ]).then((rows) => grouped(rows, (each) => each.target))
    return (await this.#pending).get(row.group) ?? []
  }
}

/** Rows as objects that know each other. */
export function allocationsOf(
  around: Surroundings,
  rows: readonly AllocationRow[],
  inGroups?: ReadonlySet<string>,
): Allocation[] {
  const companions = new Companions(around, rows, inGroups)
  return rows.map((row) => allocationOf(companions, row))
}

export function allocationOf(
  companions: Companions,
  row: AllocationRow,
  isTransient = false,
): Allocation {
  const { allocation, plainAllocation } = companions.around.models
  const Made = row.type === allocation.type ? allocation : plainAllocation
  return new Made(row, companions, isTransient)
}
