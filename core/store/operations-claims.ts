/** Claims: what bookings want to have, and the places pieces are kept at. */
import { sql } from 'kysely'
import type { Instant, Uuid } from '../domain/time.ts'
import type { Tx } from './database.ts'
import type { Claim } from './operations-model.ts'

type RawClaim = {
  id: Uuid
  booking: Uuid
  type: Uuid
  quantity: number
  out_at: Instant
  back_at: Instant
  place: Uuid
}

function claimOf({ out_at: outAt, back_at: backAt, ...rest }: RawClaim): Claim {
  return { ...rest, outAt, backAt }
}

export async function insertClaims(tx: Tx, claims: readonly Claim[]): Promise<void> {
  if (claims.length === 0) return
  await sql`insert into allmend.claim (id, booking, type, quantity, out_at, back_at, place)
    select id, booking, type, quantity, "outAt", "backAt", place
    from jsonb_to_recordset(${JSON.stringify(claims)}::jsonb) as r(id uuid, booking uuid,
      type uuid, quantity integer, "outAt" bigint, "backAt" bigint, place uuid)`.execute(tx)
}

export async function claimsById(tx: Tx, ids: readonly Uuid[]): Promise<Claim[]> {
  const { rows } = await sql<RawClaim>`
    select id, booking, type, quantity, out_at, back_at, place from allmend.claim
    where id = any(${ids}::uuid[]) order by out_at, id`.execute(tx)
  return rows.map(claimOf)
}

/** The claims on some types that are not over at `now`, or that pieces are still out for. */
export async function openClaims(tx: Tx, types: readonly Uuid[], now: Instant): Promise<Claim[]> {
  const { rows } = await sql<RawClaim>`
    select c.id, c.booking, c.type, c.quantity, c.out_at, c.back_at, c.place from allmend.claim c
    where c.type = any(${types}::uuid[]) and not c.withdrawn and (c.back_at > ${now}::bigint or exists (
      select 1 from allmend.operation o join allmend.avatar v on v.reason = o.id
      where o.claim = c.id and v.state <> 'past'))
    order by c.out_at, c.id`.execute(tx)
  return rows.map(claimOf)
}

/** Whether anything is planned for claims on some types, open or not. */
export async function isAnythingPlanned(tx: Tx, types: readonly Uuid[]): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select 1 from allmend.claim c join allmend.operation o on o.claim = c.id
      where c.type = any(${types}::uuid[]) and o.state = 'planned') as found`.execute(tx)
  return rows[0]?.found ?? false
}

/** Those of the claims that nothing has been done for yet: only intent. */
export async function untouchedClaims(tx: Tx, ids: readonly Uuid[]): Promise<Uuid[]> {
  const { rows } = await sql<{ id: Uuid }>`
    select c.id from allmend.claim c where c.id = any(${ids}::uuid[]) and not exists (
      select 1 from allmend.operation o where o.claim = c.id and o.state <> 'planned')`.execute(tx)
  return rows.map((row) => row.id)
}

/** Removes claims that no operation speaks of any more. */
export async function deleteClaims(tx: Tx, ids: readonly Uuid[]): Promise<void> {
  await sql`delete from allmend.claim where id = any(${ids}::uuid[])`.execute(tx)
}

/** Ends claims at a moment, however they were meant; the pieces are to be fetched then. */
export async function endClaims(tx: Tx, ids: readonly Uuid[], at: Instant): Promise<void> {
  await sql`update allmend.claim set back_at = ${at}::bigint,
      out_at = least(out_at, ${at}::bigint - 1)
    where id = any(${ids}::uuid[]) and back_at > ${at}::bigint`.execute(tx)
}

/** The places that bear a tag, of their own or of the nearest place around them that has one. */
export async function placesTagged(tx: Tx, tag: string): Promise<Set<Uuid>> {
  const { rows } = await sql<{ id: Uuid }>`
    with recursive tagged (id) as (
      select id from allmend.place where tag = ${tag}::text
      union
      select p.id from tagged t join allmend.place p on p.parent = t.id where p.tag is null)
    select id from tagged`.execute(tx)
  return new Set(rows.map((row) => row.id))
}
