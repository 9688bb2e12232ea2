/**
 * Allocations: what of libres' table the scheduler reads and writes, always in few statements.
 *
 * Every function takes the running transaction, sends one statement however many rows are meant, and gives times
 * as microseconds. Ranges are read through the unique index on resource and start, so that a serializable
 * transaction locks the rows of its time and not the table.
 */
import { type RawBuilder, sql } from 'kysely'
import { type Micros, microsOf, textOf } from '../domain/micros.ts'
import type { Stretch } from '../domain/raster.ts'
import type { Uuid } from '../domain/time.ts'
import type { Tx } from './database.ts'
import { statement } from './statement.ts'

/** Anything that JSON can hold. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json }
export type JsonObject = { readonly [key: string]: Json }

/** One row: a master (`resource` = `mirrorOf`) or a mirror. */
export type AllocationRow = Readonly<{
  id: number
  type: string
  resource: Uuid
  mirrorOf: Uuid
  group: Uuid
  /** Of a mirror: a copy that may be out of date; only the master's counts. */
  quota: number
  /** Most places for one reservation; 0 = no limit. */
  quotaLimit: number
  partlyAvailable: boolean
  approveManually: boolean
  timezone: string | null
  data: JsonObject
  start: Micros
  /** Inclusive. */
  end: Micros
  /** Minutes per step. */
  raster: number
  created: Micros
  modified: Micros | null
}>

/** As the driver gives it. Times are cast to text here, so that no parser of a driver can touch them. */
export type RawAllocation = {
  id: number
  type: string
  resource: string
  mirror_of: string
  group: string
  quota: number
  quota_limit: number
  partly_available: boolean
  approve_manually: boolean
  timezone: string | null
  data: JsonObject | null
  start: string
  end: string
  raster: number
  created: string
  modified: string | null
}

/** The columns of the row named `a`, for the text of a statement. */
export const ALLOCATION =
  'a.id, a.type, a.resource, a.mirror_of, a."group", a.quota, a.quota_limit, a.partly_available, ' +
  'a.approve_manually, a.timezone, a.data, a._start::text as start, a._end::text as "end", ' +
  'a._raster as raster, a.created::text as created, a.modified::text as modified'

const allocationColumns = sql.raw(ALLOCATION)

export function allocationOf(raw: RawAllocation): AllocationRow {
  return {
    id: raw.id,
    type: raw.type,
    resource: raw.resource,
    mirrorOf: raw.mirror_of,
    group: raw.group,
    quota: raw.quota,
    quotaLimit: raw.quota_limit,
    partlyAvailable: raw.partly_available,
    approveManually: raw.approve_manually,
    timezone: raw.timezone,
    data: raw.data ?? {},
    start: microsOf(raw.start),
    end: microsOf(raw.end),
    raster: raw.raster,
    created: microsOf(raw.created),
    modified: raw.modified === null ? null : microsOf(raw.modified),
  }
}

export async function allocationRows(
  tx: Tx,
  query: RawBuilder<RawAllocation>,
): Promise<AllocationRow[]> {
  const { rows } = await query.execute(tx)
  return rows.map(allocationOf)
}

/** `_start` to `_end` holds the start, or the start lies in start to end: libres' own filter, ends included. */
export const IN_RANGE =
  '((a._start <= wish.s and wish.s <= a._end) or (wish.s <= a._start and a._start <= wish.e))'

/**
 * The masters of one resource at the times of `wish (s, e)`. Masters of one resource never overlap, so the one that
 * began last before a time is the only earlier one that can reach into it. `mirror_of` is compared with the row itself so
 * that no planner without statistics prefers its index to the one on resource and start.
 */
export const MASTERS_OF = (resource: string) => `
  (select * from allocations m where m.resource = ${resource} and (m.mirror_of = m.resource) is true
    and m._start <= wish.s order by m._start desc limit 1)
  union all
  (select * from allocations m where m.resource = ${resource} and (m.mirror_of = m.resource) is true
    and m._start > wish.s and m._start <= wish.e)`

/** The same for the resources in parameter 1, as the alias `a`. */
export const MASTERS_NEAR = `unnest((select $1::uuid[])) as own(resource)
  cross join lateral (${MASTERS_OF('own.resource')}) a`

const inOneRange = statement<RawAllocation>(`select ${ALLOCATION}
  from (select $2::timestamp as s, $3::timestamp as e) wish cross join ${MASTERS_NEAR}
  where ${IN_RANGE} order by a._start, a.id`)

const inRanges = statement<RawAllocation>(`select distinct on (a._start, a.id) ${ALLOCATION}
  from unnest((select $2::timestamp[]), (select $3::timestamp[])) as wish(s, e)
  cross join ${MASTERS_NEAR}
  where ${IN_RANGE} order by a._start, a.id`)

