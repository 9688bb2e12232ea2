/**
 * Bookings: what the desk adds to the reservations of one token (title, person, number to read out), and who
 * stands in the way of a wish.
 */
import { sql } from 'kysely'
import { phoneDigits } from '../domain/phone.ts'
import type { InTheWay } from '../domain/refusal.ts'
import type { Standing, StandingFacts } from '../domain/standing.ts'
import type { Span, Uuid } from '../domain/time.ts'
import type { Tx } from './database.ts'
import type { PersonFacts } from './people.ts'
import { statement } from './statement.ts'
import { together } from './together.ts'

/** One date on one resource; instants in UTC milliseconds, half-open. */
export type BookedDate = Readonly<{ resource: Uuid; start: number; end: number; places: number }>

export type StoredBooking = Readonly<{
  token: Uuid
  number: number
  title: string
  publicTitle: string
  note: string
  persons: number | null
  person: (PersonFacts & Readonly<{ bookings: number }>) | null
  dates: readonly BookedDate[]
  createdAt: number
  createdBy: string
  cancelReason: string
  /** Its place on the waiting list, while it is on it. */
  waitingSince: number | null
}> &
  StandingFacts

export type NewBooking = Readonly<{
  token: Uuid
  /** Given only when a journal is replayed; otherwise the database hands out the next one. */
  number: number | null
  title: string
  publicTitle: string
  note: string
  persons: number | null
  person: PersonFacts
  dates: readonly BookedDate[]
  createdAt: number
  createdBy: string
  standing: Standing
  waitingSince: number | null
}>

const insert = statement<{ token: Uuid; number: number }>(`
  with merged as (
    -- A draft may name one who was merged into another meanwhile.
    select id, merged_into from allmend.person
     where id = any((select $1::uuid[])::uuid[]) and merged_into is not null
  ), person as (
    insert into allmend.person as known (id, name, organisation, phone, phone_digits, email)
    select p.id, p.name, p.organisation, p.phone, p.digits, p.email
      from unnest((select $1::uuid[]), (select $2::text[]), (select $3::text[]), (select $4::text[]),
        (select $5::text[]), (select $6::text[])) as p(id, name, organisation, phone, digits, email)
     where not exists (select from merged where merged.id = p.id)
    on conflict (id) do update
      set name = excluded.name, organisation = excluded.organisation, phone = excluded.phone,
          phone_digits = excluded.phone_digits, email = excluded.email
    -- Most calls change nothing about the caller; an unchanged row is not written again.
    where (known.name, known.organisation, known.phone, known.email)
      is distinct from (excluded.name, excluded.organisation, excluded.phone, excluded.email)
  )
  insert into allmend.booking
    (token, number, title, public_title, note, persons, person, dates, created_at, created_by,
      standing, waiting_since)
  -- A number that is wished for may have gone to another meanwhile.
  select b.token, case when b.number is null
        or exists (select from allmend.booking taken where taken.number = b.number)
      then nextval('allmend.booking_number')::int else b.number end, b.title,
      b.public_title, b.note, b.persons, coalesce(merged.merged_into, b.person), b.dates::jsonb,
      b.created_at, b.created_by, b.standing, b.waiting_since
    from unnest((select $7::uuid[]), (select $8::int[]), (select $9::text[]), (select $10::text[]),
      (select $11::text[]), (select $12::int[]), (select $13::uuid[]), (select $14::text[]),
      (select $15::int8[]), (select $16::text[]), (select $17::text[]), (select $18::int8[]))
      with ordinality as b(token, number, title, public_title, note, persons, person, dates,
        created_at, created_by, standing, waiting_since, n)
    left join merged on merged.id = b.person
    order by b.n
  on conflict (token) do nothing
  returning token, number`)

