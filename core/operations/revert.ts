/**
 * Revert: it happened, and now the pieces are to come back. Nothing done is changed: new operations are planned,
 * after the latest ones, that lead back step by step.
 */
import type { Instant } from '../domain/time.ts'
import type { Operation } from '../store/operations-model.ts'
import { create } from './create.ts'
import { OperationIrreversibleError, OperationWrongState } from './errors.ts'
import { inOrder, walk } from './graph.ts'
import { kindNamed, kindOf } from './kinds/list.ts'
import type { Ledger } from './ledger.ts'

export interface Reversal {
  /** The way back of the operation itself: the last to be executed. */
  readonly reversal: Operation
  /** The ways back to be executed first, of the operations that nothing follows. */
  readonly startWith: readonly Operation[]
}

export function isReversible(ledger: Ledger, operation: Operation): boolean {
  return kindOf(operation).isReversible?.(ledger, operation) ?? false
}

/** The state is checked before the reversibility, of each operation before what follows it. */
function checkRevertible(ledger: Ledger, operations: readonly Operation[]): void {
  for (const operation of operations) {
    if (operation.state !== 'done') throw new OperationWrongState(operation, ['done'])
    if (!isReversible(ledger, operation)) throw new OperationIrreversibleError(operation)
  }
}

/** Plans the way back at `dtExecution` (now by default). The ledger must hold all that follows. */
export function planRevert(
  ledger: Ledger,
  operation: Operation,
  dtExecution: Instant = ledger.now,
): Reversal {
  const reverted = walk(ledger, [operation])
  checkRevertible(ledger, reverted)
  const leafs = reverted.filter((one) => ledger.followersOf(one).length === 0)
  // Asked before anything is planned: a reversal is itself a follower of what it reverts.
  const followers = new Map(reverted.map((one) => [one, ledger.followersOf(one)]))
  const ways = new Map<Operation, Operation>()
  const wayBack = (one: Operation): Operation => {
    const way = ways.get(one)
    if (!way) throw new Error(`the way back of ${one.id} is planned too late`)
    return way
  }
  for (const one of inOrder(ledger, reverted).toReversed()) {
    const follows = (followers.get(one) ?? []).map(wayBack)
    const single = kindOf(one).planRevertSingle
    if (!single) throw new OperationIrreversibleError(one)
    const { kind, ...plan } = single(ledger, one, follows)
    ways.set(one, create(ledger, kindNamed(kind), { ...plan, dtExecution }))
  }
  return { reversal: wayBack(operation), startWith: leafs.map(wayBack) }
}
