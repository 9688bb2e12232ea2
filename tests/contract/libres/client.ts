/**
 * A libres client: the statements that SQLAlchemy sends for the calls of libres 1.2, in the order of its flushes.
 *
 * It knows the booking tables and nothing of ours, retries nothing, and checks nothing: what libres checks in
 * Python has been checked, or the test says so.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../../core/store/database.ts'

/** The keys of `ctx/room`: the master, then its mirrors. */
export const KEYS = [
  '4acbea03-265b-5dfe-b6a8-a13bb36faf29',
  '96391947-2747-5b95-b650-e6fb07cf4b32',
  '08434a67-d2e5-5b85-bc53-bc1308fb3629',
] as const
const [HALL] = KEYS
export const GROUP = '00000000-0000-4000-8000-000000000001'
const utcnow = sql`(now() at time zone 'utc')`

/** Half an hour of one place, `HH:MM` in UTC on 1 June 2027. */
export type Cell = Readonly<{ place: number; allocation: number; at: string }>
export type Source = Readonly<{ type: 'reservation' | 'blocker'; token: string; id: number }>

const at = (time: string) => `2027-06-01 ${time}:00`
const endOf = (time: string) => sql`${at(time)}::timestamp - interval '1 microsecond'`
const idOf = async (insert: RawBuilder<{ id: number }>, tx: Tx) =>
  (await insert.execute(tx)).rows[0]?.id ?? 0

/** The rows of one day, 08:00 to 12:00 in half hours: the master, or the mirrors that a flush inserts. */
export async function insertPlaces(tx: Tx, places: readonly number[], quota: number) {
  const ids: number[] = []
  for (const place of places) {
    const insert = sql<{ id: number }>`
      insert into allocations (resource, type, mirror_of, "group", quota, quota_limit, partly_available,
        approve_manually, timezone, data, _start, _end, _raster, created, modified)
      values (${KEYS[place]}::uuid, 'generic', ${HALL}::uuid, ${GROUP}::uuid, ${quota}, 0, true, false,
        'Europe/Zurich', '{}'::jsonb, ${at('08:00')}, ${endOf('12:00')}, 30, ${utcnow}, null)
      returning allocations.id`
    ids.push(await idOf(insert, tx))
  }
  return ids
}

type Record = Readonly<{
  token: string
  from: string
  until: string
  session?: string
  age?: string
}>

/** `reserve`: a pending record; nothing is taken yet. */
export function insertReservation(tx: Tx, { token, from, until, session, age }: Record) {
  const insert = sql<{ id: number }>`
    insert into reservations (token, target, target_type, type, resource, start, "end", timezone, status,
      data, email, session_id, quota, created, modified)
    values (${token}::uuid, ${GROUP}::uuid, 'allocation', 'generic', ${HALL}::uuid, ${at(from)},
      ${endOf(until)}, 'Europe/Zurich', 'pending', '{}'::jsonb, 'web@example.ch', ${session ?? null}::uuid,
      1, ${utcnow} - ${age ?? '0 seconds'}::interval, null)
    returning reservations.id`
  return idOf(insert, tx)
}

export function insertBlocker(tx: Tx, { token, from, until }: Record) {
  const insert = sql<{ id: number }>`
    insert into reservation_blockers (token, target, target_type, resource, start, "end", timezone, reason,
      created, modified)
    values (${token}::uuid, ${GROUP}::uuid, 'allocation', ${HALL}::uuid, ${at(from)}, ${endOf(until)},
      'Europe/Zurich', 'Floor', ${utcnow}, null)
    returning reservation_blockers.id`
  return idOf(insert, tx)
}

/** One INSERT for each slot, as an executemany sends them. */
export async function insertSlots(tx: Tx, cells: readonly Cell[], source: Source) {
  for (const { place, allocation, at: time } of cells) {
    await sql`
      insert into reserved_slots (resource, start, "end", allocation_id, source_type, reservation_token,
        source_id, created, modified)
      values (${KEYS[place]}::uuid, ${at(time)},
        ${at(time)}::timestamp + interval '30 minutes' - interval '1 microsecond', ${allocation},
        ${source.type}, ${source.token}::uuid, ${source.id}, ${utcnow}, null)`.execute(tx)
  }
}

export const setApproved = (tx: Tx, id: number) =>
  sql`update reservations set status = 'approved', modified = ${utcnow}
    where reservations.id = ${id}`.execute(tx)

/** `remove_reservation`: the slots one by one by their keys, then the record. */
export async function removeReservation(tx: Tx, token: string, id: number) {
  const { rows } = await sql<{ resource: string; start: string }>`
    select resource, start from reserved_slots where reservation_token = ${token}::uuid
      and source_type = 'reservation' and source_id = ${id}`.execute(tx)
  for (const { resource, start } of rows) {
    await sql`delete from reserved_slots
      where reserved_slots.resource = ${resource}::uuid and reserved_slots.start = ${start}`.execute(
      tx,
    )
  }
  await sql`delete from reservations where reservations.id = ${id}`.execute(tx)
}

export const setQuota = (tx: Tx, id: number, quota: number) =>
  sql`update allocations set quota = ${quota}, modified = ${utcnow}
    where allocations.id = ${id}`.execute(tx)

/** The part of `change_quota` that closes a gap: the key of the slot itself changes. */
export const moveSlot = (tx: Tx, from: Cell, to: Cell) =>
  sql`update reserved_slots set resource = ${KEYS[to.place]}::uuid, allocation_id = ${to.allocation},
      modified = ${utcnow}
    where reserved_slots.resource = ${KEYS[from.place]}::uuid
      and reserved_slots.start = ${at(from.at)}`.execute(tx)

/** The mirrors that nobody needs any more, deleted in bulk. */
export const deleteMirrors = (tx: Tx, places: readonly number[], master: number) =>
  sql`delete from allocations
    where allocations.resource = any(${places.map((place) => KEYS[place])}::uuid[])
      and allocations.id != ${master} and allocations._start = ${at('08:00')}
    returning allocations.id`.execute(tx)

/** `move_allocation`: every row by itself, master first. */
export async function movePlaces(tx: Tx, ids: readonly number[], from: string, until: string) {
  for (const id of ids) {
    await sql`update allocations set _start = ${at(from)}, _end = ${endOf(until)}, modified = ${utcnow}
      where allocations.id = ${id}`.execute(tx)
  }
}
