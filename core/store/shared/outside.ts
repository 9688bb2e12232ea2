/**
 * Outside: how a change that no desk has made comes into the history of a shared server.
 *
 * Whoever writes a receipt is a desk. What any other transaction does to the tables of libres is added up statement by
 * statement, and written as one row of the history when it commits. It promises never to refuse what a website does, to
 * make no transaction wait for another, and to keep no name, address or answer of a form.
 */
import type { Replicated } from './replicated.ts'

/** The transaction that has written a receipt: a setting of the session that ends with it. */
const DESK = 'allmend.desk'
/**
 * What this transaction has done so far, as JSON. A setting and not a table: it goes back with a savepoint, and under
 * SERIALIZABLE reading back what was noted would make strangers conflict who share a page of an index.
 */
const TOLD = 'allmend.outside'

/** More halls, and more bookings and closures, are not named. */
const NAMED = 20
/** Ranges of ids that are remembered. Beyond, a row that is written twice counts twice; ids given in a row are one range. */
const REMEMBERED = 100

type Told = Readonly<{
  kind: 'reservations' | 'periods' | 'closures'
  hall: string
  token: string
  start: string
  end: string
  /** Which rows are told of. */
  those: string
}>

const dated = { hall: 'resource', token: 'token', start: 'start', end: '"end"', those: 'true' }
const TELLING: Readonly<Record<string, Told>> = {
  'public.reservations': { kind: 'reservations', ...dated },
  'public.reservation_blockers': { kind: 'closures', ...dated },
  // The further places of a date go with it.
  'public.allocations': {
    kind: 'periods',
    hall: 'mirror_of',
    token: 'null::uuid',
    start: '_start',
    end: '_end',
    those: 'resource = mirror_of',
  },
}

