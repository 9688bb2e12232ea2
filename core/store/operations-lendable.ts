/**
 * Lendable: the pieces of a type that can be lent, summed, and what is claimed of them: all that "are forty chairs
 * free?" has to know, in one statement that looks at what is present and not at the thousands of trips planned.
 */
import { sql } from 'kysely'
import type { Instant, Uuid } from '../domain/time.ts'
import type { Tx } from './database.ts'

/** Pieces that stand alike at the end of all that cannot be planned anew. */
export interface LendablePieces {
  /** The claim they are out for; null: they are in a store. */
  readonly out: Uuid | null
  readonly from: Instant
  readonly count: number
}

export interface ClaimedPieces {
  readonly id: Uuid
  readonly quantity: number
  readonly outAt: Instant
  readonly backAt: Instant
  /** Pieces that have gone out for it or are bound to, and were not lost on the way. */
  readonly served: number
}

export interface Lendable {
  readonly pieces: readonly LendablePieces[]
  readonly claims: readonly ClaimedPieces[]
}

/** What is asked: how a type stands from `from` until `until`. */
export interface LendingWindow {
  readonly type: Uuid
  readonly from: Instant
  readonly until: Instant
  /** Claims that are over by now get nothing more, so they count only while something is out for them. */
  readonly now: Instant
  /** Of the places that pieces are kept at. */
  readonly tag: string
}

/**
 * The same sums as `standingsOf` makes of a ledger: `bound` are the operations that cannot be planned anew though
 * they are not done, with all that leads to them; `tails` are the avatars that the next trip would take.
 */
export async function readLendable(
  tx: Tx,
  { type, from, until, now, tag }: LendingWindow,
): Promise<Lendable> {
  const { rows } = await sql<Lendable>`
    with recursive stores (id) as (
      select id from allmend.place where tag = ${tag}::text
      union
      select p.id from stores s join allmend.place p on p.parent = s.id where p.tag is null),
    bound (id) as (
      select o.id from allmend.operation o
      where o.state in ('planned', 'started') and o.state <> 'done'
        and (o.claim is null or o.kind <> 'move' or o.state = 'started')
      union
      select p.id from bound b
      cross join lateral (
        select latest_previous_op as id from allmend.history_input
        where operation = b.id offset 0) h
      cross join lateral (
        select id from allmend.operation where id = h.id and state <> 'done' offset 0) p),
    -- As an array, because the planner takes what is recursive for endless.
    fixed (ids) as materialized (select coalesce(array_agg(id), '{}') from bound),
    held (ids) as materialized (
      select coalesce(array_agg(h.avatar), '{}') from bound b cross join lateral (
        select avatar from allmend.history_input where operation = b.id offset 0) h),
    standing as materialized (
      select v.* from allmend.item i cross join lateral (
        select id, item, dt_from, place, reason from allmend.avatar
        where item = i.id and state = 'present' offset 0) v
      where i.type = ${type}::uuid
      union all
      select v.* from bound b
      cross join lateral (
        select id, item, dt_from, place, reason from allmend.avatar
        where reason = b.id and state = 'future' offset 0) v
      cross join lateral (
        select 1 from allmend.item where id = v.item and type = ${type}::uuid offset 0) i),
    -- For whom it is out is only looked up of what is out: most stands in a store.
    tails as materialized (
      select v.item, v.dt_from, v.home, case when not v.home then (
          select claim from allmend.operation where id = v.reason) end as claim
      from (select s.*, s.place in (select id from stores) as home from standing s offset 0) v
      where not v.id = any((select ids from held)::uuid[])),
    there (items) as materialized (select coalesce(array_agg(item), '{}') from tails),
    sums as (
      select case when home then null else claim end as out,
        case when home then greatest(dt_from, ${from}::bigint) else dt_from end as "from",
        count(*)::int as count
      from tails where home or claim is not null group by 1, 2),
    claimed as (
      select c.id, c.quantity, c.out_at as "outAt", c.back_at as "backAt", (
        select count(distinct v.item)::int from (
          select id, state from allmend.operation
          where claim = c.id and place not in (select id from stores)
            and (state <> 'planned' or id = any((select ids from fixed)::uuid[])) offset 0) o
        cross join lateral (
          -- What was done is the reason of what it took: there are years of it, and this looks once for each piece.
          select item from allmend.avatar
          where o.state = 'done' and reason = o.id and state = 'past'
          union all
          select t.item from allmend.history_input h cross join lateral (
            select item from allmend.avatar where id = h.avatar offset 0) t
          where o.state <> 'done' and h.operation = o.id offset 0) v
        where o.state <> 'done' or v.item in (select unnest(items) from there)) as served
      from allmend.claim c
      where c.type = ${type}::uuid and not c.withdrawn and (
        c.back_at > ${from}::bigint and c.out_at < ${until}::bigint
          and c.back_at > ${now}::bigint
        or c.id in (select out from sums)))
    select
      (select coalesce(json_agg(s), '[]') from sums s) as pieces,
      (select coalesce(json_agg(c), '[]') from claimed c) as claims`.execute(tx)
  const [found] = rows
  if (!found) throw new Error('a query of sums gave no row')
  return found
}