/** Masters in any of the ranges, each once, by start. */
export async function mastersInRanges(
  tx: Tx,
  resources: readonly Uuid[],
  ranges: readonly Stretch[],
): Promise<AllocationRow[]> {
  const starts = ranges.map(({ start }) => textOf(start))
  const ends = ranges.map(({ end }) => textOf(end))
  const rows =
    ranges.length === 1
      ? await inOneRange(tx, resources, starts[0], ends[0])
      : await inRanges(tx, resources, starts, ends)
  return rows.map(allocationOf)
}

/** Masters and mirrors of some resources in a range, by start and id. */
export function rowsInRange(
  tx: Tx,
  resources: readonly Uuid[],
  range: Stretch,
): Promise<AllocationRow[]> {
  const from = textOf(range.start)
  const until = textOf(range.end)
  return allocationRows(
    tx,
    sql<RawAllocation>`select ${allocationColumns}
      from (select ${from}::timestamp as s, ${until}::timestamp as e) wish, allocations a
      where a.mirror_of = any(${resources}::uuid[]) and ${sql.raw(IN_RANGE)} order by a._start, a.id`,
  )
}

/** All rows of some resources, mirrors included, by start and id. */
export function rowsOfResources(tx: Tx, resources: readonly Uuid[]): Promise<AllocationRow[]> {
  return allocationRows(
    tx,
    sql<RawAllocation>`select ${allocationColumns} from allocations a
      where a.mirror_of = any(${resources}::uuid[]) order by a._start, a.id`,
  )
}

/** Rows of one resource by id, mirrors included, by start and id. */
export function rowsByIds(
  tx: Tx,
  resource: Uuid,
  ids: readonly number[],
): Promise<AllocationRow[]> {
  return allocationRows(
    tx,
    sql<RawAllocation>`select ${allocationColumns} from allocations a
      where a.id = any(${ids}::int[]) and a.mirror_of = ${resource} order by a._start, a.id`,
  )
}

/** The rows of some groups in one resource: masters, or mirrors too. By start and id. */
export function rowsByGroups(
  tx: Tx,
  resource: Uuid,
  groups: readonly Uuid[],
  which: 'masters' | 'all',
): Promise<AllocationRow[]> {
  const all = which === 'all'
  return allocationRows(
    tx,
    sql<RawAllocation>`select ${allocationColumns} from allocations a
      where a."group" = any(${groups}::uuid[]) and a.mirror_of = ${resource}
      and (${all}::boolean or a.resource = ${resource}) order by a._start, a.id`,
  )
}

/** The masters of a group in whatever resource it is, by start and id: what a reservation's target means. */
export function mastersByTargets(tx: Tx, targets: readonly Uuid[]): Promise<AllocationRow[]> {
  return allocationRows(
    tx,
    sql<RawAllocation>`select ${allocationColumns} from allocations a
      where a."group" = any(${targets}::uuid[]) and a.resource = a.mirror_of
      order by a._start, a.id`,
  )
}

/** The master and the mirrors that have rows, for each of some masters, by start and id. */
export function placesOfMasters(
  tx: Tx,
  masters: readonly Pick<AllocationRow, 'mirrorOf' | 'start' | 'group'>[],
): Promise<AllocationRow[]> {
  return allocationRows(
    tx,
    sql<RawAllocation>`select ${allocationColumns}
      from (select distinct * from unnest(${masters.map((one) => one.mirrorOf)}::uuid[],
        ${masters.map((one) => textOf(one.start))}::timestamp[],
        ${masters.map((one) => one.group)}::uuid[])) as master(resource, start, "group")
      join allocations a on a."group" = master."group" and (a.mirror_of = master.resource) is true
        and a._start = master.start
      order by a._start, a.id`,
  )
}

const crowded = statement<{ resource: string; group: string }>(`
  select own.resource, own."group"
  from unnest((select $1::uuid[]), (select $2::uuid[])) as own(resource, "group")
  where (select count(*) from (select from allocations a where a."group" = own."group"
    and (a.resource = own.resource) is true limit 2) two) > 1`)

/** The groups among those of some rows that have several members: they can only be reserved together. */
export async function realGroups(
  tx: Tx,
  rows: readonly Pick<AllocationRow, 'resource' | 'group'>[],
): Promise<Set<string>> {
  const found = await crowded(
    tx,
    rows.map((row) => row.resource),
    rows.map((row) => row.group),
  )
  return new Set(found.map(groupKey))
}

/** The key of `realGroups`. */
export function groupKey(row: Readonly<{ resource: Uuid; group: Uuid }>): string {
  return `${row.resource} ${row.group}`
}

/** What all new masters of one call have in common. */
export type NewAllocations = Readonly<{
  resource: Uuid
  type: string
  timezone: string
  quota: number
  quotaLimit: number
  partlyAvailable: boolean
  approveManually: boolean
  raster: number
  data: JsonObject
  created: Micros
}>

const insert = statement<{ id: number }>(`
  insert into allocations (resource, mirror_of, type, timezone, quota, quota_limit,
    partly_available, approve_manually, _raster, data, created, "group", _start, _end)
  select $1::uuid, $1::uuid, $2::text, $3::text, $4::int, $5::int, $6::boolean, $7::boolean,
    $8::int, $9::jsonb, $10::timestamp, date."group", date.start, date."end"
  from unnest((select $11::uuid[]), (select $12::timestamp[]), (select $13::timestamp[]))
    with ordinality as date("group", start, "end", n)
  order by date.n returning id`)

