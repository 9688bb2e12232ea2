/**
 * Errors: every way in which an operation is refused.
 *
 * They are thrown and whoever called rolls back, so a refused call changes nothing. Each names the operation and
 * the avatars in the way; the message is for logs, in English. A command turns them into refusals with words.
 */
import type { Instant, Uuid } from '../domain/time.ts'
import type { Avatar, KindName, Operation, OperationState } from '../store/operations-model.ts'

/** What an error is about: the operation, or only its kind while it is not made yet. */
export type About = Operation | KindName

function words(about: About): string {
  return typeof about === 'string' ? about : `${about.kind} ${about.id}`
}

/** All that the engine refuses derives from this. */
export class OperationError extends Error {
  readonly kind: KindName | null
  readonly operation: Operation | null

  constructor(about: About | null, message: string) {
    super(about === null ? message : `${words(about)}: ${message}`)
    this.kind = about === null ? null : typeof about === 'string' ? about : about.kind
    this.operation = about === null || typeof about === 'string' ? null : about
  }

  override get name(): string {
    return this.constructor.name
  }
}

/** No operation (or avatar) of that id: it was cancelled, obliviated, or planned anew. */
export class OperationGone extends OperationError {
  readonly ids: readonly Uuid[]

  constructor(ids: readonly Uuid[]) {
    super(null, `not there (any more): ${ids.join(', ')}`)
    this.ids = ids
  }
}

/** The verb is not for an operation in this state. */
export class OperationWrongState extends OperationError {
  readonly expected: readonly OperationState[]

  constructor(operation: Operation, expected: readonly OperationState[]) {
    super(operation, `is ${operation.state}, not ${expected.join(' or ')}`)
    this.expected = expected
  }
}

/** Nobody can bring back what this operation did. */
export class OperationIrreversibleError extends OperationError {
  constructor(operation: Operation) {
    super(operation, 'cannot be reverted')
  }
}

export class OperationInputsError extends OperationError {
  readonly inputs: readonly Avatar[]

  constructor(about: About, message: string, inputs: readonly Avatar[]) {
    super(about, message)
    this.inputs = inputs
  }
}

export class OperationMissingInputsError extends OperationInputsError {
  constructor(about: About) {
    super(about, 'has nothing to take', [])
  }
}

/** An avatar that has to be present is not there yet, or not any more. */
export class OperationInputWrongState extends OperationInputsError {
  readonly record: Avatar

  constructor(about: About, record: Avatar, inputs: readonly Avatar[]) {
    super(about, `avatar ${record.id} is ${record.state}, not present`, inputs)
    this.record = record
  }
}

/** An avatar is already taken by another operation. */
export class OperationInputTaken extends OperationInputsError {
  readonly record: Avatar
  readonly by: Uuid

  constructor(about: About, record: Avatar, by: Uuid, inputs: readonly Avatar[]) {
    super(about, `avatar ${record.id} is already taken by ${by}`, inputs)
    this.record = record
    this.by = by
  }
}

/** A date before the piece arrives at where it is to be taken from. */
export class OperationDateError extends OperationInputsError {
  readonly record: Avatar
  readonly date: Instant

  constructor(about: About, record: Avatar, date: Instant) {
    super(about, `avatar ${record.id} only begins at ${record.dtFrom}, after ${date}`, [record])
    this.record = record
    this.date = date
  }
}

/** A line of an assembly's specification that no piece is left for. `line` counts from 1. */
export class AssemblyInputNotMatched extends OperationInputsError {
  readonly line: number
  readonly detail: unknown

  constructor(about: About, line: number, detail: unknown, inputs: readonly Avatar[]) {
    super(about, `nothing matches line ${line} of the specification`, inputs)
    this.line = line
    this.detail = detail
  }
}

/** More pieces than the specification of the assembly asks for. */
export class AssemblyExtraInputs extends OperationInputsError {
  readonly extra: readonly Avatar[]

  constructor(about: About, extra: readonly Avatar[], inputs: readonly Avatar[]) {
    super(about, `${extra.length} more than specified`, inputs)
    this.extra = extra
  }
}
