/**
 * Session: which transaction the schedulers of the current flow of calls work in.
 *
 * No scheduler method begins, commits or rolls back: whoever calls `run` (or hands over a transaction of its own)
 * does. Two flows at once never see each other's transaction.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { PreconditionFailed, require } from '../domain/failure.ts'
import type { Database, TransactOptions, Tx } from '../store/database.ts'
import { openPostgres } from '../store/postgres.ts'
import type { StoppableService } from './context.ts'

/** Gives the transaction to work in. */
export interface SessionProvider {
  /** The transaction to work in. `PreconditionFailed` where none is running. */
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
  readonly #database: () => Promise<Database>
  readonly #current = new AsyncLocalStorage<Tx>()

  /** @param database open already, or opened when the first transaction asks for it */
  constructor(database: Database | (() => Promise<Database>)) {
    this.#database = typeof database === 'function' ? database : async () => database
  }

  /**
   * Runs `work` in a SERIALIZABLE transaction and commits it; tried again where Postgres asks for it, so `work`
   * must not do anything that cannot be done twice. Inside another `run` it joins that one's transaction.
   */
  async run<T>(work: () => Promise<T>, options?: TransactOptions): Promise<T> {
    if (this.#current.getStore()) return await work()
    const database = await this.#database()
    return await database.transact((tx) => this.#current.run(tx, work), options)
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

/**
 * The same on a server that is named by its address and connected to by the first transaction. Nobody else knows of
 * the connection: `close` ends it, and so does replacing the service.
 */
export class DsnSession extends FlowSession implements StoppableService {
  readonly #opening: { database?: Promise<Database> | undefined }

  /** `PreconditionFailed` for what is no address of a Postgres. */
  constructor(dsn: string) {
    require(/postgres/.test(dsn), 'The dsn names no Postgres.')
    const opening: { database?: Promise<Database> | undefined } = {}
    super(() => {
      // A server that cannot be reached now may be there for the next transaction.
      opening.database ??= openPostgres({ connectionString: dsn }).catch((error: unknown) => {
        opening.database = undefined
        throw error
      })
      return opening.database
    })
    this.#opening = opening
  }

  /** Ends the connection; the next `run` makes a new one. */
  async close(): Promise<void> {
    const { database } = this.#opening
    this.#opening.database = undefined
    await (await database?.catch(() => undefined))?.close()
  }

  /** Told when the service is replaced: ends the connection. */
  stopService(): void {
    void this.close()
  }
}
