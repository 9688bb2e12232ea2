/** Types of things and the stores of the house, and what hangs on them. */
import { sql } from 'kysely'
import type { Uuid } from '../domain/time.ts'
import type { Tx } from './database.ts'

export interface StorePlace {
  readonly id: Uuid
  readonly name: string
  readonly tag: 'store' | 'workshop'
}

/** The places of the house that are no halls and nobody's. */
export async function storePlaces(tx: Tx): Promise<readonly StorePlace[]> {
  const { rows } = await sql<StorePlace>`
    select id, name, tag from allmend.place where tag in ('store', 'workshop')
    order by tag, name, id`.execute(tx)
  return rows
}

/** How many pieces are, were or will be at a place, and how many claims want some there. */
export async function hangsOnPlace(tx: Tx, place: Uuid): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select (select count(distinct item)::int from allmend.avatar where place = ${place}::uuid)
      + (select count(*)::int from allmend.claim where place = ${place}::uuid) as count`.execute(tx)
  return rows[0]?.count ?? 0
}

/** How many pieces of a type there are or were, how many claims on it, and how many sets it belongs to. */
export async function hangsOnItemType(tx: Tx, type: Uuid): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select (select count(*)::int from allmend.item where type = ${type}::uuid)
      + (select count(*)::int from allmend.claim where type = ${type}::uuid)
      + (select count(*)::int from allmend.item_type where parent = ${type}::uuid)
      + (select count(*)::int from allmend.item_type s
          cross join lateral jsonb_array_elements(s.behaviours #> '{assembly,pack,inputs}') l(part)
          join allmend.item_type p on p.code = l.part ->> 'type' where p.id = ${type}::uuid)
      as count`.execute(tx)
  return rows[0]?.count ?? 0
}

export async function updateItemType(tx: Tx, id: Uuid, name: string, kind: string): Promise<void> {
  await sql`update allmend.item_type set name = ${name}::text,
      properties = coalesce(properties, '{}') || jsonb_build_object('kind', ${kind}::text)
    where id = ${id}::uuid`.execute(tx)
}

export async function deleteItemType(tx: Tx, id: Uuid): Promise<void> {
  await sql`delete from allmend.item_type where id = ${id}::uuid`.execute(tx)
}

export async function updateStore(tx: Tx, id: Uuid, name: string, tag: string): Promise<void> {
  await sql`update allmend.place set name = ${name}::text, tag = ${tag}::text
    where id = ${id}::uuid`.execute(tx)
}

export async function deleteStore(tx: Tx, id: Uuid): Promise<void> {
  await sql`delete from allmend.place where id = ${id}::uuid`.execute(tx)
}

/** The places of halls or people that nothing was ever brought to. */
export async function deleteBarePlaces(tx: Tx, hallOrPerson: Uuid): Promise<void> {
  await sql`delete from allmend.place
    where resource = ${hallOrPerson}::uuid or borrower = ${hallOrPerson}::uuid`.execute(tx)
}

/** How many pieces and claims stand at the place of a hall or a person. */
export async function hangsOnPlaceOf(tx: Tx, hallOrPerson: Uuid): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    with own as (select id from allmend.place
      where resource = ${hallOrPerson}::uuid or borrower = ${hallOrPerson}::uuid)
    select (select count(*)::int from allmend.avatar where place in (select id from own))
      + (select count(*)::int from allmend.claim where place in (select id from own))
      + (select count(*)::int from allmend.operation where place in (select id from own))
      as count`.execute(tx)
  return rows[0]?.count ?? 0
}
