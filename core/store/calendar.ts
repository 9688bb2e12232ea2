/**
 * The calendar's reads: what is reservable, booked, asked for and blocked between two instants. Ranges are
 * half-open here and inclusive in libres' columns; the conversion happens in these statements and nowhere else.
 */
import { type RawBuilder, sql } from 'kysely'
import { HOLD_MS } from '../domain/hold.ts'
import type { Span, Uuid } from '../domain/time.ts'
import type { Tx } from './database.ts'
import { TOUCHED } from './holds.ts'

const utc = (instant: number): RawBuilder<string> =>
  sql`(to_timestamp(${instant}::float8 / 1000.0) at time zone 'UTC')`
const millis = (column: RawBuilder<unknown>) =>
  sql<number>`(extract(epoch from ${column}) * 1000)::float8`
const endMillis = (column: RawBuilder<unknown>) =>
  sql<number>`(extract(epoch from ${column} + interval '1 microsecond') * 1000)::float8`
const only = (column: RawBuilder<unknown>, resources: readonly Uuid[] | undefined) =>
  resources === undefined ? sql`true` : sql`${column} = any(${[...resources]}::uuid[])`

export type StoredFree = Readonly<{
  resource: Uuid
  start: number
  end: number
  step: number | null
  places: number
  byStaff: boolean
}>

/** Master allocations that touch the span, by resource and start. */
export async function freeIn(
  tx: Tx,
  span: Span,
  resources?: readonly Uuid[],
): Promise<StoredFree[]> {
  const { rows } = await sql<StoredFree>`
    select a.resource, ${millis(sql`a._start`)} as start, ${endMillis(sql`a._end`)} as "end",
           case when a.partly_available then a._raster end as step, a.quota as places,
           a.approve_manually as "byStaff"
      from allocations a
     where a.resource = a.mirror_of and a._start < ${utc(span.end)} and a._end >= ${utc(span.start)}
       and ${only(sql`a.resource`, resources)}
     order by a.resource, a._start
  `.execute(tx)
  return rows
}

export type StoredBooked = Readonly<{
  token: Uuid
  resource: Uuid
  start: number
  end: number
  places: number
  state: 'booked' | 'request' | 'held'
  title: string
  publicTitle: string
  who: string
  number: number
  persons: number | null
  held: Readonly<{ by: string | null; until: number }> | null
}>

/**
 * Reservations that touch the span, approved, pending and held in a session; those of a group once for each member
 * date. A hold that has ended is still told, since the clock is with whoever asks.
 */
export function bookedIn(tx: Tx, span: Span, resources?: readonly Uuid[]): Promise<StoredBooked[]> {
  const some = only(sql`r.resource`, resources)
  return booked(
    tx,
    sql`r.start < ${utc(span.end)} and r."end" >= ${utc(span.start)} and ${some}`,
    sql`a._start < ${utc(span.end)} and a._end >= ${utc(span.start)} and ${some}`,
  )
}

/** All dates of these bookings, whenever they are. */
export function bookedOf(tx: Tx, tokens: readonly Uuid[]): Promise<StoredBooked[]> {
  const some = sql`r.token = any(${[...tokens]}::uuid[])`
  return booked(tx, some, some)
}

async function booked(
  tx: Tx,
  ofDate: RawBuilder<unknown>,
  ofGroup: RawBuilder<unknown>,
): Promise<StoredBooked[]> {
  const { rows } = await sql<StoredBooked>`
    with dates as (
      select r.token, r.resource, r.start, r."end", r.quota, r.status, r.id, r.session_id, r.data
        from reservations r
       where r.target_type = 'allocation' and ${ofDate}
      union all
      select r.token, r.resource, a._start, a._end, r.quota, r.status, r.id, r.session_id, r.data
        from allocations a join reservations r on r.target = a."group" and r.target_type = 'group'
       where a.resource = a.mirror_of and ${ofGroup}
    )
    select d.token, d.resource, ${millis(sql`d.start`)} as start, ${endMillis(sql`d."end"`)} as "end",
           d.quota as places,
           case when d.status = 'approved' then 'booked'
                when d.session_id is not null then 'held' else 'request' end as state,
           coalesce(b.title, '') as title, coalesce(b.public_title, '') as "publicTitle",
           coalesce(nullif(p.organisation, ''), p.name, '') as who,
           coalesce(b.number, 0) as number, b.persons,
           case when d.status = 'pending' and d.session_id is not null
                then jsonb_build_object(
                       'by', d.data->'allmend'->>'heldBy',
                       'until', ${millis(sql.raw(TOUCHED('d.session_id')))} + ${HOLD_MS}::int4) end as held
      from dates d
      left join allmend.booking b on b.token = d.token
      left join allmend.person p on p.id = b.person
     order by d.resource, d.start, d.id
  `.execute(tx)
  return rows
}

export type StoredBlocked = Readonly<{ resource: Uuid; start: number; end: number; reason: string }>

export async function blockedIn(
  tx: Tx,
  span: Span,
  resources?: readonly Uuid[],
): Promise<StoredBlocked[]> {
  const { rows } = await sql<StoredBlocked>`
    select b.resource, ${millis(sql`b.start`)} as start, ${endMillis(sql`b."end"`)} as "end",
           coalesce(b.reason, '') as reason
      from reservation_blockers b
     where b.target_type = 'allocation' and b.start < ${utc(span.end)} and b."end" >= ${utc(span.start)}
       and ${only(sql`b.resource`, resources)}
    union all
    select b.resource, ${millis(sql`a._start`)}, ${endMillis(sql`a._end`)}, coalesce(b.reason, '')
      from allocations a join reservation_blockers b on b.target = a."group" and b.target_type = 'group'
     where a.resource = a.mirror_of and a._start < ${utc(span.end)} and a._end >= ${utc(span.start)}
       and ${only(sql`b.resource`, resources)}
     order by 1, 2
  `.execute(tx)
  return rows
}

/** Time held by slots, whatever their source, place by place: what a new booking has to fit around. */
export async function takenIn(
  tx: Tx,
  span: Span,
  resources: readonly Uuid[],
): Promise<{ resource: Uuid; start: number; end: number }[]> {
  const { rows } = await sql<{ resource: Uuid; start: number; end: number }>`
    select a.mirror_of as resource, ${millis(sql`s.start`)} as start, ${endMillis(sql`s."end"`)} as "end"
      from allocations a join reserved_slots s on s.allocation_id = a.id
     where a.mirror_of = any(${[...resources]}::uuid[])
       and a._start < ${utc(span.end)} and a._end >= ${utc(span.start)}
     order by 1, 2
  `.execute(tx)
  return rows
}
