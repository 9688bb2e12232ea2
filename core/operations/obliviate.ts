/**
 * Obliviate: it never happened, the record was the mistake, and so was everything recorded after it on the same
 * pieces. The rows vanish and the inputs are present again; nothing in reality is touched. Only what is done can
 * be obliviated, and only when nothing is planned on it any more.
 */
import type { Operation } from '../store/operations-model.ts'
import { OperationWrongState } from './errors.ts'
import { inOrder, walk } from './graph.ts'
import { kindOf } from './kinds/list.ts'
import type { Ledger } from './ledger.ts'
import { deleteOutcomes, resetInputs } from './outcomes.ts'

export function obliviateSingle(ledger: Ledger, operation: Operation): void {
  resetInputs(ledger, operation, true)
  deleteOutcomes(ledger, operation)
}

/**
 * Obliviates the operations with all that follow them, and returns what went, causes first. The ledger must hold
 * all of it.
 */
export function obliviate(ledger: Ledger, operations: readonly Operation[]): Operation[] {
  const going = walk(ledger, operations)
  const undone = going.find((operation) => operation.state !== 'done')
  if (undone) throw new OperationWrongState(undone, ['done'])
  const ordered = inOrder(ledger, going)
  for (const operation of ordered.toReversed()) {
    const single = kindOf(operation).obliviateSingle ?? obliviateSingle
    single(ledger, operation)
    ledger.removeOperation(operation)
  }
  return ordered
}
