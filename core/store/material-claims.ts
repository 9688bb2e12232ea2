/** Claims of bookings: how far each has come, and what becomes of them with their booking. */
import { sql } from 'kysely'
import type { HasPieces } from '../domain/refusal.ts'
import type { Instant, Uuid } from '../domain/time.ts'
import type { Tx } from './database.ts'
import type { Claim, Place } from './operations-model.ts'

export interface StandingClaim extends Claim {
  /** Kept to be read; nothing is planned for it. */
  readonly withdrawn: boolean
  /** When it was meant to be, where it was ended early. */
  readonly meantOut: Instant | null
  readonly meantBack: Instant | null
  /** Something was done for it. */
  readonly touched: boolean
  /** Pieces are where it wanted them. */
  readonly there: boolean
  /** The hall its place is; null: with a person. */
  readonly resource: Uuid | null
}

/** In the order in which they begin. */
export async function claimsOfBookings(
  tx: Tx,
  tokens: readonly Uuid[],
): Promise<readonly StandingClaim[]> {
  const { rows } = await sql<StandingClaim>`
    select c.id, c.booking, c.type, c.quantity, c.out_at as "outAt", c.back_at as "backAt", c.place,
      c.withdrawn, c.meant_out as "meantOut", c.meant_back as "meantBack", p.resource,
      exists (select 1 from allmend.operation o
        where o.claim = c.id and o.state <> 'planned') as touched,
      exists (select 1 from allmend.operation o
        cross join lateral (
          select place from allmend.avatar where reason = o.id and state = 'present' offset 0) v
        where o.claim = c.id and o.state = 'done' and v.place = c.place) as there
    from allmend.claim c join allmend.place p on p.id = c.place
    where c.booking = any((select ${tokens}::uuid[])::uuid[])
    order by c.out_at, c.id`.execute(tx)
  return rows
}

/** The claim if it is wanted still, be it over or not. */
export async function standingClaim(tx: Tx, id: Uuid): Promise<Uuid | null> {
  const { rows } = await sql<{ id: Uuid }>`
    select id from allmend.claim where id = ${id}::uuid and not withdrawn`.execute(tx)
  return rows[0]?.id ?? null
}

export async function isPlace(tx: Tx, id: Uuid): Promise<boolean> {
  const { rows } = await sql`select 1 from allmend.place where id = ${id}::uuid`.execute(tx)
  return rows.length > 0
}

/** Writes claims that are there already as they are to be; they are wanted again. */
export async function updateClaims(tx: Tx, claims: readonly Claim[]): Promise<void> {
  if (claims.length === 0) return
  await sql`update allmend.claim c set type = r.type, quantity = r.quantity, out_at = r."outAt",
      back_at = r."backAt", place = r.place, withdrawn = false, meant_out = null, meant_back = null
    from jsonb_to_recordset(${JSON.stringify(claims)}::jsonb) as r(id uuid, type uuid,
      quantity integer, "outAt" bigint, "backAt" bigint, place uuid)
    where c.id = r.id`.execute(tx)
}

/** Nothing was done for them: they stay to be read. */
export async function withdrawClaims(tx: Tx, ids: readonly Uuid[]): Promise<void> {
  if (ids.length === 0) return
  await sql`update allmend.claim set withdrawn = true
    where id = any(${ids}::uuid[])`.execute(tx)
}

/** Remembers when they were meant to be, before they are ended. */
export async function rememberMeant(tx: Tx, ids: readonly Uuid[]): Promise<void> {
  if (ids.length === 0) return
  await sql`update allmend.claim set meant_out = out_at, meant_back = back_at
    where id = any(${ids}::uuid[]) and meant_out is null`.execute(tx)
}

/** Places that may be there already under the same id. */
export async function ensurePlaces(tx: Tx, places: readonly Place[]): Promise<void> {
  if (places.length === 0) return
  await sql`insert into allmend.place (id, name, parent, tag, resource, borrower)
    select id, name, null, null, resource, borrower
    from jsonb_to_recordset(${JSON.stringify(places)}::jsonb)
      as r(id uuid, name text, resource uuid, borrower uuid)
    on conflict do nothing`.execute(tx)
}

/** Who has claimed pieces of a type for any part of a window, the largest first. `without`: the booking that asks. */
export async function claimants(
  tx: Tx,
  type: Uuid,
  start: Instant,
  end: Instant,
  without: Uuid | null,
): Promise<readonly HasPieces[]> {
  const { rows } = await sql<HasPieces>`
    select b.token, b.number, b.title, sum(c.quantity)::int as quantity,
      min(c.out_at) as start, max(c.back_at) as "end"
    from allmend.claim c join allmend.booking b on b.token = c.booking
    where c.type = ${type}::uuid and not c.withdrawn and c.out_at < ${end}::bigint
      and c.back_at > ${start}::bigint and c.booking is distinct from ${without}::uuid
    group by b.token, b.number, b.title
    order by sum(c.quantity) desc, b.number`.execute(tx)
  return rows
}
