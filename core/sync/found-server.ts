/**
 * Founding a server: the history of a desk is done again on it, under the same ids, with the same times and numbers.
 *
 * It may be broken off and begun again at any time: what is there has its receipt and is not done twice.
 */
import type { Outcome } from '../commands/command.ts'
import { raiseBookingNumber } from '../store/bookings.ts'
import type { Authority, Case } from './decide.ts'
import { decideMany } from './decide.ts'
import { inBatches } from './line.ts'

export type Refused = Readonly<{ one: Case; outcome: Outcome<unknown> }>

/** Answers what the server would not do; on an empty one that is nothing. */
export async function foundServer(
  authority: Authority,
  cases: readonly Case[],
  progress: (done: number) => void,
): Promise<readonly Refused[]> {
  const byId = new Map(cases.map((one) => [one.envelope.id, one]))
  const refused: Refused[] = []
  let done = 0
  for (const batch of inBatches(cases.map(({ envelope }) => envelope))) {
    progress(done / cases.length)
    const some = batch.map(({ id }) => byId.get(id) as Case)
    const outcomes = await decideMany(authority, some)
    for (const [at, outcome] of outcomes.entries()) {
      if (outcome.status === 'refused') refused.push({ one: some[at] as Case, outcome })
    }
    done += batch.length
  }
  await authority.database.transact((tx) => raiseBookingNumber(tx))
  return refused
}
