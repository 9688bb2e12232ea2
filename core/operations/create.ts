/**
 * Create: an operation comes into being, in seven steps whose order decides which of several errors is reported.
 *
 * 1 the date, 2 the conditions, 3 the kind's say before, 4 the row, 5 the history inputs, 6 the kind's own work,
 * 7 the operation. Up to step 3 nothing has been made.
 */
import type { Avatar, Operation } from '../store/operations-model.ts'
import { OperationError } from './errors.ts'
import { checkInputs, inputsOfPlan } from './inputs.ts'
import type { Kind, Plan, Proposal } from './kind.ts'
import type { Ledger } from './ledger.ts'

function propose(ledger: Ledger, kind: Kind, plan: Plan): Proposal {
  const { state = 'planned', input: _, dtExecution, dtStart, ...rest } = plan
  const inputs = inputsOfPlan(kind, plan)
  if (dtExecution === undefined && state !== 'done') {
    throw new OperationError(kind.name, `needs a date to be ${state}`)
  }
  return {
    ...rest,
    state,
    inputs,
    dtExecution: dtExecution ?? ledger.now,
    dtStart: dtStart ?? null,
  }
}

function insert(ledger: Ledger, kind: Kind, proposal: Proposal): Operation {
  return ledger.makeOperation({
    id: proposal.id ?? ledger.ids.next(),
    kind: kind.name,
    state: proposal.state,
    dtExecution: proposal.dtExecution,
    dtStart: proposal.dtStart,
    place: proposal.place ?? null,
    itemType: proposal.itemType ?? null,
    code: proposal.code ?? null,
    properties: proposal.properties ?? null,
    name: proposal.name ?? null,
    parameters: proposal.parameters ?? null,
    match: null,
    claim: proposal.claim ?? null,
    actor: proposal.actor ?? null,
    comment: proposal.comment ?? null,
  })
}

/** Notes what the operation takes, with the reason and end the avatars have before it changes them. */
function linkInputs(ledger: Ledger, operation: Operation, inputs: readonly Avatar[]): void {
  for (const avatar of inputs) {
    ledger.makeInput({
      operation: operation.id,
      avatar: avatar.id,
      latestPreviousOp: avatar.reason,
      origDtUntil: avatar.dtUntil,
    })
  }
}

/** Makes an operation of this kind. The ledger must hold its inputs with their items, types and takers. */
export function create(ledger: Ledger, kind: Kind, plan: Plan): Operation {
  const wish = propose(ledger, kind, plan)
  checkInputs(ledger, kind, wish)
  kind.checkCreateConditions?.(ledger, wish)
  const proposal = kind.beforeInsert?.(ledger, wish) ?? wish
  const operation = insert(ledger, kind, proposal)
  linkInputs(ledger, operation, proposal.inputs)
  kind.afterInsert(ledger, operation, proposal)
  return operation
}
