/**
 * Reservations: the wishes, pending and approved, as libres' table holds them. One statement a call.
 */
import { type RawBuilder, sql } from 'kysely'
import { type Micros, microsOf, textOf } from '../domain/micros.ts'
import type { Uuid } from '../domain/time.ts'
import type { JsonObject } from './allocations.ts'
import type { Tx } from './database.ts'
import { type HeldWrite, writeLater } from './later.ts'
import { statement } from './statement.ts'
import { together } from './together.ts'

export type ReservationRow = Readonly<{
  id: number
  token: Uuid
  /** Always the uuid of a group, also for a single allocation. */
  target: Uuid
  /** `group`: all members of the target, and no times of its own. */
  targetType: 'group' | 'allocation'
  type: string
  resource: Uuid
  start: Micros | null
  /** Inclusive. */
  end: Micros | null
  timezone: string | null
  status: 'pending' | 'approved'
  data: JsonObject
  email: string
  sessionId: Uuid | null
  quota: number
  created: Micros
  modified: Micros | null
}>

export type RawReservation = {
  id: number
  token: string
  target: string
  target_type: 'group' | 'allocation'
  type: string
  resource: string
  start: string | null
  end: string | null
  timezone: string | null
  status: 'pending' | 'approved'
  data: JsonObject | null
  email: string
  session_id: string | null
  quota: number
  created: string
  modified: string | null
}

/** The columns of the row named `r`. */
export const reservationColumns = sql.raw(
  'r.id, r.token, r.target, r.target_type, r.type, r.resource, r.start::text as start, ' +
    'r."end"::text as "end", r.timezone, r.status, r.data, r.email, r.session_id, r.quota, ' +
    'r.created::text as created, r.modified::text as modified',
)

const micros = (text: string | null) => (text === null ? null : microsOf(text))

export function reservationOf(raw: RawReservation): ReservationRow {
  return {
    id: raw.id,
    token: raw.token,
    target: raw.target,
    targetType: raw.target_type,
    type: raw.type,
    resource: raw.resource,
    start: micros(raw.start),
    end: micros(raw.end),
    timezone: raw.timezone,
    status: raw.status,
    data: raw.data ?? {},
    email: raw.email,
    sessionId: raw.session_id,
    quota: raw.quota,
    created: microsOf(raw.created),
    modified: micros(raw.modified),
  }
}

async function rowsOf(tx: Tx, query: RawBuilder<RawReservation>): Promise<ReservationRow[]> {
  const { rows } = await query.execute(tx)
  return rows.map(reservationOf)
}

const byId = (rows: ReservationRow[]) => rows.sort((one, other) => one.id - other.id)

/** Of one token in one resource, or of one record of it, by id. */
export function reservationsByToken(
  tx: Tx,
  resource: Uuid,
  token: Uuid,
  id: number | null,
): Promise<ReservationRow[]> {
  return rowsOf(
    tx,
    sql<RawReservation>`select ${reservationColumns} from reservations r
      where r.token = ${token}::uuid and r.resource = ${resource}::uuid
      and (${id}::int is null or r.id = ${id}::int) order by r.id`,
  )
}

/** Of some resources, by id. */
export function reservationsOfResources(
  tx: Tx,
  resources: readonly Uuid[],
): Promise<ReservationRow[]> {
  return rowsOf(
    tx,
    sql<RawReservation>`select ${reservationColumns} from reservations r
      where r.resource = any(${resources}::uuid[]) order by r.id`,
  )
}

/** All records that share a token with any record on the group, in one resource, by id. */
export function reservationsByGroup(
  tx: Tx,
  resource: Uuid,
  group: Uuid,
): Promise<ReservationRow[]> {
  return rowsOf(
    tx,
    sql<RawReservation>`select ${reservationColumns} from reservations r
      where r.resource = ${resource}::uuid and r.token in (select t.token from reservations t
        where t.target = ${group}::uuid and t.resource = ${resource}::uuid)
      order by r.id`,
  )
}

