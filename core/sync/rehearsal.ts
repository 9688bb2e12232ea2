/**
 * Rehearsal: what the waiting commands would do to a replica, in their order, in one transaction that is always rolled
 * back. What is seen in it is a guess and never becomes a row of the replica.
 */
import type { Outcome } from '../commands/command.ts'
import type { Instant, Uuid } from '../domain/time.ts'
import type { Tx } from '../store/database.ts'
import { settleReceipts } from '../store/receipts.ts'
import { backToPlace } from '../store/savepoint.ts'
import { type Authority, historyEntry, tryOut } from './decide.ts'
import type { Envelope } from './envelope.ts'

/** What the server would say if it were what the replica is; null where that cannot be told. */
export type Predicted = Outcome<unknown> | null

export type Rehearsed<T> = Readonly<{
  predicted: ReadonlyMap<Uuid, Predicted>
  /** What `look` saw when all had been tried. */
  seen: T
}>

/** Carries the result out of the transaction that it rolls back. */
class CurtainFalls<T> extends Error {
  readonly rehearsed: Rehearsed<T>
  constructor(rehearsed: Rehearsed<T>) {
    super('a rehearsal is never committed')
    this.rehearsed = rehearsed
  }
}

/** `authority.database` is the replica. Looks twice: before the first command and after the last. */
export async function rehearse<T>(
  authority: Authority,
  envelopes: readonly Envelope[],
  now: Instant,
  look: (tx: Tx, before: T | null) => Promise<T>,
): Promise<Rehearsed<T>> {
  try {
    await authority.database.transact(async (tx) => {
      const before = await look(tx, null)
      const predicted = new Map<Uuid, Predicted>()
      for (const envelope of envelopes) {
        predicted.set(envelope.id, await predict(authority, tx, envelope, now))
      }
      throw new CurtainFalls({ predicted, seen: await look(tx, before) })
    })
  } catch (error) {
    if (error instanceof CurtainFalls) return error.rehearsed
    throw error
  }
  throw new Error('a rehearsal was committed')
}

async function predict(
  authority: Authority,
  tx: Tx,
  envelope: Envelope,
  now: Instant,
): Promise<Predicted> {
  const one = { envelope, now }
  try {
    const outcome = await tryOut(authority, tx, one)
    if (outcome.status === 'accepted') {
      // A later one may undo it.
      await settleReceipts(tx, [], [historyEntry(authority, one, outcome.result)])
    }
    return outcome
  } catch {
    await backToPlace(tx)
    return null
  }
}
