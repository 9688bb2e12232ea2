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

/**
 * The same sums as `standingsOf` makes of a ledger: `bound` are the operations that cannot be planned anew though
 * they are not done, with all that leads to them; `tails` are the avatars that the next trip would take.
 */
export async function readLendable(
  tx: Tx,
  type: Uuid,
  from: Instant,
  until: Instant,
  tag: string,
): Promise<Lendable> {
  const { rows } = await sql<Lendable>`
    with recursive stores (id) as (
      select id from allmend.place where tag = ${tag}::text
      union
      select p.id from stores s join allmend.place p on p.parent = s.id where p.tag is null),
    bound (id) as (
      select o.id from allmend.operation o where o.state <> 'done'
        and not (o.state = 'planned' and o.kind = 'move' and o.claim is not null)
      union
      select p.id from bound b
      join allmend.history_input h on h.operation = b.id
      join allmend.operation p on p.id = h.latest_previous_op
      where p.state <> 'done'),
    tails as materialized (
      select v.item, v.dt_from, m.claim, v.place in (select id from stores) as home
      from allmend.item i
      join allmend.avatar v on v.item = i.id and v.state = 'present'
      join allmend.operation m on m.id = v.reason
      left join allmend.history_input h on h.avatar = v.id
      where i.type = ${type}::uuid
        and (h.operation is null or h.operation not in (select id from bound))
      union all
      select v.item, v.dt_from, m.claim, v.place in (select id from stores)
      from bound b
      join allmend.operation m on m.id = b.id
      join allmend.avatar v on v.reason = b.id and v.state = 'future'
      join allmend.item i on i.id = v.item and i.type = ${type}::uuid
      left join allmend.history_input h on h.avatar = v.id
      where h.operation is null or h.operation not in (select id from bound)),
    sums as (
      select case when home then null else claim end as out,
        case when home then greatest(dt_from, ${from}::bigint) else dt_from end as "from",
        count(*)::int as count
      from tails where home or claim is not null group by 1, 2),
    claimed as (
      select c.id, c.quantity, c.out_at as "outAt", c.back_at as "backAt", (
        select count(distinct v.item)::int from allmend.operation o
        join allmend.history_input h on h.operation = o.id
        join allmend.avatar v on v.id = h.avatar
        where o.claim = c.id and o.place not in (select id from stores) and (
          o.state = 'started'
          or o.state = 'planned' and o.id in (select id from bound)
          or o.state = 'done' and v.item in (select item from tails))) as served
      from allmend.claim c
      where c.type = ${type}::uuid and (
        c.back_at > ${from}::bigint and c.out_at < ${until}::bigint
        or c.id in (select out from sums)))
    select
      (select coalesce(json_agg(s), '[]') from sums s) as pieces,
      (select coalesce(json_agg(c), '[]') from claimed c) as claims`.execute(tx)
  const [found] = rows
  if (!found) throw new Error('a query of sums gave no row')
  return found
}
