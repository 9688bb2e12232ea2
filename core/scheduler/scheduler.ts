/**
 * Scheduler: everything that can be done with the allocations and reservations of one resource, as libres does it,
 * on the same tables (`3-reservations.md`).
 *
 * It works in the transaction of its caller and never begins, commits or rolls back one. Where it throws it may
 * have written already: roll back. Times without a zone are read on the clock of the scheduler's zone.
 */
import { require } from '../domain/failure.ts'
import { limitTimespan } from '../domain/limit.ts'
import { DAY_US, type Micros, remainder } from '../domain/micros.ts'
import type { Stretch } from '../domain/raster.ts'
import type { LaneMove } from '../domain/repack.ts'
import { displayEnd, displayStart } from '../domain/share.ts'
import type { Span, Uuid } from '../domain/time.ts'
import { plainUuid } from '../domain/uuid.ts'
import { clockMicros, type Dates, type When } from '../domain/when.ts'
import { type JsonObject, rowsByIds } from '../store/allocations.ts'
import { extinguish } from '../store/extinguish.ts'
import { changeableReservations, changeData, changeEmails } from '../store/reservations.ts'
import { makeTables } from '../store/tables.ts'
import { type AllocateOptions, allocate } from './allocate.ts'
import type { Allocation } from './allocation.ts'
import { approve } from './approve.ts'
import { availability, rangeOf } from './availability.ts'
import {
  addBlocker,
  type BlockWish,
  changeBlocker,
  changeBlockerReason,
  removeBlocker,
} from './block.ts'
import type { Blocker } from './blocker.ts'
import { changeReservation } from './change.ts'
import { allocationsOf } from './companions.ts'
import { AlreadyReservedError } from './errors.ts'
import { type AvailabilityItem, type Cells, cellsInRange, itemsInRange } from './items.ts'
import { masterById, mastersMeeting } from './lookup.ts'
import { modelsOf, type OwnModels } from './models.ts'
import { type MoveChange, moveAllocation } from './move.ts'
import { Queries } from './queries.ts'
import { changeQuotaOf, changeQuotaOfMirror } from './quota.ts'
import { Records } from './records.ts'
import { relocate } from './relocate.ts'
import { deny, remove, removeAllocation, type WhichAllocations } from './remove.ts'
import { changePlacesOf } from './repack.ts'
import type { Reservation } from './reservation.ts'
import { type ReserveWish, reserve } from './reserve.ts'
import { reserveApproved } from './reserve-approved.ts'
import { type Found, type SearchOptions, searchAllocations } from './search.ts'
import type { ReservedSlot } from './slot.ts'
import { Surroundings, type SurroundingsOptions } from './surroundings.ts'
import { removeUnusedAllocations, type UnusedOptions } from './unused.ts'
import { spotsInTheWay } from './wanted.ts'

export type SchedulerOptions = SurroundingsOptions & OwnModels

export class Scheduler extends Records {
  /** What is asked across resources; with services of its own memory. */
  readonly queries: Queries
  readonly #options: SchedulerOptions

  /** No statement is sent. `PreconditionFailed` without a time zone. */
  constructor(options: SchedulerOptions) {
    super(new Surroundings(options, modelsOf(options)))
    this.#options = options
    const { reservationClass } = options
    this.queries = new Queries(options.context, reservationClass ? { reservationClass } : {})
  }