const insertTogether = together<NewBooking, number | null>(async (tx, bookings) => {
  // A statement may touch a person once; what was said last holds.
  const people = [...new Map(bookings.map(({ person }) => [person.id, person])).values()]
  const rows = await insert(
    tx,
    people.map(({ id }) => id),
    people.map(({ name }) => name),
    people.map(({ organisation }) => organisation),
    people.map(({ phone }) => phone),
    people.map(({ phone }) => phoneDigits(phone)),
    people.map(({ email }) => email),
    bookings.map(({ token }) => token),
    bookings.map(({ number }) => number),
    bookings.map(({ title }) => title),
    bookings.map(({ publicTitle }) => publicTitle),
    bookings.map(({ note }) => note),
    bookings.map(({ persons }) => persons),
    bookings.map(({ person }) => person.id),
    bookings.map(({ dates }) => JSON.stringify(dates)),
    bookings.map(({ createdAt }) => createdAt),
    bookings.map(({ createdBy }) => createdBy),
    bookings.map(({ standing }) => standing),
    bookings.map(({ waitingSince }) => waitingSince),
  )
  const numbers = new Map(rows.map(({ token, number }) => [token, number]))
  return bookings.map(({ token }) => numbers.get(token.toLowerCase()) ?? null)
})

/** Inserts the booking, adds its person or brings them up to date, and gives its number; null where a booking with that token exists. */
export function insertBooking(tx: Tx, booking: NewBooking): Promise<number | null> {
  return insertTogether(tx, booking)
}

/** After a replay: the next number handed out is above every one in use. */
export async function raiseBookingNumber(tx: Tx): Promise<void> {
  await sql`
    select setval('allmend.booking_number',
                  greatest((select coalesce(max(number), 1000) from allmend.booking), 1000))
  `.execute(tx)
}

export async function bookingByToken(tx: Tx, token: Uuid): Promise<StoredBooking | undefined> {
  const { rows } = await sql<StoredBooking>`
    select b.token, b.number, b.title, b.public_title as "publicTitle", b.note, b.persons, b.dates,
           b.created_at as "createdAt", b.created_by as "createdBy",
           b.cancelled_at as "cancelledAt",
           b.cancel_reason as "cancelReason", b.standing, b.waiting_since as "waitingSince", b.denied,
           (select case when bool_or(r.status = 'approved') then 'approved'
                        when count(*) > 0 then 'pending' end
              from reservations r where r.token = b.token) as held,
           case when p.id is null then null else jsonb_build_object(
             'id', p.id, 'name', p.name, 'organisation', p.organisation, 'phone', p.phone, 'email', p.email,
             'bookings', (select count(*) from allmend.booking o where o.person = p.id)) end as person
      from allmend.booking b left join allmend.person p on p.id = b.person
     where b.token = ${token}::uuid
  `.execute(tx)
  return rows[0]
}

export type NamedBooking = Readonly<{
  token: Uuid
  title: string
  number: number
  dates: readonly BookedDate[]
}>

/** What these bookings are called; a token that is unknown has no row. */
export async function namedBookings(tx: Tx, tokens: readonly Uuid[]): Promise<NamedBooking[]> {
  if (tokens.length === 0) return []
  const { rows } = await sql<NamedBooking>`
    select token, title, number, dates from allmend.booking
     where token = any((select ${[...tokens]}::uuid[])::uuid[])
  `.execute(tx)
  return rows
}

/** What a booking is from now on, all of it. */
export type NewStanding = Readonly<{
  standing: Standing
  waitingSince: number | null
  denied: boolean
  cancelledAt: number | null
  cancelReason: string
}>

export async function writeStanding(tx: Tx, token: Uuid, now: NewStanding): Promise<void> {
  await sql`
    update allmend.booking
       set standing = ${now.standing}::text, waiting_since = ${now.waitingSince}::int8,
           denied = ${now.denied}::boolean, cancelled_at = ${now.cancelledAt}::int8,
           cancel_reason = ${now.cancelReason}::text
     where token = ${token}::uuid
  `.execute(tx)
}

/** What may be said anew of a booking without touching its dates; left out stays. */
export type BookingFacts = Readonly<{
  title?: string | undefined
  publicTitle?: string | undefined
  note?: string | undefined
  persons?: number | null | undefined
}>

export async function writeBookingFacts(tx: Tx, token: Uuid, facts: BookingFacts): Promise<void> {
  const { title = null, publicTitle = null, note = null, persons } = facts
  await sql`
    update allmend.booking
       set title = coalesce(${title}::text, title),
           public_title = coalesce(${publicTitle}::text, public_title),
           note = coalesce(${note}::text, note),
           persons = case when ${persons !== undefined}::boolean then ${persons ?? null}::int
                          else persons end
     where token = ${token}::uuid
  `.execute(tx)
}

