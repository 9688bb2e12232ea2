/** Rows in the form of vectors. */
import type { Allocation } from '../../../core/scheduler/allocation.ts'
import type { Blocker } from '../../../core/scheduler/blocker.ts'
import type { Reservation } from '../../../core/scheduler/reservation.ts'
import type { ReservedSlot } from '../../../core/scheduler/slot.ts'
import type { Names } from './names.ts'
import { local, maybeUtc, utc } from './times.ts'

export function wholeDay(row: Allocation): boolean | null {
  try {
    return row.wholeDay
  } catch {
    return null
  }
}

export class Records {
  readonly #names: Names

  constructor(names: Names) {
    this.#names = names
  }

  ref(row: Allocation): string {
    return this.#names.allocation(row)
  }

  /** By start, then by number of the master and of the mirror. */
  sorted(rows: readonly Allocation[]): Allocation[] {
    const key = (row: Allocation) => {
      const [master = '', mirror = '0'] = this.ref(row).slice(1).split('/')
      return [row.start, Number(master), Number(mirror)] as const
    }
    return [...rows].sort((one, other) => {
      const [keys, others] = [key(one), key(other)]
      return keys[0] - others[0] || keys[1] - others[1] || keys[2] - others[2]
    })
  }

  refs(rows: readonly Allocation[]): string[] {
    return this.sorted(rows).map((row) => this.ref(row))
  }

  allocation(row: Allocation) {
    return {
      ref: this.ref(row),
      resource: row.resource,
      mirror_of: row.mirrorOf,
      group: this.#names.group(row.group),
      start: utc(row.start),
      end: utc(row.end),
      display_start: local(row.displayStart()),
      display_end: local(row.displayEnd()),
      raster: row.raster,
      quota: row.quota,
      quota_limit: row.quotaLimit,
      partly_available: row.partlyAvailable,
      approve_manually: row.approveManually,
      timezone: row.timezone,
      whole_day: wholeDay(row),
      data: row.data,
    }
  }

  allocations(rows: readonly Allocation[]) {
    return this.sorted(rows).map((row) => this.allocation(row))
  }

  reservation(row: Reservation) {
    return {
      ref: this.#names.reservation(row.id),
      token: this.#names.token(row.token),
      target: this.#names.group(row.target),
      target_type: row.targetType,
      status: row.status,
      start: maybeUtc(row.start),
      end: maybeUtc(row.end),
      timezone: row.timezone,
      email: row.email,
      session: this.#names.session(row.sessionId),
      quota: row.quota,
      data: row.data,
    }
  }

  reservations(rows: readonly Reservation[]) {
    return rows
      .map((row) => this.reservation(row))
      .sort((one, other) => byNumber(one.ref, other.ref))
  }

  reservationRefs(rows: readonly Reservation[]): string[] {
    return rows.map((row) => this.#names.reservation(row.id)).sort(byNumber)
  }

  blocker(row: Blocker) {
    return {
      ref: this.#names.blocker(row.id),
      token: this.#names.token(row.token),
      target: this.#names.group(row.target),
      target_type: row.targetType,
      start: maybeUtc(row.start),
      end: maybeUtc(row.end),
      timezone: row.timezone,
      reason: row.reason,
    }
  }

  blockers(rows: readonly Blocker[]) {
    return rows.map((row) => this.blocker(row)).sort((one, other) => byNumber(one.ref, other.ref))
  }

  blockerRefs(rows: readonly Blocker[]): string[] {
    return rows.map((row) => this.#names.blocker(row.id)).sort(byNumber)
  }

  /** By start, then by the allocation that holds them. */
  slots(rows: readonly ReservedSlot[], allocations: readonly Allocation[]) {
    const byId = new Map(allocations.map((row) => [row.id, this.ref(row)]))
    return rows
      .map((row) => ({
        allocation: byId.get(row.allocationId) ?? '?',
        start: utc(row.start),
        end: utc(row.end),
        source: row.sourceType,
        source_ref:
          row.sourceType === 'blocker'
            ? this.#names.blocker(row.sourceId)
            : this.#names.reservation(row.sourceId),
        token: this.#names.token(row.reservationToken),
      }))
      .sort((one, other) =>
        one.start === other.start
          ? byNumber(one.allocation, other.allocation)
          : one.start < other.start
            ? -1
            : 1,
      )
  }
}

/** `a2` before `a10`, `a0` before `a0/1`. */
export function byNumber(one: string, other: string): number {
  const parts = (name: string) => name.slice(1).split('/').map(Number)
  const [number = 0, mirror = 0] = parts(one)
  const [otherNumber = 0, otherMirror = 0] = parts(other)
  return number - otherNumber || mirror - otherMirror
}
