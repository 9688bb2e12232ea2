/** Checkpoint: everything committed stands in the files of the tables, so that a copy of them is small and whole. */
import { sql } from 'kysely'
import type { Database } from './database.ts'

export async function checkpoint(database: Database): Promise<void> {
  await sql`checkpoint`.execute(database.kysely)
}