/** Undecided records on some groups, by id. */
export function pendingOnGroups(tx: Tx, groups: readonly Uuid[]): Promise<ReservationRow[]> {
  return rowsOf(
    tx,
    sql<RawReservation>`select ${reservationColumns} from reservations r
      where r.target = any(${groups}::uuid[]) and r.status = 'pending' order by r.id`,
  )
}

/** Approved records of single, partly available allocations: those whose times may be changed. By id. */
export function changeableReservations(
  tx: Tx,
  resource: Uuid,
  tokens: readonly Uuid[] | null,
): Promise<ReservationRow[]> {
  return rowsOf(
    tx,
    sql<RawReservation>`select ${reservationColumns} from reservations r
      where r.resource = ${resource}::uuid and r.status = 'approved'
      and r.target_type = 'allocation'
      and (${tokens}::uuid[] is null or r.token = any(${tokens}::uuid[]))
      and exists (select from allocations a where a."group" = r.target
        and a.mirror_of = ${resource}::uuid and a.partly_available)
      order by r.id`,
  )
}

/** What is new of each record of one wish; the rest they share. */
export type NewReservation = Readonly<{
  target: Uuid
  targetType: 'group' | 'allocation'
  start: Micros | null
  end: Micros | null
  timezone: string | null
}>

export type SharedFacts = Readonly<{
  token: Uuid
  type: string
  resource: Uuid
  data: JsonObject
  email: string
  sessionId: Uuid | null
  quota: number
  created: Micros
}>

/** The records of one call, with the ids that they are to get where those are known beforehand. */
export type NewRecords = Readonly<{
  shared: SharedFacts
  records: readonly NewReservation[]
  ids: readonly number[] | null
}>

/** Inserts records in the order given, from fourteen arrays that begin with parameter `$first`. */
export function insertOfRecords(first: number, status: string, modified: string): string {
  const list = (offset: number, type: string) => `(select $${first + offset}::${type}[])`
  return `insert into reservations (id, token, type, resource, data, email, session_id, quota, created,
    modified, status, target, target_type, start, "end", timezone)
  select coalesce(record.id, nextval('reservations_id_seq')), record.token, record.type,
    record.resource, record.data::jsonb, record.email, record.session_id, record.quota,
    record.created, ${modified}, ${status}, record.target,
    record.target_type::reservation_target_type, record.start, record."end", record.timezone
  from unnest(${list(0, 'int')}, ${list(1, 'uuid')}, ${list(2, 'text')}, ${list(3, 'uuid')},
    ${list(4, 'text')}, ${list(5, 'text')}, ${list(6, 'uuid')}, ${list(7, 'int')},
    ${list(8, 'timestamp')}, ${list(9, 'uuid')}, ${list(10, 'text')}, ${list(11, 'timestamp')},
    ${list(12, 'timestamp')}, ${list(13, 'text')})
    with ordinality as record(id, token, type, resource, data, email, session_id, quota, created,
      target, target_type, start, "end", timezone, n)
  order by record.n`
}

/** The arrays for it. */
export function arraysOfRecords(wishes: readonly NewRecords[]): unknown[] {
  const time = (at: Micros | null) => (at === null ? null : textOf(at))
  const all = wishes.flatMap(({ shared, records, ids }) =>
    records.map((one, index) => ({ shared, one, id: ids?.[index] ?? null })),
  )
  return [
    all.map(({ id }) => id),
    all.map(({ shared }) => shared.token),
    all.map(({ shared }) => shared.type),
    all.map(({ shared }) => shared.resource),
    all.map(({ shared }) => JSON.stringify(shared.data)),
    all.map(({ shared }) => shared.email),
    all.map(({ shared }) => shared.sessionId),
    all.map(({ shared }) => shared.quota),
    all.map(({ shared }) => textOf(shared.created)),
    all.map(({ one }) => one.target),
    all.map(({ one }) => one.targetType),
    all.map(({ one }) => time(one.start)),
    all.map(({ one }) => time(one.end)),
    all.map(({ one }) => one.timezone),
  ]
}

