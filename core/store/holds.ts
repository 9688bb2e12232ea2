/**
 * Holds: reservations in a session, undecided, of the desk and of a website alike. The desk's say in their data who
 * holds them; a website's are nobody's here, and only looked at.
 */
import { type HeldTime, HOLD_MS } from '../domain/hold.ts'
import type { Instant, Span, Uuid } from '../domain/time.ts'
import type { JsonObject } from './allocations.ts'
import type { Tx } from './database.ts'
import { statement } from './statement.ts'
import { together } from './together.ts'

const MILLIS = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`
const END_MILLIS = (column: string) =>
  `(extract(epoch from ${column} + interval '1 microsecond') * 1000)::float8`

/** Whether the record of that name is a hold of a desk: it takes nothing and stands in nobody's way. */
export const IS_OF_DESK = (record: string) =>
  `(${record}.session_id is not null and ${record}.status = 'pending' and ${record}.data->'allmend' is not null)`

/** When a session was touched last, by libres' own rule. */
export const TOUCHED = (session: string) => `
  (select greatest(max(o.created), coalesce(max(o.modified), max(o.created)))
     from reservations o where o.session_id = ${session} and o.status = 'pending')`

/** What a hold carries in libres' column. */
export function holdData(by: string): JsonObject {
  return { allmend: { heldBy: by } }
}

export type StoredHold = HeldTime & Readonly<{ ofDesk: boolean }>

/** All of the desks, those that ended too, and those of a website that are still alive; dates of a group one by one. */
const selectHeld = statement<StoredHold>(`
  with held as (
    select v.*, ${TOUCHED('v.session_id')} as touched, ${IS_OF_DESK('v')} as of_desk
      from reservations v where v.session_id is not null and v.status = 'pending'
  ), alive as (
    select * from held
     where of_desk or touched > to_timestamp($1::float8 / 1000.0) at time zone 'UTC'
  ), dates as (
    select h.*, h.start as "from", h."end" as "to" from alive h where h.target_type = 'allocation'
    union all
    select h.*, a._start, a._end from alive h
      join allocations a on a."group" = h.target and a.resource = a.mirror_of
     where h.target_type = 'group'
  )
  select d.token, d.resource, d.quota as places, ${MILLIS('d."from"')} as start,
         ${END_MILLIS('d."to"')} as "end", ${MILLIS('d.touched')} + ${HOLD_MS} as until,
         d.data->'allmend'->>'heldBy' as by, d.of_desk as "ofDesk"
    from dates d order by d."from", d.id`)

/** Few rows at any time, so they are read whole. */
export const heldTimes = together<Instant, StoredHold[]>(async (tx, asks) => {
  const rows = await selectHeld(tx, Math.min(...asks) - HOLD_MS)
  return asks.map(() => rows)
})

const dropByTokens = statement<never>(`
  delete from reservations v where v.token = any((select $1::uuid[])::uuid[]) and ${IS_OF_DESK('v')}`)

export async function dropHolds(tx: Tx, tokens: readonly Uuid[]): Promise<void> {
  if (tokens.length > 0) await dropByTokens(tx, [...tokens])
}

const dropByGroups = statement<never>(`
  delete from reservations v where v.target = any((select $1::uuid[])::uuid[]) and ${IS_OF_DESK('v')}`)

/** Of dates that are to change or to go. */
export async function dropHoldsOn(tx: Tx, groups: readonly Uuid[]): Promise<void> {
  if (groups.length > 0) await dropByGroups(tx, [...groups])
}

const selectFree = statement<{ free: number | null }>(`
  with wish as (
    select to_timestamp($2::float8 / 1000.0) at time zone 'UTC' as lower,
           to_timestamp($3::float8 / 1000.0) at time zone 'UTC' as upper
  )
  select min(a.quota - (
           select count(distinct m.id)::int
             from allocations m join reserved_slots s on s.allocation_id = m.id
            where m.mirror_of = a.mirror_of and m._start = a._start
              and s.reservation_token <> $4::uuid and s.start < wish.upper and s."end" >= wish.lower))::int as free
    from wish join allocations a on a.resource = any((select $1::uuid[])::uuid[])
                                and a.resource = a.mirror_of
                                and a._start < wish.upper and a._end >= wish.lower`)

/**
 * Places that are free from beginning to end on all of some halls, but for what a booking has there itself; 0 where
 * none is open.
 */
export async function freePlaces(
  tx: Tx,
  halls: readonly Uuid[],
  span: Span,
  own: Uuid,
): Promise<number> {
  const [row] = await selectFree(tx, [...halls], span.start, span.end, own)
  return row?.free ?? 0
}
