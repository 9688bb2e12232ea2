/**
 * Publishing's reads: the dates and closures of a range with what the public may know of them, and, apart from
 * these, every private field there is, for the check that compares.
 */
import type { Uuid } from '../domain/time.ts'
import type { Tx } from './database.ts'
import { statement } from './statement.ts'

export type StoredDate = Readonly<{
  token: Uuid
  ordinal: number
  resource: Uuid
  start: number
  end: number
  places: number
  publicTitle: string
  persons: number | null
  sequence: number
  changedAt: number
}>

/**
 * Approved dates that touch the span. `ordinal` counts all dates of a booking, not only these. `sequence` counts
 * what was done to it after it was made, the undoing of it too.
 */
const selectDates = statement<StoredDate>(`
  with recursive bounds as (
    select to_timestamp($1::float8 / 1000.0) at time zone 'UTC' as lower,
           to_timestamp($2::float8 / 1000.0) at time zone 'UTC' as upper
  ), near as (
    select distinct r.token from bounds, reservations r
     where r.target_type = 'allocation' and r.status = 'approved'
       and r.start < bounds.upper and r."end" >= bounds.lower
    union
    select distinct r.token
      from bounds, allocations a join reservations r on r.target = a."group" and r.target_type = 'group'
     where a.resource = a.mirror_of and r.status = 'approved'
       and a._start < bounds.upper and a._end >= bounds.lower
  ), dates as (
    select r.token, r.resource, r.start, r."end", r.quota, r.created, r.id
      from near join reservations r using (token)
     where r.target_type = 'allocation' and r.status = 'approved'
    union all
    select r.token, r.resource, a._start, a._end, r.quota, r.created, r.id
      from near join reservations r using (token)
      join allocations a on a."group" = r.target and a.resource = a.mirror_of
     where r.target_type = 'group' and r.status = 'approved'
  ), numbered as (
    select dates.*, row_number() over (partition by token order by start, resource, id) as ordinal
      from dates
  ), done as (
    select near.token, h.command, h.at
      from allmend.history h cross join lateral unnest(h.subjects) as subject (token)
      join near using (token)
    union
    select done.token, h.command, h.at from done join allmend.history h on h.undoes = done.command
  ), changes as (
    select token, count(*)::int - 1 as sequence, max(at) as at from done group by token
  )
  select n.token, n.ordinal::int, n.resource,
         (extract(epoch from n.start) * 1000)::float8 as start,
         (extract(epoch from n."end" + interval '1 microsecond') * 1000)::float8 as "end",
         n.quota as places, coalesce(b.public_title, '') as "publicTitle", b.persons,
         greatest(coalesce(c.sequence, 0), 0) as sequence,
         coalesce(c.at::float8, floor(extract(epoch from n.created) * 1000)::float8) as "changedAt"
    from bounds, numbered n
    left join allmend.booking b on b.token = n.token
    left join changes c on c.token = n.token
   where n.start < bounds.upper and n."end" >= bounds.lower
   order by n.start, n.resource, n.token
`)

export function publishedDates(tx: Tx, start: number, end: number): Promise<StoredDate[]> {
  return selectDates(tx, start, end)
}

export type StoredClosure = Readonly<{
  token: Uuid
  resource: Uuid
  start: number
  end: number
  reason: string
  changedAt: number
}>

const selectClosures = statement<StoredClosure>(`
  with bounds as (
    select to_timestamp($1::float8 / 1000.0) at time zone 'UTC' as lower,
           to_timestamp($2::float8 / 1000.0) at time zone 'UTC' as upper
  ), closed as (
    select b.token, b.resource, b.start, b."end", b.reason, b.created
      from bounds, reservation_blockers b
     where b.target_type = 'allocation' and b.start < bounds.upper and b."end" >= bounds.lower
    union all
    select b.token, b.resource, a._start, a._end, b.reason, b.created
      from bounds, allocations a
      join reservation_blockers b on b.target = a."group" and b.target_type = 'group'
     where a.resource = a.mirror_of and a._start < bounds.upper and a._end >= bounds.lower
  )
  select token, resource, (extract(epoch from start) * 1000)::float8 as start,
         (extract(epoch from "end" + interval '1 microsecond') * 1000)::float8 as "end",
         coalesce(reason, '') as reason,
         floor(extract(epoch from created) * 1000)::float8 as "changedAt"
    from closed order by start, resource
`)

export function publishedClosures(tx: Tx, start: number, end: number): Promise<StoredClosure[]> {
  return selectClosures(tx, start, end)
}

export type StoredSecret = Readonly<{
  kind: 'phone' | 'email' | 'name' | 'title' | 'note'
  text: string
  number: number
}>

const selectSecrets = statement<StoredSecret>(`
  select kind, text, max(number) as number from (
    select 'title' as kind, title as text, number from allmend.booking where title <> public_title
    union all select 'note', note, number from allmend.booking
    union all select 'note', cancel_reason, number from allmend.booking
    union all select v.kind, v.text, coalesce(b.number, 0)
      from allmend.person p
      left join lateral (
        select number from allmend.booking where person = p.id order by number desc limit 1
      ) b on true
      cross join lateral (values ('name', p.name), ('name', p.organisation), ('phone', p.phone),
                                 ('email', p.email), ('note', p.note), ('name', p.street))
                         as v (kind, text)
    union all select 'phone', phone, 0 from allmend.person_phone
    union all select 'email', email, 0 from reservations
  ) fields
  where text <> '' group by kind, text
`)

/** Every field of the desk that no public file may hold, each text once. */
export function privateFields(tx: Tx): Promise<StoredSecret[]> {
  return selectSecrets(tx)
}
