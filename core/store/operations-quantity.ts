/**
 * Quantity: how many pieces of a type are at a place, now or at any date, as far as is known.
 *
 * An avatar counts from its first moment on and no longer at its last. Its state and its dates are two separate
 * questions: what is present may begin later than now, because state follows what was executed, never the clock.
 */
import { sql } from 'kysely'
import type { Instant, Uuid } from '../domain/time.ts'
import type { Tx } from './database.ts'
import type { Presence } from './operations-model.ts'

export interface QuantityWish {
  /** Of this type itself, not of types below it; all types by default. */
  readonly type?: Uuid
  /** Anywhere by default. */
  readonly place?: Uuid
  /** Also in the places within it; yes by default. */
  readonly recurse?: boolean
  /** Only where the tag is this; null: where there is none. A place has the tag of the nearest around it. */
  readonly tag?: string | null
  readonly states: readonly Presence[]
  /** At this moment; `infinity`: with no known end; absent: whatever the dates. */
  readonly at?: Instant | 'infinity'
}

/** Zero where there are none. */
export async function countAvatars(tx: Tx, wish: QuantityWish): Promise<number> {
  const { type = null, place = null, recurse = true, tag, states, at } = wish
  const moment = typeof at === 'number' ? at : null
  const { rows } = await sql<{ quantity: number }>`
    with recursive around (start, tag, parent) as (
      select id, tag, parent from allmend.place
      union all
      select a.start, p.tag, p.parent from around a join allmend.place p on p.id = a.parent
        where a.tag is null),
    within (id) as (
      select id from allmend.place where ${place}::uuid is null or id = ${place}::uuid
      union
      select p.id from within w join allmend.place p on p.parent = w.id where ${recurse}::boolean),
    asked as (
      select id from within where not ${tag !== undefined}::boolean
        or (select max(a.tag) from around a where a.start = within.id)
          is not distinct from ${tag ?? null}::text)
    select count(*)::int as quantity
    from allmend.avatar v join allmend.item i on i.id = v.item
    where v.place in (select id from asked) and v.state = any(${states}::text[])
      and (${type}::uuid is null or i.type = ${type}::uuid)
      and (not ${at === 'infinity'}::boolean or v.dt_until is null)
      and (${moment}::bigint is null
        or v.dt_from <= ${moment}::bigint
          and (v.dt_until is null or v.dt_until > ${moment}::bigint))`.execute(tx)
  return rows[0]?.quantity ?? 0
}
