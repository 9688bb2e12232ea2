/**
 * Replica: a desk's copy of a shared server. Nothing writes it but what was read from one snapshot of the server.
 *
 * It promises that it always is one committed state of the server: rows and position change in one transaction.
 * Keys, guards and references are not checked again, because the server has checked them and a replica that knew
 * better would stand still.
 */
import { sql } from 'kysely'
import type { Database, Tx } from './database.ts'
import { keyIn, type Position, type Sheet } from './shared/moment.ts'
import { REPLICATED, type Replicated } from './shared/replicated.ts'
import { outsideOf, type Window } from './shared/window.ts'

/** Keys that travel in one statement. */
const CHUNK = 5000

/** What a rehearsal makes here has numbers below zero, so that it never meets a row of the server. */
const THROW_AWAY_NUMBERS = [
  'public.allocations_id_seq',
  'public.reservations_id_seq',
  'public.reservation_blockers_id_seq',
  'allmend.booking_number',
]
  .map(
    (name) =>
      `alter sequence ${name} increment -1 minvalue -2147483648 maxvalue -1 start -1 restart;`,
  )
  .join('\n')

interface Column {
  readonly name: string
  readonly type: string
}

/** By table, without those that the database computes itself. */
export type Columns = ReadonlyMap<string, readonly Column[]>

/** Makes the place where the position is kept, and tells the columns of this program's tables. */
export async function prepareReplica(database: Database): Promise<Columns> {
  await sql`
    create table if not exists sync.replica (
      one boolean primary key default true check (one),
      position jsonb not null
    )`.execute(database.kysely)
  await sql.raw(THROW_AWAY_NUMBERS).execute(database.kysely)
  const { rows } = await sql<{ tbl: string; names: string[]; types: string[] }>`
    select w.tbl, array_agg(a.attname::text order by a.attnum) as names,
           array_agg(format_type(a.atttypid, a.atttypmod) order by a.attnum) as types
      from unnest(${REPLICATED.map(({ table }) => table)}::text[]) as w(tbl)
      join pg_attribute a on a.attrelid = w.tbl::regclass
       and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     group by w.tbl
  `.execute(database.kysely)
  return new Map(
    rows.map(({ tbl, names, types }) => [
      tbl,
      names.map((name, at) => ({ name, type: types[at] ?? 'text' })),
    ]),
  )
}

/** Null before the first snapshot. */
export async function readPosition(tx: Tx): Promise<Position | null> {
  const { rows } = await sql<{ position: Position }>`
    select position from sync.replica`.execute(tx)
  return rows[0]?.position ?? null
}

/** Last in the transaction whose rows it is the position of. */
export async function writePosition(tx: Tx, position: Position): Promise<void> {
  await sql`
    insert into sync.replica (position) values (${JSON.stringify(position)}::jsonb)
    on conflict (one) do update set position = excluded.position
  `.execute(tx)
}

/** First in a transaction that writes: from here on nothing is checked. */
export async function trustServer(tx: Tx): Promise<void> {
  await sql`select set_config('session_replication_role', 'replica', true)`.execute(tx)
}

export async function removeAll(tx: Tx): Promise<void> {
  const tables = REPLICATED.map(({ table }) => sql.id(...table.split('.')))
  await sql`truncate ${sql.join(tables)}`.execute(tx)
}

export async function removeKeys(tx: Tx, of: Replicated, keys: readonly string[]): Promise<void> {
  for (let at = 0; at < keys.length; at += CHUNK) {
    await sql`
      delete from ${sql.id(...of.table.split('.'))} where ${keyIn(of, keys.slice(at, at + CHUNK))}
    `.execute(tx)
  }
}

/** What time has left behind. */
export async function removeOutside(tx: Tx, window: Window): Promise<void> {
  for (const of of REPLICATED) {
    const outside = outsideOf(of, window)
    if (outside) {
      await sql`delete from ${sql.id(...of.table.split('.'))} where ${outside}`.execute(tx)
    }
  }
}

export async function insertSheet(
  tx: Tx,
  { table }: Replicated,
  columns: readonly Column[],
  sheet: Sheet,
): Promise<void> {
  if (sheet.rows === 0) return
  const names = sql.join(columns.map(({ name }) => sql.ref(name)))
  const values = sql.join(
    columns.map(({ name, type }) => sql`r.${sql.ref(name)}::${sql.raw(type)}`),
  )
  const arrays = sql.join(sheet.columns.map((column) => sql`(select ${column}::text[])`))
  await sql`
    insert into ${sql.id(...table.split('.'))} (${names})
    select ${values} from unnest(${arrays}) as r(${names})
  `.execute(tx)
}
