/**
 * Requests: what is asked for and not decided, and how many places are left for each at this moment. libres' rows
 * say what is pending; carts of a website that nobody confirmed are left out.
 */
import { sql } from 'kysely'
import { type ResourceRow, sharingOf } from '../domain/resource.ts'
import type { Uuid } from '../domain/time.ts'
import type { BookedDate } from './bookings.ts'
import type { Tx } from './database.ts'

export type PendingFit = Readonly<{
  token: Uuid
  /** Most places it wants at once. */
  places: number
  /** Places free over all its dates, on its hall and on all that share its space; at most 0 = none. */
  free: number
}>

/** One row for each token, in no order; all undecided ones where no tokens are named. */
export async function pendingFit(
  tx: Tx,
  halls: readonly ResourceRow[],
  tokens?: readonly Uuid[],
): Promise<PendingFit[]> {
  const near = halls.flatMap((hall) =>
    [hall.id, ...sharingOf(hall, halls)].map((other) => [hall.id, other] as const),
  )
  const { rows } = await sql<PendingFit>`
    with wish as (
      select r.token, r.resource, r.start, r."end", r.quota, r.id
        from reservations r
       where r.status = 'pending' and r.session_id is null and r.target_type = 'allocation'
         and (${tokens ? [...tokens] : null}::uuid[] is null
              or r.token = any(${tokens ? [...tokens] : null}::uuid[]))
      union all
      select r.token, r.resource, a._start, a._end, r.quota, r.id
        from reservations r join allocations a on a."group" = r.target and a.resource = a.mirror_of
       where r.status = 'pending' and r.session_id is null and r.target_type = 'group'
         and (${tokens ? [...tokens] : null}::uuid[] is null
              or r.token = any(${tokens ? [...tokens] : null}::uuid[]))
    ), near as (
      select * from unnest(
        (select ${near.map(([hall]) => hall)}::uuid[]), (select ${near.map(([, other]) => other)}::uuid[])
      ) as n(resource, other)
    ), met as (
      select wish.token, wish.id, wish.start, wish.quota, a.resource = wish.resource as own,
             a.quota - (
               select count(distinct m.id)::int
                 from allocations m join reserved_slots s on s.allocation_id = m.id
                where m.mirror_of = a.mirror_of and m._start = a._start
                  and s.start <= wish."end" and s."end" >= wish.start
             ) as free
        from wish
        join near on near.resource = wish.resource
        join allocations a on a.resource = near.other and a.mirror_of = a.resource
                          and a._start <= wish."end" and a._end >= wish.start
    ), dates as (
      -- Where its own availability is gone nothing is free, whatever the halls around it have.
      select wish.token, wish.quota,
             case when bool_or(met.own) then min(met.free) else 0 end as free
        from wish left join met on met.id = wish.id and met.start = wish.start
       group by wish.token, wish.id, wish.start, wish.quota
    )
    select token, max(quota)::int as places, min(free)::int as free from dates group by token
  `.execute(tx)
  return rows
}

export type StoredRequest = Readonly<{
  token: Uuid
  number: number
  title: string
  note: string
  persons: number | null
  person: Uuid | null
  who: string
  contact: string
  phone: string
  dates: readonly BookedDate[]
  waitingSince: number | null
  createdAt: number
}>

/** The desk's own requests and waiting list, in the order in which they came in. */
export async function openRequests(tx: Tx): Promise<StoredRequest[]> {
  const { rows } = await sql<StoredRequest>`
    select b.token, b.number, b.title, b.note, b.persons, b.person,
           coalesce(nullif(p.organisation, ''), p.name, '') as who,
           case when p.organisation <> '' then p.name else '' end as contact,
           coalesce(p.phone, '') as phone, b.dates, b.waiting_since as "waitingSince",
           b.created_at as "createdAt"
      from allmend.booking b
      left join allmend.person p on p.id = b.person
     where b.cancelled_at is null
       and b.token in (select r.token from reservations r where r.status = 'pending')
       and not exists (select from reservations r where r.token = b.token and r.status = 'approved')
     order by b.created_at, b.number
  `.execute(tx)
  return rows
}

export type StoredDenied = Readonly<{
  token: Uuid
  number: number
  title: string
  who: string
  dates: readonly BookedDate[]
  deniedAt: number
  reason: string
}>

/** As many as somebody would still want to change her mind about. */
const DENIED_SHOWN = 20

/** The newest first. */
export async function lastDenied(tx: Tx): Promise<StoredDenied[]> {
  const { rows } = await sql<StoredDenied>`
    select b.token, b.number, b.title, coalesce(nullif(p.organisation, ''), p.name, '') as who,
           b.dates, b.cancelled_at as "deniedAt", b.cancel_reason as reason
      from allmend.booking b left join allmend.person p on p.id = b.person
     where b.denied and b.cancelled_at is not null
     order by b.cancelled_at desc, b.number desc limit ${DENIED_SHOWN}::int
  `.execute(tx)
  return rows
}
