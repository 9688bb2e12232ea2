/** Resources: the halls, rooms and things that can be reserved, as a tree. */
import { type Selectable, sql } from 'kysely'
import type { ResourceRow } from '../domain/resource.ts'
import type { Uuid } from '../domain/time.ts'
import type { Tx } from './database.ts'
import type { ResourceTable } from './schema.ts'

type Stored = Selectable<ResourceTable>

function toRow(stored: Stored): ResourceRow {
  const { shares_space: sharesSpace, step, ...rest } = stored
  return { ...rest, sharesSpace, step: step as ResourceRow['step'] }
}

function toColumns(row: Partial<ResourceRow>) {
  const { sharesSpace, features, aliases, ...rest } = row
  return {
    ...rest,
    ...(sharesSpace === undefined ? {} : { shares_space: sharesSpace }),
    ...(features === undefined ? {} : { features: JSON.stringify(features) }),
    ...(aliases === undefined ? {} : { aliases: JSON.stringify(aliases) }),
  }
}

/** All resources in the order in which a list shows them. */
export async function allResources(tx: Tx): Promise<ResourceRow[]> {
  const rows = await tx
    .selectFrom('allmend.resource')
    .selectAll()
    .orderBy('position')
    .orderBy('name')
    .orderBy('id')
    .execute()
  return rows.map(toRow)
}

export async function resourcesByIds(tx: Tx, ids: readonly Uuid[]): Promise<ResourceRow[]> {
  const rows = await tx
    .selectFrom('allmend.resource')
    .selectAll()
    .where('id', 'in', [...ids])
    .execute()
  return rows.map(toRow)
}

/**
 * Families read in a transaction, so that a batch of commands reads each once. A transaction sees one snapshot, and
 * whatever it changes itself makes it forget.
 */
const families = new WeakMap<Tx, Map<Uuid, Promise<readonly ResourceRow[]>>>()

/**
 * The resource and all that share its space: the whole of which it is a part, and its own parts, over any
 * number of levels. The resource itself comes first; empty where it does not exist.
 */
export function resourceWithRelatives(tx: Tx, id: Uuid): Promise<readonly ResourceRow[]> {
  const known = families.get(tx) ?? new Map<Uuid, Promise<readonly ResourceRow[]>>()
  families.set(tx, known)
  const found = known.get(id) ?? readFamily(tx, id)
  known.set(id, found)
  return found
}

async function readFamily(tx: Tx, id: Uuid): Promise<readonly ResourceRow[]> {
  const { rows } = await sql<Stored & { itself: boolean }>`
    with recursive
      wholes as (
        select r.* from allmend.resource r where r.id = ${id}::uuid
        union
        select r.* from allmend.resource r join wholes w on w.parent = r.id and w.shares_space
      ),
      parts as (
        select r.* from allmend.resource r where r.id = ${id}::uuid
        union
        select r.* from allmend.resource r join parts p on r.parent = p.id and r.shares_space
      )
    select r.*, r.id = ${id}::uuid as itself
      from (select * from wholes union select * from parts) r
     order by itself desc, r.position, r.id
  `.execute(tx)
  return rows.map(({ itself: _, ...stored }) => toRow(stored))
}

export async function insertResource(tx: Tx, row: ResourceRow): Promise<void> {
  families.delete(tx)
  await tx
    .insertInto('allmend.resource')
    .values(toColumns(row) as never)
    .execute()
}

export async function updateResource(
  tx: Tx,
  id: Uuid,
  facts: Partial<Omit<ResourceRow, 'id' | 'key' | 'zone'>>,
): Promise<void> {
  if (Object.keys(facts).length === 0) return
  families.delete(tx)
  await tx
    .updateTable('allmend.resource')
    .set(toColumns(facts) as never)
    .where('id', '=', id)
    .execute()
}

export async function deleteResource(tx: Tx, id: Uuid): Promise<void> {
  families.delete(tx)
  await tx.deleteFrom('allmend.resource').where('id', '=', id).execute()
}

/** What hangs on a resource: its parts, its allocations and the reservations on it. */
export async function dependentsOf(
  tx: Tx,
  id: Uuid,
): Promise<{ parts: number; allocations: number; reservations: number }> {
  const { rows } = await sql<{ parts: number; allocations: number; reservations: number }>`
    select (select count(*)::int from allmend.resource where parent = ${id}::uuid) as parts,
           (select count(*)::int from allocations where mirror_of = ${id}::uuid) as allocations,
           (select count(*)::int from reservations where resource = ${id}::uuid) as reservations
  `.execute(tx)
  return rows[0] as { parts: number; allocations: number; reservations: number }
}
