/**
 * Holds a PGlite folder in a process of its own, writes one row after another, and says each one that was
 * acknowledged. Started by tests that kill it: `tsx tests/harness/hold-folder.ts FOLDER PREPARED`.
 */
import { sql } from 'kysely'
import { migrateToLatest } from '../../core/store/migrate.ts'
import { openPglite } from '../../core/store/pglite.ts'

const [folder, prepared] = process.argv.slice(2)
if (!folder || !prepared) throw new Error('two paths are needed')
const database = await openPglite({ folder, prepared })
await migrateToLatest(database)
for (let row = 0; ; row++) {
  await database.transact((tx) =>
    sql`insert into allmend.setting values (${`row ${row}`}, '{}')`.execute(tx),
  )
  process.stdout.write(`${row}\n`)
}
