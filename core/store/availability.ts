/** Which allocations a period made, by the uuid of their group; and the dates of halls with what hangs on them. */
import { sql } from 'kysely'
import type { Affected } from '../domain/affected.ts'
import type { Existing } from '../domain/availability-plan.ts'
import type { Span, Uuid } from '../domain/time.ts'
import type { Tx } from './database.ts'
import { IS_OF_DESK } from './holds.ts'
import { PLAN_EACH_TIME, statement } from './statement.ts'

export async function insertGroupsOfRule(
  tx: Tx,
  rule: Uuid,
  groups: readonly Uuid[],
): Promise<void> {
  if (groups.length === 0) return
  await sql`
    insert into allmend.availability ("group", rule)
    select distinct g, ${rule}::uuid from unnest(${[...groups]}::uuid[]) g
  `.execute(tx)
}

/** The groups of a rule that still have an allocation, with its resource. */
export async function groupsOfRule(
  tx: Tx,
  rule: Uuid,
): Promise<readonly Readonly<{ group: Uuid; resource: Uuid }>[]> {
  const { rows } = await sql<{ group: Uuid; resource: Uuid }>`
    select distinct v."group", a.mirror_of as resource
      from allmend.availability v join allocations a on a."group" = v."group"
     where v.rule = ${rule}::uuid
     order by resource, "group"
  `.execute(tx)
  return rows
}

export async function removeGroupsOfRule(tx: Tx, rule: Uuid): Promise<void> {
  await sql`delete from allmend.availability where rule = ${rule}::uuid`.execute(tx)
}

