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
 * Rows travel as JSON, because one round trip costs more than writing and reading them.
 */
async function graph(
  tx: Tx,
  reached: RawBuilder<unknown>,
  stays: RawBuilder<unknown>,
): Promise<OperationGraph> {
  const { rows } = await sql<OperationGraph>`
    with recursive reached (id) as (${reached}),
    taken as materialized (
      select h.* from allmend.history_input h where h.operation in (select id from reached)),
    near as materialized (
      select avatar as id from taken
      union select a.id from allmend.avatar a where a.reason in (select id from reached)
      union ${stays}),
    avatars as materialized (
      select a.* from allmend.avatar a where a.id in (select id from near)),
    inputs as materialized (
      select h.* from allmend.history_input h where h.avatar in (select id from near))
    select
      (select coalesce(json_agg(${operationJson} order by o.id), '[]') from allmend.operation o
        where o.id in (select id from reached)) as operations,
      (select coalesce(json_agg(${avatarJson} order by a.id), '[]') from avatars a) as avatars,
      (select coalesce(json_agg(${inputJson}), '[]') from inputs h) as inputs,
      (select coalesce(json_agg(${itemJson} order by i.id), '[]') from allmend.item i
        where i.id in (select item from avatars)) as items`.execute(tx)
  const [found] = rows
  if (!found) throw new Error('a query of sums gave no row')
  return found
}

const noAvatars = sql`select null::uuid where false`

/** The operations themselves. */
export function readOperations(tx: Tx, ids: readonly Uuid[]): Promise<OperationGraph> {
  return graph(tx, sql`select unnest(${ids}::uuid[])`, noAvatars)
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
  // Each step looks up the few it has just found: without the lateral the whole table might be read every time.
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
    sql`select v.reason from allmend.item i
        join allmend.avatar v on v.item = i.id and v.state <> 'past'
        where i.type = any(${types}::uuid[])
      union select h.operation from allmend.item i
        join allmend.avatar v on v.item = i.id and v.state <> 'past'
        join allmend.history_input h on h.avatar = v.id
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
