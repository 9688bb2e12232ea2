/** Blockers: time taken away from reservation, as libres' table holds it. One statement a call. */
import { type RawBuilder, sql } from 'kysely'
import { type Micros, microsOf, textOf } from '../domain/micros.ts'
import type { Uuid } from '../domain/time.ts'
import type { Tx } from './database.ts'

export type BlockerRow = Readonly<{
  id: number
  token: Uuid
  /** Always the uuid of a group. */
  target: Uuid
  targetType: 'group' | 'allocation'
  resource: Uuid
  /** Null for a group. */
  start: Micros | null
  /** Inclusive. */
  end: Micros | null
  timezone: string | null
  reason: string | null
  created: Micros
  modified: Micros | null
}>

type RawBlocker = {
  id: number
  token: string
  target: string
  target_type: 'group' | 'allocation'
  resource: string
  start: string | null
  end: string | null
  timezone: string | null
  reason: string | null
  created: string
  modified: string | null
}

const blockerColumns = sql.raw(
  'b.id, b.token, b.target, b.target_type, b.resource, b.start::text as start, ' +
    'b."end"::text as "end", b.timezone, b.reason, b.created::text as created, ' +
    'b.modified::text as modified',
)

const micros = (text: string | null) => (text === null ? null : microsOf(text))
const text = (at: Micros | null) => (at === null ? null : textOf(at))

async function rowsOf(tx: Tx, query: RawBuilder<RawBlocker>): Promise<BlockerRow[]> {
  const { rows } = await query.execute(tx)
  return rows.map((raw) => ({
    id: raw.id,
    token: raw.token,
    target: raw.target,
    targetType: raw.target_type,
    resource: raw.resource,
    start: micros(raw.start),
    end: micros(raw.end),
    timezone: raw.timezone,
    reason: raw.reason,
    created: microsOf(raw.created),
    modified: micros(raw.modified),
  }))
}

/** Of one token in one resource, or one record of it, by id. */
export function blockersByToken(
  tx: Tx,
  resource: Uuid,
  token: Uuid,
  id: number | null,
): Promise<BlockerRow[]> {
  return rowsOf(
    tx,
    sql<RawBlocker>`select ${blockerColumns} from reservation_blockers b
      where b.token = ${token}::uuid and b.resource = ${resource}::uuid
      and (${id}::int is null or b.id = ${id}::int) order by b.id`,
  )
}

/** Of some resources, by id. */
export function blockersOfResources(tx: Tx, resources: readonly Uuid[]): Promise<BlockerRow[]> {
  return rowsOf(
    tx,
    sql<RawBlocker>`select ${blockerColumns} from reservation_blockers b
      where b.resource = any(${resources}::uuid[]) order by b.id`,
  )
}

/** All records that share a token with any record on the group, in one resource, by id. */
export function blockersByGroup(tx: Tx, resource: Uuid, group: Uuid): Promise<BlockerRow[]> {
  return rowsOf(
    tx,
    sql<RawBlocker>`select ${blockerColumns} from reservation_blockers b
      where b.resource = ${resource}::uuid and b.token in (select t.token
        from reservation_blockers t where t.target = ${group}::uuid
        and t.resource = ${resource}::uuid)
      order by b.id`,
  )
}

export type NewBlocker = Readonly<{
  /** Null for a new one; the id of the record that it replaces. */
  id: number | null
  target: Uuid
  targetType: 'group' | 'allocation'
  start: Micros | null
  end: Micros | null
  timezone: string | null
}>

/** Inserts records in the order given; answers their ids in that order. */
export async function insertBlockers(
  tx: Tx,
  shared: Readonly<{ token: Uuid; resource: Uuid; reason: string | null; created: Micros }>,
  records: readonly NewBlocker[],
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    insert into reservation_blockers (id, token, resource, reason, created, target, target_type,
      start, "end", timezone)
    select coalesce(record.id, nextval('reservation_blockers_id_seq')), ${shared.token}::uuid,
      ${shared.resource}::uuid, ${shared.reason}::text, ${textOf(shared.created)}::timestamp,
      record.target, record.target_type::reservation_blocker_target_type, record.start,
      record."end", record.timezone
    from unnest(${records.map((one) => one.id)}::int[],
      ${records.map((one) => one.target)}::uuid[],
      ${records.map((one) => one.targetType)}::text[],
      ${records.map((one) => text(one.start))}::timestamp[],
      ${records.map((one) => text(one.end))}::timestamp[],
      ${records.map((one) => one.timezone)}::text[])
      with ordinality as record(id, target, target_type, start, "end", timezone, n)
    order by record.n returning id`.execute(tx)
  return rows.map((row) => row.id)
}

/** Deletes the slots and then the records of a token in one resource, or of one record of it. */
export async function deleteBlockers(
  tx: Tx,
  resource: Uuid,
  token: Uuid,
  id: number | null,
): Promise<void> {
  await sql`with freed as (
      delete from reserved_slots s using allocations a
      where a.id = s.allocation_id and a.mirror_of = ${resource}::uuid
      and s.reservation_token = ${token}::uuid and s.source_type = 'blocker'
      and (${id}::int is null or s.source_id = ${id}::int))
    delete from reservation_blockers b where b.token = ${token}::uuid
    and b.resource = ${resource}::uuid and (${id}::int is null or b.id = ${id}::int)`.execute(tx)
}

export async function changeReason(
  tx: Tx,
  resource: Uuid,
  token: Uuid,
  reason: string | null,
  modified: Micros,
): Promise<void> {
  await sql`update reservation_blockers set reason = ${reason}::text,
      modified = ${textOf(modified)}::timestamp
    where token = ${token}::uuid and resource = ${resource}::uuid
    and reason is distinct from ${reason}::text`.execute(tx)
}
