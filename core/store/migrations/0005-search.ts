/**
 * Search: the words of a booking and of a person once more, plain (small letters, no accents), so that finding
 * «Jubilaum» among 20,000 bookings reads and folds nothing. The database keeps them; no program writes them.
 */
import { type Kysely, sql } from 'kysely'

export const SQL = `
-- First the signs, then the case: small letters outside ASCII depend on the collation of the database.
create function allmend.plain(words text) returns text language sql immutable strict parallel safe as $$
  select lower(translate($1,
    'ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝàáâãäåçèéêëìíîïñòóôõöùúûüýÿ',
    'aaaaaaceeeeiiiinooooouuuuyaaaaaaceeeeiiiinooooouuuuyy'))
$$;

alter table allmend.booking
  add column plain text not null generated always as (allmend.plain(title || ' ' || number::text)) stored,
  -- Where the booking begins; of several dates the first.
  add column first_start bigint generated always as ((dates -> 0 ->> 'start')::float8::bigint) stored;

alter table allmend.person
  add column plain text not null generated always as (allmend.plain(name || ' ' || organisation)) stored;
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(SQL).execute(db)
}