export const OUTSIDE = `
-- In a language whose plans are kept: these run for each statement.
create or replace function sync.named_with(known jsonb, more uuid[]) returns jsonb
  language plpgsql immutable as $$
begin
  if more is null or known ?& more::text[] or jsonb_array_length(known) > ${NAMED} then return known; end if;
  return (select jsonb_agg(each order by each) from (
    select jsonb_array_elements_text(known) as each union select unnest(more)::text
     limit ${NAMED + 1}) named);
end $$;

create or replace function sync.remembered_with(known int8multirange, ids bigint[])
  returns int8multirange language plpgsql immutable as $$
declare
  more int8multirange;
begin
  select known + coalesce(range_agg(int8range(id, id, '[]')), '{}') into more from unnest(ids) id;
  if (select count(*) from unnest(more)) > ${REMEMBERED} then return known; end if;
  return more;
end $$;

create or replace function sync.note_outside(
  kind text, op text, ids bigint[], halls uuid[], tokens uuid[], earliest timestamp, latest timestamp
) returns void language plpgsql as $$
declare
  this text := pg_current_xact_id()::text;
  told jsonb := nullif(current_setting('${TOLD}', true), '');
  counted jsonb;
  own int8multirange;
  seen int8multirange;
  strange bigint[];
  ours bigint;
  again bigint;
  waits boolean;
begin
  if ids is null then return; end if;
  if told ->> 'xid' is distinct from this then
    told := jsonb_build_object('xid', this, 'waits', false, 'halls', '[]'::jsonb, 'tokens', '[]'::jsonb,
      'command', (select md5(id::text || this)::uuid from sync.epoch));
  end if;
  counted := coalesce(told -> kind, '{"added": 0, "changed": 0, "removed": 0, "own": "{}", "seen": "{}"}');
  own := counted ->> 'own';
  seen := counted ->> 'seen';
  select count(*) filter (where id <@ own), count(*) filter (where id <@ seen),
         array_agg(id) filter (where not id <@ own)
    into ours, again, strange from unnest(ids) id;
  counted := counted || case op
    when 'INSERT' then jsonb_build_object(
      'added', (counted ->> 'added')::bigint + cardinality(ids),
      'own', sync.remembered_with(own, ids))
    when 'UPDATE' then jsonb_build_object(
      'changed', (counted ->> 'changed')::bigint + cardinality(ids) - ours - again,
      'seen', sync.remembered_with(seen, strange))
    else jsonb_build_object(
      'added', (counted ->> 'added')::bigint - ours,
      'changed', (counted ->> 'changed')::bigint - again,
      'removed', (counted ->> 'removed')::bigint + cardinality(ids) - ours) end;
  waits := (told ->> 'waits')::boolean;
  told := told || jsonb_build_object(
    kind, counted, 'waits', true,
    'from', least((told ->> 'from')::bigint, floor(extract(epoch from earliest) * 1000)::bigint),
    -- Ends are a microsecond short.
    'until', greatest((told ->> 'until')::bigint, ceil(extract(epoch from latest) * 1000)::bigint),
    'halls', sync.named_with(told -> 'halls', halls),
    'tokens', sync.named_with(told -> 'tokens', tokens));
  perform set_config('${TOLD}', told::text, true);
  -- Names the row that the history will have, and has the commit wait for it.
  if not waits then
    insert into sync.change (tbl, pk) values ('allmend.history', told ->> 'command');
  end if;
end $$;

create or replace function sync.tell_outside() returns trigger language plpgsql
  security definer set search_path = pg_catalog, pg_temp as $$
declare
  told jsonb := nullif(current_setting('${TOLD}', true), '');
  counts jsonb;
  named jsonb;
begin
  if told ->> 'xid' is distinct from pg_current_xact_id()::text or not (told ->> 'waits')::boolean
    then return null; end if;
  -- Writing it leads here again; and who makes constraints immediate may go on changing.
  perform set_config('${TOLD}', (told || '{"waits": false}')::text, true);
  select jsonb_object_agg(kind, jsonb_build_object(
           'added', coalesce((told -> kind ->> 'added')::bigint, 0),
           'changed', coalesce((told -> kind ->> 'changed')::bigint, 0),
           'removed', coalesce((told -> kind ->> 'removed')::bigint, 0)))
    into counts from unnest(array['reservations', 'periods', 'closures']) kind;
  if not jsonb_path_exists(counts, '$.*.* ? (@ != 0)') then return null; end if;
  named := jsonb_build_object(
    'halls', jsonb_path_query_array(told, '$.halls[0 to ${NAMED - 1}]'),
    'tokens', jsonb_path_query_array(told, '$.tokens[0 to ${NAMED - 1}]'));
  insert into allmend.history (command, at, actor, desk, name, version, args, subjects)
  values ((told ->> 'command')::uuid, floor(extract(epoch from clock_timestamp()) * 1000)::bigint,
    session_user, '00000000-0000-0000-0000-000000000000', 'outside', 1,
    counts || named || jsonb_build_object(
      'user', session_user, 'application', current_setting('application_name'),
      'from', told -> 'from', 'until', told -> 'until',
      'moreHalls', jsonb_array_length(told -> 'halls') > ${NAMED}),
    array(select jsonb_array_elements_text(named -> 'halls' || (named -> 'tokens'))::uuid))
  on conflict (command) do update set args = excluded.args, subjects = excluded.subjects;
  return null;
end $$;

-- One at the commit of each transaction from outside, however many rows it wrote.
drop trigger if exists allmend_outside on sync.change;
create constraint trigger allmend_outside after insert on sync.change
  deferrable initially deferred for each row
  when (new.tbl = 'allmend.history' and current_setting('${TOLD}', true) <> '')
  execute function sync.tell_outside();
`

/** Of a trigger function of the feed: how its statement is told; nothing where the history does not tell of the table. */
export function noteOutside({ table, key }: Replicated): string {
  // The first thing that a command does.
  if (table === 'sync.receipt') {
    return `perform set_config('${DESK}', pg_current_xact_id()::text, true);`
  }
  const told = TELLING[table]
  if (!told) return ''
  const { kind, hall, token, start, end, those } = told
  const rowsOf = (rows: string) =>
    `select ${key} as id, ${hall} as hall, ${token} as token, ${start} as start, ${end} as finish
        from ${rows} where ${those}`
  const note = (rows: string) => `
      perform sync.note_outside('${kind}', tg_op, array_agg(distinct id), array_agg(distinct hall),
        array_agg(distinct token) filter (where token is not null),
        min(start) filter (where isfinite(start)), max(finish) filter (where isfinite(finish)))
        from (${rows}) rows;`
  return `
  if current_setting('${DESK}', true) is distinct from pg_current_xact_id()::text then
    if tg_op = 'INSERT' then${note(rowsOf('written'))}
    elsif tg_op = 'UPDATE' then${note(`${rowsOf('written')} union all ${rowsOf('gone')}`)}
    else${note(rowsOf('gone'))}
    end if;
  end if;`
}
