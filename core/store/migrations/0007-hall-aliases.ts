/** Halls: other names by which people call them, and the step in which their time is usually cut. */
import { type Kysely, sql } from 'kysely'

export const SQL = `
alter table allmend.resource
  add column aliases jsonb not null default '[]',
  -- Minutes; null: nothing was said.
  add column step integer check (step in (5, 10, 15, 30, 60));
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(SQL).execute(db)
}
