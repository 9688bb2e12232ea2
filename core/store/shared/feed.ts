/**
 * Feed: what a shared server keeps for its desks beside the tables: which rows changed, in which transaction.
 *
 * It stands only on a server, never in a desk's own database, and is written by triggers, so that a website, psql and
 * a migration are heard of like a desk. It names rows and holds none: names and phone numbers stay where they are.
 */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Tx } from '../database.ts'
import { migrations } from '../migrations/list.ts'
import { noteOutside, OUTSIDE } from './outside.ts'
import { REPLICATED, type Replicated } from './replicated.ts'

/** The notifications by which a server wakes its desks. They carry nothing. */
export const WAKE = 'allmend_changed'

/** How much of the tables a program knows; an older program may not write to a newer schema. */
export const SCHEMA_VERSION = Object.keys(migrations).length

/** The oldest program that may still write: raised by a migration after which its commands would write something wrong. */
const LEAST_CLIENT = SCHEMA_VERSION

/** A desk that was away for longer reads everything anew. */
const AWAY_DAYS = 45
/** How often is tidied, and how long a desk may take from its first snapshot to its first report. */
const COMPACT_EVERY = '1 hour'
/** Rows that go at once: a second's work. The rest goes the next time. */
const COMPACT_ROWS = 50_000

const TABLES = `
create table if not exists sync.epoch (
  one boolean primary key default true check (one),
  -- Another one means: the history of this database is not the one that was followed so far.
  id uuid not null default gen_random_uuid(),
  schema_version integer not null,
  least_client integer not null,
  feed text not null
);

create table if not exists sync.desk (
  id uuid primary key,
  label text not null,
  last_cursor pg_snapshot,
  last_seen timestamp with time zone not null,
  client_version integer not null
);

-- The transaction at the top: a row's hidden xmin may be that of a savepoint, which no snapshot knows.
create table if not exists sync.change (
  xid xid8 not null default pg_current_xact_id(),
  seq bigint generated always as identity,
  tbl text not null,
  pk text not null,
  primary key (xid, seq)
);
-- Tells a change from another one that got the same numbers after the server was set back.
alter table sync.change
  add column if not exists at timestamp with time zone not null default clock_timestamp();

create table if not exists sync.compaction (
  one boolean primary key default true check (one),
  -- Changes of transactions before this one are gone.
  compacted_below xid8 not null default '0',
  -- Nobody needed those before this one when it was last looked. They go the next time, because a desk that is
  -- reading everything just then has not said yet where it begins.
  compactable_below xid8 not null default '0',
  compacted_at timestamp with time zone not null default clock_timestamp()
);
insert into sync.compaction default values on conflict do nothing;

-- Everything that is visible now and was not visible in that snapshot, whatever the order of the commits. The newest
-- change that was visible in it, by its transaction, tells what a snapshot cannot: a server that crashes gives the numbers
-- of transactions that left nothing on the disk to others, and they may count as over. What follows a change that was
-- committed has a higher number than it, of its transaction and of its own, through any crash.
drop function if exists sync.changes_since(pg_snapshot);
create or replace function sync.changes_since(seen pg_snapshot, newest xid8 default null, number bigint default null)
  returns table (changed text, keys text[]) language sql stable as $$
  select c.tbl, array_agg(distinct c.pk) from sync.change c
   where c.xid >= least(pg_snapshot_xmin(seen), newest)
     and (not pg_visible_in_snapshot(c.xid, seen) or c.seq > number)
   group by c.tbl
$$;

-- Deletes changes that every desk has seen, and answers how many; by whichever desk comes first.
create or replace function sync.compact() returns bigint language plpgsql
  security definer set search_path = pg_catalog, pg_temp as $$
declare
  state sync.compaction;
  needed xid8;
  bound xid8;
  piece xid8;
  gone bigint;
begin
  if not pg_try_advisory_xact_lock(hashtext('allmend.compact')) then return 0; end if;
  select * into state from sync.compaction;
  if state.compacted_at > clock_timestamp() - interval '${COMPACT_EVERY}' then return 0; end if;
  select pg_snapshot_xmin(last_cursor) into needed from sync.desk
   where last_seen > clock_timestamp() - interval '${AWAY_DAYS} days' order by 1 limit 1;
  needed := coalesce(needed, pg_snapshot_xmin(pg_current_snapshot()));
  bound := least(state.compactable_below, needed);
  select xid into piece from sync.change where xid < bound order by xid, seq
    offset ${COMPACT_ROWS} limit 1;
  if exists (select from sync.change where xid < piece) then bound := piece; else piece := null; end if;
  delete from sync.change where xid < bound;
  get diagnostics gone = row_count;
  update sync.compaction set compacted_below = greatest(compacted_below, bound);
  if piece is null then
    update sync.compaction set compactable_below = needed, compacted_at = clock_timestamp();
  end if;
  return gone;
end $$;

-- What truncates writes no rows: every desk has to begin anew.
create or replace function sync.begin_anew() returns trigger language plpgsql
  security definer set search_path = pg_catalog, pg_temp as $$
begin
  update sync.epoch set id = gen_random_uuid();
  perform pg_notify('${WAKE}', '');
  return null;
end $$;
`

