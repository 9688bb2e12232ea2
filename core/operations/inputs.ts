/**
 * Inputs: how many avatars a kind takes, and in which state they have to be. The number is checked before the
 * state, and the state before whether somebody else has taken one.
 */
import type { Avatar } from '../store/operations-model.ts'
import {
  type About,
  OperationDateError,
  OperationError,
  OperationInputsError,
  OperationInputTaken,
  OperationInputWrongState,
  OperationMissingInputsError,
} from './errors.ts'
import type { Kind, Plan, Proposal } from './kind.ts'
import type { Ledger } from './ledger.ts'

/** The avatars of a plan; a kind that takes a single one may be given it as `input`, but not both ways. */
export function inputsOfPlan(kind: Kind, plan: Plan): readonly Avatar[] {
  if (plan.input === undefined) return plan.inputs ?? []
  if (plan.inputs !== undefined) {
    throw new OperationError(kind.name, 'is given both its input and its inputs')
  }
  return [plan.input]
}

export function checkNumber(kind: Kind, inputs: readonly Avatar[]): void {
  if (inputs.length === 0 && kind.inputs !== 0) throw new OperationMissingInputsError(kind.name)
  if (kind.inputs !== 'some' && inputs.length !== kind.inputs) {
    throw new OperationInputsError(kind.name, `takes ${kind.inputs}, not ${inputs.length}`, inputs)
  }
}

export function checkPresent(about: About, inputs: readonly Avatar[]): void {
  const absent = inputs.find((input) => input.state !== 'present')
  if (absent) throw new OperationInputWrongState(about, absent, inputs)
}

/** Two operations on one avatar would count its piece twice, so the second is refused. */
export function checkNotTaken(ledger: Ledger, kind: Kind, inputs: readonly Avatar[]): void {
  const seen = new Set<Avatar>()
  for (const input of inputs) {
    const taker = ledger.takerOf(input)
    if (taker !== undefined) throw new OperationInputTaken(kind.name, input, taker, inputs)
    if (seen.has(input)) {
      throw new OperationInputsError(kind.name, `is given avatar ${input.id} twice`, inputs)
    }
    seen.add(input)
  }
}

/** Nothing can be taken from where it has not arrived yet. */
export function checkDates(about: About, inputs: readonly Avatar[], date: number): void {
  const late = inputs.find((input) => date < input.dtFrom)
  if (late) throw new OperationDateError(about, late, date)
}

/** The conditions that hold for every kind. */
export function checkInputs(ledger: Ledger, kind: Kind, proposal: Proposal): void {
  const { inputs, state, dtExecution, dtStart } = proposal
  checkNumber(kind, inputs)
  // What has set off has to be there as much as what has arrived.
  if (state !== 'planned') checkPresent(kind.name, inputs)
  checkNotTaken(ledger, kind, inputs)
  checkDates(kind.name, inputs, Math.min(dtExecution, dtStart ?? dtExecution))
}
