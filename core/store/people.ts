/** People and organisations. A person is no login, and needs no e-mail address. */
import { sql } from 'kysely'
import type { PersonCard } from '../domain/person.ts'
import { phoneDigits } from '../domain/phone.ts'
import type { StandingFacts } from '../domain/standing.ts'
import type { Uuid } from '../domain/time.ts'
import type { BookedDate } from './bookings.ts'
import type { Tx } from './database.ts'

export type PersonFacts = Readonly<{
  id: Uuid
  name: string
  organisation: string
  phone: string
  email: string
}>

export type FoundPerson = PersonFacts & Readonly<{ bookings: number }>

/** What is looked for: the words as a pattern, and digits where there are enough to be part of a number. */
function pattern(text: string): { like: string; digits: string } {
  const words = text.trim().toLowerCase()
  const like = `%${words.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  const digits = words.replace(/\D/g, '').replace(/^0+/, '')
  return { like, digits: digits.length >= 3 ? digits : '' }
}

const isFound = ({ like, digits }: { like: string; digits: string }) => sql<boolean>`(
  lower(p.name) like ${like}::text or lower(p.organisation) like ${like}::text
  or lower(p.town) like ${like}::text
  or (${digits}::text <> '' and (
    p.phone_digits like '%' || ${digits}::text || '%'
    or exists (select from allmend.person_phone h
                where h.person = p.id and h.digits like '%' || ${digits}::text || '%'))))`

/** Twelve at most, by name, organisation, town or digits of a phone; the ones who book most come first. */
export async function findPeople(tx: Tx, text: string): Promise<FoundPerson[]> {
  if (text.trim() === '') return []
  const { rows } = await sql<FoundPerson>`
    select p.id, p.name, p.organisation, p.phone, p.email,
           (select count(*)::int from allmend.booking b where b.person = p.id) as bookings
      from allmend.person p
     where p.merged_into is null and ${isFound(pattern(text))}
     order by bookings desc, p.name, p.id
     limit 12
  `.execute(tx)
  return rows
}

export type ListedPerson = FoundPerson & Readonly<{ town: string; next: number | null; of: number }>

/** By name; `of` says how many there are in all. `next`: the first date from `now` on that is not cancelled. */
export async function listPeople(
  tx: Tx,
  wanted: Readonly<{
    text: string
    kind: 'all' | 'person' | 'organisation'
    now: number
    limit: number
  }>,
): Promise<ListedPerson[]> {
  const { rows } = await sql<ListedPerson>`
    with listed as (
      select p.id, p.name, p.organisation, p.phone, p.email, p.town,
             lower(coalesce(nullif(p.organisation, ''), p.name)) as sorted,
             count(*) over ()::int as of
        from allmend.person p
       where p.merged_into is null
         and (${wanted.kind}::text = 'all'
              or (p.organisation <> '') = (${wanted.kind}::text = 'organisation'))
         and (${wanted.text.trim()}::text = '' or ${isFound(pattern(wanted.text))})
       order by sorted, p.name, p.id
       limit ${wanted.limit}::int
    )
    select l.id, l.name, l.organisation, l.phone, l.email, l.town, l.of,
           (select count(*)::int from allmend.booking b where b.person = l.id) as bookings,
           (select min((d->>'start')::float8)
              from allmend.booking b, jsonb_array_elements(b.dates) d
             where b.person = l.id and b.cancelled_at is null
               and (d->>'start')::float8 >= ${wanted.now}::float8) as next
      from listed l order by l.sorted, l.name, l.id
  `.execute(tx)
  return rows
}

export type StoredPerson = PersonCard & Readonly<{ id: Uuid; mergedInto: Uuid | null }>

export async function personById(tx: Tx, id: Uuid): Promise<StoredPerson | undefined> {
  const { rows } = await sql<StoredPerson>`
    select p.id, p.name, p.organisation, p.email, p.street, p.postcode, p.town, p.language, p.note,
           p.merged_into as "mergedInto",
           (select coalesce(jsonb_agg(h.phone order by h.position), '[]')
              from (select 0 as position, p.phone as phone where p.phone <> ''
                    union all
                    select position, phone from allmend.person_phone where person = p.id) h) as phones
      from allmend.person p where p.id = ${id}::uuid
  `.execute(tx)
  return rows[0]
}

/** Adds the person, or says everything of one anew. */
export async function writePerson(tx: Tx, id: Uuid, card: PersonCard): Promise<void> {
  const [first = '', ...more] = card.phones
  await sql`
    insert into allmend.person
      (id, name, organisation, phone, phone_digits, email, street, postcode, town, language, note)
    values (${id}::uuid, ${card.name}::text, ${card.organisation}::text, ${first}::text,
            ${phoneDigits(first)}::text, ${card.email}::text, ${card.street}::text,
            ${card.postcode}::text, ${card.town}::text, ${card.language}::text, ${card.note}::text)
    on conflict (id) do update
      set name = excluded.name, organisation = excluded.organisation, phone = excluded.phone,
          phone_digits = excluded.phone_digits, email = excluded.email, street = excluded.street,
          postcode = excluded.postcode, town = excluded.town, language = excluded.language,
          note = excluded.note
  `.execute(tx)
  await sql`delete from allmend.person_phone where person = ${id}::uuid`.execute(tx)
  if (more.length === 0) return
  await sql`
    insert into allmend.person_phone (person, position, phone, digits)
    select ${id}::uuid, n, phone, digits
      from unnest((select ${more}::text[]), (select ${more.map((one) => phoneDigits(one))}::text[]))
        with ordinality as h(phone, digits, n)
  `.execute(tx)
}

export async function deletePerson(tx: Tx, id: Uuid): Promise<void> {
  await sql`delete from allmend.person where id = ${id}::uuid`.execute(tx)
}

/** How many bookings and merged people hang on one. */
export async function dependentsOfPerson(tx: Tx, id: Uuid): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select (select count(*) from allmend.booking where person = ${id}::uuid)::int
         + (select count(*) from allmend.person where merged_into = ${id}::uuid)::int as count
  `.execute(tx)
  return rows[0]?.count ?? 0
}

