/** Content: what a server holds, for whoever is about to join it. */
import { sql } from 'kysely'
import type { Tx } from '../database.ts'

export type Content = Readonly<{
  /** Reservations, approved or not. */
  bookings: number
  /** Halls that somebody has described. */
  resources: number
  allocations: number
  desks: number
}>

export async function contentOf(tx: Tx): Promise<Content> {
  const { rows } = await sql<Content>`
    select (select count(distinct token)::int from reservations) as bookings,
           (select count(*)::int from allmend.resource) as resources,
           (select count(*)::int from allocations) as allocations,
           (select count(*)::int from sync.desk) as desks
  `.execute(tx)
  return rows[0] as Content
}

export type Standing = Readonly<{
  /** A copy that only follows another server. */
  standby: boolean
  /** Whether whoever asks may write what a desk writes. */
  writes: boolean
}>

export async function standingOf(tx: Tx): Promise<Standing> {
  const { rows } = await sql<Standing>`
    select pg_is_in_recovery() as standby,
           has_table_privilege('public.reserved_slots', 'insert')
             and has_table_privilege('allmend.booking', 'insert')
             and has_table_privilege('sync.receipt', 'insert') as writes
  `.execute(tx)
  return rows[0] as Standing
}
