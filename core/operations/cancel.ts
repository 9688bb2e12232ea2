/**
 * Cancel: it is not going to happen, and neither is anything that hangs on it. The rows vanish and the inputs are
 * as they were before. Only what is planned can be cancelled.
 */
import type { Operation } from '../store/operations-model.ts'
import { OperationWrongState } from './errors.ts'
import { inOrder, walk } from './graph.ts'
import { kindOf } from './kinds/list.ts'
import type { Ledger } from './ledger.ts'
import { deleteOutcomes, resetInputs } from './outcomes.ts'

export function cancelSingle(ledger: Ledger, operation: Operation): void {
  resetInputs(ledger, operation, false)
  deleteOutcomes(ledger, operation)
}

/**
 * Cancels the operations with all that follow them, and returns what went, causes first. The ledger must hold
 * all of it.
 */
export function cancel(ledger: Ledger, operations: readonly Operation[]): Operation[] {
  const going = walk(ledger, operations)
  const unplanned = going.find((operation) => operation.state !== 'planned')
  if (unplanned) throw new OperationWrongState(unplanned, ['planned'])
  const ordered = inOrder(ledger, going)
  for (const operation of ordered.toReversed()) {
    const single = kindOf(operation).cancelSingle ?? cancelSingle
    single(ledger, operation)
    ledger.removeOperation(operation)
  }
  return ordered
}
