/**
 * Records: the resource of a scheduler, and what the tables hold of it, as it is. Nothing here decides or changes; what
 * can be done with it is `Scheduler`.
 */
import type { Stretch } from '../domain/raster.ts'
import type { Uuid } from '../domain/time.ts'
import { plainUuid } from '../domain/uuid.ts'
import type { When } from '../domain/when.ts'
import {
  mastersInRanges,
  placesOfMasters,
  rowsByGroups,
  rowsByIds,
  rowsHoldingToken,
  rowsOfResources,
} from '../store/allocations.ts'
import { blockersByGroup, blockersByToken, blockersOfResources } from '../store/blockers.ts'
import {
  reservationsByGroup,
  reservationsByToken,
  reservationsOfResources,
} from '../store/reservations.ts'
import { slotsOfGroup, slotsOfResources, slotsOfRows, slotsOfToken } from '../store/slots.ts'
import type { Allocation } from './allocation.ts'
import { rangeOf } from './availability.ts'
import { Blocker } from './blocker.ts'
import { allocationsOf } from './companions.ts'
import type { Context } from './context.ts'
import { one, rowById } from './lookup.ts'
import type { Reservation } from './reservation.ts'
import { ReservedSlot } from './slot.ts'
import type { Surroundings } from './surroundings.ts'

/** The names of a resource and its rows. */
export class Records {
  protected readonly around: Surroundings

  constructor(around: Surroundings) {
    this.around = around
  }

  /** The context whose settings and services it works with. */
  get context(): Context {
    return this.around.context
  }

  /** The name below that of the context; the uuid of the resource is derived from both. */
  get name(): string {
    return this.around.name
  }

  /** IANA zone, in which times without one are read. */
  get timezone(): string {
    return this.around.timezone
  }

  /** The uuid of the resource, derived from the names of context and scheduler. */
  get resource(): Uuid {
    return this.around.resource
  }

  /** Names in the same context that have to be free, too. */
  get blockingNames(): readonly string[] {
    return this.around.blockingNames
  }

  /** The resources that have to be free, too. */
  get blockingResources(): readonly Uuid[] {
    return this.around.blockingResources
  }

  // ── Everything of the resource ────────────────────────────────────────────────────────────────

  /** All rows, mirrors too, by start. */
  managedAllocations(): Promise<Allocation[]> {
    return this.#allocationsOf([this.resource])
  }

  /** All records, pending and approved, by id. */
  managedReservations(): Promise<Reservation[]> {
    return this.#reservationsOf([this.resource])
  }

  /** All records of blockers, by id. */
  managedBlockers(): Promise<Blocker[]> {
    return this.#blockersOf([this.resource])
  }

  /** All taken steps, those of mirrors too, by start and row. */
  managedReservedSlots(): Promise<ReservedSlot[]> {
    return this.#slotsOf([this.resource])
  }

  /** The same with those of the blocking resources. */
  visibleAllocations(): Promise<Allocation[]> {
    return this.#allocationsOf(this.around.visibleResources)
  }

  /** Records of this and the blocking resources, by id. */
  visibleReservations(): Promise<Reservation[]> {
    return this.#reservationsOf(this.around.visibleResources)
  }

  /** Blockers of this and the blocking resources, by id. */
  visibleBlockers(): Promise<Blocker[]> {
    return this.#blockersOf(this.around.visibleResources)
  }

  /** Taken steps of this and the blocking resources, by start and row. */
  visibleReservedSlots(): Promise<ReservedSlot[]> {
    return this.#slotsOf(this.around.visibleResources)
  }

  // ── Looking up ─────────────────────────────────────────────────────────────────────────────────

  /** A row of the resource, master or mirror. `NotFound`. */
  async allocationById(id: number): Promise<Allocation> {
    return one(allocationsOf(this.around, [await rowById(this.around, id)]), 'allocation')
  }

  /** Those that there are, by start. */
  async allocationsByIds(ids: readonly number[]): Promise<Allocation[]> {
    return allocationsOf(this.around, await rowsByIds(this.tx, this.resource, ids))
  }

  /** The members of a group, by start; without their mirrors unless asked for. */
  async allocationsByGroup(group: Uuid, masters = true): Promise<Allocation[]> {
    const which = masters ? 'masters' : 'all'
    const rows = await rowsByGroups(this.tx, this.resource, [plainUuid(group)], which)
    return allocationsOf(this.around, rows)
  }

  /** Rows, masters or mirrors, in which the reservations of a token hold slots. Empty while they are pending. */
  async allocationsByReservation(token: Uuid, id?: number): Promise<Allocation[]> {
    const rows = await rowsHoldingToken(this.tx, this.resource, plainUuid(token), id ?? null)
    return allocationsOf(this.around, rows)
  }

