/**
 * Operations: reads the part of the graph that a call works on, in one statement however long the chains are.
 *
 * What is read is always whole around an operation: with what it takes, what it leaves, and their pieces.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Instant, Uuid } from '../domain/time.ts'
import type { Tx } from './database.ts'
import type { Avatar, HistoryInput, Item, ItemType, Operation } from './operations-model.ts'

export interface OperationGraph {
  readonly operations: readonly Operation[]
  readonly avatars: readonly Avatar[]
  readonly inputs: readonly HistoryInput[]
  readonly items: readonly Item[]
}

/** Columns as the properties of `Operation`, for rows that travel as JSON. */
const operationJson = sql.raw(`json_build_object('id', o.id, 'kind', o.kind, 'state', o.state,
  'dtExecution', o.dt_execution, 'dtStart', o.dt_start, 'place', o.place, 'itemType', o.item_type,
  'code', o.code, 'properties', o.properties, 'name', o.name, 'parameters', o.parameters,
  'match', o.match, 'claim', o.claim, 'actor', o.actor, 'comment', o.comment)`)
const avatarJson = sql.raw(`json_build_object('id', a.id, 'item', a.item, 'state', a.state,
  'place', a.place, 'dtFrom', a.dt_from, 'dtUntil', a.dt_until, 'reason', a.reason)`)
const inputJson = sql.raw(`json_build_object('operation', h.operation, 'avatar', h.avatar,
  'latestPreviousOp', h.latest_previous_op, 'origDtUntil', h.orig_dt_until)`)
const itemJson = sql.raw(`json_build_object('id', i.id, 'type', i.type, 'code', i.code,
  'properties', i.properties)`)

/**
 * The statement around a query `reached (id)` of operations and a query `stays (id)` of avatars besides theirs.
 *
 * Rows travel as JSON, because one round trip costs more than writing and reading them. Everything is looked up
 * through an index, row by row: `offset 0` keeps the planner from joining, for which it would read whole tables
 * and, under SERIALIZABLE, lock them against everybody.
 */
async function graph(
  tx: Tx,
  reached: RawBuilder<unknown>,
  stays: RawBuilder<unknown>,
): Promise<OperationGraph> {
  const { rows } = await sql<OperationGraph>`
    with recursive reached (id) as (${reached}),
    operations as materialized (
      select o.* from reached r cross join lateral (
        select * from allmend.operation where id = r.id offset 0) o),
    near (id) as materialized (
      select h.avatar from reached r cross join lateral (
        select avatar from allmend.history_input where operation = r.id offset 0) h
      union
      select a.id from reached r cross join lateral (
        select id from allmend.avatar where reason = r.id offset 0) a
      union ${stays}),
    avatars as materialized (
      select a.* from near n cross join lateral (
        select * from allmend.avatar where id = n.id offset 0) a),
    inputs as materialized (
      select h.* from near n cross join lateral (
        select * from allmend.history_input where avatar = n.id offset 0) h),
    items as materialized (
      select i.* from (select distinct item from avatars) n cross join lateral (
        select * from allmend.item where id = n.item offset 0) i)
    select
      (select coalesce(json_agg(${operationJson}), '[]') from operations o) as operations,
      (select coalesce(json_agg(${avatarJson}), '[]') from avatars a) as avatars,
      (select coalesce(json_agg(${inputJson}), '[]') from inputs h) as inputs,
      (select coalesce(json_agg(${itemJson}), '[]') from items i) as items`.execute(tx)
  const [found] = rows
  if (!found) throw new Error('a query of sums gave no row')
  return found
}

const noAvatars = sql`select null::uuid where false`

/** The operations themselves. */
export function readOperations(tx: Tx, ids: readonly Uuid[]): Promise<OperationGraph> {
  return graph(tx, sql`select distinct unnest(${ids}::uuid[])`, noAvatars)
}

/** The operations and what follows them next, with one step before them: for questions, not for changes. */
export function readNeighbours(tx: Tx, ids: readonly Uuid[]): Promise<OperationGraph> {
  return graph(
    tx,
    sql`select unnest(${ids}::uuid[])
      union select h.operation from allmend.history_input h
        where h.latest_previous_op = any(${ids}::uuid[])
      union select h.latest_previous_op from allmend.history_input h
        where h.operation = any(${ids}::uuid[])`,
    noAvatars,
  )
}

/** The operations and all that follow them. */
export function readFollowers(tx: Tx, ids: readonly Uuid[]): Promise<OperationGraph> {
  return graph(
    tx,
    sql`select unnest(${ids}::uuid[])
      union select next.operation from reached cross join lateral (
        select h.operation from allmend.history_input h
        where h.latest_previous_op = reached.id offset 0) next`,
    noAvatars,
  )
}

/** The operations and those unfinished followers, with theirs, that are planned for before `date`. */
export function readOvertaken(
  tx: Tx,
  ids: readonly Uuid[],
  date: Instant,
): Promise<OperationGraph> {
  return graph(
    tx,
    sql`select unnest(${ids}::uuid[])
      union select next.operation from reached cross join lateral (
        select h.operation from allmend.history_input h
        where h.latest_previous_op = reached.id offset 0) next
      join allmend.operation later on later.id = next.operation
      where later.state <> 'done' and later.dt_execution < ${date}::bigint`,
    noAvatars,
  )
}

/** Avatars with their pieces and who takes them; no operation. */
export function readAvatars(tx: Tx, ids: readonly Uuid[]): Promise<OperationGraph> {
  return graph(tx, sql`select null::uuid where false`, sql`select unnest(${ids}::uuid[])`)
}

/**
 * What is and will be of the pieces of some types: their standing avatars, the operations these come from or go
 * into, and everything done or planned for the claims named.
 */
export function readStanding(
  tx: Tx,
  types: readonly Uuid[],
  claims: readonly Uuid[],
): Promise<OperationGraph> {
  return graph(
    tx,
    sql`select v.reason from allmend.item i cross join lateral (
          select reason from allmend.avatar where item = i.id and state <> 'past' offset 0) v
        where i.type = any(${types}::uuid[])
      union select h.operation from allmend.item i
        cross join lateral (
          select id from allmend.avatar where item = i.id and state <> 'past' offset 0) v
        cross join lateral (
          select operation from allmend.history_input where avatar = v.id offset 0) h
        where i.type = any(${types}::uuid[])
      union select o.id from allmend.operation o where o.claim = any(${claims}::uuid[])`,
    noAvatars,
  )
}

/** All types: they are few, and a behaviour may name any of them. */
export function itemTypes(tx: Tx): Promise<ItemType[]> {
  return tx
    .selectFrom('allmend.item_type')
    .select(['id', 'code', 'name', 'parent', 'behaviours', 'properties'])
    .orderBy('code')
    .execute()
}
