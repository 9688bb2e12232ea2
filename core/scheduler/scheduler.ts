/**
 * Scheduler: everything that can be done with the allocations and reservations of one resource, as libres does it,
 * on the same tables (`3-reservations.md`).
 *
 * It works in the transaction of its caller and never begins, commits or rolls back one. Where it throws it may
 * have written already: roll back.
 */
import type { Uuid } from '../domain/time.ts'
import { plainUuid } from '../domain/uuid.ts'
import type { Dates } from '../domain/when.ts'
import { reservationsByToken } from '../store/reservations.ts'
import { type AllocateOptions, allocate } from './allocate.ts'
import type { Allocation } from './allocation.ts'
import { approve } from './approve.ts'
import type { Context } from './context.ts'
import { deny, remove, removeAllocation, type WhichAllocations } from './remove.ts'
import type { Reservation } from './reservation.ts'
import { type ReserveWish, reserve } from './reserve.ts'
import type { ReservedSlot } from './slot.ts'
import { Surroundings, type SurroundingsOptions } from './surroundings.ts'

export class Scheduler {
  readonly #around: Surroundings

  constructor(options: SurroundingsOptions) {
    this.#around = new Surroundings(options)
  }

  get context(): Context {
    return this.#around.context
  }

  get name(): string {
    return this.#around.name
  }

  get timezone(): string {
    return this.#around.timezone
  }

  /** The uuid of the resource, derived from the names of context and scheduler. */
  get resource(): Uuid {
    return this.#around.resource
  }

  /** The resources that have to be free, too. */
  get blockingResources(): readonly Uuid[] {
    return this.#around.blockingResources
  }

  /** @see allocate */
  allocate(dates: Dates, options?: AllocateOptions): Promise<Allocation[]> {
    return allocate(this.#around, dates, options)
  }

  reserve(email: string, wish: ReserveWish): Promise<Uuid> {
    return reserve(this.#around, email, wish)
  }

  approveReservations(token: Uuid): Promise<ReservedSlot[]> {
    return approve(this.#around, plainUuid(token), { announced: true })
  }

  denyReservation(token: Uuid): Promise<void> {
    return deny(this.#around, plainUuid(token))
  }

  removeReservation(token: Uuid, id?: number): Promise<void> {
    return remove(this.#around, plainUuid(token), id)
  }

  removeAllocation(which: WhichAllocations): Promise<void> {
    return removeAllocation(this.#around, which)
  }

  async reservationsByToken(token: Uuid, id?: number): Promise<Reservation[]> {
    const around = this.#around
    const rows = await reservationsByToken(
      around.tx(),
      around.resource,
      plainUuid(token),
      id ?? null,
    )
    return rows.map((row) => new around.reservationClass(row, around))
  }
}
