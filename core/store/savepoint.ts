/** A savepoint: work inside a transaction that is undone by itself where it fails, and the failure thrown on. */
import { sql } from 'kysely'
import type { Tx } from './database.ts'
import type { Asking } from './one-trip.ts'

export async function inSavepoint<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  await sql`savepoint libres`.execute(tx)
  try {
    const result = await work()
    await sql`release savepoint libres`.execute(tx)
    return result
  } catch (error) {
    await sql`rollback to savepoint libres`.execute(tx)
    await sql`release savepoint libres`.execute(tx)
    throw error
  }
}

/** Marks a place to which a refused command is taken back, with the receipt written before it kept. */
export async function markPlace(tx: Asking): Promise<void> {
  await sql`savepoint command`.execute(tx)
}

/** Undoes everything since `markPlace`. */
export async function backToPlace(tx: Tx): Promise<void> {
  await sql`rollback to savepoint command`.execute(tx)
}
