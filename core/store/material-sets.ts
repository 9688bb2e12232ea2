/** Sets: what a type of set is made of, as its behaviours say it, and which pieces are in the sets there are. */
import { sql } from 'kysely'
import type { Uuid } from '../domain/time.ts'
import type { Tx } from './database.ts'
import type { ItemType, JsonObject } from './operations-model.ts'

export interface Part {
  readonly type: Uuid
  readonly quantity: number
}

/** As much of the behaviours as the desk writes; see core/operations/README.md. */
interface Packing {
  readonly assembly?: Readonly<{
    pack?: Readonly<{
      inputs?: readonly Readonly<{ type: string; quantity: number }>[]
      allow_extra_inputs?: boolean
    }>
  }>
}

/** Nothing where it is no set. */
export function partsOf(
  type: ItemType,
  types: ReadonlyMap<Uuid, ItemType>,
): Readonly<{ contents: Part[]; extra: boolean }> {
  const way = (type.behaviours as Packing | null)?.assembly?.pack
  const byCode = new Map([...types.values()].map((one) => [one.code, one.id]))
  const contents = (way?.inputs ?? []).flatMap(({ type: code, quantity }) => {
    const id = byCode.get(code)
    return id === undefined ? [] : [{ type: id, quantity }]
  })
  return { contents, extra: way?.allow_extra_inputs ?? false }
}

export async function updateBehaviours(
  tx: Tx,
  type: Uuid,
  behaviours: JsonObject | null,
): Promise<void> {
  const text = behaviours === null ? null : JSON.stringify(behaviours)
  await sql`update allmend.item_type set behaviours = ${text}::jsonb
    where id = ${type}::uuid`.execute(tx)
}

/** How many sets of a type are packed, now or by what is planned. */
export async function hangsOnSet(tx: Tx, type: Uuid): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(distinct i.id)::int as count from allmend.item i
    join allmend.avatar v on v.item = i.id and v.state <> 'past'
    where i.type = ${type}::uuid and i.properties ? 'contents'`.execute(tx)
  return rows[0]?.count ?? 0
}

/** The types of what is in each of the items; those that nothing is known to be in are not there. */
export async function partsInside(
  tx: Tx,
  items: readonly Uuid[],
): Promise<ReadonlyMap<Uuid, readonly Uuid[]>> {
  const { rows } = await sql<{ item: Uuid; types: Uuid[] }>`
    select i.id as item, json_agg(distinct t.id) as types
    from unnest((select ${items}::uuid[])) as n(id)
    cross join lateral (select * from allmend.item where id = n.id offset 0) i
    cross join lateral jsonb_array_elements(i.properties -> 'contents') as c(line)
    join allmend.item_type t on t.code = c.line ->> 'type'
    group by i.id`.execute(tx)
  return new Map(rows.map(({ item, types }) => [item, types]))
}
