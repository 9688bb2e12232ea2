/** Coming back: which avatars the way back of an operation takes, after the ways back of what followed it. */
import type { Avatar, Operation } from '../store/operations-model.ts'
import { OperationIrreversibleError } from './errors.ts'
import type { Ledger } from './ledger.ts'

/**
 * What the way back of an operation takes: everything it left behind that nobody has taken, and for each piece
 * taken since the one that the followers' ways back bring again, which is the same piece or, where a set was
 * taken apart or packed anew, one of the same type. Throws `OperationIrreversibleError` where one is missing.
 */
export function comingBack(
  ledger: Ledger,
  operation: Operation,
  follows: readonly Operation[],
): Avatar[] {
  const isFree = (avatar: Avatar) => ledger.takerOf(avatar) === undefined
  const brought = new Set(follows.flatMap((way) => ledger.outcomesOf(way)).filter(isFree))
  const own = ledger.outcomesOf(operation).filter(isFree)
  const wanted = ledger.takenFrom(operation)
  const found: Avatar[] = []
  const missing: Avatar[] = []
  const take = (avatar: Avatar) => {
    brought.delete(avatar)
    found.push(avatar)
  }
  for (const avatar of wanted) {
    const same = [...brought].find((candidate) => candidate.item === avatar.item)
    if (same) take(same)
    else missing.push(avatar)
  }
  for (const avatar of missing) {
    const { type } = ledger.itemOf(avatar)
    const alike = [...brought].find((candidate) => ledger.itemOf(candidate).type === type)
    if (!alike) throw new OperationIrreversibleError(operation)
    take(alike)
  }
  return [...found, ...own]
}
