import { readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../core/store/database.ts'
import { ForeignTables, NewerDatabase } from '../../core/store/failures.ts'
import { migrateToLatest } from '../../core/store/migrate.ts'
import { migrations } from '../../core/store/migrations/list.ts'
import { kinds, type TestDatabase } from '../harness/databases.ts'
import { describeSchema, type SchemaFacts } from '../harness/describe-schema.ts'

const LIBRES_TABLES = ['allocations', 'reservation_blockers', 'reservations', 'reserved_slots']
const dump = () => readFile(new URL('libres/database.sql', import.meta.url), 'utf8')

async function clear(database: Database): Promise<void> {
  await sql
    .raw('drop schema if exists public, allmend, sync cascade; create schema public')
    .execute(database.kysely)
}

/** Every row of libres as text, with the hidden place where it lies: an update would move it. */
async function rowsOf(database: Database): Promise<Record<string, unknown[]>> {
  const rows: Record<string, unknown[]> = {}
  for (const table of LIBRES_TABLES) {
    const found = await sql`
      select ctid::text, xmin::text, t::text from ${sql.id('public', table)} t order by ctid
    `.execute(database.kysely)
    rows[table] = found.rows
  }
  return rows
}

describe.each(kinds.map((kind) => [kind.name, kind] as const))('tables · %s', (_name, kind) => {
  let open: TestDatabase
  let founded: SchemaFacts
  const database = () => open.database
  beforeAll(async () => {
    open = await kind.create()
    founded = await describeSchema(database(), 'public')
  })
  afterAll(async () => {
    await open.drop()
  })

  it('are the ones this program knows', async () => {
    expect(await migrateToLatest(database())).toEqual([])
    const { rows } = await sql<{ name: string }>`
      select name from allmend.migration order by name`.execute(database().kysely)
    expect(rows.map(({ name }) => name)).toEqual(Object.keys(migrations))
  })

  it('of libres are exactly those that libres makes', async () => {
    await clear(database())
    await sql.raw(await dump()).execute(database().kysely)
    const libres = await describeSchema(database(), 'public')
    expect(founded).toEqual(libres)
    expect(new Set(libres.columns.map((line) => line.split('.')[0]))).toEqual(
      new Set(LIBRES_TABLES),
    )
    expect(libres.enums).toEqual([
      'reservation_blocker_target_type: group, allocation',
      'reservation_status: pending, approved',
      'reservation_target_type: group, allocation',
      'reserved_slot_source_type: reservation, blocker',
    ])
    expect(libres.constraints).toContain(
      'reserved_slots reserved_slots_pkey PRIMARY KEY (resource, start)',
    )
    expect(libres.constraints).toContain('allocations resource_start_ix UNIQUE (resource, _start)')
    expect(libres.indexes).toHaveLength(36)
  })

  it('of a database that libres founded are adopted without touching a row', async () => {
    await clear(database())
    await sql.raw(await dump()).execute(database().kysely)
    const before = {
      rows: await rowsOf(database()),
      schema: await describeSchema(database(), 'public'),
    }
    expect(await migrateToLatest(database())).toEqual(Object.keys(migrations))
    const after = {
      rows: await rowsOf(database()),
      schema: await describeSchema(database(), 'public'),
    }
    expect(after).toEqual(before)
    expect(Object.values(before.rows).map((rows) => rows.length)).toEqual([78, 1, 25, 153])
    expect(await migrateToLatest(database())).toEqual([])
  })

  it('of an adopted database go on counting after the highest id', async () => {
    const { rows } = await sql<{ id: number; highest: number }>`
      select nextval('allocations_id_seq') as id, (select max(id) from allocations) as highest
    `.execute(database().kysely)
    expect(rows[0]?.id).toBe((rows[0]?.highest ?? 0) + 1)
  })

  it('of an older libres get the indexes that are missing', async () => {
    await clear(database())
    await sql.raw(await dump()).execute(database().kysely)
    await sql
      .raw('drop index ix_allocations_type, start_end_tsrange_ix, target_status_ix')
      .execute(database().kysely)
    await migrateToLatest(database())
    expect(await describeSchema(database(), 'public')).toEqual(founded)
  })

  it('that only bear the names of libres are refused and left alone', async () => {
    await clear(database())
    await sql.raw('create table reservations (id int, token uuid)').execute(database().kysely)
    const before = await describeSchema(database(), 'public')
    const refused = await migrateToLatest(database()).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(ForeignTables)
    expect((refused as ForeignTables).missing).toContain('reservations.target_type')
    expect(await describeSchema(database(), 'public')).toEqual(before)
    const { rows } = await sql<{ there: boolean }>`
      select to_regnamespace('allmend') is not null as there`.execute(database().kysely)
    expect(rows).toEqual([{ there: false }])
  })

  it('of a newer program are refused by name', async () => {
    await clear(database())
    await migrateToLatest(database())
    await sql`insert into allmend.migration values ('9999-future', '2030-01-01')`.execute(
      database().kysely,
    )
    await expect(migrateToLatest(database())).rejects.toEqual(new NewerDatabase(['9999-future']))
    await sql`delete from allmend.migration where name = '9999-future'`.execute(database().kysely)
  })

  it('are made once when two start at the same time', async () => {
    await clear(database())
    const both = await Promise.all([migrateToLatest(database()), migrateToLatest(database())])
    expect(both.flat()).toEqual(Object.keys(migrations))
    expect(await describeSchema(database(), 'public')).toEqual(founded)
  })
})
