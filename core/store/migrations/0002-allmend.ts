/**
 * What the desk adds beside the tables of libres: its own two schemas, and guards on the booking tables.
 *
 * The guards make two wrong states impossible for every program that writes here: a slot outside its allocation,
 * and more places written than the master's quota. They look only at the rows of the statement, through an index,
 * and never at rows that were there before.
 */
import { type Kysely, sql } from 'kysely'

export const SQL = `
create schema if not exists allmend;
create schema if not exists sync;

create table allmend.setting (
  key text primary key,
  value jsonb
);

create table allmend.resource (
  id uuid primary key,
  key text not null unique,
  name text not null,
  "group" text not null,
  kind text not null
    check (kind in ('hall', 'gym', 'room', 'kitchen', 'nursery', 'outdoor', 'other')),
  parent uuid references allmend.resource (id),
  shares_space boolean not null,
  capacity integer,
  features jsonb not null,
  color integer not null,
  position integer not null,
  zone text not null,
  check (parent <> id)
);
create index resource_parent_ix on allmend.resource (parent);

create table allmend.person (
  id uuid primary key,
  name text not null,
  organisation text not null,
  phone text not null,
  phone_digits text not null,
  email text not null
);
-- Reversed, because a caller is found by the last digits of the number.
create index person_last_digits_ix on allmend.person (reverse(phone_digits) text_pattern_ops);
create index person_name_ix on allmend.person (lower(name) text_pattern_ops);

create sequence allmend.booking_number as integer start 1000;

create table allmend.booking (
  token uuid primary key,
  number integer not null unique,
  title text not null,
  public_title text not null,
  note text not null,
  persons integer,
  person uuid references allmend.person (id),
  dates jsonb not null,
  created_at bigint not null,
  created_by text not null,
  cancelled_at bigint,
  cancel_reason text not null default ''
);
create index booking_person_ix on allmend.booking (person);

create table allmend.availability (
  "group" uuid primary key,
  rule uuid not null
);
create index availability_rule_ix on allmend.availability (rule);

create table allmend.history (
  command uuid primary key,
  at bigint not null,
  actor text not null,
  desk uuid not null,
  name text not null,
  version integer not null,
  args jsonb,
  result jsonb,
  subjects uuid[] not null,
  undoes uuid,
  undone_by uuid
);
create index history_at_ix on allmend.history (at);
create index history_subjects_ix on allmend.history using gin (subjects);
create unique index history_undoes_ix on allmend.history (undoes) where undoes is not null;

create table sync.receipt (
  command_id uuid primary key,
  desk_id uuid not null,
  desk_seq bigint not null,
  name text not null,
  version integer not null,
  args_hash text not null,
  actor text not null,
  outcome jsonb,
  at timestamp with time zone not null default clock_timestamp(),
  unique (desk_id, desk_seq)
);

-- One look-up for each allocation written to, however many slots the statement has. The limit keeps the look-up
-- an index scan: a join could read the whole table and, under SERIALIZABLE, lock it against everybody.
create function allmend.guard_slots() returns trigger language plpgsql as $$
declare
  wrong integer;
begin
  select written.allocation_id into wrong
  from (
    select allocation_id, resource, min(start) as start, max("end") as "end"
    from written_slots group by allocation_id, resource
  ) written
  cross join lateral (
    -- libres keeps the seconds of an end (12:00:30); the last step then reaches beyond it, by less than a step.
    select resource, _start, case
      when extract(second from _end + interval '1 microsecond') = 0 then _end
      else _end + make_interval(mins => _raster) end as reach
    from public.allocations where id = written.allocation_id limit 1
  ) allocation
  where allocation.resource <> written.resource
    or written.start < allocation._start
    or written."end" > allocation.reach
  limit 1;
  if found then
    raise exception 'slot outside its allocation %', wrong
      using errcode = 'check_violation', constraint = 'allmend_slot_inside_allocation';
  end if;
  return null;
end $$;

create trigger allmend_guard_slots_insert after insert on public.reserved_slots
  referencing new table as written_slots for each statement execute function allmend.guard_slots();
create trigger allmend_guard_slots_update after update on public.reserved_slots
  referencing new table as written_slots for each statement execute function allmend.guard_slots();

-- Mirrors of one master share its group and start, so the group's index finds them. A master alone is not looked at.
create function allmend.guard_mirrors() returns trigger language plpgsql as $$
declare
  wrong uuid;
begin
  select written.mirror_of into wrong
  from (
    select distinct mirror_of, "group", _start from written_allocations where resource <> mirror_of
  ) written
  cross join lateral (
    select count(*) as places, max(quota) filter (where resource = mirror_of) as quota
    from (
      select resource, mirror_of, quota from public.allocations
      where "group" = written."group" and mirror_of = written.mirror_of and _start = written._start
      offset 0
    ) rows_of_master
  ) found_rows
  where found_rows.places > found_rows.quota
  limit 1;
  if found then
    raise exception 'more places than the quota of %', wrong
      using errcode = 'check_violation', constraint = 'allmend_mirrors_within_quota';
  end if;
  return null;
end $$;

create trigger allmend_guard_mirrors_insert after insert on public.allocations
  referencing new table as written_allocations for each statement execute function allmend.guard_mirrors();
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(SQL).execute(db)
}
