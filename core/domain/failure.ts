/**
 * Failures: the ways in which a caller can hold the rules wrongly. They are exceptions, never refusals: a program
 * that meets one has a bug or was given nonsense. The names are the ones that the Python original raises where it
 * raises a named one; its bare assertions are `PreconditionFailed`.
 */

/** What they have in common. */
export abstract class Failure extends Error {
  override get name(): string {
    return this.constructor.name
  }
}

/** The arguments (or the rows) are such that the call has no meaning. */
export class PreconditionFailed extends Failure {}

/** A value out of its domain: a range that ends before it begins, an empty time zone. */
export class ValueError extends Failure {}

/** An instant was asked of a local time that names no zone. */
export class NotTimezoneAware extends Failure {}

/** A local time that the spring change of clocks leaves out. Only where the caller asks to be told. */
export class NonExistentTimeError extends Failure {}

/** A local time that the autumn change of clocks shows twice. Only where the caller asks to be told. */
export class AmbiguousTimeError extends Failure {}

/** Throws `PreconditionFailed` unless `condition` holds. */
export function require(condition: unknown, otherwise: string): asserts condition {
  if (!condition) throw new PreconditionFailed(otherwise)
}
