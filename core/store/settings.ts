/** Settings of the municipality: one JSON value per key. */
import { sql } from 'kysely'
import { type HolidaySettings, NO_HOLIDAYS } from '../domain/holidays.ts'
import type { PublishTarget } from '../domain/publish-target.ts'
import type { Tx } from './database.ts'

/** The municipality as it was founded, or null where nothing is founded yet. */
export async function readMunicipality(
  tx: Tx,
): Promise<{ name: string; zone: string; context: string } | null> {
  const value = await readSetting(tx, 'municipality')
  return (value as { name: string; zone: string; context: string } | undefined) ?? null
}

export async function readHolidaySettings(tx: Tx): Promise<HolidaySettings> {
  const stored = (await readSetting(tx, 'holidays')) as Partial<HolidaySettings> | undefined
  return { ...NO_HOLIDAYS, ...stored }
}

/** In the order in which they were added. */
export async function readPublishTargets(tx: Tx): Promise<readonly PublishTarget[]> {
  return ((await readSetting(tx, 'publish')) as readonly PublishTarget[] | undefined) ?? []
}

async function readSetting(tx: Tx, key: string): Promise<unknown> {
  const row = await tx
    .selectFrom('allmend.setting')
    .select('value')
    .where('key', '=', key)
    .executeTakeFirst()
  return row?.value
}

export async function writeSetting(tx: Tx, key: string, value: unknown): Promise<void> {
  const json = sql<never>`${JSON.stringify(value)}::jsonb`
  await tx
    .insertInto('allmend.setting')
    .values({ key, value: json })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: json }))
    .execute()
}
