/** What makes a Postgres a shared one: tables, feed and roles, and what the administrator's command line says of them. */
import { readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../core/store/database.ts'
import { migrations } from '../../core/store/migrations/list.ts'
import { openPostgres } from '../../core/store/postgres.ts'
import { REPLICATED } from '../../core/store/shared/replicated.ts'
import { databaseWork, feedSentences } from '../../electron/cli/database.ts'
import { Clerk } from '../harness/authority.ts'
import { serverKinds, type TestDatabase } from '../harness/databases.ts'
import { freePort } from '../harness/servers.ts'
import { ask, asUser, type SharedServer, sharedServer } from '../harness/shared-server.ts'

const each = serverKinds.map((kind) => [kind.name, kind] as const)

async function clear({ database }: TestDatabase): Promise<void> {
  await sql
    .raw('drop schema if exists public, allmend, sync cascade; create schema public')
    .execute(database.kysely)
}

describe.each(each)('a database for desks · %s', (_name, kind) => {
  let open: TestDatabase
  let url: string
  let place: string
  beforeAll(async () => {
    open = await kind.create()
    url = open.url as string
    place = `${new URL(url).pathname.slice(1)} on ${new URL(url).host}`
  })
  beforeEach(() => clear(open))
  afterAll(() => open.drop())

  it('is prepared, checked and asked about in plain sentences', async () => {
    const before = await databaseWork('check', url)
    const status = await databaseWork('status', url)
    const first = await databaseWork('prepare', url)
    const again = await databaseWork('prepare', url)
    const check = await databaseWork('check', url)
    const version = await open.database.version()
    expect({ before, status, first, again, check }).toEqual({
      before: {
        code: 1,
        lines: [
          `${place} is not prepared for desks yet: run npm run allmend -- db prepare as the owner of the tables.`,
        ],
      },
      status: { code: 1, lines: before.lines },
      first: {
        code: 0,
        lines: [
          `${place} is ready for desks (${version}): ${Object.keys(migrations).length} migrations were run; triggers and roles are in place.`,
          expect.stringContaining('create user desk1'),
        ],
      },
      again: {
        code: 0,
        lines: [
          `${place} is ready for desks (${version}): the tables were up to date; triggers and roles are in place.`,
          expect.any(String),
        ],
      },
      check: { code: 0, lines: [`${place} is ready for desks (${version}).`] },
    })
    expect(await databaseWork('status', url)).toEqual({
      code: 0,
      lines: [
        `No desk has joined ${place} yet.`,
        expect.stringMatching(/^Changes kept for desks: \d+ rows.*; last tidied \d+ s ago\.$/),
      ],
    })
  })

  it('tells which desks follow it, how far behind they are, and what is kept for them', async () => {
    await databaseWork('prepare', url)
    await ask(
      url,
      `insert into sync.desk (id, label, last_cursor, last_seen, client_version) values
         (gen_random_uuid(), 'Schalter 1', pg_current_snapshot(), now(), 1000),
         (gen_random_uuid(), 'Schalter 2', pg_current_snapshot(), now() - interval '3 hours', 1000),
         (gen_random_uuid(), 'Archiv', pg_current_snapshot(), now() - interval '50 days', 0)`,
    )
    await ask(url, `insert into allmend.setting values ('a', '1'), ('b', '1')`)
    await ask(
      url,
      `update sync.desk set last_cursor = pg_current_snapshot() where label = 'Schalter 1'`,
    )
    const { lines } = await databaseWork('status', url)
    expect(lines.slice(0, 4)).toEqual([
      `3 desks follow ${place}:`,
      '  Schalter 1: seen 0 s ago, up to date',
      '  Schalter 2: seen 3 h ago, 2 changed rows behind',
      '  Archiv: seen 50 days ago, 2 changed rows behind, will read everything anew, its program is too old to write',
    ])
    expect(feedSentences({ changes: 2, oldest: 7200, tidied: 90, open: 1500 })).toEqual([
      'Changes kept for desks: 2 rows, the oldest from 2 h ago; last tidied 1 min ago.',
      expect.stringContaining('a transaction began 25 min ago and is still open'),
    ])
  })

  it('that libres founded is adopted with every row in its place', async () => {
    const dump = await readFile(new URL('libres/database.sql', import.meta.url), 'utf8')
    await sql.raw(dump).execute(open.database.kysely)
    const rows = () =>
      ask(
        url,
        `select 'a', ctid::text, a::text from allocations a union all
         select 's', ctid::text, s::text from reserved_slots s union all
         select 'r', ctid::text, r::text from reservations r order by 1, 2`,
      )
    const before = await rows()
    expect((await databaseWork('prepare', url)).code).toBe(0)
    expect(await rows()).toEqual(before)
    expect(before.length).toBeGreaterThan(200)
    expect((await databaseWork('check', url)).code).toBe(0)
  })

  it('is not ready while anything is missing, and what is missing is said', async () => {
    await databaseWork('prepare', url)
    const said: Record<string, string> = {}
    const without = async (what: string, statement: string, undo: string) => {
      await ask(url, statement)
      const { code, lines } = await databaseWork('check', url)
      said[what] = `${code} ${lines.join(' ')}`
      await ask(url, undo)
    }
    await without(
      'a trigger',
      'alter table reserved_slots disable trigger allmend_feed_delete',
      'alter table reserved_slots enable trigger allmend_feed_delete',
    )
    await without(
      'a right',
      'revoke update on allmend.booking from allmend_desk',
      'grant update on allmend.booking to allmend_desk',
    )
    await without(
      'a migration',
      `delete from allmend.migration where name = '0005-search'`,
      `insert into allmend.migration values ('0005-search', '2027-01-01')`,
    )
    await without(
      'an older program',
      `insert into allmend.migration values ('9999-future', '2027-01-01')`,
      `delete from allmend.migration where name = '9999-future'`,
    )
    expect(said).toEqual({
      'a trigger': `1 ${place} does not tell desks of every change (public.reserved_slots): run npm run allmend -- db prepare as the owner of the tables.`,
      'a right': `1 ${place}: the role allmend_desk may not use everything (allmend.booking): run npm run allmend -- db prepare as the owner of the tables.`,
      'a migration': `1 ${place} was prepared by an older Allmend (it lacks 0005-search): run npm run allmend -- db prepare as the owner of the tables.`,
      'an older program': `1 ${place} was prepared by a newer Allmend (9999-future): use that one.`,
    })
    expect((await databaseWork('check', url)).code).toBe(0)
  })

  it('that cannot be prepared is left as it was, with the reason', async () => {
    await ask(url, 'create table reservations (id int, token uuid)')
    const foreign = await databaseWork('prepare', url)
    const port = await freePort()
    const nobody = await databaseWork('check', `postgresql://postgres@127.0.0.1:${port}/x`)
    const missing = new URL(url)
    missing.pathname = '/there_is_none'
    const name = await databaseWork('check', missing.href)
    const stranger = await databaseWork('check', asUser(url, 'nobody_at_all'))
    expect({
      foreign: [foreign.code, foreign.lines[0]],
      nobody: [nobody.code, nobody.lines[0]?.split(':')[0]],
      name: [name.code, name.lines[0]?.split(':')[2]],
      stranger: [stranger.code, stranger.lines[0]?.includes('lets this user not in')],
      made: await ask(url, `select to_regnamespace('allmend') is not null as there`),
    }).toEqual({
      foreign: [1, expect.stringContaining('holds tables named like those of libres')],
      nobody: [3, 'x on 127.0.0.1'],
      name: [3, ' there is no such database; make it first, with the encoding UTF8.'],
      stranger: [3, true],
      made: [{ there: false }],
    })
  })

  it('is not prepared by a user who does not own the tables', async () => {
    await databaseWork('prepare', url)
    const user = `plain_${new URL(url).pathname.slice(1)}`
    await ask(
      url,
      `create user "${user}"; grant usage on schema allmend to "${user}";
      grant select on allmend.migration to "${user}"`,
    )
    const { code, lines } = await databaseWork('prepare', asUser(url, user))
    await ask(url, `drop owned by "${user}"; drop user "${user}"`)
    expect([code, lines[0]]).toEqual([1, expect.stringContaining('this user may not do that')])
  })
})

describe.each(each)('a shared server · %s', (_name, kind) => {
  let server: SharedServer
  let desk: Database
  const changes = (since: string) =>
    ask<{ changed: string; keys: string[] }>(
      server.url,
      'select changed, keys from sync.changes_since($1::pg_snapshot) order by changed',
      [since],
    )
  const now = async () =>
    (await ask<{ now: string }>(server.url, 'select pg_current_snapshot()::text as now'))[0]
      ?.now as string
  const addAllocation = (resource: string) => `
    insert into allocations (resource, type, mirror_of, "group", quota, quota_limit,
      partly_available, approve_manually, _start, _end, _raster, created)
    values ('${resource}', 'generic', '${resource}', gen_random_uuid(), 1, 0, false, false,
      '2027-06-01 06:00', '2027-06-01 19:59:59.999999', 5, now()) returning id::text`
  const HALL = '00000000-0000-4000-8000-00000000000'

  beforeAll(async () => {
    server = await sharedServer(kind)
    desk = await openPostgres({ connectionString: server.deskUrl })
  })
  afterAll(async () => {
    await desk.close()
    await server.drop()
  })

  it('lets a desk book with its plain role, and change no table', async () => {
    const clerk = new Clerk(desk)
    await clerk.founds()
    await clerk.addHall('aula')
    await clerk.open('aula')
    const booked = await clerk.books('aula', '2027-06-08', '18:00', '20:00', 'Chor')
    expect(booked.status).toBe('accepted')
    const refusals = await Promise.all(
      [
        'alter table public.reservations add column more int',
        'drop table allmend.booking',
        'create table allmend.mine (id int)',
        'create table sync.mine (id int)',
        'truncate public.reserved_slots',
        'alter table public.allocations disable trigger all',
        'delete from sync.receipt',
        'delete from sync.change',
        'update sync.epoch set id = gen_random_uuid()',
        "insert into allmend.migration values ('mine', '2027-01-01')",
      ].map((statement) =>
        ask(server.deskUrl, statement).then(
          () => statement,
          (error: { code: string }) => error.code,
        ),
      ),
    )
    expect(new Set(refusals)).toEqual(new Set(['42501']))
  })

  it('lets a reader see what is taken, and nobody who took it', async () => {
    const user = `reader_${new URL(server.url).pathname.slice(1)}`
    await ask(server.url, `create user "${user}" in role allmend_reader`)
    const url = asUser(server.url, user)
    const taken = await ask<{ taken: number }>(
      url,
      'select count(*)::int as taken from reserved_slots',
    )
    const hidden = await Promise.all(
      ['reservations', 'allmend.person', 'allmend.booking', 'allmend.history', 'sync.receipt'].map(
        (table) =>
          ask(url, `select * from ${table}`).then(
            () => table,
            (error: { code: string }) => error.code,
          ),
      ),
    )
    await ask(server.url, `drop user "${user}"`)
    expect(taken[0]?.taken).toBeGreaterThan(0)
    expect(new Set(hidden)).toEqual(new Set(['42501']))
  })

  it('hears of what a website writes that has no right on our tables', async () => {
    const user = `website_${new URL(server.url).pathname.slice(1)}`
    await ask(
      server.url,
      `create user "${user}"; grant usage on schema public to "${user}";
      grant select, insert, update, delete on allocations to "${user}";
      grant usage on sequence allocations_id_seq to "${user}"`,
    )
    const before = await now()
    const [made] = await ask<{ id: string }>(asUser(server.url, user), addAllocation(`${HALL}1`))
    const [told] = await ask<{ command: string }>(
      server.url,
      `select command from allmend.history where name = 'outside' and actor = '${user}'`,
    )
    expect(await changes(before)).toEqual([
      { changed: 'allmend.history', keys: [told?.command] },
      { changed: 'public.allocations', keys: [made?.id] },
    ])
    await ask(server.url, `drop owned by "${user}"; drop user "${user}"`)
  })

  it('tells of every table that a desk reads', async () => {
    const tables = await ask<{ tbl: string }>(
      server.url,
      `select schemaname || '.' || tablename as tbl from pg_tables
        where schemaname in ('public', 'allmend', 'sync') order by 1`,
    )
    const told = new Set(REPLICATED.map(({ table }) => table))
    expect(tables.map(({ tbl }) => tbl).filter((tbl) => !told.has(tbl))).toEqual([
      'allmend.migration',
      'allmend.migration_lock',
      'sync.change',
      'sync.compaction',
      'sync.desk',
      'sync.epoch',
    ])
  })

  it('names every row that was written, changed and deleted, and none that was rolled back', async () => {
    const before = await now()
    await ask(
      server.url,
      `
      begin;
      savepoint one;
      insert into allmend.setting values ('a', '1'), ('b', '1');
      release one;
      savepoint two;
      insert into allmend.setting values ('c', '1');
      rollback to two;
      insert into allmend.setting values ('a', '2') on conflict (key) do update set value = '2';
      commit`,
    )
    expect(await changes(before)).toEqual([{ changed: 'allmend.setting', keys: ['a', 'b'] }])
    const between = await now()
    await ask(server.url, `update allmend.setting set key = 'd' where key = 'a'`)
    expect(await changes(between)).toEqual([{ changed: 'allmend.setting', keys: ['a', 'd'] }])
    const late = await now()
    await ask(server.url, `delete from allmend.setting where key in ('b', 'd')`)
    await ask(server.url, `delete from allmend.setting where key = 'nothing'`)
    expect(await changes(late)).toEqual([{ changed: 'allmend.setting', keys: ['b', 'd'] }])
    expect(await changes(await now())).toEqual([])
  })

  it('misses no transaction that began before a snapshot and ended after it', async () => {
    const slow = await openPostgres({ connectionString: server.url, connections: 1 })
    let began = () => {}
    let end = () => {}
    const started = new Promise<void>((resolve) => {
      began = resolve
    })
    const wait = new Promise<void>((resolve) => {
      end = resolve
    })
    const writing = slow.transact(async (tx) => {
      await sql`savepoint inner_one`.execute(tx)
      await sql`insert into allmend.setting values ('slow', '1')`.execute(tx)
      began()
      await wait
    })
    await started
    await ask(server.url, `insert into allmend.setting values ('quick', '1')`)
    const seen = await now()
    end()
    await writing
    await slow.close()
    expect(await changes(seen)).toEqual([{ changed: 'allmend.setting', keys: ['slow'] }])
  })

  it('begins a new epoch where a table is emptied at one stroke', async () => {
    const epoch = () => ask<{ id: string }>(server.url, 'select id from sync.epoch')
    const [before] = await epoch()
    await ask(server.url, 'truncate allmend.availability')
    const [after] = await epoch()
    expect(after?.id).toMatch(/^[0-9a-f-]{36}$/)
    expect(after?.id).not.toBe(before?.id)
  })
})
