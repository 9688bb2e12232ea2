/** Extinguish: everything of one resource goes, in the order in which rows hang on each other. */
import { sql } from 'kysely'
import type { Uuid } from '../domain/time.ts'
import type { Tx } from './database.ts'

export async function extinguish(tx: Tx, resource: Uuid): Promise<void> {
  await sql`with own as (select id from allocations where mirror_of = ${resource}::uuid),
    reserved as (delete from reservations where resource = ${resource}::uuid),
    blocked as (delete from reservation_blockers where resource = ${resource}::uuid),
    taken as (delete from reserved_slots where allocation_id in (select id from own))
    delete from allocations where id in (select id from own)`.execute(tx)
}
