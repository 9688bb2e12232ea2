/**
 * Migrate: brings a database, whoever founded it, to the tables this program knows.
 *
 * All or nothing, in one transaction under an advisory lock, so two desks that start at once do it once. It never
 * goes back and never touches a row of libres.
 */
import { type Kysely, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import type { Database } from './database.ts'
import { NewerDatabase } from './failures.ts'
import { migrations } from './migrations/list.ts'

const SCHEMA = 'allmend'
const TABLE = 'migration'

/** By name; none where nothing was ever migrated. */
export async function appliedMigrations(db: Kysely<never>): Promise<readonly string[]> {
  const { rows: found } = await sql<{ there: boolean }>`
    select to_regclass(${`${SCHEMA}.${TABLE}`}) is not null as there`.execute(db)
  if (!found[0]?.there) return []
  const { rows } = await sql<{ name: string }>`
    select name from ${sql.id(SCHEMA, TABLE)} order by name`.execute(db)
  return rows.map((row) => row.name)
}

/** Returns the names of the migrations it ran, none when there was nothing to do. */
export async function migrateToLatest(database: Database): Promise<readonly string[]> {
  const known = Object.keys(migrations)
  const db = database.kysely as unknown as Kysely<never>
  const before = await appliedMigrations(db)
  const unknown = before.filter((name) => !known.includes(name))
  if (unknown.length > 0) throw new NewerDatabase(unknown)
  if (before.length === known.length) return []
  // READ COMMITTED: whoever waited for the lock must see what the other one made.
  return await db
    .transaction()
    .setIsolationLevel('read committed')
    .execute(async (tx) => {
      // Another desk may be at it, which takes seconds, and tables of libres may be in use for a moment.
      await sql`select set_config('lock_timeout', '60s', true)`.execute(tx)
      await sql`select pg_advisory_xact_lock(hashtext('allmend.migrate'))`.execute(tx)
      const migrator = new Migrator({
        db: tx,
        provider: { getMigrations: async () => ({ ...migrations }) },
        migrationTableSchema: SCHEMA,
        migrationTableName: TABLE,
        migrationLockTableName: `${TABLE}_lock`,
      })
      const { error, results } = await migrator.migrateToLatest()
      if (error) throw error
      return (results ?? []).map((result) => result.migrationName)
    })
}
