/**
 * An allocation: a time in which a resource may be reserved, with its rules; or one of its mirrors, the rows that
 * stand for places 2, 3 … of a quota above one.
 *
 * It is a snapshot of its row. What it can say by itself it says at once; what needs other rows (slots, siblings,
 * the waiting list) is asynchronous, and read once for all allocations of the same result.
 */
import { PreconditionFailed, require } from '../domain/failure.ts'
import { limitTimespan } from '../domain/limit.ts'
import { type Micros, spanOf } from '../domain/micros.ts'
import type { Stretch } from '../domain/raster.ts'
import {
  availabilityPartitions,
  displayEnd,
  displayStart,
  type NormalizedSlot,
  normalizedPercentFree,
  normalizedSlots,
  type Partition,
  percentFree,
  zoneOf,
} from '../domain/share.ts'
import {
  alignDates,
  allSlots,
  containsRange,
  countSlots,
  isFree,
  overlapsAllocation,
} from '../domain/slots.ts'
import type { Span, Uuid } from '../domain/time.ts'
import { clockMicros, instantOf, type When } from '../domain/when.ts'
import { isWholeDay } from '../domain/whole-day.ts'
import type { LocalReading, ZonedTime } from '../domain/zone.ts'
import type { AllocationRow, JsonObject } from '../store/allocations.ts'
import type { TakenStarts } from '../store/slots.ts'
import { allocationOf, type Companions } from './companions.ts'
import { Reservation } from './reservation.ts'
import { ReservedSlot } from './slot.ts'

/** A zone other than its own, and how to read local times that come twice or never. */
export type LimitOptions = LocalReading & Readonly<{ timezone?: string | undefined }>

export class Allocation {
  /** The discriminator in the rows of this class. */
  static readonly type: string = 'generic'

  /** 0 while it has no row. */
  readonly id: number
  readonly type: string
  /** The resource itself (a master) or the uuid derived from it (a mirror). */
  readonly resource: Uuid
  /** The resource that the mirrors multiply. */
  readonly mirrorOf: Uuid
  /** Shared by allocations that can only be reserved together. */
  readonly group: Uuid
  readonly start: Micros
  /** Inclusive: one microsecond before the nominal end. */
  readonly end: Micros
  /** Minutes per step. */
  readonly raster: number
  /** Places at once. Of a mirror a copy that may be out of date. */
  readonly quota: number
  /** Most places for one reservation; 0 = no limit. */
  readonly quotaLimit: number
  /** Whether it may be taken in parts. */
  readonly partlyAvailable: boolean
  /** Whether somebody decides: pending reservations then form a waiting list. */
  readonly approveManually: boolean
  readonly timezone: string | null
  readonly data: JsonObject
  readonly created: Micros
  readonly modified: Micros | null
  /** A mirror that has no row: free, and made when the first slot is written to it. */
  readonly isTransient: boolean
  readonly #row: AllocationRow
  readonly #with: Companions

  constructor(row: AllocationRow, companions: Companions, isTransient = false) {
    this.#row = row
    this.#with = companions
    this.isTransient = isTransient
    this.id = row.id
    this.type = row.type
    this.resource = row.resource
    this.mirrorOf = row.mirrorOf
    this.group = row.group
    this.start = row.start
    this.end = row.end
    this.raster = row.raster
    this.quota = row.quota
    this.quotaLimit = row.quotaLimit
    this.partlyAvailable = row.partlyAvailable
    this.approveManually = row.approveManually
    this.timezone = row.timezone
    this.data = companions.around.load(row.data)
    this.created = row.created
    this.modified = row.modified
  }

  /** Whether it is place 1, the row of the resource itself. */
  get isMaster(): boolean {
    return this.resource === this.mirrorOf
  }

  /** Half-open, UTC milliseconds. */
  get span(): Span {
    return spanOf(this.start, this.end)
  }

  /** The start on the clock of a zone, its own without one. */
  displayStart(timezone?: string): ZonedTime {
    return displayStart(this, timezone)
  }

  /** The nominal end, one microsecond after the stored one. */
  displayEnd(timezone?: string): ZonedTime {
    return displayEnd(this, timezone)
  }

  /** Whether it covers whole calendar days of its zone. `PreconditionFailed` where it has no length. */
  get wholeDay(): boolean {
    require(this.start !== this.end + 1, 'The allocation has no length.')
    return isWholeDay(this.start, this.end + 1, zoneOf(this))
  }