  /** Masters that a range meets; ends count, also where they only touch. */
  async allocationsInRange(start: When, end: When): Promise<Allocation[]> {
    const range = rangeOf(start, end, this.timezone)
    return allocationsOf(this.around, await mastersInRanges(this.tx, [this.resource], [range]))
  }

  /** The one master that a range meets. `NotFound`, `Ambiguous`. */
  async allocationByDate(start: When, end: When): Promise<Allocation> {
    return one(await this.allocationsInRange(start, end), 'allocation at this date')
  }

  /** The mirrors of a master that have rows. */
  async allocationMirrorsByMaster(master: Allocation): Promise<Allocation[]> {
    const rows = await placesOfMasters(this.tx, [master])
    return allocationsOf(
      this.around,
      rows.filter((row) => row.resource !== row.mirrorOf),
    )
  }

  /** The stored times of the members of a group, by start. */
  async allocationDatesByGroup(group: Uuid): Promise<Stretch[]> {
    const members = await this.allocationsByGroup(group)
    return members.map(({ start, end }) => ({ start, end }))
  }

  /** By id. */
  async reservationsByToken(token: Uuid, id?: number): Promise<Reservation[]> {
    const rows = await reservationsByToken(this.tx, this.resource, plainUuid(token), id ?? null)
    return this.reservationsFrom(rows)
  }

  /** All records that share a token with one on the group. */
  async reservationsByGroup(group: Uuid): Promise<Reservation[]> {
    return this.reservationsFrom(
      await reservationsByGroup(this.tx, this.resource, plainUuid(group)),
    )
  }

  /** The same by an allocation of the group. `NotFound`. */
  async reservationsByAllocation(id: number): Promise<Reservation[]> {
    return this.reservationsByGroup((await rowById(this.around, id)).group)
  }

  /**
   * What the reservations of a token hold, or one record of it, by start and row. Nothing while they are
   * pending.
   */
  async reservedSlotsByReservation(token: Uuid, id?: number): Promise<ReservedSlot[]> {
    const kind = 'reservation'
    const rows = await slotsOfToken(this.tx, this.resource, plainUuid(token), kind, id ?? null)
    return rows.map((row) => new ReservedSlot(row))
  }

  /** What the blockers of a token hold, or one record of it, by start and row. */
  async reservedSlotsByBlocker(token: Uuid, id?: number): Promise<ReservedSlot[]> {
    const kind = 'blocker'
    const rows = await slotsOfToken(this.tx, this.resource, plainUuid(token), kind, id ?? null)
    return rows.map((row) => new ReservedSlot(row))
  }

  /** The slots of all rows of a group. */
  async reservedSlotsByGroup(group: Uuid): Promise<ReservedSlot[]> {
    const rows = await slotsOfGroup(this.tx, this.resource, plainUuid(group))
    return rows.map((row) => new ReservedSlot(row))
  }

  /** The slots of one row. */
  async reservedSlotsByAllocation(id: number): Promise<ReservedSlot[]> {
    const row = await rowById(this.around, id)
    return (await slotsOfRows(this.tx, [row.id])).map((slot) => new ReservedSlot(slot))
  }

  /** By id; nothing for an unknown token. */
  async blockersByToken(token: Uuid, id?: number): Promise<Blocker[]> {
    const rows = await blockersByToken(this.tx, this.resource, plainUuid(token), id ?? null)
    return rows.map((row) => new Blocker(row, this.around))
  }

  /** All records that share a token with one on the group, by id. */
  async blockersByGroup(group: Uuid): Promise<Blocker[]> {
    const rows = await blockersByGroup(this.tx, this.resource, plainUuid(group))
    return rows.map((row) => new Blocker(row, this.around))
  }

  protected get tx() {
    return this.around.tx()
  }

  async #allocationsOf(resources: readonly Uuid[]): Promise<Allocation[]> {
    return allocationsOf(this.around, await rowsOfResources(this.tx, resources))
  }

  protected reservationsFrom(
    rows: Awaited<ReturnType<typeof reservationsOfResources>>,
  ): Reservation[] {
    return rows.map((row) => new this.around.models.reservation(row, this.around))
  }

  async #reservationsOf(resources: readonly Uuid[]): Promise<Reservation[]> {
    return this.reservationsFrom(await reservationsOfResources(this.tx, resources))
  }

  async #blockersOf(resources: readonly Uuid[]): Promise<Blocker[]> {
    const rows = await blockersOfResources(this.tx, resources)
    return rows.map((row) => new Blocker(row, this.around))
  }

  async #slotsOf(resources: readonly Uuid[]): Promise<ReservedSlot[]> {
    return (await slotsOfResources(this.tx, resources)).map((row) => new ReservedSlot(row))
  }
}
