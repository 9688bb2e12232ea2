/**
 * Kinds: every database that a contract has to hold on, and how to get an empty, migrated one of each.
 *
 * PGlite and npm's newest PostgreSQL must be there. npm's oldest supported one, an installed server of another version
 * and ALLMEND_TEST_DATABASE_URL are used where they exist and named where they do not. Works from a test and from a
 * script alike.
 */
import { randomBytes } from 'node:crypto'
import { readdir, rm, stat } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import type { Database } from '../../core/store/database.ts'
import { migrateToLatest } from '../../core/store/migrate.ts'
import { openPglite } from '../../core/store/pglite.ts'
import { openPostgres } from '../../core/store/postgres.ts'
import { prepare } from '../../core/store/prepare/prepare.ts'
import { stampOfMigrations } from '../../core/store/prepare/stamp.ts'
import {
  type Binaries,
  embeddedBinaries,
  INSTALLED_TOO,
  installedBinaries,
  OLDEST_SUPPORTED,
  oldestBinaries,
  type ServerKind,
} from './binaries.ts'
import { type Server, type ServerOptions, startServer } from './servers.ts'

export interface TestDatabase {
  readonly database: Database
  /** Of a server's database, for further connections from other processes. */
  readonly url?: string
  /** Closes and removes it. */
  drop(): Promise<void>
}

export interface Kind {
  readonly name: string
  readonly id: 'pglite' | ServerKind | 'url'
  /** An empty database with all migrations. */
  create(options?: { connections?: number }): Promise<TestDatabase>
}

/** Where the kinds get their servers: tests of one run share them, a script starts its own. */
export interface ServerSource {
  urlOf(id: ServerKind): Promise<string>
}

const binariesOf: Readonly<Record<ServerKind, () => Binaries | undefined>> = {
  embedded: embeddedBinaries,
  oldest: oldestBinaries,
  installed: installedBinaries,
}

/** Kinds that this machine does not have, with the reason, to be said aloud. */
export function missingKinds(): readonly string[] {
  const missing: string[] = []
  if (!oldestBinaries()) {
    missing.push(`PostgreSQL ${OLDEST_SUPPORTED}: npm brought none for this system`)
  }
  if (!installedBinaries()) {
    missing.push(
      `an installed PostgreSQL of another supported version: not found, or not asked for by ${INSTALLED_TOO}=1`,
    )
  }
  if (!process.env.ALLMEND_TEST_DATABASE_URL) missing.push('ALLMEND_TEST_DATABASE_URL: not set')
  return missing
}

/** The prepared database is kept between runs, by the stamp of the migrations it was made with. */
export async function preparedForTests(): Promise<string> {
  const folder = path.join(tmpdir(), `allmend-prepared-${userInfo().username}`)
  const file = path.join(folder, `${stampOfMigrations().slice(0, 16)}.tar.gz`)
  if (await prepare(file)) await removeOld(folder)
  return file
}

/** Those of migrations that nobody has used since yesterday. */
async function removeOld(folder: string): Promise<void> {
  const yesterday = Date.now() - 24 * 60 * 60 * 1000
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name)
    if ((await stat(file)).atimeMs < yesterday) await rm(file, { force: true })
  }
}

export async function emptyPglite(): Promise<TestDatabase> {
  const database = await openPglite({ prepared: await preparedForTests(), thread: 'here' })
  await migrateToLatest(database)
  return { database, drop: () => database.close() }
}

async function administer<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** `base` with another database's name in it. */
function withName(base: string, name: string): string {
  const url = new URL(base)
  url.pathname = `/${name}`
  return url.href
}

const templateName = () => `allmend_template_${stampOfMigrations().slice(0, 12)}`

/** Migrates once per server; every test database is a copy of that one. */
async function ensureTemplate(adminUrl: string): Promise<string> {
  const name = templateName()
  await administer(adminUrl, async (client) => {
    /** Held until the end of this session, so that only one of many test files makes it. */
    await client.query('select pg_advisory_lock(hashtext($1))', [name])
    const there = await client.query('select 1 from pg_database where datname = $1', [name])
    if (there.rowCount) return
    const draft = `${name}_${randomBytes(4).toString('hex')}`
    await client.query(`create database "${draft}" template template0 encoding 'UTF8'`)
    const database = await openPostgres({
      connectionString: withName(adminUrl, draft),
      connections: 1,
    })
    try {
      await migrateToLatest(database)
    } finally {
      await database.close()
    }
    await client.query(`alter database "${draft}" rename to "${name}"`)
  })
  return name
}

