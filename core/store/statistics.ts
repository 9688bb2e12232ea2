/**
 * Statistics: what a server's autovacuum does by itself and the embedded database, which has no background
 * processes, never does. Without it the planner guesses, and reads that should follow an index lock whole tables.
 */
import { sql } from 'kysely'
import type { Database } from './database.ts'

/** Reads samples of all tables anew. A fraction of a second; for after many rows were written at once. */
export async function refreshStatistics(database: Database): Promise<void> {
  if (database.kind !== 'pglite') return
  await sql`analyze`.execute(database.kysely)
}

/** Also gives the space of old row versions back to their tables. For moments when nobody waits. */
export async function tidyUp(database: Database): Promise<void> {
  if (database.kind !== 'pglite') return
  await sql`vacuum analyze`.execute(database.kysely)
}
