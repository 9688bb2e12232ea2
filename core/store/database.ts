/**
 * Database: the one door to Postgres, embedded or shared. Everything else in `core/store` is given a `Tx`.
 *
 * It promises that work runs SERIALIZABLE and is tried again where Postgres asks for it, and that no driver
 * error of a conflict reaches a caller: after the last try it is a `Busy`.
 */
import type { Kysely, Transaction } from 'kysely'
import type { Schema } from './schema.ts'

/** A running transaction. Functions of the store take it first and never begin or end one. */
export type Tx = Transaction<Schema>

export interface TransactOptions {
  /** Tries before `Busy`; 8 by default. */
  readonly tries?: number
}

export interface ReadOptions {
  /**
   * Waits a while for a moment that no transaction under way can spoil (SERIALIZABLE READ ONLY DEFERRABLE). Where it does
   * not come, the moment is one like any other: committed, and consistent in itself.
   */
  readonly safe?: boolean
}

export interface Database {
  readonly kind: 'pglite' | 'postgres'
  /** For reads outside a transaction and for migrations. */
  readonly kysely: Kysely<Schema>
  /**
   * BEGIN ISOLATION LEVEL SERIALIZABLE, the work, COMMIT. Serialization failures and deadlocks (40001, 40P01)
   * are tried again with full jitter, a unique violation (23505, 23P01) once, so that the rule and not the index
   * names the reason. An exception of the work rolls back and is thrown on.
   */
  transact<T>(work: (tx: Tx) => Promise<T>, options?: TransactOptions): Promise<T>
  /** One consistent snapshot, read only. */
  read<T>(work: (tx: Tx) => Promise<T>, options?: ReadOptions): Promise<T>
  /** `PostgreSQL 18.6 (embedded)` and the like, for About. */
  version(): Promise<string>
  close(): Promise<void>
}

/** Eight tries in a row lost against others. Nothing was changed; the same call may be made again. */
export class Busy extends Error {
  override readonly name = 'Busy'
}