const INSERT_PENDING = `${insertOfRecords(1, "'pending'", 'null::timestamp')} returning id`
const insertPending = statement<{ id: number }>(INSERT_PENDING)

const insertTogether = together<NewRecords, number[]>(async (tx, wishes) => {
  const rows = await insertPending(tx, ...arraysOfRecords(wishes))
  let next = 0
  return wishes.map(({ records }) => records.map(() => (rows[next++] as { id: number }).id))
})

/** Inserts pending records in the order given; answers their ids in that order. */
export function insertReservations(tx: Tx, wish: NewRecords): Promise<number[]> {
  return insertTogether(tx, wish)
}

const pending = (wishes: readonly NewRecords[]) => ({
  sql: INSERT_PENDING,
  parameters: arraysOfRecords(wishes),
})

/** The same with the next statement, or with COMMIT. */
export function insertReservationsLater(tx: Tx, wish: NewRecords): Promise<HeldWrite> {
  return writeLater(tx, pending, wish)
}

/** Deletes the undecided records of a token in one resource and answers them, by id. */
export async function deletePending(
  tx: Tx,
  resource: Uuid,
  token: Uuid,
): Promise<ReservationRow[]> {
  return byId(
    await rowsOf(
      tx,
      sql<RawReservation>`delete from reservations r where r.token = ${token}::uuid
        and r.resource = ${resource}::uuid and r.status = 'pending'
        returning ${reservationColumns}`,
    ),
  )
}

/**
 * Deletes the slots and then the records of a token in one resource, or of one record of it, and answers the
 * records, by id.
 */
export async function deleteReservations(
  tx: Tx,
  resource: Uuid,
  token: Uuid,
  id: number | null,
): Promise<ReservationRow[]> {
  return byId(
    await rowsOf(
      tx,
      sql<RawReservation>`with freed as (
          delete from reserved_slots s using allocations a
          where a.id = s.allocation_id and a.mirror_of = ${resource}::uuid
          and s.reservation_token = ${token}::uuid and s.source_type = 'reservation'
          and (${id}::int is null or s.source_id = ${id}::int))
        delete from reservations r where r.token = ${token}::uuid
        and r.resource = ${resource}::uuid and (${id}::int is null or r.id = ${id}::int)
        returning ${reservationColumns}`,
    ),
  )
}

/** Puts new times, place and terms into the row of a record that keeps its name: id, token and session. */
export async function rewriteReservation(
  tx: Tx,
  row: ReservationRow,
  record: NewReservation,
  modified: Micros,
): Promise<void> {
  const time = (at: Micros | null) => (at === null ? null : textOf(at))
  await sql`insert into reservations (id, token, type, resource, data, email, session_id, quota,
      created, modified, status, target, target_type, start, "end", timezone)
    values (${row.id}::int, ${row.token}::uuid, ${row.type}::text, ${row.resource}::uuid,
      ${JSON.stringify(row.data)}::jsonb, ${row.email}::text, ${row.sessionId}::uuid,
      ${row.quota}::int, ${textOf(row.created)}::timestamp, ${textOf(modified)}::timestamp,
      ${row.status}::reservation_status, ${record.target}::uuid,
      ${record.targetType}::reservation_target_type, ${time(record.start)}::timestamp,
      ${time(record.end)}::timestamp, ${record.timezone}::text)`.execute(tx)
}

export async function changeEmails(
  tx: Tx,
  resource: Uuid,
  token: Uuid,
  email: string,
  modified: Micros,
): Promise<void> {
  await sql`update reservations set email = ${email}::text, modified = ${textOf(modified)}::timestamp
    where token = ${token}::uuid and resource = ${resource}::uuid
    and email <> ${email}::text`.execute(tx)
}

export async function changeData(
  tx: Tx,
  resource: Uuid,
  token: Uuid,
  data: JsonObject,
  modified: Micros,
): Promise<void> {
  await sql`update reservations set data = ${JSON.stringify(data)}::jsonb,
      modified = ${textOf(modified)}::timestamp
    where token = ${token}::uuid and resource = ${resource}::uuid`.execute(tx)
}