/** Inserts masters in the order given; answers their ids in that order. */
export async function insertMasters(
  tx: Tx,
  common: NewAllocations,
  dates: readonly (Stretch & Readonly<{ group: Uuid }>)[],
): Promise<number[]> {
  const rows = await insert(
    tx,
    common.resource,
    common.type,
    common.timezone,
    common.quota,
    common.quotaLimit,
    common.partlyAvailable,
    common.approveManually,
    common.raster,
    JSON.stringify(common.data),
    textOf(common.created),
    dates.map((date) => date.group),
    dates.map((date) => textOf(date.start)),
    dates.map((date) => textOf(date.end)),
  )
  return rows.map((row) => row.id)
}

/** Where a row is to be. */
export type AllocationChange = Readonly<{
  start: Micros
  end: Micros
  group: Uuid
  /** Null leaves it as it is. */
  data: JsonObject | null
}>

export async function moveRows(
  tx: Tx,
  ids: readonly number[],
  change: AllocationChange,
  modified: Micros,
): Promise<void> {
  const data = change.data === null ? null : JSON.stringify(change.data)
  await sql`update allocations set _start = ${textOf(change.start)}::timestamp,
      _end = ${textOf(change.end)}::timestamp, "group" = ${change.group}::uuid,
      data = coalesce(${data}::jsonb, data), modified = ${textOf(modified)}::timestamp
    where id = any(${ids}::int[])`.execute(tx)
}

/** Flags of the masters of a group; null leaves one as it is. */
export async function changeRules(
  tx: Tx,
  ids: readonly number[],
  rules: Readonly<{ approveManually: boolean | null; quotaLimit: number | null }>,
  modified: Micros,
): Promise<void> {
  await sql`update allocations set
      approve_manually = coalesce(${rules.approveManually}::boolean, approve_manually),
      quota_limit = coalesce(${rules.quotaLimit}::int, quota_limit),
      modified = ${textOf(modified)}::timestamp
    where id = any(${ids}::int[])
      and (approve_manually, quota_limit) is distinct from (
        coalesce(${rules.approveManually}::boolean, approve_manually),
        coalesce(${rules.quotaLimit}::int, quota_limit))`.execute(tx)
}

export async function changeQuotas(
  tx: Tx,
  ids: readonly number[],
  quota: number,
  modified: Micros,
): Promise<void> {
  await sql`update allocations set quota = ${quota}::int, modified = ${textOf(modified)}::timestamp
    where id = any(${ids}::int[]) and quota <> ${quota}::int`.execute(tx)
}

export async function deleteRows(tx: Tx, ids: readonly number[]): Promise<void> {
  await sql`delete from allocations where id = any(${ids}::int[])`.execute(tx)
}

/**
 * Deletes the rows of a resource that lie wholly in a range and that nothing holds: no slot, no reservation and no
 * blocker on their group, and no row of their group outside the range. Answers how many.
 *
 * @param weekdays 0 = Monday to 6 = Sunday, of the local start; null for all
 */
export async function unusedRows(
  tx: Tx,
  resource: Uuid,
  range: Stretch,
  onlyAlone: boolean,
): Promise<AllocationRow[]> {
  const from = textOf(range.start)
  const until = textOf(range.end)
  return allocationRows(
    tx,
    sql<RawAllocation>`select ${allocationColumns} from allocations a
      where a.mirror_of = ${resource}::uuid
      and ${from}::timestamp <= a._start and a._end <= ${until}::timestamp
      and not exists (select from reserved_slots s where s.allocation_id = a.id)
      and not exists (select from reservations r
        where r.target = a."group" and r.resource = ${resource}::uuid)
      and not exists (select from reservation_blockers b
        where b.target = a."group" and b.resource = ${resource}::uuid)
      and not exists (select from allocations g where g."group" = a."group"
        and not (${from}::timestamp <= g._start and g._end <= ${until}::timestamp))
      and (not ${onlyAlone}::boolean
        or (select count(*) from allocations g where g."group" = a."group") = 1)
      order by a._start, a.id`,
  )
}

/** Rows that hold slots of a token's reservations and belong to the target of the record, by start and id. */
export function rowsHoldingToken(
  tx: Tx,
  resource: Uuid,
  token: Uuid,
  id: number | null,
): Promise<AllocationRow[]> {
  return allocationRows(
    tx,
    sql<RawAllocation>`select ${allocationColumns} from allocations a
      where a.mirror_of = ${resource}::uuid
      and a.id in (select s.allocation_id from reserved_slots s
        where s.reservation_token = ${token}::uuid and s.source_type = 'reservation')
      and a."group" in (select r.target from reservations r where r.token = ${token}::uuid
        and r.resource = ${resource}::uuid and (${id}::int is null or r.id = ${id}::int))
      order by a._start, a.id`,
  )
}
