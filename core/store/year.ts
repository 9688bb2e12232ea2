/**
 * The year's read: for every day how much of the reservable time is taken, how many bookings and requests there are,
 * and how much is blocked. Summed in the database, because a year of a municipality is tens of thousands of rows.
 *
 * It counts place-time as the week does: a hall that shares its space is taken by the other's bookings, time taken
 * twice counts once, and a blocker takes every place.
 */
import { sql } from 'kysely'
import type { Day, Span, Uuid } from '../domain/time.ts'
import type { Tx } from './database.ts'

export type StoredYearDay = Readonly<{
  day: Day
  /** Place-milliseconds. */
  open: number
  taken: number
  blocked: number
  bookings: number
  requests: number
}>

/** Whose bookings take the time of a hall: its own, and those of halls that share its space. */
export type Takes = Readonly<{ hall: Uuid; by: Uuid }>

/** Days on which nothing is open, booked, asked for or blocked are left out. */
export async function yearDays(
  tx: Tx,
  span: Span,
  zone: string,
  takes: readonly Takes[],
): Promise<StoredYearDay[]> {
  const utc = (instant: number) =>
    sql`(to_timestamp(${instant}::float8 / 1000.0) at time zone 'UTC')`
  const [start, end] = [utc(span.start), utc(span.end)]
  const halls = [...new Set(takes.map((each) => each.hall))]
  const makers = [...new Set(takes.map((each) => each.by))]
  /** The days that a row of the tables touches, and the part of it on each; ends are inclusive there. */
  const parts = sql`
    cross join lateral generate_series(
      date_trunc('day', x.s at time zone 'UTC' at time zone ${zone}),
      date_trunc('day', x.e at time zone 'UTC' at time zone ${zone}), interval '1 day') as d(midnight)
    cross join lateral (select
      greatest(x.s, d.midnight at time zone ${zone} at time zone 'UTC') as s,
      least(x.e + interval '1 microsecond',
        (d.midnight + interval '1 day') at time zone ${zone} at time zone 'UTC') as e) as part`
  // What is only held in a session is neither taken nor asked for.
  const counts = sql`(r.status = 'approved' or r.session_id is null)`
  const { rows } = await sql<StoredYearDay>`
    with takes as (
      select * from unnest(
        ${takes.map((each) => each.hall)}::uuid[], ${takes.map((each) => each.by)}::uuid[]) as t(hall, maker)
    ), open as (
      select x.hall, d.midnight as day, x.quota, part.s, part.e
        from (select a.resource as hall, a.quota, a._start as s, a._end as e
                from allocations a
               where a.resource = a.mirror_of and a._start < ${end} and a._end >= ${start}
                 and a.resource = any(${halls}::uuid[])) x ${parts}
    ), dates as (
      select x.resource, d.midnight as day, x.token, x.places, x.kind, part.s, part.e
        from (
          select r.resource, r.token, r.quota as places, r.status::text as kind, r.start as s, r."end" as e
            from reservations r
           where r.target_type = 'allocation' and ${counts} and r.start < ${end} and r."end" >= ${start}
             and r.resource = any(${makers}::uuid[])
          union all
          select r.resource, r.token, r.quota, r.status::text, a._start, a._end
            from allocations a join reservations r on r.target = a."group" and r.target_type = 'group'
           where a.resource = a.mirror_of and ${counts} and a._start < ${end} and a._end >= ${start}
             and r.resource = any(${makers}::uuid[])
          union all
          select b.resource, b.token, 0, 'blocked', b.start, b."end"
            from reservation_blockers b
           where b.target_type = 'allocation' and b.start < ${end} and b."end" >= ${start}
             and b.resource = any(${makers}::uuid[])
          union all
          select b.resource, b.token, 0, 'blocked', a._start, a._end
            from allocations a join reservation_blockers b on b.target = a."group" and b.target_type = 'group'
           where a.resource = a.mirror_of and a._start < ${end} and a._end >= ${start}
             and b.resource = any(${makers}::uuid[])
        ) x ${parts}
    ), used as (
      select o.hall, o.day, o.quota, tsrange(greatest(o.s, u.s), least(o.e, u.e)) as span,
             case when u.kind = 'blocked' or t.maker <> t.hall then o.quota else u.places end as places,
             u.kind = 'blocked' as blocks
        from takes t
        join dates u on u.resource = t.maker and u.kind <> 'pending'
        join open o on o.hall = t.hall and o.day = u.day and o.s < u.e and u.s < o.e
       where u.kind = 'approved' or t.maker = t.hall
    ), summed as (
      select hall, day, quota, range_agg(span) as spans,
             sum(places * extract(epoch from upper(span) - lower(span))) as taken,
             sum(places * extract(epoch from upper(span) - lower(span))) filter (where blocks) as blocked
        from used group by hall, day, quota
    ), taken as (
      select hall, day, sum(blocked) as blocked,
             sum(case when quota > 1 then taken
                      else (select sum(extract(epoch from upper(one) - lower(one))) from unnest(spans) one) end
             ) as taken
        from summed group by hall, day
    ), opened as (
      select hall, day, sum(quota * extract(epoch from e - s)) as open from open group by hall, day
    ), share as (
      select o.day, sum(o.open) as open, sum(least(coalesce(t.taken, 0), o.open)) as taken,
             sum(least(coalesce(t.blocked, 0), o.open)) as blocked
        from opened o left join taken t on t.hall = o.hall and t.day = o.day
       group by o.day
    ), counted as (
      select day, count(distinct token) filter (where kind = 'approved') as bookings,
             count(distinct token) filter (where kind = 'pending') as requests
        from dates where resource = any(${halls}::uuid[]) group by day
    )
    select to_char(coalesce(s.day, c.day), 'YYYY-MM-DD') as day,
           (coalesce(s.open, 0) * 1000)::float8 as open, (coalesce(s.taken, 0) * 1000)::float8 as taken,
           (coalesce(s.blocked, 0) * 1000)::float8 as blocked,
           coalesce(c.bookings, 0)::int as bookings, coalesce(c.requests, 0)::int as requests
      from share s full join counted c on c.day = s.day
     order by 1
  `.execute(tx)
  return rows
}
