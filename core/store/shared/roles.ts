/**
 * Roles: what a desk may do on a shared server, and what a public calendar may read. Neither can log in: an
 * administrator makes users with passwords and puts them into one of the two.
 */
import { sql } from 'kysely'
import type { Tx } from '../database.ts'

export const ROLES = ['allmend_desk', 'allmend_reader'] as const

const GRANTS = `
grant usage on schema public, allmend, sync to allmend_desk;
grant select, insert, update, delete on public.allocations, public.reserved_slots,
  public.reservations, public.reservation_blockers to allmend_desk;
grant select, insert, update, delete on all tables in schema allmend to allmend_desk;
revoke insert, update, delete on allmend.migration, allmend.migration_lock from allmend_desk;
grant usage on sequence public.allocations_id_seq, public.reservations_id_seq,
  public.reservation_blockers_id_seq to allmend_desk;
grant usage on all sequences in schema allmend to allmend_desk;
-- A desk that founds the server with its own history goes on after its highest number.
grant update on sequence allmend.booking_number to allmend_desk;
grant select, insert, update on sync.receipt, sync.desk to allmend_desk;
grant select on sync.epoch, sync.change, sync.compaction to allmend_desk;

-- What is taken and what it is called, without who has it: reservations hold addresses.
grant usage on schema public, allmend to allmend_reader;
grant select on public.allocations, public.reserved_slots, public.reservation_blockers,
  allmend.resource to allmend_reader;
`

/** Roles belong to the whole cluster: another database of it may be prepared at the same moment. */
const makingRole = (role: (typeof ROLES)[number]) => `do $$ begin
  create role ${role} nologin;
exception when duplicate_object or unique_violation then null;
end $$`

/** Makes the roles that are missing, which asks for CREATEROLE, and gives both what they need. */
export async function grantRoles(tx: Tx): Promise<void> {
  const { rows } = await sql<{ rolname: string }>`
    select rolname::text from pg_roles where rolname::text = any(${[...ROLES]}::text[])
  `.execute(tx)
  const there = new Set(rows.map(({ rolname }) => rolname))
  for (const role of ROLES) {
    if (!there.has(role)) await sql.raw(makingRole(role)).execute(tx)
  }
  await sql.raw(GRANTS).execute(tx)
}
