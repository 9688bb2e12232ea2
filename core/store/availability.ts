/** Which allocations a rule of the editor made, by the uuid of their group. */
import { sql } from 'kysely'
import type { Uuid } from '../domain/time.ts'
import type { Tx } from './database.ts'

export async function insertGroupsOfRule(
  tx: Tx,
  rule: Uuid,
  groups: readonly Uuid[],
): Promise<void> {
  if (groups.length === 0) return
  await sql`
    insert into allmend.availability ("group", rule)
    select g, ${rule}::uuid from unnest(${[...groups]}::uuid[]) g
  `.execute(tx)
}

/** The groups of a rule that still have an allocation, with its resource. */
export async function groupsOfRule(
  tx: Tx,
  rule: Uuid,
): Promise<readonly Readonly<{ group: Uuid; resource: Uuid }>[]> {
  const { rows } = await sql<{ group: Uuid; resource: Uuid }>`
    select distinct v."group", a.mirror_of as resource
      from allmend.availability v join allocations a on a."group" = v."group"
     where v.rule = ${rule}::uuid
     order by resource, "group"
  `.execute(tx)
  return rows
}

export async function removeGroupsOfRule(tx: Tx, rule: Uuid): Promise<void> {
  await sql`delete from allmend.availability where rule = ${rule}::uuid`.execute(tx)
}
