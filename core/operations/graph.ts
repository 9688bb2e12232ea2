/**
 * Graph: who follows whom, walked without recursion, each operation once however many paths lead to it.
 */
import type { Operation } from '../store/operations-model.ts'
import type { Ledger } from './ledger.ts'

/** The operations and all that follow them, depth first: each before what follows it on the path first walked. */
export function walk(ledger: Ledger, roots: readonly Operation[]): Operation[] {
  const found = new Set<Operation>()
  const open = [...roots].reverse()
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next)) continue
    found.add(next)
    for (const follower of ledger.followersOf(next).reverse()) {
      if (!found.has(follower)) open.push(follower)
    }
  }
  return [...found]
}

/** The same operations, causes before consequences: each after all it follows. */
export function inOrder(ledger: Ledger, operations: readonly Operation[]): Operation[] {
  const within = new Set(operations)
  const waiting = new Map<Operation, number>()
  for (const operation of operations) {
    const causes = ledger.followsOf(operation).filter((cause) => within.has(cause))
    waiting.set(operation, causes.length)
  }
  const ordered = operations.filter((operation) => waiting.get(operation) === 0)
  // The list grows while it is read: an operation joins when the last of its causes has been read.
  for (const operation of ordered) {
    for (const follower of ledger.followersOf(operation)) {
      const left = (waiting.get(follower) ?? 0) - 1
      waiting.set(follower, left)
      if (left === 0) ordered.push(follower)
    }
  }
  return ordered
}
