/** A taken step of one place: the row whose key keeps two reservations apart. A snapshot; nothing here queries. */
import { type Micros, spanOf } from '../domain/micros.ts'
import type { Span, Uuid } from '../domain/time.ts'
import { type ZonedTime, zonedTime } from '../domain/zone.ts'
import type { SlotRow, SourceType } from '../store/slots.ts'

export class ReservedSlot {
  /** The place: the resource itself or one of its mirrors. */
  readonly resource: Uuid
  readonly allocationId: number
  readonly start: Micros
  /** Inclusive. */
  readonly end: Micros
  /** What holds it. */
  readonly sourceType: SourceType
  /** The id of the reservation or blocker that holds it. */
  readonly sourceId: number
  /** The token of the reservation or blocker that holds it. */
  readonly reservationToken: Uuid

  constructor(row: SlotRow) {
    this.resource = row.resource
    this.allocationId = row.allocationId
    this.start = row.start
    this.end = row.end
    this.sourceType = row.sourceType
    this.sourceId = row.sourceId
    this.reservationToken = row.token
  }

  /** Half-open, UTC milliseconds. */
  get span(): Span {
    return spanOf(this.start, this.end)
  }

  /** The start on the clock of a zone. */
  displayStart(timezone: string): ZonedTime {
    return zonedTime(this.start, timezone)
  }

  /** The nominal end. */
  displayEnd(timezone: string): ZonedTime {
    return zonedTime(this.end + 1, timezone)
  }
}