function quoted(table: string): string {
  return table
    .split('.')
    .map((part) => `"${part}"`)
    .join('.')
}

/** Runs with the rights of its owner: a website that writes here has none on the schema sync. */
function triggersOf(replicated: Replicated): string {
  const { table, key } = replicated
  const name = `sync.feed_${table.replace('.', '_')}`
  const on = (event: string, tables: string) => `
create or replace trigger allmend_feed_${event} after ${event} on ${quoted(table)}
  ${tables} for each statement execute function ${name}();`
  const keysIn = (rows: string) => `select '${table}', "${key}"::text from ${rows}`
  return `
create or replace function ${name}() returns trigger language plpgsql
  security definer set search_path = pg_catalog, pg_temp as $$
begin
  -- Whatever its writer prefers: what a desk has seen, no crash may take back.
  if current_setting('synchronous_commit') = 'off' then
    perform set_config('synchronous_commit', 'local', true);
  end if;
  if tg_op = 'INSERT' then
    insert into sync.change (tbl, pk) select distinct * from (${keysIn('written')}) rows;
  elsif tg_op = 'UPDATE' then
    insert into sync.change (tbl, pk) ${keysIn('written')} union ${keysIn('gone')};
  else
    insert into sync.change (tbl, pk) select distinct * from (${keysIn('gone')}) rows;
  end if;
  if found then perform pg_notify('${WAKE}', ''); end if;
  ${noteOutside(replicated)}
  return null;
end $$;
${on('insert', 'referencing new table as written')}
${on('update', 'referencing new table as written old table as gone')}
${on('delete', 'referencing old table as gone')}
create or replace trigger allmend_feed_truncate after truncate on ${quoted(table)}
  for each statement execute function sync.begin_anew();
`
}

const SQL = TABLES + OUTSIDE + REPLICATED.map(triggersOf).join('')

/** Tells whether a server's feed is the one that this program would install. */
export const FEED_STAMP = createHash('sha256').update(SQL).digest('hex').slice(0, 16)

/** Events of which each replicated table has a trigger. */
export const FEED_TRIGGERS = ['insert', 'update', 'delete', 'truncate'].map(
  (event) => `allmend_feed_${event}`,
)

/** Makes or renews it; run after the migrations, by the owner of the tables. */
export async function installFeed(tx: Tx): Promise<void> {
  await sql.raw(SQL).execute(tx)
  await sql`
    insert into sync.epoch (schema_version, least_client, feed)
      values (${SCHEMA_VERSION}::int, ${LEAST_CLIENT}::int, ${FEED_STAMP}::text)
    on conflict (one) do update
      set schema_version = excluded.schema_version, least_client = excluded.least_client,
          feed = excluded.feed
  `.execute(tx)
}
