/**
 * Material: what becomes of a claim when its booking is cancelled or called off, so that restoring the booking brings
 * back what it wanted; and what was done on a day is found by the day.
 */
import { type Kysely, sql } from 'kysely'

export const SQL = `
alter table allmend.claim
  -- Its booking is off and nothing had been delivered: kept to be read and restored, planned for no more.
  add column withdrawn boolean not null default false,
  -- When it was meant to be, where it was ended early.
  add column meant_out bigint,
  add column meant_back bigint,
  add check ((meant_out is null) = (meant_back is null));

create index operation_done_ix on allmend.operation (dt_execution) where state = 'done' and kind = 'move';
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(SQL).execute(db)
}
