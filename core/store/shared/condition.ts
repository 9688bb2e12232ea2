/** Condition: whether a server is ready for desks, and which desks follow it, as an administrator wants to know it. */
import { type Kysely, sql } from 'kysely'
import type { Database, Tx } from '../database.ts'
import { appliedMigrations } from '../migrate.ts'
import { migrations } from '../migrations/list.ts'
import { FEED_STAMP, FEED_TRIGGERS } from './feed.ts'
import { REPLICATED } from './replicated.ts'
import { ROLES } from './roles.ts'

/** The oldest that is tested. */
export const OLDEST_POSTGRES = 14

/** What keeps desks from working with a server; `detail` names it. */
export type Shortcoming = Readonly<{
  code: 'not-prepared' | 'schema-older' | 'schema-newer' | 'feed' | 'roles' | 'rights'
  detail: string
}>

export async function majorVersion(database: Database): Promise<number> {
  const { rows } = await sql<{ version: number }>`
    select current_setting('server_version_num')::int / 10000 as version`.execute(database.kysely)
  return rows[0]?.version ?? 0
}

/** Empty where all is ready. Reads only. */
export async function shortcomings(database: Database): Promise<readonly Shortcoming[]> {
  const known = Object.keys(migrations)
  const applied = await appliedMigrations(database.kysely as unknown as Kysely<never>)
  if (applied.length === 0) return [{ code: 'not-prepared', detail: '' }]
  const newer = applied.filter((name) => !known.includes(name))
  if (newer.length > 0) return [{ code: 'schema-newer', detail: newer.join(', ') }]
  const older = known.filter((name) => !applied.includes(name))
  if (older.length > 0) return [{ code: 'schema-older', detail: older.join(', ') }]
  return database.read(async (tx) => {
    const feed = await feedOf(tx)
    if (feed) return [feed]
    const roles = await missingRoles(tx)
    if (roles.length > 0) return [{ code: 'roles', detail: roles.join(', ') }]
    const rights = await missingRights(tx)
    return rights.length > 0 ? [{ code: 'rights', detail: rights.join(', ') }] : []
  })
}

async function feedOf(tx: Tx): Promise<Shortcoming | undefined> {
  const { rows: found } = await sql<{ there: boolean }>`
    select to_regclass('sync.epoch') is not null as there`.execute(tx)
  if (!found[0]?.there) return { code: 'not-prepared', detail: '' }
  const { rows: stamps } = await sql<{ feed: string }>`select feed from sync.epoch`.execute(tx)
  if (stamps[0]?.feed !== FEED_STAMP) return { code: 'feed', detail: '' }
  const { rows } = await sql<{ tbl: string }>`
    select w.tbl from unnest(${REPLICATED.map(({ table }) => table)}::text[]) as w(tbl)
     where (select count(*) from pg_trigger t
             where t.tgrelid = to_regclass(w.tbl) and t.tgenabled in ('O', 'A')
               and t.tgname::text = any(${FEED_TRIGGERS}::text[])) < ${FEED_TRIGGERS.length}::int
  `.execute(tx)
  return rows.length > 0
    ? { code: 'feed', detail: rows.map(({ tbl }) => tbl).join(', ') }
    : undefined
}

async function missingRoles(tx: Tx): Promise<readonly string[]> {
  const { rows } = await sql<{ role: string }>`
    select w.role from unnest(${[...ROLES]}::text[]) as w(role)
     where not exists (select from pg_roles r where r.rolname::text = w.role)
  `.execute(tx)
  return rows.map(({ role }) => role)
}

/** Tables of which a desk may not do all that it has to. */
async function missingRights(tx: Tx): Promise<readonly string[]> {
  const { rows } = await sql<{ tbl: string }>`
    select w.tbl from unnest(${REPLICATED.map(({ table }) => table)}::text[]) as w(tbl)
     where not has_table_privilege('allmend_desk', w.tbl, 'select')
        or not has_table_privilege('allmend_desk', w.tbl, 'insert')
        or not has_table_privilege('allmend_desk', w.tbl, 'update')
        or w.tbl <> 'sync.receipt' and not has_table_privilege('allmend_desk', w.tbl, 'delete')
    union all
    select w.tbl from unnest(array['sync.change', 'sync.epoch', 'sync.desk', 'sync.compaction']) as w(tbl)
     where not has_table_privilege('allmend_desk', w.tbl, 'select')
  `.execute(tx)
  return rows.map(({ tbl }) => tbl)
}

/** Up to Postgres 14 a new database lets everybody make tables in `public`. */
export async function everybodyMakesTables(database: Database): Promise<boolean> {
  const { rows } = await sql<{ may: boolean }>`
    select has_schema_privilege('allmend_desk', 'public', 'create') as may`.execute(database.kysely)
  return rows[0]?.may ?? false
}

/** A desk that follows the server. */
export type DeskSeen = Readonly<{
  id: string
  label: string
  /** Seconds since it last said that it is there. */
  age: number
  /** Rows that changed since what it last had. */
  behind: number
  /** Its program may only read any more. */
  outdated: boolean
}>

/** The one seen last comes first. */
export async function desksSeen(tx: Tx): Promise<readonly DeskSeen[]> {
  const { rows } = await sql<DeskSeen>`
    select d.id::text, d.label,
           greatest(0, extract(epoch from clock_timestamp() - d.last_seen))::int as age,
           (select count(*) from sync.change c
             where c.xid >= pg_snapshot_xmin(d.last_cursor)
               and not pg_visible_in_snapshot(c.xid, d.last_cursor))::int as behind,
           d.client_version < e.least_client as outdated
      from sync.desk d, sync.epoch e order by d.last_seen desc, d.id
  `.execute(tx)
  return rows
}

/** What the server keeps for its desks beside the tables. Times in seconds. */
export type FeedState = Readonly<{
  /** Changes that are kept, and since when; null where there is none. */
  changes: number
  oldest: number | null
  /** Since somebody last looked what can go. */
  tidied: number
  /** The longest time that a transaction which writes has been open; null where there is none, or it may not be seen. */
  open: number | null
}>

export async function feedState(tx: Tx): Promise<FeedState> {
  const { rows } = await sql<FeedState>`
    select count(*)::int as changes,
           extract(epoch from clock_timestamp() - min(c.at))::float8 as oldest,
           (select extract(epoch from clock_timestamp() - compacted_at)::float8 from sync.compaction) as tidied,
           (select max(extract(epoch from clock_timestamp() - xact_start))::float8
              from pg_stat_activity where backend_xid is not null) as open
      from sync.change c
  `.execute(tx)
  const [state] = rows
  if (!state) throw new Error('a count has no row')
  return state
}
