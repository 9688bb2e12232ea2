/**
 * Prepare: a migrated, empty database packed into one file, so that a first start unpacks instead of running
 * initdb for several seconds. Made at build time and shipped; the tests clone it too.
 */
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { sql } from 'kysely'
import type { Database } from '../database.ts'
import { migrateToLatest } from '../migrate.ts'
import { openPglite } from '../pglite.ts'
import { pack } from '../tar.ts'
import { stampOfMigrations } from './stamp.ts'

/**
 * The databases that new databases are copied from: two thirds of the files of a fresh directory, and a desk never
 * makes a second one.
 */
async function dropTemplates(database: Database): Promise<void> {
  await sql`update pg_database set datistemplate = false`.execute(database.kysely)
  for (const name of ['template0', 'template1']) {
    await sql`drop database ${sql.id(name)}`.execute(database.kysely)
  }
}

/** Writes `file` and `file.stamp`, unless they are of these migrations already. Returns whether it had to. */
export async function prepare(file: string): Promise<boolean> {
  const stamp = stampOfMigrations()
  const stampFile = `${file}.stamp`
  if (existsSync(file) && existsSync(stampFile) && (await readFile(stampFile, 'utf8')) === stamp) {
    return false
  }
  await mkdir(path.dirname(file), { recursive: true })
  const scratch = await mkdtemp(path.join(tmpdir(), 'allmend-prepare-'))
  try {
    const folder = path.join(scratch, 'database')
    const database = await openPglite({ folder, thread: 'here' })
    await migrateToLatest(database)
    await dropTemplates(database)
    await database.close()
    const archive = await promisify(gzip)(await pack(folder), { level: 9 })
    /** Renamed at the end, so that two builds at once leave a whole file. */
    const draft = `${file}.${process.pid}`
    await writeFile(draft, archive)
    await rename(draft, file)
    await writeFile(stampFile, stamp)
    return true
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}
