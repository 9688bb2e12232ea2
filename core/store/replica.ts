/**
 * Replica: a desk's copy of a shared server. Nothing writes it but what was read from one snapshot of the server.
 *
 * It promises that it always is one committed state of the server: rows and position change in one transaction.
 * Keys, guards and references are not checked again, because the server has checked them and a replica that knew
 * better would stand still.
 */
import { sql } from 'kysely'
import type { Database, Tx } from './database.ts'
import type { Position, TextRow } from './shared/moment.ts'
import { REPLICATED, type Replicated } from './shared/replicated.ts'

/** Rows that travel in one statement. */
const CHUNK = 5000

/** What a table holds from now on: these rows in place of those of the keys, or of all. */
export type Replacement = Readonly<{
  of: Replicated
  keys: readonly string[] | null
  rows: readonly TextRow[]
}>

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
      identity text not null,
      cursor text not null,
      as_of bigint not null
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

export async function readPosition(tx: Tx): Promise<Position | null> {
  const { rows } = await sql<Position>`
    select identity, cursor, as_of as "asOf" from sync.replica`.execute(tx)
  return rows[0] ?? null
}

/** All of it or nothing. */
export async function replace(
  tx: Tx,
  columns: Columns,
  replacements: readonly Replacement[],
  position: Position,
): Promise<void> {
  await sql`select set_config('session_replication_role', 'replica', true)`.execute(tx)
  const whole = replacements.filter(({ keys }) => keys === null)
  if (whole.length > 0) {
    const tables = whole.map(({ of }) => sql.id(...of.table.split('.')))
    await sql`truncate ${sql.join(tables)}`.execute(tx)
  }
  for (const { of, keys, rows } of replacements) {
    for (const some of chunks(keys ?? [])) await removeRows(tx, of, some)
    for (const some of chunks(rows)) await insertRows(tx, of, columns.get(of.table) ?? [], some)
  }
  await sql`
    insert into sync.replica (identity, cursor, as_of)
      values (${position.identity}::text, ${position.cursor}::text, ${position.asOf}::int8)
    on conflict (one) do update
      set identity = excluded.identity, cursor = excluded.cursor, as_of = excluded.as_of
  `.execute(tx)
}

async function removeRows(
  tx: Tx,
  { table, key, keyType }: Replicated,
  keys: readonly string[],
): Promise<void> {
  await sql`
    delete from ${sql.id(...table.split('.'))}
     where ${sql.ref(key)} = any((select ${[...keys]}::text[])::${sql.raw(keyType)}[])
  `.execute(tx)
}

async function insertRows(
  tx: Tx,
  { table }: Replicated,
  columns: readonly Column[],
  rows: readonly TextRow[],
): Promise<void> {
  const names = sql.join(columns.map(({ name }) => sql.ref(name)))
  const values = sql.join(
    columns.map(({ name, type }) => sql`r.${sql.ref(name)}::${sql.raw(type)}`),
  )
  const arrays = sql.join(
    columns.map(({ name }) => sql`(select ${rows.map((row) => row[name] ?? null)}::text[])`),
  )
  await sql`
    insert into ${sql.id(...table.split('.'))} (${names})
    select ${values} from unnest(${arrays}) as r(${names})
  `.execute(tx)
}

function* chunks<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < all.length; at += CHUNK) yield all.slice(at, at + CHUNK)
}
