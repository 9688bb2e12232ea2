/** Pieces: which there are at a place and what is planned with them, for commands that take some. */
import { sql } from 'kysely'
import type { Instant, Uuid } from '../domain/time.ts'
import type { Tx } from './database.ts'
import { placeName } from './material-names.ts'
import type { OperationState } from './operations-model.ts'

/** A piece where it is now. */
export interface PresentPiece {
  readonly item: Uuid
  readonly avatar: Uuid
  readonly type: Uuid
  readonly name: string
  readonly code: string | null
  readonly place: Uuid
  readonly placeName: string
  readonly from: Instant
}

const columns = sql.raw(`v.item, v.id as avatar, i.type, t.name, i.code, v.place,
  v.dt_from as "from"`)

/** So many pieces of a type at some places: first those that were there at `at`, and that nothing is planned with. */
export async function somePieces(
  tx: Tx,
  type: Uuid,
  places: readonly Uuid[],
  at: Instant,
  count: number,
): Promise<readonly PresentPiece[]> {
  const { rows } = await sql<PresentPiece>`
    select ${columns}, ${placeName} as "placeName"
    from allmend.item i
    cross join lateral (
      select * from allmend.avatar where item = i.id and state = 'present' offset 0) v
    join allmend.item_type t on t.id = i.type
    join allmend.place p on p.id = v.place
    where i.type = ${type}::uuid and v.place = any((select ${places}::uuid[])::uuid[])
    order by v.dt_from > ${at}::bigint,
      exists (select 1 from allmend.history_input h where h.avatar = v.id), i.code, i.id
    limit ${count}::int`.execute(tx)
  return rows
}

/** The types of all that operations have taken and left. */
export async function typesTouchedBy(
  tx: Tx,
  operations: readonly Uuid[],
): Promise<readonly Uuid[]> {
  const { rows } = await sql<{ type: Uuid }>`
    select distinct i.type from unnest((select ${operations}::uuid[])) as n(id)
    cross join lateral (
      select item from allmend.avatar where reason = n.id
      union
      select v.item from allmend.history_input h join allmend.avatar v on v.id = h.avatar
      where h.operation = n.id) v
    join allmend.item i on i.id = v.item order by i.type`.execute(tx)
  return rows.map((row) => row.type)
}

/** Those of the items that are in the house. */
export async function presentPieces(
  tx: Tx,
  items: readonly Uuid[],
): Promise<readonly PresentPiece[]> {
  const { rows } = await sql<PresentPiece>`
    select ${columns}, ${placeName} as "placeName"
    from unnest((select ${items}::uuid[])) as n(id)
    cross join lateral (select * from allmend.item where id = n.id offset 0) i
    cross join lateral (
      select * from allmend.avatar where item = i.id and state = 'present' offset 0) v
    join allmend.item_type t on t.id = i.type
    join allmend.place p on p.id = v.place
    order by i.id`.execute(tx)
  return rows
}

/** House work that is only planned with what these avatars lead to. */
export async function houseWorkOn(tx: Tx, avatars: readonly Uuid[]): Promise<readonly Uuid[]> {
  const { rows } = await sql<{ id: Uuid }>`
    select distinct o.id from allmend.history_input h
    join allmend.operation o on o.id = h.operation
    where h.avatar = any((select ${avatars}::uuid[])::uuid[])
      and o.claim is null and o.state = 'planned' order by o.id`.execute(tx)
  return rows.map((row) => row.id)
}

/** What is to be done next with an avatar, and why. */
export async function nextTrip(
  tx: Tx,
  avatar: Uuid,
): Promise<Readonly<{ id: Uuid; claim: Uuid | null; place: Uuid | null }> | undefined> {
  const { rows } = await sql<{ id: Uuid; claim: Uuid | null; place: Uuid | null }>`
    select o.id, o.claim, o.place from allmend.history_input h
    join allmend.operation o on o.id = h.operation
    where h.avatar = ${avatar}::uuid and o.state <> 'done'`.execute(tx)
  return rows[0]
}

/** What takes the outcomes of operations, next. */
export interface Follower {
  readonly id: Uuid
  readonly state: OperationState
  readonly claim: Uuid | null
}

export async function followersOf(
  tx: Tx,
  operations: readonly Uuid[],
): Promise<readonly Follower[]> {
  const { rows } = await sql<Follower>`
    select distinct o.id, o.state, o.claim from allmend.history_input h
    join allmend.operation o on o.id = h.operation
    where h.latest_previous_op = any((select ${operations}::uuid[])::uuid[])
      and not o.id = any((select ${operations}::uuid[])::uuid[])
    order by o.id`.execute(tx)
  return rows
}

/** Those of the operations that are there still. */
export async function operationsThere(tx: Tx, ids: readonly Uuid[]): Promise<ReadonlySet<Uuid>> {
  const { rows } = await sql<{ id: Uuid }>`
    select o.id from allmend.operation o
    where o.id = any((select ${ids}::uuid[])::uuid[])`.execute(tx)
  return new Set(rows.map((row) => row.id))
}

/** Trips that are planned for a claim to a place, the earliest first. */
export async function plannedTrips(tx: Tx, claim: Uuid, place: Uuid): Promise<readonly Uuid[]> {
  const { rows } = await sql<{ id: Uuid }>`
    select o.id from allmend.operation o
    where o.claim = ${claim}::uuid and o.place = ${place}::uuid and o.state <> 'done'
    order by o.dt_execution, o.id`.execute(tx)
  return rows.map((row) => row.id)
}

/** The store a piece was in last, where it is not in one now. */
export async function lastStore(
  tx: Tx,
  item: Uuid,
  stores: readonly Uuid[],
): Promise<Uuid | undefined> {
  const { rows } = await sql<{ place: Uuid }>`
    select place from allmend.avatar
    where item = ${item}::uuid and state = 'past'
      and place = any((select ${stores}::uuid[])::uuid[])
    order by dt_from desc, id desc limit 1`.execute(tx)
  return rows[0]?.place
}
