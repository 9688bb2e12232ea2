/**
 * Moment: one snapshot of a shared server, and what changed since another.
 *
 * The cursor of a desk is the text of a `pg_snapshot`: what is visible now and was not visible then is what changed,
 * whatever the order of the commits. Numbers handed out in order would not do, because they are handed out before
 * the commit: a transaction that ends late would never be read.
 *
 * A cursor means something in one history only, and histories end: a backup is restored, a standby takes over, the disk
 * of a virtual machine is set back. Each leaves one of several traces, and any of them is enough to begin anew.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Instant, Uuid } from '../../domain/time.ts'
import type { Tx } from '../database.ts'
import { NotPrepared, Outdated, Standby } from '../failures.ts'
import type { Asking } from '../one-trip.ts'
import { PLAN_EACH_TIME } from '../statement.ts'
import { SCHEMA_VERSION } from './feed.ts'
import { REPLICATED, type Replicated } from './replicated.ts'
import type { Window } from './window.ts'

/** Where a replica stands. */
export type Position = Readonly<{
  /** Of the history that it follows: epoch, schema, cluster, timeline, database, feed. */
  identity: string
  cursor: string
  /** The newest change that was seen: one that a server does not know any more was set back. Null where there is none. */
  newest: string | null
  /** The cursor that this desk has last reported: the server has to remember it. Null before the first. */
  reported: string | null
  /** The server's time of the snapshot. */
  asOf: Instant
  window: Window
}>

/** A snapshot of a server as a transaction sees it. */
export type Moment = Readonly<Omit<Position, 'window' | 'reported'>> & {
  /** The cursor belongs to the same history, is not ahead of it, and nothing since was compacted. */
  readonly follows: boolean
  /** This program may still read, and write no more. */
  readonly outdated: boolean
}

interface Served {
  readonly schema: number
  readonly least: number
  readonly now: Instant
}

/** Throws `NotPrepared` where the tables are not there that this program knows. */
function served<T extends Served>(found: T | undefined): T {
  if (!found || found.schema < SCHEMA_VERSION) {
    throw new NotPrepared('not prepared for this program')
  }
  return found
}

/** First in a transaction that decides. Tells the server's time. Throws `Outdated`, too: who is too old only reads. */
export async function enterServer(tx: Asking): Promise<Instant> {
  const { rows } = await sql<Served>`
    select schema_version as schema, least_client as least,
           floor(extract(epoch from clock_timestamp()) * 1000)::int8 as now from sync.epoch
  `.execute(tx)
  const { least, now } = served(rows[0])
  if (least > SCHEMA_VERSION) throw new Outdated(`needs ${least}, this is ${SCHEMA_VERSION}`)
  return now
}

/** The parts of `newest`. */
function changeOf(newest: Position['newest']) {
  const [xid = null, seq = null, at = null] = newest?.split(' ') ?? []
  return { xid, seq, at }
}

/**
 * The snapshot of this transaction, and whether what a desk knows leads up to it. The timeline is that of the write-ahead
 * log, because the control file keeps the old one for minutes after a standby has taken over.
 */
export async function momentOf(tx: Asking, known: Position | null, desk: Uuid): Promise<Moment> {
  type Row = Served & Omit<Moment, 'follows' | 'outdated' | 'asOf'> & Record<string, unknown>
  const cursor = sql`${known?.cursor ?? null}::pg_snapshot`
  const { xid, seq, at } = changeOf(known?.newest ?? null)
  const reported = sql`${known?.reported ?? null}::pg_snapshot`
  const { rows } = await sql<Row & { standby: boolean; passed: boolean }>`
    select e.schema_version as schema, e.least_client as least,
           floor(extract(epoch from clock_timestamp()) * 1000)::int8 as now,
           pg_is_in_recovery() as standby,
           concat_ws(' ', e.id, e.schema_version, s.system_identifier,
             case when not pg_is_in_recovery()
               then left(pg_walfile_name(pg_current_wal_lsn()), 8) end,
             (select oid from pg_database where datname = current_database()),
             'sync.change'::regclass::oid) as identity,
           pg_current_snapshot()::text as cursor,
           (select concat_ws(' ', c.xid, c.seq, extract(epoch from c.at)) from sync.change c
             order by c.xid desc, c.seq desc limit 1) as newest,
           coalesce(
             pg_snapshot_xmax(${cursor}) <= pg_snapshot_xmax(pg_current_snapshot())
             and pg_snapshot_xmin(${cursor}) >= k.compacted_below
             and (${xid}::xid8 is null or ${xid}::xid8 < k.compacted_below or exists (
               select from sync.change c where c.xid = ${xid}::xid8 and c.seq = ${seq}::int8
                  and extract(epoch from c.at) = ${at}::numeric))
             and (${reported} is null or exists (
               select from sync.desk d where d.id = ${desk}::uuid
                  and pg_snapshot_xmax(d.last_cursor) >= pg_snapshot_xmax(${reported}))),
             false) as passed
      from sync.epoch e, pg_control_system() s, sync.compaction k
  `.execute(tx)
  const { standby, identity, cursor: next, newest, least, now, passed } = served(rows[0])
  if (standby) throw new Standby('a standby cannot be followed')
  return {
    identity,
    cursor: next,
    newest,
    asOf: now,
    follows: known?.identity === identity && passed,
    outdated: least > SCHEMA_VERSION,
  }
}

