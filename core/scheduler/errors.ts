/**
 * Errors: every way in which the library says no, under the names that libres gives them.
 *
 * They are thrown and nothing is committed by them: the caller rolls back. Each carries what stood in the way, so
 * that a program can say it in words of its own; the message is for logs, in English.
 */
import type { Micros } from '../domain/micros.ts'
import type { Span, Uuid } from '../domain/time.ts'
import type { Allocation } from './allocation.ts'
import type { Reservation } from './reservation.ts'
import type { ReservedSlot } from './slot.ts'

/** The allocation that was in the way. `start` and `end` are as stored: UTC microseconds, inclusive. */
export type AllocationInTheWay = Readonly<{
  id: number
  start: Micros
  end: Micros
  /** Half-open, UTC milliseconds. */
  span: Span
  quota: number
}>

/** Where a wish met its limit. */
export type InTheWay = Readonly<{
  /** The resource asked for, or the blocking one that was not free. */
  resource: Uuid
  allocation: AllocationInTheWay
  /** What was asked for. Half-open, UTC milliseconds. */
  wish: Span
  /** Places asked for. */
  wanted: number
  /** Places free for the whole wish. */
  free: number
  /** What is taken there within the wish, by whom. */
  taken: readonly Readonly<{
    token: Uuid
    sourceType: 'reservation' | 'blocker'
    /** The id of the reservation or blocker. */
    sourceId: number
    span: Span
  }>[]
}>

/** All that the library refuses derives from this. */
export class LibresError extends Error {
  /** The record that could not be approved, where one was being approved. */
  reservation?: Reservation

  override get name(): string {
    return this.constructor.name
  }
}

/** A context of this name is registered already. */
export class ContextAlreadyExists extends LibresError {}
/** No context of this name is registered. */
export class UnknownContext extends LibresError {}
/** A locked context was to be changed or replaced, or to keep an instance. */
export class ContextIsLocked extends LibresError {}
/** Neither this context nor any above it has such a service. */
export class UnknownService extends LibresError {}

/** Dates that cannot be allocated: reversed, overlapping each other, or flags that exclude one another. */
export class InvalidAllocationError extends LibresError {}

/** Another allocation of the resource is there already. */
export class OverlappingAllocationError extends LibresError {
  readonly start: Micros
  readonly end: Micros
  readonly existing: Allocation

  /** @param start, end the new dates, rasterised */
  constructor(start: Micros, end: Micros, existing: Allocation) {
    super('Another allocation of this resource overlaps these dates.')
    this.start = start
    this.end = end
    this.existing = existing
  }
}

/** The service `emailValidator` does not take it for an address. */
export class InvalidEmailAddress extends LibresError {}

class ReservationLengthError extends LibresError {
  readonly start: Micros
  readonly end: Micros

  constructor(message: string, start: Micros, end: Micros) {
    super(message)
    this.start = start
    this.end = end
  }
}

/** 24 hours or more, and no whole day. */
export class ReservationTooLong extends ReservationLengthError {}
/** Under five minutes, or reversed. */
export class ReservationTooShort extends ReservationLengthError {}

/** No place, or too few, are free. */
export class AlreadyReservedError extends LibresError {
  readonly inTheWay: InTheWay

  constructor(inTheWay: InTheWay) {
    super('Already reserved.')
    this.inTheWay = inTheWay
  }
}

/**
 * A blocker meets itself (dates of one call that overlap), or what is reserved on another member of a group of which only
 * one was looked at. libres hears of both from the index.
 */
export class IntegrityError extends AlreadyReservedError {}

/** The wish overlaps an allocation but does not lie within it. */
export class TimerangeTooLong extends LibresError {
  readonly inTheWay: Omit<InTheWay, 'taken' | 'free'>

  constructor(inTheWay: Omit<InTheWay, 'taken' | 'free'>) {
    super('The times reach beyond the allocation.')
    this.inTheWay = inTheWay
  }
}

/** More places than one reservation may take here. */
export class QuotaOverLimit extends LibresError {
  readonly wanted: number
  readonly limit: number

  constructor(wanted: number, limit: number) {
    super(`${wanted} places wanted, one reservation may take ${limit}.`)
    this.wanted = wanted
    this.limit = limit
  }
}

/** More places than there are. */
export class QuotaImpossible extends LibresError {
  readonly wanted: number
  readonly quota: number

  constructor(wanted: number, quota: number) {
    super(`${wanted} places wanted, there are ${quota}.`)
    this.wanted = wanted
    this.quota = quota
  }
}

/** Fewer than one place. */
export class InvalidQuota extends LibresError {
  readonly wanted: number

  constructor(wanted: number) {
    super(`${wanted} places wanted.`)
    this.wanted = wanted
  }
}

/** None of the dates meets an allocation. */
export class InvalidReservationError extends LibresError {}
/** The session holds a reservation of the same allocation with the same start. */
export class OverlappingReservationError extends LibresError {}
/** Nothing could be written: no allocation is left at these dates. */
export class NotReservableError extends LibresError {}
/** The session, or the token in it, holds nothing. */
export class NoReservationsToConfirm extends LibresError {}

/** A change of an allocation would hurt what is reserved. `existing` is a slot in the way; null for a quota. */
export class AffectedReservationError extends LibresError {
  readonly existing: ReservedSlot | Reservation | null

  constructor(existing: ReservedSlot | Reservation | null) {
    super('An existing reservation would be affected.')
    this.existing = existing
  }
}

/** The same for a reservation that nobody has decided on yet. */
export class AffectedPendingReservationError extends AffectedReservationError {
  declare readonly existing: Reservation
}

/** A value that the tables cannot hold. */
export class DataError extends LibresError {}
/** Nothing answers to the id or token. (SQLAlchemy: NoResultFound.) */
export class NotFound extends LibresError {}
/** More than one row answers where exactly one was meant. (SQLAlchemy: MultipleResultsFound.) */
export class Ambiguous extends LibresError {}
/** An argument, or a combination of arguments, that nobody ever gave a meaning. */
export class NotImplementedError extends LibresError {}

/** Declared by libres and raised by nothing; here so that a program that catches them still compiles. */
export class InvalidReservationToken extends LibresError {}
export class ReservationParametersInvalid extends LibresError {}
export class DatesMayNotBeEqualError extends LibresError {}
export class ModifiedReadOnlySession extends LibresError {}
export class DirtyReadOnlySession extends LibresError {}
export class UnknownUtility extends LibresError {}
