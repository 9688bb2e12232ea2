/**
 * A claim: what a reservation and a blocker have in common. It is on a target, by itself or on a group, and has times
 * of its own unless it is on a group. A snapshot of its row; what it asks of other rows it reads when asked.
 */
import { require } from '../domain/failure.ts'
import { type Micros, spanOf } from '../domain/micros.ts'
import type { Stretch } from '../domain/raster.ts'
import type { Span, Uuid } from '../domain/time.ts'
import { type ZonedTime, zonedTime } from '../domain/zone.ts'
import { mastersByTargets } from '../store/allocations.ts'
import type { BlockerRow } from '../store/blockers.ts'
import type { Allocation } from './allocation.ts'
import { allocationsOf } from './companions.ts'
import type { Surroundings } from './surroundings.ts'

/** What the rows of both have. */
type ClaimRow = Omit<BlockerRow, 'reason'>

export abstract class Claim {
  /** 0 while it has no row yet. */
  readonly id: number
  readonly token: Uuid
  /** The uuid of a group: every allocation has one, alone or with others. */
  readonly target: Uuid
  /** `group`: all members of the target together; start, end and timezone are then null. */
  readonly targetType: 'group' | 'allocation'
  readonly resource: Uuid
  readonly start: Micros | null
  /** Inclusive. */
  readonly end: Micros | null
  readonly timezone: string | null
  readonly created: Micros
  readonly modified: Micros | null
  readonly #around: Surroundings

  constructor(row: ClaimRow, around: Surroundings) {
    this.#around = around
    this.id = row.id
    this.token = row.token
    this.target = row.target
    this.targetType = row.targetType
    this.resource = row.resource
    this.start = row.start
    this.end = row.end
    this.timezone = row.timezone
    this.created = row.created
    this.modified = row.modified
  }

  /** Half-open, UTC milliseconds; null for a group. */
  get span(): Span | null {
    return this.start === null || this.end === null ? null : spanOf(this.start, this.end)
  }

  /** `PreconditionFailed` for a group. */
  displayStart(timezone: string | null = this.timezone): ZonedTime {
    require(this.start !== null && timezone !== null, 'A group has no times of its own.')
    return zonedTime(this.start, timezone)
  }

  /** The nominal end. `PreconditionFailed` for a group. */
  displayEnd(timezone: string | null = this.timezone): ZonedTime {
    require(this.end !== null && timezone !== null, 'A group has no times of its own.')
    return zonedTime(this.end + 1, timezone)
  }

  /** The masters of the target, by start. */
  async targetAllocations(): Promise<Allocation[]> {
    return allocationsOf(this.#around, await mastersByTargets(this.#around.tx(), [this.target]))
  }

  /**
   * When it is. Its own times with the nominal end; of a group the times of each member as stored, whose ends are
   * one microsecond short (libres mixes the two).
   */
  async timespans(): Promise<Stretch[]> {
    if (this.targetType === 'group') {
      const masters = await mastersByTargets(this.#around.tx(), [this.target])
      return masters.map(({ start, end }) => ({ start, end }))
    }
    require(this.start !== null && this.end !== null, 'What is on an allocation has times.')
    return [{ start: this.start, end: this.end + 1 }]
  }
}
