/** What is taken of each place of one date, and by whom: what the inspector of places draws. */
import { HOLD_MS } from '../domain/hold.ts'
import type { Uuid } from '../domain/time.ts'
import type { Tx } from './database.ts'
import { TOUCHED } from './holds.ts'
import { statement } from './statement.ts'

const MILLIS = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`
const END_MILLIS = (column: string) =>
  `(extract(epoch from ${column} + interval '1 microsecond') * 1000)::float8`

export type StoredDate = Readonly<{
  id: number
  group: Uuid
  rule: Uuid | null
  start: number
  end: number
  step: number | null
  places: number
  mostPerBooking: number
  byStaff: boolean
}>

const date = statement<StoredDate>(`
  select a.id, a."group", v.rule, ${MILLIS('a._start')} as start, ${END_MILLIS('a._end')} as "end",
         case when a.partly_available then a._raster end as step, a.quota as places,
         a.quota_limit as "mostPerBooking", a.approve_manually as "byStaff"
    from allocations a
    left join allmend.availability v on v."group" = a."group"
   where a.resource = $1::uuid and a.mirror_of = $1::uuid
     and a._end >= to_timestamp($2::float8 / 1000) at time zone 'UTC'
   order by a._start limit 1`)

/** The date of a hall that an instant lies in, or the next one. */
export async function dateAt(tx: Tx, resource: Uuid, at: number): Promise<StoredDate | undefined> {
  return (await date(tx, resource, at))[0]
}

/** One run of a booking or blocker on one place. */
export type StoredPiece = Readonly<{
  /** The place's own uuid. */
  place: Uuid
  allocation: number
  kind: 'reservation' | 'blocker'
  source: number
  token: Uuid
  start: number
  end: number
  slots: number
  number: number
  title: string
  who: string
  phone: string
  reason: string
  /** When the booking was made, for the order in which one calls. */
  made: number
}>

const pieces = statement<StoredPiece>(`
  select p.resource as place, p.id as allocation, s.source_type as kind, s.source_id as source,
         s.reservation_token as token, ${MILLIS('min(s.start)')} as start,
         ${END_MILLIS('max(s."end")')} as "end", count(*)::int as slots,
         coalesce(b.number, 0) as number, coalesce(b.title, '') as title,
         coalesce(nullif(q.organisation, ''), q.name, '') as who, coalesce(q.phone, '') as phone,
         coalesce(max(k.reason), '') as reason, coalesce(b.created_at, 0)::float8 as made
    from allocations m
    join allocations p on p."group" = m."group" and p.mirror_of = m.mirror_of
                      and p._start = m._start
    join reserved_slots s on s.allocation_id = p.id
    left join allmend.booking b on b.token = s.reservation_token
    left join allmend.person q on q.id = b.person
    left join reservation_blockers k on s.source_type = 'blocker' and k.id = s.source_id
   where m.id = $1::int
   group by p.resource, p.id, s.source_type, s.source_id, s.reservation_token, b.number, b.title,
            q.organisation, q.name, q.phone, b.created_at
   order by start, p.id`)

export function piecesOf(tx: Tx, master: number): Promise<StoredPiece[]> {
  return pieces(tx, master)
}

const rows = statement<{ id: number; resource: Uuid }>(`
  select p.id, p.resource
    from allocations m
    join allocations p on p."group" = m."group" and p.mirror_of = m.mirror_of
                      and p._start = m._start
   where m.id = $1::int order by p.id`)

/** The rows of all places that have one. */
export function placeRows(tx: Tx, master: number): Promise<{ id: number; resource: Uuid }[]> {
  return rows(tx, master)
}

export type StoredPending = Readonly<{
  token: Uuid
  number: number
  title: string
  who: string
  phone: string
  places: number
  kind: 'request' | 'waiting' | 'held'
  start: number
  end: number
  /** Of what is held: when it ends by itself. */
  until: number | null
}>

const pending = statement<StoredPending>(`
  select v.token, coalesce(b.number, 0) as number, coalesce(b.title, '') as title,
         coalesce(nullif(q.organisation, ''), q.name, v.data->'allmend'->>'heldBy', '') as who,
         coalesce(q.phone, '') as phone, v.quota as places,
         case when v.session_id is not null then ${MILLIS(TOUCHED('v.session_id'))} + ${HOLD_MS} end as until,
         case when v.session_id is not null then 'held'
              when b.standing = 'waiting' then 'waiting' else 'request' end as kind,
         ${MILLIS('coalesce(v.start, m._start)')} as start,
         ${END_MILLIS('coalesce(v."end", m._end)')} as "end"
    from allocations m
    join reservations v on v.target = m."group" and v.status = 'pending'
    left join allmend.booking b on b.token = v.token
    left join allmend.person q on q.id = b.person
   where m.id = $1::int
   order by b.waiting_since nulls first, v.id`)

/** Requests, holds and the waiting list of one date, in the order of the list. */
export function pendingOf(tx: Tx, master: number): Promise<StoredPending[]> {
  return pending(tx, master)
}

const around = statement<{ previous: number | null; next: number | null }>(`
  select (select ${MILLIS('max(a._start)')} from allocations a
           where a.resource = $1::uuid and a.mirror_of = $1::uuid and a._start < wish.at) as previous,
         (select ${MILLIS('min(a._start)')} from allocations a
           where a.resource = $1::uuid and a.mirror_of = $1::uuid and a._start > wish.at) as next
    from (select to_timestamp($2::float8 / 1000) at time zone 'UTC' as at) wish`)

/** Where the dates before and after begin. */
export async function datesAround(
  tx: Tx,
  resource: Uuid,
  start: number,
): Promise<{ previous: number | null; next: number | null }> {
  const [row] = await around(tx, resource, start)
  return row ?? { previous: null, next: null }
}