/** For the rest of this transaction a statement may take as long as it needs: a whole table through a thin line. */
export async function takeTime(tx: Asking): Promise<void> {
  await sql`select set_config('statement_timeout', '0', true)`.execute(tx)
}

export type Changes = readonly Readonly<{ of: Replicated; keys: readonly string[] }>[]

export async function changesSince(
  tx: Asking,
  { cursor, newest }: Pick<Position, 'cursor' | 'newest'>,
): Promise<Changes> {
  const { xid, seq } = changeOf(newest)
  const { rows } = await sql<{ changed: string; keys: string[] }>`${sql.raw(PLAN_EACH_TIME)}
    select changed, keys from sync.changes_since(${cursor}::pg_snapshot,
      coalesce(${xid}::xid8, '0'), coalesce(${seq}::int8, 0))
  `.execute(tx)
  const found = new Map(rows.map(({ changed, keys }) => [changed, keys]))
  return REPLICATED.flatMap((of) => {
    const keys = found.get(of.table)
    return keys ? [{ of, keys }] : []
  })
}

/**
 * Rows column by column, each column as the text of an array of texts. So nothing is lost on the way, and nobody between
 * the two databases takes a row apart and puts it together again.
 */
export type Sheet = Readonly<{ rows: number; columns: readonly string[] }>

const nameAt = (index: number) => sql.raw(`c${index}`)

/** The rows of a table for which all of the conditions hold, as they are in this snapshot. */
export async function sheetOf(
  tx: Asking,
  { table }: Replicated,
  columns: readonly string[],
  conditions: readonly RawBuilder<unknown>[],
): Promise<Sheet> {
  const all = columns.map(
    (column, index) =>
      sql`coalesce(array_agg(${sql.ref(column)}::text), '{}')::text as ${nameAt(index)}`,
  )
  const where =
    conditions.length === 0 ? sql`` : sql`where ${sql.join([...conditions], sql` and `)}`
  const { rows } = await sql<Record<string, string> & { rows: number }>`
    select count(*)::int as rows, ${sql.join(all)} from ${sql.id(...table.split('.'))} ${where}
  `.execute(tx)
  const [found] = rows
  return {
    rows: Number(found?.rows ?? 0),
    columns: columns.map((_, index) => found?.[`c${index}`] ?? '{}'),
  }
}

/** Whether the key of a row is one of these. */
export function keyIn({ key, keyType }: Replicated, keys: readonly string[]): RawBuilder<unknown> {
  return sql`${sql.ref(key)} = any((select ${[...keys]}::text[])::${sql.raw(keyType)}[])`
}

/** Undefined where there are none: every key is another. */
export function keyNotIn(of: Replicated, keys: readonly string[]): RawBuilder<unknown> | undefined {
  return keys.length === 0 ? undefined : sql`not ${keyIn(of, keys)}`
}

/** Pages of a table in the order of the disk: whoever reads all of them has read every row of the snapshot once. */
export type Page = Readonly<{ of: Replicated; from: number; until: number }>

/** Two megabytes: large enough that round trips do not count, small enough for any memory. */
const BLOCKS_OF_PAGE = 256

export async function pagesOf(tx: Tx, tables: readonly Replicated[]): Promise<readonly Page[]> {
  const { rows } = await sql<{ tbl: string; blocks: number }>`
    select w.tbl, (pg_relation_size(w.tbl::regclass) / current_setting('block_size')::int)::int as blocks
      from unnest(${tables.map(({ table }) => table)}::text[]) as w(tbl)
  `.execute(tx)
  const blocks = new Map(rows.map((row) => [row.tbl, row.blocks]))
  return tables.flatMap((of) => {
    const pages: Page[] = []
    for (let from = 0; from < (blocks.get(of.table) ?? 0); from += BLOCKS_OF_PAGE) {
      pages.push({ of, from, until: from + BLOCKS_OF_PAGE })
    }
    return pages
  })
}

export function onPage({ from, until }: Page): RawBuilder<unknown> {
  return sql`ctid >= ${`(${from},0)`}::tid and ctid < ${`(${until},0)`}::tid`
}

/** Says that a desk is there and how far it has come: what an administrator sees, and what compacting waits for. */
export async function reportDesk(
  tx: Tx,
  desk: Readonly<{ id: string; label: string; cursor: string }>,
): Promise<void> {
  await sql`
    insert into sync.desk (id, label, last_cursor, last_seen, client_version)
      values (${desk.id}::uuid, ${desk.label}::text, ${desk.cursor}::pg_snapshot,
              clock_timestamp(), ${SCHEMA_VERSION}::int)
    on conflict (id) do update
      set label = excluded.label, last_cursor = excluded.last_cursor,
          last_seen = excluded.last_seen, client_version = excluded.client_version
  `.execute(tx)
}