async function emptyPostgres(adminUrl: string, connections = 4): Promise<TestDatabase> {
  const template = await ensureTemplate(adminUrl)
  const name = `allmend_test_${process.pid}_${randomBytes(4).toString('hex')}`
  await administer(adminUrl, (client) =>
    client.query(`create database "${name}" template "${template}"`),
  )
  const url = withName(adminUrl, name)
  const database = await openPostgres({ connectionString: url, connections })
  return {
    database,
    url,
    async drop() {
      await database.close()
      await administer(adminUrl, (client) =>
        client.query(`drop database if exists "${name}" with (force)`),
      )
    },
  }
}

/** All kinds this machine has. Nothing is started before `create`. */
export function kindsOfDatabase(source: ServerSource): readonly Kind[] {
  const kinds: Kind[] = [{ name: 'PGlite', id: 'pglite', create: () => emptyPglite() }]
  for (const binaries of [embeddedBinaries(), oldestBinaries(), installedBinaries()]) {
    if (!binaries) continue
    const { kind: id, version } = binaries
    kinds.push({
      name: `Postgres ${version} (${id})`,
      id,
      create: async ({ connections } = {}) =>
        emptyPostgres(`${await source.urlOf(id)}postgres`, connections),
    })
  }
  const given = process.env.ALLMEND_TEST_DATABASE_URL
  if (given) {
    kinds.push({
      name: 'ALLMEND_TEST_DATABASE_URL',
      id: 'url',
      create: ({ connections } = {}) => emptyPostgres(given, connections),
    })
  }
  return kinds
}

/** Servers started on first use, one of each. */
export class Servers implements ServerSource {
  readonly #options: ServerOptions
  readonly #running = new Map<string, Promise<Server>>()

  constructor(options: ServerOptions = {}) {
    this.#options = options
  }

  async urlOf(id: ServerKind): Promise<string> {
    let server = this.#running.get(id)
    if (!server) {
      const binaries = binariesOf[id]()
      if (!binaries) throw new Error(`there is no PostgreSQL of the kind ${id} on this machine`)
      server = startServer(binaries, this.#options)
      this.#running.set(id, server)
    }
    return (await server).url
  }

  async stop(): Promise<void> {
    const running = [...this.#running.values()]
    this.#running.clear()
    for (const server of await Promise.allSettled(running)) {
      if (server.status === 'fulfilled') await server.value.stop()
    }
  }
}

/** For scripts: all kinds, and the servers stopped whatever happens. */
export async function withDatabases<T>(
  work: (kinds: readonly Kind[]) => Promise<T>,
  options: ServerOptions = {},
): Promise<T> {
  const servers = new Servers(options)
  try {
    return await work(kindsOfDatabase(servers))
  } finally {
    await servers.stop()
  }
}

/** Takes every row out, and starts every number again; the tables stay. Much quicker than a new database. */
export async function emptyDatabase(database: Database): Promise<void> {
  await sql.raw(EMPTY).execute(database.kysely)
}

export const EMPTY = `do $$
    declare
      tables text[] := '{}';
      name text;
      filled boolean;
    begin
      for name in
        select format('%I.%I', schemaname, tablename) from pg_tables
        where schemaname in ('allmend', 'sync') and tablename not like 'migration%'
          or schemaname = 'public'
          and tablename in ('allocations', 'reserved_slots', 'reservations', 'reservation_blockers')
      loop
        execute 'select exists (select 1 from ' || name || ')' into filled;
        if filled then tables := tables || name; end if;
      end loop;
      if tables <> '{}' then
        execute 'truncate ' || array_to_string(tables, ', ') || ' cascade';
      end if;
      for name in
        select format('%I.%I', schemaname, sequencename) from pg_sequences
        where schemaname in ('allmend', 'sync', 'public') and last_value is not null
      loop
        execute 'alter sequence ' || name || ' restart';
      end loop;
    end $$`