const MILLIS = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`
const END_MILLIS = (column: string) =>
  `(extract(epoch from ${column} + interval '1 microsecond') * 1000)::float8`

/** Parameters: the resources, the period or null, the range. Joined as sets: thousands of dates cost one pass each. */
const datesOf = statement<Stored>(`${PLAN_EACH_TIME}
  with own as (select unnest((select $1::uuid[])) as resource),
  bounds as (
    select to_timestamp($3::float8 / 1000) at time zone 'UTC' as lower,
           to_timestamp($4::float8 / 1000) at time zone 'UTC' as upper
  ),
  places as materialized (
    select p.id, p.resource, p.mirror_of, p._start, p._end, p."group", p.quota, p.quota_limit,
           p.partly_available, p._raster, p.approve_manually, v.rule
      from own join allocations p on p.mirror_of = own.resource
      left join allmend.availability v on v."group" = p."group"
     cross join bounds
     where (p._start < bounds.upper and p._end >= bounds.lower) or v.rule = $2::uuid
  ),
  taken as (
    select p.mirror_of, p._start, min(s.start) as first, max(s."end") as last,
           count(distinct p.id)::int as places
      from places p join reserved_slots s on s.allocation_id = p.id group by 1, 2
  ),
  asked as (
    select r.target, min(r.start) as first, max(r."end") as last
      from own join reservations r on r.resource = own.resource and not ${IS_OF_DESK('r')}
     group by 1
  ),
  blocked as (
    select distinct b.target
      from own join reservation_blockers b on b.resource = own.resource
  )
  select m.id, m.resource, m."group", m.rule, ${MILLIS('m._start')} as start,
         ${END_MILLIS('m._end')} as "end", case when m.partly_available then m._raster end as step,
         m.quota as places, m.quota_limit as "mostPerBooking", m.approve_manually as "byStaff",
         -- Over all dates, since a group may reach out of the range.
         exists (select from allocations g where g."group" = m."group" and g.id <> m.id
           and (g.resource = g.mirror_of) is true) as together,
         taken.places is not null or asked.target is not null or blocked.target is not null as used,
         ${MILLIS('least(coalesce(taken.first, asked.first), coalesce(asked.first, taken.first))')}
           as first,
         ${END_MILLIS('greatest(coalesce(taken.last, asked.last), coalesce(asked.last, taken.last))')}
           as last,
         coalesce(taken.places, 0) as "placesUsed"
    from places m
    left join taken on taken.mirror_of = m.mirror_of and taken._start = m._start
    left join asked on asked.target = m."group"
    left join blocked on blocked.target = m."group"
   where m.resource = m.mirror_of
   order by m.resource, m._start`)

type Stored = Omit<Existing, 'held'> &
  Readonly<{ used: boolean; first: number | null; last: number | null }>

/** All dates of some halls that touch a range, and all of one period there, by hall and start. */
export async function datesWithUse(
  tx: Tx,
  resources: readonly Uuid[],
  rule: Uuid | null,
  range: Span,
): Promise<Existing[]> {
  const rows = await datesOf(tx, resources, rule, range.start, range.end)
  return rows.map(({ used, first, last, ...date }) => ({
    ...date,
    // Who asked for a whole group has no times of its own: the date as a whole is in use.
    held: used ? { start: first ?? date.start, end: last ?? date.end } : null,
  }))
}

type OnGroup = Affected & Readonly<{ group: Uuid }>

const affectedBy = statement<OnGroup>(`
  select v.token, v.target as "group", coalesce(b.number, 0) as number,
         coalesce(b.title, '') as title, v.resource, coalesce(r.name, '') as "resourceName",
         ${MILLIS('coalesce(v.start, min(a._start))')} as start,
         ${END_MILLIS('coalesce(v."end", max(a._end))')} as "end",
         coalesce(nullif(p.organisation, ''), p.name, '') as who, coalesce(p.phone, '') as phone,
         case v.status when 'approved' then 'booked' else 'request' end as state
    from unnest((select $1::uuid[])) as wanted(target)
    join reservations v on v.target = wanted.target and not ${IS_OF_DESK('v')}
    join allocations a on a."group" = v.target and a.resource = a.mirror_of
    left join allmend.booking b on b.token = v.token
    left join allmend.person p on p.id = b.person
    left join allmend.resource r on r.id = v.resource
   group by v.id, b.number, b.title, r.name, p.organisation, p.name, p.phone
   order by start, v.id`)

/** Everybody who has or wants something on dates of these groups, earliest first. */
export function affectedOn(tx: Tx, groups: readonly Uuid[]): Promise<OnGroup[]> {
  return affectedBy(tx, groups)
}

/** Dates of one hall that look alike, of one week: what the list of periods is put together from. */
export type WeekOfDates = Readonly<{
  rule: Uuid | null
  resource: Uuid
  opens: string
  closes: string
  step: number | null
  places: number
  mostPerBooking: number
  byStaff: boolean
  /** Weeks since the one asked from; negative before it. */
  week: number
  first: string
  last: string
  weekdays: readonly number[]
  dates: number
  /** Dates that nobody has or wants anything on. */
  unused: number
  minutes: number
}>

const weeks = statement<WeekOfDates>(`
  with dates as (
    select v.rule, a.resource, a."group", a.quota, a.quota_limit, a.approve_manually,
           case when a.partly_available then a._raster end as step,
           (a._start at time zone 'UTC') at time zone r.zone as opens,
           ((a._end + interval '1 microsecond') at time zone 'UTC') at time zone r.zone as closes,
           extract(epoch from a._end - a._start) / 60 as minutes
      from allocations a
      join allmend.resource r on r.id = a.resource
      left join allmend.availability v on v."group" = a."group"
     where a.resource = a.mirror_of
  ), used as (
    select r.target from reservations r where not ${IS_OF_DESK('r')}
     union select target from reservation_blockers
  )
  select d.rule, d.resource, to_char(d.opens, 'HH24:MI') as opens,
         to_char(d.closes, 'HH24:MI') as closes, d.step, d.quota as places,
         d.quota_limit as "mostPerBooking", d.approve_manually as "byStaff",
         floor((d.opens::date - $1::date) / 7.0)::int as week,
         min(d.opens::date)::text as first, max(d.opens::date)::text as last,
         array_agg(distinct extract(isodow from d.opens)::int) as weekdays,
         count(*)::int as dates, (count(*) filter (where used.target is null))::int as unused,
         round(sum(d.minutes))::int as minutes
    from dates d left join used on used.target = d."group"
   group by 1, 2, 3, 4, 5, 6, 7, 8, 9
   order by d.resource, first, opens`)

export function weeksOfDates(tx: Tx, monday: string): Promise<WeekOfDates[]> {
  return weeks(tx, monday)
}
