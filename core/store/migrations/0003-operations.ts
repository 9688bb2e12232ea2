/**
 * Equipment and keys: types, pieces and places; what bookings claim; operations and what they take and leave.
 *
 * Three wrong states are impossible for every program that writes here: a piece in two places at once
 * (`avatar_one_present_ix`), a stay that ends before it begins, and two operations planned on one avatar
 * (`history_input_taken_once_ix`).
 */
import { type Kysely, sql } from 'kysely'

export const SQL = `
create table allmend.item_type (
  id uuid primary key,
  code text not null unique,
  name text not null,
  parent uuid references allmend.item_type (id),
  behaviours jsonb,
  properties jsonb,
  check (parent <> id)
);

-- A code is not unique: the key 17 that was lost and the one cut for it bear the same.
create table allmend.item (
  id uuid primary key,
  type uuid not null references allmend.item_type (id),
  code text,
  properties jsonb
);
create index item_type_ix on allmend.item (type);
create index item_code_ix on allmend.item (code) where code is not null;

create table allmend.place (
  id uuid primary key,
  name text not null,
  parent uuid references allmend.place (id),
  tag text,
  resource uuid references allmend.resource (id),
  borrower uuid references allmend.person (id),
  check (parent <> id)
);
create index place_parent_ix on allmend.place (parent);
create unique index place_resource_ix on allmend.place (resource) where resource is not null;
create unique index place_borrower_ix on allmend.place (borrower) where borrower is not null;

create table allmend.claim (
  id uuid primary key,
  booking uuid not null references allmend.booking (token),
  type uuid not null references allmend.item_type (id),
  quantity integer not null check (quantity > 0),
  out_at bigint not null,
  back_at bigint not null,
  place uuid not null references allmend.place (id),
  check (out_at < back_at)
);
create index claim_booking_ix on allmend.claim (booking);
create index claim_type_ix on allmend.claim (type, out_at);

create table allmend.operation (
  id uuid primary key,
  kind text not null check (kind in ('arrival', 'move', 'departure', 'unpack', 'assembly')),
  state text not null check (state in ('planned', 'started', 'done')),
  dt_execution bigint not null,
  dt_start bigint,
  place uuid references allmend.place (id),
  item_type uuid references allmend.item_type (id),
  code text,
  properties jsonb,
  name text,
  parameters jsonb,
  match jsonb,
  -- Done operations are facts and outlive the claim they came from.
  claim uuid references allmend.claim (id) on delete set null,
  actor text,
  comment text,
  check ((kind in ('arrival', 'move')) = (place is not null)),
  check ((kind in ('arrival', 'assembly')) = (item_type is not null)),
  check ((kind = 'assembly') = (name is not null))
);
create index operation_claim_ix on allmend.operation (claim) where claim is not null;
-- House work and what is under way: what is not done and what the planner must not touch. The state is a column,
-- so that a database without statistics, which guesses that most rows are not done, still looks here.
create index operation_bound_ix on allmend.operation (state) where state <> 'done'
  and (claim is null or kind <> 'move' or state = 'started');
create index operation_due_ix on allmend.operation (dt_execution) where state <> 'done';

create table allmend.avatar (
  id uuid primary key,
  item uuid not null references allmend.item (id),
  state text not null check (state in ('past', 'present', 'future')),
  place uuid not null references allmend.place (id),
  dt_from bigint not null,
  dt_until bigint,
  reason uuid not null references allmend.operation (id),
  check (dt_until is null or dt_until >= dt_from)
);
create unique index avatar_one_present_ix on allmend.avatar (item) where state = 'present';
create index avatar_item_ix on allmend.avatar (item);
-- What is and will be, without the years of what was: the planner looks at nothing else.
create index avatar_standing_ix on allmend.avatar (item) where state <> 'past';
create index avatar_at_ix on allmend.avatar (place, dt_from, dt_until);
create index avatar_reason_ix on allmend.avatar (reason);

create table allmend.history_input (
  operation uuid not null references allmend.operation (id) on delete cascade,
  avatar uuid not null references allmend.avatar (id) on delete cascade,
  latest_previous_op uuid not null references allmend.operation (id),
  orig_dt_until bigint,
  primary key (operation, avatar)
);
create unique index history_input_taken_once_ix on allmend.history_input (avatar);
create index history_input_previous_ix on allmend.history_input (latest_previous_op);
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(SQL).execute(db)
}