  /** Another scheduler with the same context, names, zone and classes, and a memory of its own. */
  clone(): Scheduler {
    return new Scheduler(this.#options)
  }

  /** Forgets the services that were asked for; not those of `queries`. */
  clearCache(): void {
    this.around.clearCache()
  }

  /** Makes libres' tables where they are missing; what is there stays. */
  setupDatabase(): Promise<void> {
    return makeTables(this.tx)
  }

  /** Deletes all of it: reservations, blockers, slots, allocations. */
  extinguishManagedRecords(): Promise<void> {
    return extinguish(this.tx, this.resource)
  }

  // ── Allocations ───────────────────────────────────────────────────────────────────────────────

  /**
   * Makes dates available for reservation; answers the allocations in the order of the dates.
   *
   * `InvalidAllocationError` for dates that are reversed or overlap each other, `OverlappingAllocationError` for
   * those that overlap what is there, `ValueError` for a reversed whole day.
   *
   * @example
   * await hall.allocate([['2027-04-01T08:00', '2027-04-01T12:00']], { partlyAvailable: true, raster: 15 })
   */
  allocate(dates: Dates, options?: AllocateOptions): Promise<Allocation[]> {
    return allocate(this.around, dates, options)
  }

  /**
   * The part of each allocation within two times of day (`HH:MM`, its own start and end without them), by start.
   * Ends are inclusive.
   */
  async allocationDatesByIds(
    ids: readonly number[],
    startTime?: string | null,
    endTime?: string | null,
  ): Promise<Stretch[]> {
    const rows = await rowsByIds(this.tx, this.resource, ids)
    return rows.map((row) => {
      const clock = (time: Readonly<{ at: Micros; offset: Micros }>) =>
        remainder(time.at + time.offset, DAY_US)
      const [start, end] = limitTimespan(
        row,
        startTime ? clockMicros(startTime) : clock(displayStart(row)),
        endTime ? clockMicros(endTime) : clock(displayEnd(row)),
      )
      return { start: start.at, end: end.at - 1 }
    })
  }

  /** Whether somebody has to decide on any of these. */
  async manualApprovalRequired(ids: readonly number[]): Promise<boolean> {
    const rows = await rowsByIds(this.tx, this.resource, ids)
    return rows.some((row) => row.approveManually)
  }

  /**
   * More or fewer places. Fewer only where enough are wholly free (`AffectedReservationError`); those in use then
   * move forward into the gaps.
   */
  async changeQuota(master: Allocation | number, quota: number): Promise<void> {
    require(quota > 0, 'The quota must be greater than 0.')
    if (typeof master !== 'number' && !master.isMaster) {
      return changeQuotaOfMirror(this.around, master, quota)
    }
    const id = typeof master === 'number' ? master : master.id
    return changeQuotaOf(this.around, [await masterById(this.around, id)], quota)
  }

  /**
   * More or fewer places, beyond libres: fewer are possible as long as never more are taken at once. Answers who went
   * to another place. `AffectedReservationError` where it is not possible.
   */
  async changePlaces(
    master: number,
    quota: number,
    wanted: readonly LaneMove[] = [],
  ): Promise<LaneMove[]> {
    require(quota > 0, 'The quota must be greater than 0.')
    return changePlacesOf(this.around, await masterById(this.around, master), quota, wanted)
  }

  /**
   * Moves a master with its mirrors, or changes its rules. Left out, `quotaLimit` is reset to 0, as in libres.
   *
   * `NotFound`, `InvalidAllocationError`, `OverlappingAllocationError`, `AffectedReservationError`,
   * `AffectedPendingReservationError`.
   */
  moveAllocation(masterId: number, change: MoveChange): Promise<void> {
    return moveAllocation(this.around, masterId, change)
  }

  /**
   * Removes one allocation (also a single member of a group) or whole groups, where nothing holds them.
   * `NotFound` for an id, `AffectedReservationError`, `AffectedPendingReservationError`.
   */
  removeAllocation(which: WhichAllocations): Promise<void> {
    return removeAllocation(this.around, which)
  }

  /** Removes what nobody ever used in a range; answers the number of rows. */
  removeUnusedAllocations(start: When, end: When, options?: UnusedOptions): Promise<number> {
    return removeUnusedAllocations(this.around, start, end, options)
  }

  // ── Places ────────────────────────────────────────────────────────────────────────────────────

  /** The first place of a master that is free between two times, or null. */
  findSpot(master: Allocation, start: When, end: When): Promise<Allocation | null> {
    return master.findSpot(start, end)
  }

  /** How many places of a master are free between two times, each for the whole of it. */
  freeAllocationsCount(master: Allocation, start: When, end: When): Promise<number> {
    return master.freeAllocationsCount(start, end)
  }

  /** The place in each allocation met that a reservation would take. `AlreadyReservedError` where there is none. */
  async reservationTargets(start: When, end: When): Promise<Allocation[]> {
    const range = rangeOf(start, end, this.timezone)
    const masters = allocationsOf(this.around, await mastersMeeting(this.around, range))
    const targets: Allocation[] = []
    for (const master of masters) {
      const spot = await master.findSpot(at(range.start), at(range.end))
      if (!spot) throw new AlreadyReservedError(await spotsInTheWay(this.around, master, range))
      targets.push(spot)
    }
    return targets
  }

  // ── Reservations ──────────────────────────────────────────────────────────────────────────────

  /**
   * Wishes for dates, or for a group; answers the token that names the wish. It is pending until it is approved,
   * and takes nothing before.
   *
   * `InvalidEmailAddress`, `ReservationTooLong`, `ReservationTooShort`, `AlreadyReservedError`,
   * `TimerangeTooLong`, `QuotaOverLimit`, `QuotaImpossible`, `InvalidQuota`, `InvalidReservationError`,
   * `OverlappingReservationError`; `PreconditionFailed` unless exactly one of dates and group is given.
   *
   * @example
   * const token = await hall.reserve('a@b.ch', { dates: ['2027-04-01T08:00', '2027-04-01T09:30'] })
   * await hall.approveReservations(token)
   */
  reserve(email: string, wish: ReserveWish): Promise<Uuid> {
    return reserve(this.around, email, wish)
  }

  /**
   * Takes the slots of all records of a token and answers them; nothing for an unknown token. Approving twice
   * takes a second place. `AlreadyReservedError`, `NotReservableError`, both with the record that failed.
   */
  approveReservations(token: Uuid): Promise<ReservedSlot[]> {
    return approve(this.around, plainUuid(token), { announced: true })
  }

  /**
   * `reserve` and `approveReservations` in one go, for whoever may decide at once: the same rows and events, refused as
   * the two refuse. Name the token in the wish to know it; where it is that of an earlier booking, only what is new is
   * approved.
   */
  reserveApproved(email: string, wish: ReserveWish): Promise<ReservedSlot[]> {
    return reserveApproved(this.around, email, wish)
  }

  /** Deletes the undecided records of a token. */
  denyReservation(token: Uuid): Promise<void> {
    return deny(this.around, plainUuid(token))
  }

  /** Deletes the records of a token, or one of them, and what they hold. */
  removeReservation(token: Uuid, id?: number): Promise<void> {
    return remove(this.around, plainUuid(token), id)
  }

  /**
   * New times (and places) for one record, which keeps id, token and session; null where nothing changes.
   *
   * `NotFound`, `Ambiguous` (groups, several places), `TimerangeTooLong`, and all that `reserve` refuses.
   */
  changeReservation(
    token: Uuid,
    id: number,
    start: When,
    end: When,
    quota?: number | null,
  ): Promise<Reservation | null> {
    return changeReservation(this.around, plainUuid(token), id, start, end, quota)
  }

  /**
   * New times for one record, also in another allocation, or on the resource of another scheduler. It keeps id, token,
   * data and time of creation; answers the span it has now. Not in libres.
   *
   * `NotFound`, `OnlyTogether` (groups), and all that `reserve` and `approveReservations` refuse.
   */
  moveReservation(token: Uuid, id: number, during: Span, to: Scheduler = this): Promise<Span> {
    return relocate(this.around, to.around, plainUuid(token), id, during)
  }

  /** @deprecated `changeReservation`, which can also change the number of places. */
  changeReservationTime(
    token: Uuid,
    id: number,
    start: When,
    end: When,
  ): Promise<Reservation | null> {
    return this.changeReservation(token, id, start, end)
  }

  /** Approved records of single, partly available allocations: those whose times can be changed. No tokens: of all. */
  async changeReservationTimeCandidates(tokens?: readonly Uuid[] | null): Promise<Reservation[]> {
    const wanted = tokens?.length ? tokens.map(plainUuid) : null
    return this.reservationsFrom(await changeableReservations(this.tx, this.resource, wanted))
  }

  /** Another address for all records of a token. It is not checked. */
  changeEmail(token: Uuid, email: string): Promise<void> {
    return changeEmails(this.tx, this.resource, plainUuid(token), email, this.around.now())
  }

  /** Other data for all records of a token. */
  changeReservationData(token: Uuid, data: JsonObject | null): Promise<void> {
    return changeData(
      this.tx,
      this.resource,
      plainUuid(token),
      this.around.dump(data),
      this.around.now(),
    )
  }

  // ── Blockers ──────────────────────────────────────────────────────────────────────────────────

  /**
   * Takes dates, or a group, away from reservation: all places at once, which must all be free of approved
   * reservations. Refuses as `reserve` does, and `NotReservableError` for an unknown group.
   */
  addBlocker(wish: BlockWish): Promise<Blocker[]> {
    return addBlocker(this.around, wish)
  }

  /** Deletes the records of a token, or one of them, and the steps they hold. An unknown token is no error. */
  removeBlocker(token: Uuid, id?: number): Promise<void> {
    return removeBlocker(this.around, plainUuid(token), id)
  }

  /** Another reason for all records of a token. An unknown token is no error. */
  changeBlockerReason(token: Uuid, reason: string | null): Promise<void> {
    return changeBlockerReason(this.around, plainUuid(token), reason)
  }

  /** New times for one record, which keeps id, token and reason; null where nothing changes. */
  changeBlocker(token: Uuid, id: number, start: When, end: When): Promise<Blocker | null> {
    return changeBlocker(this.around, plainUuid(token), id, start, end)
  }

  // ── Searching and counting ────────────────────────────────────────────────────────────────────

  /**
   * Masters of a range whose daily window (the clock of `start` to the clock of `end`) meets them, and the other
   * members of their groups. `PreconditionFailed` for filters that do not exist.
   */
  searchAllocations(start: When, end: When, options?: SearchOptions): Promise<Found[]> {
    return searchAllocations(this.around, this.queries.exposure, start, end, options)
  }

  /** Percent left between two times, or of all there is. */
  availability(start?: When | null, end?: When | null): Promise<number> {
    const range = rangeOf(start, end, this.timezone)
    return availability(this.around, this.queries.exposure, range)
  }

  /** Masters of a range by start, each with the percentage and the runs of free and taken time. */
  allocationsWithAvailabilityByRange(
    start: When,
    end: When,
    normalizeDst = true,
  ): Promise<AvailabilityItem[]> {
    const range = rangeOf(start, end, this.timezone)
    return itemsInRange(this.around, this.queries.exposure, range, normalizeDst)
  }

  /** Cells of five minutes that reservations or blockers take, also those of the blocking resources. */
  reservedSlotsByRange(start: When, end: When): Promise<Cells> {
    return cellsInRange(this.around, rangeOf(start, end, this.timezone))
  }
}

/** An instant as the models take it. */
function at(time: Micros) {
  return { at: time, offset: 0, zone: 'UTC' }
}