  /** Whether the times, rasterised, touch it. */
  overlaps(start: When, end: When): boolean {
    return overlapsAllocation(this, this.#at(start), this.#at(end))
  }

  /** Whether the times, rasterised, lie within it. */
  contains(start: When, end: When): boolean {
    return containsRange(this, this.#at(start), this.#at(end))
  }

  /** The times clipped to it; not rasterised. */
  alignDates(start?: When | null, end?: When | null): Stretch {
    return alignDates(this, this.#maybe(start), this.#maybe(end))
  }

  /** The steps between two times, or all; one single slot where it is not partly available. */
  allSlots(start?: When | null, end?: When | null): Stretch[] {
    return allSlots(this, this.#maybe(start), this.#maybe(end))
  }

  /** How many whole steps lie between two times, or in all of it; 1 where it is not partly available. */
  countSlots(start?: When | null, end?: When | null): number {
    return countSlots(this, this.#maybe(start), this.#maybe(end))
  }

  /** The steps as if its day had 24 hours; null for a step that the spring change leaves out. */
  normalizedSlots(): NormalizedSlot[] {
    return normalizedSlots(this)
  }

  /**
   * The part of it within two times of day (`HH:MM`), by the clock of `timezone` or its own.
   * `NonExistentTimeError`, `AmbiguousTimeError` where asked for.
   */
  limitTimespan(
    start: string,
    end: string,
    options: LimitOptions = {},
  ): readonly [start: ZonedTime, end: ZonedTime] {
    return limitTimespan(
      this,
      clockMicros(start),
      clockMicros(end),
      options.timezone ?? zoneOf(this),
      options,
    )
  }

  /** The taken steps of this place, by start. */
  async reservedSlots(): Promise<ReservedSlot[]> {
    if (this.isTransient) return []
    return (await this.#with.slotsOf(this.#row)).map((slot) => new ReservedSlot(slot))
  }

  /** The steps of this place that nobody holds. */
  async freeSlots(start?: When | null, end?: When | null): Promise<Stretch[]> {
    const taken = await this.#taken()
    return this.allSlots(start, end).filter((slot) => !taken.has(slot.start))
  }

  /** Whether this place is free between two times, or as a whole. The times must overlap it. */
  async isAvailable(start?: When | null, end?: When | null): Promise<boolean> {
    const [from, until] = start && end ? [this.#at(start), this.#at(end)] : [this.start, this.end]
    return isFree(this, await this.#taken(), from, until)
  }

  /** Percent of this place that is left. */
  async availability(): Promise<number> {
    const { reserved, blocked } = await this.#starts()
    return percentFree(countSlots(this), reserved.length, blocked.length)
  }

  /** The same with a day counted as 24 hours. */
  async normalizedAvailability(): Promise<number> {
    const { reserved, blocked } = await this.#starts()
    return normalizedPercentFree(this, reserved, blocked)
  }

  /** Runs of free and taken time of this place, each with its share in percent. */
  async availabilityPartitions(normalizeDst = true): Promise<Partition[]> {
    return availabilityPartitions(this, await this.#taken(), normalizeDst)
  }

  /** Whether it can only be reserved together with others. */
  inGroup(): Promise<boolean> {
    return this.#with.isInGroup(this.#row)
  }

  /** Whether it can be reserved by itself. */
  async isSeparate(): Promise<boolean> {
    return this.partlyAvailable || !(await this.inGroup())
  }

  /** Reservations of its group that wait for a decision. `PreconditionFailed` on a mirror without a row. */
  async pendingReservations(): Promise<Reservation[]> {
    require(!this.isTransient, 'A mirror without a row has no reservations.')
    const { around } = this.#with
    return (await this.#with.pendingOn(this.#row)).map((row) => new Reservation(row, around))
  }

  /** How many reservations wait for a decision on its group. `PreconditionFailed` on a mirror without a row. */
  async waitinglistLength(): Promise<number> {
    return (await this.pendingReservations()).length
  }

  /**
   * All places: the master, then its mirrors by number. Mirrors without a row are made up, or left out with
   * `imaginary` false. `PreconditionFailed` on such a mirror itself, which does not know the others.
   */
  async siblings(imaginary = true): Promise<Allocation[]> {
    require(!this.isTransient, 'A mirror without a row does not know the others.')
    if (this.quota === 1) {
      require(this.isMaster, 'A mirror of an allocation with one place.')
      return [this]
    }
    const rows = await this.#with.placesOf(this.#row)
    const master = rows.find((row) => row.isMaster)
    if (!master) throw new PreconditionFailed('The mirror has no master.')
    const byResource = new Map(rows.map((row) => [row.resource, row]))
    let left = imaginary ? master.quota - rows.length : 0
    const places: Allocation[] = [master]
    for (const resource of this.#with.around.keys(master.resource, master.quota).slice(1)) {
      const row = byResource.get(resource)
      if (row) places.push(row)
      else if (left-- > 0) places.push(master.#mirror(resource))
    }
    return places
  }

  /** How many places are wholly free. `PreconditionFailed` on a mirror without a row. */
  async quotaLeft(): Promise<number> {
    const places = await this.siblings()
    const free = await Promise.all(places.map((place) => place.isAvailable()))
    return free.filter(Boolean).length
  }

  /**
   * The first place that is free between two times, or null; the master first, also when a mirror is asked. The times
   * must overlap it. `PreconditionFailed` on a mirror without a row.
   */
  async findSpot(start: When, end: When): Promise<Allocation | null> {
    if (this.isMaster && (await this.isAvailable(start, end))) return this
    if (this.isMaster && this.quota === 1) return null
    for (const place of await this.siblings()) {
      if (await place.isAvailable(start, end)) return place
    }
    return null
  }

  /**
   * How many places are free between two times, each for the whole of it. Asked of a mirror, libres counts that one in
   * place of the master; so does this. `PreconditionFailed` on a mirror without a row.
   */
  async freeAllocationsCount(start: When, end: When): Promise<number> {
    const own = (await this.isAvailable(start, end)) ? 1 : 0
    if (this.quota === 1) return own
    const mirrors = (await this.siblings()).filter((place) => !place.isMaster)
    const free = await Promise.all(mirrors.map((place) => place.isAvailable(start, end)))
    return own + free.filter(Boolean).length
  }

  #mirror(resource: Uuid): Allocation {
    return allocationOf(this.#with, { ...this.#row, id: 0, resource }, true)
  }

  async #taken(): Promise<Set<Micros>> {
    const { reserved, blocked } = await this.#starts()
    return new Set([...reserved, ...blocked])
  }

  async #starts(): Promise<TakenStarts> {
    return this.isTransient ? { reserved: [], blocked: [] } : this.#with.startsOf(this.#row)
  }

  #at(when: When): Micros {
    return instantOf(when, zoneOf(this))
  }

  #maybe(when: When | null | undefined): Micros | undefined {
    return when === null || when === undefined ? undefined : this.#at(when)
  }
}