export async function setDates(tx: Tx, token: Uuid, dates: readonly BookedDate[]): Promise<void> {
  await sql`
    update allmend.booking set dates = ${JSON.stringify(dates)}::jsonb where token = ${token}::uuid
  `.execute(tx)
}

/** The resources on which a token has reservations, of whichever program. */
export async function resourcesOfToken(tx: Tx, token: Uuid): Promise<Uuid[]> {
  const { rows } = await sql<{ resource: Uuid }>`
    select distinct resource from reservations where token = ${token}::uuid order by resource
  `.execute(tx)
  return rows.map((row) => row.resource)
}

/** The reservations, pending or approved, that hang on allocations of these groups, earliest first. */
export async function bookingsOnGroups(tx: Tx, groups: readonly Uuid[]): Promise<InTheWay[]> {
  const { rows } = await sql<InTheWay>`
    select v.token, coalesce(b.number, 0) as number, coalesce(b.title, '') as title, v.resource,
           coalesce(r.name, '') as "resourceName",
           (extract(epoch from coalesce(v.start, min(a._start))) * 1000)::float8 as start,
           (extract(epoch from coalesce(v."end", max(a._end)) + interval '1 microsecond') * 1000)::float8
             as "end"
      from reservations v
      join allocations a on a."group" = v.target and a.resource = a.mirror_of
      left join allmend.booking b on b.token = v.token
      left join allmend.resource r on r.id = v.resource
     where v.target = any(${[...groups]}::uuid[])
     group by v.id, b.number, b.title, r.name
     order by start, v.id
  `.execute(tx)
  return rows
}

/**
 * The approved bookings that overlap a span on any of the resources, earliest first, ten at most. Rows of another
 * program have no booking of ours: they come with number 0 and an empty title.
 */
export async function bookingsInTheWay(
  tx: Tx,
  resources: readonly Uuid[],
  span: Span,
): Promise<InTheWay[]> {
  const { rows } = await sql<InTheWay>`
    with wish as (
      select to_timestamp(${span.start}::float8 / 1000.0) at time zone 'UTC' as lower,
             to_timestamp(${span.end}::float8 / 1000.0) at time zone 'UTC' as upper
    ), met as (
      select distinct s.reservation_token as token, a.id, a.mirror_of
        from wish
        join allocations a on a.mirror_of = any(${[...resources]}::uuid[])
                          and a._start < wish.upper and a._end >= wish.lower
        join reserved_slots s on s.allocation_id = a.id and s.start < wish.upper and s."end" >= wish.lower
       where s.source_type = 'reservation'
    )
    select met.token, coalesce(b.number, 0) as number, coalesce(b.title, '') as title,
           met.mirror_of as resource, coalesce(r.name, '') as "resourceName",
           (extract(epoch from min(s.start)) * 1000)::float8 as start,
           (extract(epoch from max(s."end") + interval '1 microsecond') * 1000)::float8 as "end"
      from met
      join reserved_slots s on s.allocation_id = met.id and s.reservation_token = met.token
      left join allmend.booking b on b.token = met.token
      left join allmend.resource r on r.id = met.mirror_of
     group by met.token, b.number, b.title, met.mirror_of, r.name
     order by start, number
     limit 10
  `.execute(tx)
  return rows
}

/** How many dates each of some tokens has, of whichever program; a group counts as its members. */
export async function bookingDateCounts(
  tx: Tx,
  tokens: readonly Uuid[],
): Promise<Map<Uuid, number>> {
  const { rows } = await sql<{ token: Uuid; dates: number }>`
    select r.token, count(*)::int as dates
      from unnest((select ${[...tokens]}::uuid[])) as wanted(token)
      join reservations r on r.token = wanted.token
      left join allocations a on r.target_type = 'group' and a."group" = r.target
                             and a.resource = a.mirror_of
     group by 1
  `.execute(tx)
  return new Map(rows.map((row) => [row.token, row.dates]))
}
