/**
 * Moment: one snapshot of a shared server, and what changed since another.
 *
 * The cursor of a desk is the text of a `pg_snapshot`: what is visible now and was not visible then is what changed,
 * whatever the order of the commits. Numbers handed out in order would not do, because they are handed out before
 * the commit: a transaction that ends late would never be read.
 */
import { sql } from 'kysely'
import type { Instant } from '../../domain/time.ts'
import type { Tx } from '../database.ts'
import { NotPrepared, Outdated } from '../failures.ts'
import { PLAN_EACH_TIME } from '../statement.ts'
import { SCHEMA_VERSION } from './feed.ts'
import { REPLICATED, type Replicated } from './replicated.ts'

/** Where a replica stands. */
export type Position = Readonly<{
  /** Of the history that it follows: database, cluster, timeline, epoch. A restored backup has another. */
  identity: string
  cursor: string
  /** The server's time of the snapshot. */
  asOf: Instant
}>

interface Served {
  readonly schema: number
  readonly least: number
  readonly now: Instant
}

/** Throws `Outdated` or `NotPrepared`. */
function served<T extends Served>(found: T | undefined): T {
  if (!found || found.schema < SCHEMA_VERSION)
    throw new NotPrepared('not prepared for this program')
  if (found.least > SCHEMA_VERSION)
    throw new Outdated(`needs ${found.least}, this is ${SCHEMA_VERSION}`)
  return found
}

/** First in a transaction that decides. Tells the server's time. */
export async function enterServer(tx: Tx): Promise<Instant> {
  const { rows } = await sql<Served>`
    select schema_version as schema, least_client as least,
           floor(extract(epoch from clock_timestamp()) * 1000)::int8 as now from sync.epoch
  `.execute(tx)
  return served(rows[0]).now
}

/** The snapshot of this transaction, and whether the cursor belongs to the same history and is not ahead of it. */
export async function momentOf(
  tx: Tx,
  known: Position | null,
): Promise<{ position: Position; follows: boolean }> {
  const { rows } = await sql<Served & { identity: string; cursor: string; ahead: boolean }>`
    select e.schema_version as schema, e.least_client as least,
           floor(extract(epoch from clock_timestamp()) * 1000)::int8 as now,
           concat_ws(' ', e.id, s.system_identifier, c.timeline_id, 'sync.change'::regclass::oid) as identity,
           pg_current_snapshot()::text as cursor,
           coalesce(pg_snapshot_xmax(${known?.cursor ?? null}::pg_snapshot)
             > pg_snapshot_xmax(pg_current_snapshot()), true) as ahead
      from sync.epoch e, pg_control_system() s, pg_control_checkpoint() c
  `.execute(tx)
  const { identity, cursor, ahead, now } = served(rows[0])
  return {
    position: { identity, cursor, asOf: now },
    follows: known?.identity === identity && !ahead,
  }
}

/** For the rest of this transaction a statement may take as long as it needs: a whole table through a thin line. */
export async function takeTime(tx: Tx): Promise<void> {
  await sql`select set_config('statement_timeout', '0', true)`.execute(tx)
}

export type Changes = readonly Readonly<{ of: Replicated; keys: readonly string[] }>[]

export async function changesSince(tx: Tx, cursor: string): Promise<Changes> {
  const { rows } = await sql<{ changed: string; keys: string[] }>`
    ${sql.raw(PLAN_EACH_TIME)} select changed, keys from sync.changes_since(${cursor}::pg_snapshot)
  `.execute(tx)
  const found = new Map(rows.map(({ changed, keys }) => [changed, keys]))
  return REPLICATED.flatMap((of) => {
    const keys = found.get(of.table)
    return keys ? [{ of, keys }] : []
  })
}

/** Every value as its text, so that nothing is lost on the way; in the order of the columns that are asked for. */
export type TextRow = Readonly<Record<string, string | null>>

/** The rows of these keys as they are in this snapshot, or all where no keys are named. */
export async function rowsOf(
  tx: Tx,
  { table, key, keyType }: Replicated,
  columns: readonly string[],
  keys: readonly string[] | null,
): Promise<readonly TextRow[]> {
  const list = sql.join(
    columns.map((column) => sql`${sql.ref(column)}::text as ${sql.ref(column)}`),
  )
  const type = sql.raw(keyType)
  const some =
    keys === null
      ? sql``
      : sql`where ${sql.ref(key)} = any((select ${[...keys]}::text[])::${type}[])`
  const { rows } = await sql<TextRow>`
    select ${list} from ${sql.id(...table.split('.'))} ${some}
  `.execute(tx)
  return rows
}

/** Says that a desk is there and how far it has come: what an administrator sees. */
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
