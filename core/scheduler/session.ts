/**
 * Session: which transaction the schedulers of the current flow of calls work in.
 *
 * No scheduler method begins, commits or rolls back: whoever calls `run` (or hands over a transaction of its own)
 * does. Two flows at once never see each other's transaction.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { PreconditionFailed } from '../domain/failure.ts'
import type { Database, TransactOptions, Tx } from '../store/database.ts'

/** Gives the transaction to work in. */
export interface SessionProvider {
  session(): Tx
  /** Runs work in a transaction, the running one where there is one. */
  run<T>(work: () => Promise<T>, options?: TransactOptions): Promise<T>
}

/** Always the same transaction: for a command, which has exactly one. */
export class FixedSession implements SessionProvider {
  readonly #tx: Tx

  constructor(tx: Tx) {
    this.#tx = tx
  }

  session(): Tx {
    return this.#tx
  }

  run<T>(work: () => Promise<T>): Promise<T> {
    return work()
  }
}

/** The transaction of the flow of calls that asks. */
export class FlowSession implements SessionProvider {
  readonly #database: Database
  readonly #current = new AsyncLocalStorage<Tx>()

  constructor(database: Database) {
    this.#database = database
  }

  /**
   * Runs `work` in a SERIALIZABLE transaction and commits it; tried again where Postgres asks for it, so `work`
   * must not do anything that cannot be done twice. Inside another `run` it joins that one's transaction.
   */
  run<T>(work: () => Promise<T>, options?: TransactOptions): Promise<T> {
    if (this.#current.getStore()) return work()
    return this.#database.transact((tx) => this.#current.run(tx, work), options)
  }

  /** Runs `work` in a transaction that the caller begins and ends. */
  within<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
    return this.#current.run(tx, work)
  }

  session(): Tx {
    const tx = this.#current.getStore()
    if (!tx) throw new PreconditionFailed('No transaction is running: call from inside `run`.')
    return tx
  }
}
