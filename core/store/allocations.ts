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
import { ANSWER_LATER, PLAN_EACH_TIME, statement } from './statement.ts'

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

/** A row as it comes from the database: as one value, because a driver takes longer over sixteen. */
export type RawAllocation = { allocation: JsonAllocation }
type JsonAllocation = readonly [
  id: number,
  type: string,
  resource: string,
  mirrorOf: string,
  group: string,
  quota: number,
  quotaLimit: number,
  partlyAvailable: boolean,
  approveManually: boolean,
  timezone: string | null,
  data: JsonObject | null,
  start: string,
  end: string,
  raster: number,
  created: string,
  modified: string | null,
]

const REST_OF_ROW =
  'a."group", a.quota, a.quota_limit, a.partly_available, a.approve_manually, a.timezone, a.data, ' +
  'a._start, a._end, a._raster, a.created, a.modified'

/** The row named `a`, for the text of a statement. */
export const ALLOCATION = `json_build_array(a.id, a.type, a.resource, a.mirror_of, ${REST_OF_ROW}) as allocation`

const allocationColumns = sql.raw(ALLOCATION)

export function allocationOf({ allocation: raw }: RawAllocation): AllocationRow {
  return {
    id: raw[0],
    type: raw[1],
    resource: raw[2],
    mirrorOf: raw[3],
    group: raw[4],
    quota: raw[5],
    quotaLimit: raw[6],
    partlyAvailable: raw[7],
    approveManually: raw[8],
    timezone: raw[9],
    data: raw[10] ?? {},
    start: microsOf(raw[11]),
    end: microsOf(raw[12]),
    raster: raw[13],
    created: microsOf(raw[14]),
    modified: raw[15] === null ? null : microsOf(raw[15]),
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
 * began last before a time is the only earlier one that can reach into it. It is asked for as the last row of an index, by
 * both of its columns: a planner that may filter by the resource alone reads, and sorts, all that was ever before. That a
 * row is a master is said so that no planner without statistics finds it by the index on `mirror_of`, and none takes it
 * for rare.
 */
export const MASTERS_OF = (resource: string) => `
  (select * from (select * from allocations m where (m.resource, m._start) <= (${resource}, wish.s)
      order by m.resource desc, m._start desc limit 1) m
    where m.resource = ${resource} and m.mirror_of = m.resource)
  union all
  (select * from allocations m where m.resource = ${resource}
    and coalesce(m.mirror_of = m.resource, false) and m._start > wish.s and m._start <= wish.e)`

/** The same for the resources in parameter 1, as the alias `a`. */
export const MASTERS_NEAR = `unnest((select $1::uuid[])) as own(resource)
  cross join lateral (${MASTERS_OF('own.resource')}) a`

const inOneRange = statement<RawAllocation>(`select ${ALLOCATION}
  from (select $2::timestamp as s, $3::timestamp as e) wish cross join ${MASTERS_NEAR}
  where ${IN_RANGE} order by a._start, a.id`)

/** Nothing is looked up range by range where nothing at all is there from the first to the last. */
const inRanges = statement<RawAllocation>(`select distinct on (a._start, a.id) ${ALLOCATION}
  from unnest((select $2::timestamp[]), (select $3::timestamp[])) as wish(s, e)
  cross join ${MASTERS_NEAR}
  where (select exists (select from (select $4::timestamp as s, $5::timestamp as e) wish
      cross join ${MASTERS_NEAR} where ${IN_RANGE}))
    and ${IN_RANGE} order by a._start, a.id`)

/** An array of what needs no quotes (uuids, times, numbers), as text: a driver looks at every letter of each. */
const asList = (values: readonly (string | number)[]) => `{${values.join(',')}}`

/** Masters in any of the ranges, each once, by start. */
export async function mastersInRanges(
  tx: Tx,
  resources: readonly Uuid[],
  ranges: readonly Stretch[],
): Promise<AllocationRow[]> {
  const starts = ranges.map(({ start }) => textOf(start))
  const ends = ranges.map(({ end }) => textOf(end))
  if (ranges.length === 1) {
    return (await inOneRange(tx, resources, starts[0], ends[0])).map(allocationOf)
  }
  const first = starts.reduce((one, other) => (one < other ? one : other), starts[0] as string)
  const last = [...starts, ...ends].reduce((one, other) => (one > other ? one : other), first)
  const rows = await inRanges(tx, resources, asList(starts), asList(ends), first, last)
  return rows.map(allocationOf)
}

/** Both resources are the one that was asked for. */
type JsonSearched = JsonAllocation extends readonly [
  infer Id,
  infer Type,
  string,
  string,
  ...infer Rest,
]
  ? readonly [inGroup: boolean, id: Id, type: Type, ...rest: Rest]
  : never

/**
 * All rows as one list: a driver takes longer over thousands of rows than JSON does. Planned each time, because whether a
 * hall is asked for a day or for ten years decides how the groups are best looked up.
 */
const searched = statement<{ list: readonly JsonSearched[] | null }>(`${PLAN_EACH_TIME}
  with m as materialized (select a.* from (select $2::timestamp as s, $3::timestamp as e) wish
      cross join lateral (${MASTERS_OF('$1::uuid')}) a where ${IN_RANGE}),
    crowd as (select m.id from m where exists (select from allocations g
      where g."group" = m."group" and g.resource = $1::uuid and g.id <> m.id))
  select json_agg(json_build_array(a.id in (select id from crowd), a.id, a.type, ${REST_OF_ROW})
    order by a._start, a.id) as list from m a`)

/** A master, and whether it can only be reserved together with others. */
export type SearchedRow = Readonly<{ row: AllocationRow; inGroup: boolean }>

/** The masters of one resource in a range, by start. */
export async function searchedMasters(
  tx: Tx,
  resource: Uuid,
  range: Stretch,
): Promise<SearchedRow[]> {
  const [found] = await searched(tx, resource, textOf(range.start), textOf(range.end))
  return (found?.list ?? []).map(([inGroup, id, type, ...rest]) => ({
    row: allocationOf({ allocation: [id, type, resource, resource, ...rest] }),
    inGroup,
  }))
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

const places = statement<RawAllocation & { taken: string | null }>(`select ${ALLOCATION},
    (select string_agg(s.start::text, ',') from reserved_slots s where s.allocation_id = a.id) as taken
  from (select distinct * from unnest((select $1::uuid[]), (select $2::timestamp[]), (select $3::uuid[]))
    as master(resource, start, "group")) master
  join allocations a on a."group" = master."group" and (a.mirror_of = master.resource) is true
    and a._start = master.start
  order by a._start, a.id`)

/** The same, each with the beginnings of its taken steps. */
export async function takenPlacesOfMasters(
  tx: Tx,
  masters: readonly Pick<AllocationRow, 'mirrorOf' | 'start' | 'group'>[],
): Promise<readonly Readonly<{ row: AllocationRow; taken: Set<Micros> }>[]> {
  const rows = await places(
    tx,
    masters.map((one) => one.mirrorOf),
    masters.map((one) => textOf(one.start)),
    masters.map((one) => one.group),
  )
  return rows.map((raw) => ({
    row: allocationOf(raw),
    taken: new Set(raw.taken ? raw.taken.split(',').map(microsOf) : []),
  }))
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

const insert = statement<{ ids: string | null }>(`with made as (
  insert into allocations (resource, mirror_of, type, timezone, quota, quota_limit,
    partly_available, approve_manually, _raster, data, created, "group", _start, _end)
  select $1::uuid, $1::uuid, $2::text, $3::text, $4::int, $5::int, $6::boolean, $7::boolean,
    $8::int, $9::jsonb, $10::timestamp, date."group", date.start, date."end"
  from unnest((select $11::uuid[]), (select $12::timestamp[]), (select $13::timestamp[]))
    with ordinality as date("group", start, "end", n)
  order by date.n returning id)
  select string_agg(id::text, ',' order by id) as ids from made`)

/** Inserts masters in the order given; answers their ids in that order. */
export async function insertMasters(
  tx: Tx,
  common: NewAllocations,
  dates: readonly (Stretch & Readonly<{ group: Uuid }>)[],
): Promise<number[]> {
  const [made] = await insert(
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
    asList(dates.map((date) => date.group)),
    asList(dates.map((date) => textOf(date.start))),
    asList(dates.map((date) => textOf(date.end))),
  )
  return made?.ids ? made.ids.split(',').map(Number) : []
}

/** Where a row is to be. */
export type AllocationChange = Readonly<{
  start: Micros
  end: Micros
  group: Uuid
  /** Null leaves it as it is. */
  data: JsonObject | null
}>

const move = statement(`${ANSWER_LATER} update allocations set _start = $2::timestamp,
    _end = $3::timestamp, "group" = $4::uuid, data = coalesce($5::jsonb, data), modified = $6::timestamp
  where id = any((select $1::int[])::int[])`)

export async function moveRows(
  tx: Tx,
  ids: readonly number[],
  change: AllocationChange,
  modified: Micros,
): Promise<void> {
  const data = change.data === null ? null : JSON.stringify(change.data)
  const { start, end, group } = change
  await move(tx, ids, textOf(start), textOf(end), group, data, textOf(modified))
}

const changeFlags = statement(`${ANSWER_LATER} update allocations set
    approve_manually = coalesce($2::boolean, approve_manually),
    quota_limit = coalesce($3::int, quota_limit), modified = $4::timestamp
  where id = any((select $1::int[])::int[])
    and (approve_manually, quota_limit) is distinct from
      (coalesce($2::boolean, approve_manually), coalesce($3::int, quota_limit))`)

/** Flags of the masters of a group; null leaves one as it is. */
export async function changeRules(
  tx: Tx,
  ids: readonly number[],
  rules: Readonly<{ approveManually: boolean | null; quotaLimit: number | null }>,
  modified: Micros,
): Promise<void> {
  await changeFlags(tx, ids, rules.approveManually, rules.quotaLimit, textOf(modified))
}

const setQuota = statement(`${ANSWER_LATER} update allocations set quota = $2::int,
  modified = $3::timestamp where id = any((select $1::int[])::int[]) and quota <> $2::int`)

export async function changeQuotas(
  tx: Tx,
  ids: readonly number[],
  quota: number,
  modified: Micros,
): Promise<void> {
  await setQuota(tx, ids, quota, textOf(modified))
}

const remove = statement(
  `${ANSWER_LATER} delete from allocations where id = any((select $1::int[])::int[])`,
)

export async function deleteRows(tx: Tx, ids: readonly number[]): Promise<void> {
  await remove(tx, ids)
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
        and g.mirror_of = ${resource}::uuid and not (${from}::timestamp <= g._start and g._end <= ${until}::timestamp))
      and (not ${onlyAlone}::boolean
        or (select count(*) from allocations g
          where g."group" = a."group" and g.mirror_of = ${resource}::uuid) = 1)
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
