/** Settings of the municipality: one JSON value per key. */
import { sql } from 'kysely'
import type { Tx } from './database.ts'

/** The municipality as it was founded, or null where nothing is founded yet. */
export async function readMunicipality(
  tx: Tx,
): Promise<{ name: string; zone: string; context: string } | null> {
  const row = await tx
    .selectFrom('allmend.setting')
    .select('value')
    .where('key', '=', 'municipality')
    .executeTakeFirst()
  return (row?.value as { name: string; zone: string; context: string } | undefined) ?? null
}

export async function writeSetting(tx: Tx, key: string, value: unknown): Promise<void> {
  const json = sql<never>`${JSON.stringify(value)}::jsonb`
  await tx
    .insertInto('allmend.setting')
    .values({ key, value: json })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: json }))
    .execute()
}
