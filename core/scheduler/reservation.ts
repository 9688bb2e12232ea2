/**
 * A reservation: a wish for one allocation (or one group of them), pending until somebody or the program approves
 * it. A snapshot of its row; what it asks of other rows it reads when asked.
 */
import { require } from '../domain/failure.ts'
import { type Micros, spanOf } from '../domain/micros.ts'
import type { Stretch } from '../domain/raster.ts'
import type { Span, Uuid } from '../domain/time.ts'
import { type ZonedTime, zonedTime } from '../domain/zone.ts'
import { type JsonObject, mastersByTargets } from '../store/allocations.ts'
import type { ReservationRow } from '../store/reservations.ts'
import type { Allocation } from './allocation.ts'
import { allocationsOf } from './companions.ts'
import type { Surroundings } from './surroundings.ts'

export class Reservation {
  /** The discriminator in the rows of this class. */
  static readonly type: string = 'generic'

  /** 0 while it has no row yet. */
  readonly id: number
  readonly token: Uuid
  /** The uuid of a group: every allocation has one, alone or with others. */
  readonly target: Uuid
  /** `group`: all members of the target together; start, end and timezone are then null. */
  readonly targetType: 'group' | 'allocation'
  readonly type: string
  readonly resource: Uuid
  readonly start: Micros | null
  /** Inclusive. */
  readonly end: Micros | null
  readonly timezone: string | null
  readonly status: 'pending' | 'approved'
  readonly data: JsonObject
  readonly email: string
  /** The shopping cart it lies in, until that is confirmed. */
  readonly sessionId: Uuid | null
  /** Places. */
  readonly quota: number
  readonly created: Micros
  readonly modified: Micros | null
  readonly #around: Surroundings

  constructor(row: ReservationRow, around: Surroundings) {
    this.#around = around
    this.id = row.id
    this.token = row.token
    this.target = row.target
    this.targetType = row.targetType
    this.type = row.type
    this.resource = row.resource
    this.start = row.start
    this.end = row.end
    this.timezone = row.timezone
    this.status = row.status
    this.data = around.load(row.data)
    this.email = row.email
    this.sessionId = row.sessionId
    this.quota = row.quota
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

  /** Whether nobody has to decide: no master of the target wants manual approval. */
  async autoapprovable(): Promise<boolean> {
    const masters = await mastersByTargets(this.#around.tx(), [this.target])
    return masters.every((master) => !master.approveManually)
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
    require(this.start !== null && this.end !== null, 'A reservation of an allocation has times.')
    return [{ start: this.start, end: this.end + 1 }]
  }
}