export type MovedToSurvivor = Readonly<{ bookings: readonly Uuid[]; also: readonly Uuid[] }>

/** Gives all bookings of one to another, and lets the one, and whoever stood behind it, point there. */
export async function moveToSurvivor(tx: Tx, from: Uuid, into: Uuid): Promise<MovedToSurvivor> {
  const { rows: bookings } = await sql<{ token: Uuid }>`
    update allmend.booking set person = ${into}::uuid where person = ${from}::uuid returning token
  `.execute(tx)
  const { rows: also } = await sql<{ id: Uuid }>`
    update allmend.person set merged_into = ${into}::uuid
     where merged_into = ${from}::uuid returning id
  `.execute(tx)
  await sql`
    update allmend.person set merged_into = ${into}::uuid where id = ${from}::uuid
  `.execute(tx)
  return {
    bookings: bookings.map((row) => row.token).sort(),
    also: also.map((row) => row.id).sort(),
  }
}

/** The opposite, for the bookings that are still with the survivor. */
export async function moveBack(
  tx: Tx,
  from: Uuid,
  into: Uuid,
  moved: MovedToSurvivor,
): Promise<void> {
  await sql`
    update allmend.person set merged_into = case when id = ${from}::uuid then null else ${from}::uuid end
     where id = ${from}::uuid or (id = any(${[...moved.also]}::uuid[]) and merged_into = ${into}::uuid)
  `.execute(tx)
  await sql`
    update allmend.booking set person = ${from}::uuid
     where person = ${into}::uuid and token = any(${[...moved.bookings]}::uuid[])
  `.execute(tx)
}

export type PersonBooking = Readonly<{
  token: Uuid
  number: number
  title: string
  dates: readonly BookedDate[]
}> &
  StandingFacts

/** All bookings of a person, the latest entered first; enough for anybody who can still be called one person. */
export async function bookingsOfPerson(tx: Tx, id: Uuid): Promise<PersonBooking[]> {
  const { rows } = await sql<PersonBooking>`
    select b.token, b.number, b.title, b.dates, b.standing, b.denied,
           b.cancelled_at as "cancelledAt",
           (select case when bool_or(r.status = 'approved') then 'approved'
                        when count(*) > 0 then 'pending' end
              from reservations r where r.token = b.token) as held
      from allmend.booking b where b.person = ${id}::uuid
     order by b.number desc limit 1000
  `.execute(tx)
  return rows
}

/** Others who may be the same: one of the phones, or the very name. */
export async function peopleAlike(tx: Tx, id: Uuid): Promise<FoundPerson[]> {
  const { rows } = await sql<FoundPerson>`
    with numbers as (
      select p.id, p.phone_digits as digits from allmend.person p
      union all select h.person, h.digits from allmend.person_phone h
    ), same as (
      select other.id from numbers mine join numbers other using (digits)
       where mine.id = ${id}::uuid and other.id <> ${id}::uuid and digits <> ''
      union
      select other.id from allmend.person mine
        join allmend.person other
          on lower(other.name) = lower(mine.name)
         and lower(other.organisation) = lower(mine.organisation) and other.id <> mine.id
       where mine.id = ${id}::uuid
    )
    select p.id, p.name, p.organisation, p.phone, p.email,
           (select count(*)::int from allmend.booking b where b.person = p.id) as bookings
      from allmend.person p join same using (id)
     where p.merged_into is null
     order by bookings desc, p.name, p.id limit 6
  `.execute(tx)
  return rows
}
