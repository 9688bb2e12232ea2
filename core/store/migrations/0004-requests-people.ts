/**
 * Requests and people: what a booking is when it holds no slots (asked, on the waiting list, denied), and what the
 * desk knows of a person beyond a name and one phone.
 *
 * `standing` says what a booking is by its own account; whether it holds slots, libres' rows say. A person who was
 * merged into another stays as a row that points there, so that a draft begun before finds the one who is left.
 */
import { type Kysely, sql } from 'kysely'

export const SQL = `
alter table allmend.booking
  add column standing text not null default 'booked'
    check (standing in ('booked', 'request', 'waiting')),
  add column waiting_since bigint,
  add column denied boolean not null default false,
  add constraint booking_waiting_has_a_place check ((standing = 'waiting') = (waiting_since is not null));

alter table allmend.person
  add column street text not null default '',
  add column postcode text not null default '',
  add column town text not null default '',
  add column language text not null default '',
  add column note text not null default '',
  add column merged_into uuid references allmend.person (id);
create index person_merged_into_ix on allmend.person (merged_into) where merged_into is not null;

-- Further phones; the first one stands with the person, since every booking writes it.
create table allmend.person_phone (
  person uuid not null references allmend.person (id) on delete cascade,
  position integer not null,
  phone text not null,
  digits text not null,
  primary key (person, position)
);
create index person_phone_last_digits_ix on allmend.person_phone (reverse(digits) text_pattern_ops);
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(SQL).execute(db)
}
