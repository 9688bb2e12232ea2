/** Compaction: the table of changes kept short, by the desks themselves; what may go is decided in `feed.ts`. */
import { sql } from 'kysely'
import type { Database } from '../database.ts'

/** Does nothing where another desk is at it or has been within the hour. Answers how many rows went. */
export async function compactFeed(database: Database): Promise<number> {
  const { rows } = await sql<{ gone: number }>`select sync.compact() as gone`.execute(
    database.kysely,
  )
  return rows[0]?.gone ?? 0
}
