/**
 * Carts: the reservations of one session, in whatever resource they are, until they are confirmed, taken out or
 * have lain there too long.
 */
import { sql } from 'kysely'
import { type Micros, textOf } from '../domain/micros.ts'
import type { Uuid } from '../domain/time.ts'
import type { Tx } from './database.ts'
import {
  type RawReservation,
  type ReservationRow,
  reservationColumns,
  reservationOf,
} from './reservations.ts'

/** Oldest first. */
export async function cartOf(tx: Tx, sessionId: Uuid): Promise<ReservationRow[]> {
  const { rows } = await sql<RawReservation>`select ${reservationColumns} from reservations r
    where r.session_id = ${sessionId}::uuid order by r.created, r.id`.execute(tx)
  return rows.map(reservationOf)
}

/** Takes records out of their session. */
export async function confirmCart(tx: Tx, ids: readonly number[], modified: Micros): Promise<void> {
  await sql`update reservations set session_id = null, modified = ${textOf(modified)}::timestamp
    where id = any(${ids}::int[])`.execute(tx)
}

/** Deletes one record and every slot that reservations hold under its token; the rest of the cart stays fresh. */
export async function removeFromCart(
  tx: Tx,
  row: Readonly<{ id: number; token: Uuid; sessionId: Uuid | null }>,
  modified: Micros,
): Promise<void> {
  await sql`with freed as (
      delete from reserved_slots where reservation_token = ${row.token}::uuid
      and source_type = 'reservation'),
    gone as (delete from reservations where id = ${row.id}::int)
    update reservations set modified = ${textOf(modified)}::timestamp
    where session_id = ${row.sessionId}::uuid and id <> ${row.id}::int`.execute(tx)
}

/**
 * Sessions of the whole database whose undecided records were last touched before a time: the latest change of
 * any of them, or the latest creation where none was changed.
 */
export async function expiredCarts(tx: Tx, before: Micros): Promise<Uuid[]> {
  const { rows } = await sql<{ session_id: string }>`select session_id from reservations
    where session_id is not null and status = 'pending' group by session_id
    having greatest(max(created), coalesce(max(modified), max(created)))
      < ${textOf(before)}::timestamp
    order by session_id`.execute(tx)
  return rows.map((row) => row.session_id)
}

/** Deletes all records of some sessions, approved ones too, and the slots that reservations hold under their tokens. */
export async function deleteCarts(tx: Tx, sessionIds: readonly Uuid[]): Promise<void> {
  await sql`with freed as (
      delete from reserved_slots where source_type = 'reservation' and reservation_token in (
        select token from reservations where session_id = any(${sessionIds}::uuid[])))
    delete from reservations where session_id = any(${sessionIds}::uuid[])`.execute(tx)
}
