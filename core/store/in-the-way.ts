/** Who has or wants something in some halls within a span, with whom to call: what a larger change has to ask about. */
import type { Affected } from '../domain/affected.ts'
import type { Span, Uuid } from '../domain/time.ts'
import type { Tx } from './database.ts'
import { statement } from './statement.ts'

const MILLIS = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`
const END_MILLIS = (column: string) =>
  `(extract(epoch from ${column} + interval '1 microsecond') * 1000)::float8`

export type InHall = Affected & Readonly<{ places: number; persons: number | null }>

/** Group members once for each date; what waits on the list or is only held is not in anybody's way. */
const inHalls = statement<InHall>(`
  with wish as (
    select to_timestamp($2::float8 / 1000) at time zone 'UTC' as lower,
           to_timestamp($3::float8 / 1000) at time zone 'UTC' as upper
  ), dates as (
    select v.id, v.token, v.resource, v.start, v."end", v.quota, v.status, v.session_id
      from wish, unnest((select $1::uuid[])) as own(resource)
      join reservations v on v.resource = own.resource and v.target_type = 'allocation'
     where v.start < wish.upper and v."end" >= wish.lower
    union all
    select v.id, v.token, v.resource, a._start, a._end, v.quota, v.status, v.session_id
      from wish, unnest((select $1::uuid[])) as own(resource)
      join allocations a on a.resource = own.resource and a.mirror_of = own.resource
      join reservations v on v.target = a."group" and v.target_type = 'group'
     where a._start < wish.upper and a._end >= wish.lower
  )
  select d.token, coalesce(b.number, 0) as number, coalesce(b.title, '') as title, d.resource,
         coalesce(r.name, '') as "resourceName", ${MILLIS('d.start')} as start,
         ${END_MILLIS('d."end"')} as "end",
         coalesce(nullif(p.organisation, ''), p.name, '') as who, coalesce(p.phone, '') as phone,
         case d.status when 'approved' then 'booked' else 'request' end as state,
         d.quota as places, b.persons
    from dates d
    left join allmend.booking b on b.token = d.token
    left join allmend.person p on p.id = b.person
    left join allmend.resource r on r.id = d.resource
   where d.status = 'approved' or (d.session_id is null and b.standing is distinct from 'waiting')
   order by d.start, d.id`)

export function affectedIn(tx: Tx, resources: readonly Uuid[], span: Span): Promise<InHall[]> {
  return inHalls(tx, resources, span.start, span.end)
}

export type StoredBlocker = Readonly<{
  token: Uuid
  reason: string
  resources: readonly Uuid[]
  start: number
  end: number
  /** Dates it takes time from. */
  pieces: number
}>

const all = statement<StoredBlocker>(`
  with dates as (
    select b.token, b.reason, b.resource, b.start, b."end" from reservation_blockers b
     where b.target_type = 'allocation'
    union all
    select b.token, b.reason, b.resource, a._start, a._end
      from reservation_blockers b
      join allocations a on a."group" = b.target and a.resource = a.mirror_of
     where b.target_type = 'group'
  )
  select d.token, coalesce(max(d.reason), '') as reason,
         array_agg(distinct d.resource) as resources, ${MILLIS('min(d.start)')} as start,
         ${END_MILLIS('max(d."end")')} as "end", count(*)::int as pieces
    from dates d
   group by d.token
  having max(d."end") >= to_timestamp($1::float8 / 1000) at time zone 'UTC'
   order by min(d.start), d.token`)

/** Blockers that reach beyond an instant, each once with all its halls, earliest first. */
export function blockersFrom(tx: Tx, from: number): Promise<StoredBlocker[]> {
  return all(tx, from)
}

const halls = statement<{ resource: Uuid }>(`
  select distinct resource from reservation_blockers where token = $1::uuid order by resource`)

export async function hallsOfBlocker(tx: Tx, token: Uuid): Promise<Uuid[]> {
  return (await halls(tx, token)).map((row) => row.resource)
}
