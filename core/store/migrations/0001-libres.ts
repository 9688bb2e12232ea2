/**
 * The booking tables of libres 1.2.0: exactly its columns, types, enums, keys and names of indexes.
 *
 * A database that libres founded is adopted: what is there stays untouched, row for row, and only what an older
 * libres did not have yet (its indexes, the blockers) is added. Tables that carry these names but lack columns of
 * libres 1.2 are refused, because guessing there could lose bookings.
 */
import { type Kysely, sql } from 'kysely'
import { ForeignTables } from '../failures.ts'

export const SQL = `
do $$ begin
  if to_regtype('public.reservation_blocker_target_type') is null then
    create type public.reservation_blocker_target_type as enum ('group', 'allocation');
  end if;
  if to_regtype('public.reservation_status') is null then
    create type public.reservation_status as enum ('pending', 'approved');
  end if;
  if to_regtype('public.reservation_target_type') is null then
    create type public.reservation_target_type as enum ('group', 'allocation');
  end if;
  if to_regtype('public.reserved_slot_source_type') is null then
    create type public.reserved_slot_source_type as enum ('reservation', 'blocker');
  end if;
end $$;

create table if not exists public.allocations (
  id serial primary key,
  resource uuid not null,
  type text not null,
  mirror_of uuid not null,
  "group" uuid not null,
  quota integer not null,
  quota_limit integer not null,
  partly_available boolean not null,
  approve_manually boolean not null,
  timezone character varying,
  data jsonb,
  _start timestamp without time zone not null,
  _end timestamp without time zone not null,
  _raster integer not null,
  created timestamp without time zone not null,
  modified timestamp without time zone,
  constraint resource_start_ix unique (resource, _start)
);

create table if not exists public.reserved_slots (
  resource uuid not null,
  start timestamp without time zone not null,
  "end" timestamp without time zone not null,
  allocation_id integer not null references public.allocations (id),
  source_type public.reserved_slot_source_type not null,
  reservation_token uuid not null,
  source_id integer not null,
  created timestamp without time zone not null,
  modified timestamp without time zone,
  primary key (resource, start)
);

create table if not exists public.reservations (
  id serial primary key,
  token uuid not null,
  target uuid not null,
  target_type public.reservation_target_type not null,
  type text not null,
  resource uuid not null,
  start timestamp without time zone,
  "end" timestamp without time zone,
  timezone character varying,
  status public.reservation_status not null,
  data jsonb,
  email character varying(254) not null,
  session_id uuid,
  quota integer not null,
  created timestamp without time zone not null,
  modified timestamp without time zone
);

create table if not exists public.reservation_blockers (
  id serial primary key,
  token uuid not null,
  target uuid not null,
  target_type public.reservation_blocker_target_type not null,
  resource uuid not null,
  start timestamp without time zone,
  "end" timestamp without time zone,
  timezone character varying,
  reason character varying,
  created timestamp without time zone not null,
  modified timestamp without time zone
);

create index if not exists ix_allocations_end on public.allocations (_end);
create index if not exists ix_allocations_group on public.allocations ("group");
create index if not exists ix_allocations_mirror_of on public.allocations (mirror_of);
create index if not exists ix_allocations_resource on public.allocations (resource);
create index if not exists ix_allocations_start on public.allocations (_start);
create index if not exists ix_allocations_type on public.allocations (type);
create index if not exists mirror_resource_ix on public.allocations (mirror_of, resource);

create index if not exists ix_reserved_slots_allocation_id on public.reserved_slots (allocation_id);
create index if not exists ix_reserved_slots_end on public.reserved_slots ("end");
create index if not exists ix_reserved_slots_source_id on public.reserved_slots (source_id);
create index if not exists ix_reserved_slots_source_type on public.reserved_slots (source_type);
create index if not exists reservation_resource_ix on public.reserved_slots (reservation_token, resource);
create index if not exists start_end_tsrange_ix on public.reserved_slots using gist (tsrange(start, "end"));

create index if not exists ix_reservations_email on public.reservations (email);
create index if not exists ix_reservations_end on public.reservations ("end");
create index if not exists ix_reservations_resource on public.reservations (resource);
create index if not exists ix_reservations_session_id on public.reservations (session_id);
create index if not exists ix_reservations_start on public.reservations (start);
create index if not exists ix_reservations_status on public.reservations (status);
create index if not exists ix_reservations_target on public.reservations (target);
create index if not exists ix_reservations_target_type on public.reservations (target_type);
create index if not exists ix_reservations_token on public.reservations (token);
create index if not exists ix_reservations_type on public.reservations (type);
create index if not exists target_status_ix on public.reservations (status, target, id);

create index if not exists blocker_target_ix on public.reservation_blockers (target, id);
create index if not exists ix_reservation_blockers_end on public.reservation_blockers ("end");
create index if not exists ix_reservation_blockers_resource on public.reservation_blockers (resource);
create index if not exists ix_reservation_blockers_start on public.reservation_blockers (start);
create index if not exists ix_reservation_blockers_target on public.reservation_blockers (target);
create index if not exists ix_reservation_blockers_target_type on public.reservation_blockers (target_type);
create index if not exists ix_reservation_blockers_token on public.reservation_blockers (token);

-- A database restored from a dump of its rows alone counts from 1 again and would give out ids that are taken.
select setval('public.allocations_id_seq', highest)
  from (select max(id) as highest from public.allocations) ids, public.allocations_id_seq given
  where highest > last_value or highest = last_value and not is_called;
select setval('public.reservations_id_seq', highest)
  from (select max(id) as highest from public.reservations) ids, public.reservations_id_seq given
  where highest > last_value or highest = last_value and not is_called;
select setval('public.reservation_blockers_id_seq', highest)
  from (select max(id) as highest from public.reservation_blockers) ids, public.reservation_blockers_id_seq given
  where highest > last_value or highest = last_value and not is_called;
`

/** What the scheduler cannot do without; an older libres lacks some of them. */
const NEEDED: Readonly<Record<string, string>> = {
  allocations:
    'id resource type mirror_of group quota quota_limit partly_available approve_manually timezone data _start _end _raster created modified',
  reserved_slots:
    'resource start end allocation_id source_type reservation_token source_id created modified',
  reservations:
    'id token target target_type type resource start end timezone status data email session_id quota created modified',
  reservation_blockers:
    'id token target target_type resource start end timezone reason created modified',
}

async function refuseForeignTables(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<{ table_name: string; column_name: string }>`
    select table_name::text, column_name::text from information_schema.columns
    where table_schema = 'public' and table_name::text = any(${Object.keys(NEEDED)}::text[])
  `.execute(db)
  const present = new Set(rows.map((row) => `${row.table_name}.${row.column_name}`))
  const missing = [...new Set(rows.map((row) => row.table_name))].flatMap((table) =>
    (NEEDED[table] ?? '')
      .split(' ')
      .map((column) => `${table}.${column}`)
      .filter((column) => !present.has(column)),
  )
  if (missing.length > 0) throw new ForeignTables(missing.sort())
}

export async function up(db: Kysely<unknown>): Promise<void> {
  await refuseForeignTables(db)
  await sql.raw(SQL).execute(db)
}
