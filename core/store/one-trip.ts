/**
 * One trip: statements of a transaction that are asked for at the same time leave at the same time. Kysely by itself sends
 * each when the one before is answered, which on a thin line is most of what a transaction costs.
 *
 * Their order stays; where one fails, those after it fail with it.
 */
import type { DatabaseConnection, QueryExecutorProvider } from 'kysely'
import type { Tx } from './database.ts'

/** What a statement needs to be sent: a transaction, or one trip of it. */
export type Asking = QueryExecutorProvider

/** Sends what `ask` asks for without waiting in between: write it with `Promise.all`. */
export async function onOneTrip<T>(tx: Tx, ask: (trip: Asking) => Promise<T>): Promise<T> {
  const executor = tx.getExecutor()
  const connection = await executor.provideConnection(async (one: DatabaseConnection) => one)
  const direct = executor.withConnectionProvider({
    provideConnection: (consumer) => consumer(connection),
  })
  return ask({ getExecutor: () => direct })
}
