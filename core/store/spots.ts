/**
 * Spots: everything a wish has to know in one statement, however many dates, places and steps it has: which masters it
 * meets, their places, and what of those is taken within it. What is then written is in taking.ts.
 */
import { type Micros, microsOf, textOf } from '../domain/micros.ts'
import type { Stretch } from '../domain/raster.ts'
import type { Uuid } from '../domain/time.ts'
import {
  ALLOCATION,
  type AllocationRow,
  allocationOf,
  IN_RANGE,
  MASTERS_NEAR,
  MASTERS_OF,
  type RawAllocation,
} from './allocations.ts'
import type { Tx } from './database.ts'
import { type RawReservation, type ReservationRow, reservationOf } from './reservations.ts'
import type { SourceType } from './slots.ts'
import { statement } from './statement.ts'
import { together } from './together.ts'

/** A taken step within the wish. */
export type TakenStep = Readonly<{
  start: Micros
  end: Micros
  token: Uuid
  sourceType: SourceType
  sourceId: number
}>

/** A place that has a row, and what of it is taken within the wish. */
export type PlaceRow = Readonly<{ id: number; resource: Uuid; taken: readonly TakenStep[] }>

/** One date of a wish and one master in its range; `master` is null where there is none. */
export type Spot = Readonly<{
  wish: Stretch
  master: AllocationRow | null
  /** The master can only be reserved together with others. */
  inGroup: boolean
  places: readonly PlaceRow[]
  /** Ids that nobody else gets, for what is written next. */
  spare: Spare | null
}>

/** For a record, and for a place where the allocation has several. */
export type Spare = Readonly<{ record: number; place: number | null }>

/** A place and one of its steps; all beyond the uuid is null where none is taken. */
type RawPlace = [
  id: number,
  resource: string,
  start: string | null,
  end: string,
  token: string,
  source: SourceType,
  sourceId: number,
]
type RawSpot = RawAllocation & {
  wish_start: string
  wish_end: string
  in_group: boolean
  places: RawPlace[] | null
  spare_record?: number | null
  spare_place?: number | null
}

/**
 * The select list beside the wish: the master `a`, its group and its places. `is true` keeps a planner without
 * statistics from the indexes on resources, which hold a row for every day.
 */
const SPOT = `wish.s::text as wish_start, wish.e::text as wish_end, ${ALLOCATION},
  exists (select from allocations g where g."group" = a."group" and (g.resource = a.resource) is true
    and g.id <> a.id) as in_group,
  (select json_agg(json_build_array(p.id, p.resource, s.start, s."end", s.reservation_token,
      s.source_type, s.source_id))
    from allocations p left join reserved_slots s
      on s.resource = p.resource and s.allocation_id = p.id and s.start <= wish.e
      and s.start >= case when a.partly_available
        then greatest(a._start, wish.s - interval '1 hour') else a._start end
    where p."group" = a."group" and (p.mirror_of = a.mirror_of) is true
      and p._start = a._start) as places`

/** The masters of the resources in parameter 1 in the range of the wish, or one row of nulls. */
const MASTERS = `left join lateral (select a.* from ${MASTERS_NEAR} where ${IN_RANGE}) a on true`

/** The dates of a record `r`: its own, or those of all members of its group, in the first resource. */
const DATES_OF_RECORD = `left join lateral (
  select r.r_from as s, r.r_until as e, 0 as n where r.r_target_type = 'allocation'
  union all
  select g._start, g._end, g.id from allocations g where r.r_target_type = 'group'
    and g."group" = r.r_target and g.resource = ($1::uuid[])[1]
    and g.mirror_of = ($1::uuid[])[1]) wish on true`

function placesIn(rows: readonly RawPlace[]): PlaceRow[] {
  const places = new Map<number, PlaceRow & { taken: TakenStep[] }>()
  for (const [id, resource, start, end, token, sourceType, sourceId] of rows) {
    const place = places.get(id) ?? { id, resource, taken: [] }
    places.set(id, place)
    if (start === null) continue
    place.taken.push({ start: microsOf(start), end: microsOf(end), token, sourceType, sourceId })
  }
  return [...places.values()]
}

function spotOf(raw: RawSpot): Spot {
  return {
    wish: { start: microsOf(raw.wish_start), end: microsOf(raw.wish_end) },
    master: raw.allocation[0] === null ? null : allocationOf(raw),
    inGroup: raw.in_group,
    places: placesIn(raw.places ?? []),
    spare: raw.spare_record ? { record: raw.spare_record, place: raw.spare_place ?? null } : null,
  }
}

/**
 * The dates of many calls, each date once for every resource that its call looks at. Where something is to be written
 * next, ids are drawn for it on the way: it can then be written without waiting for the ids that it got.
 */
const ofDates = statement<RawSpot & { call: number }>(`select wish.call, ${SPOT},
    case when wish.spare then nextval('reservations_id_seq')::int end as spare_record,
    case when wish.spare and a.quota > 1 then nextval('allocations_id_seq')::int end as spare_place
  from unnest((select $1::int[]), (select $2::int[]), (select $3::uuid[]), (select $4::timestamp[]),
    (select $5::timestamp[]), (select $6::boolean[])) as wish(call, date, resource, s, e, spare)
  cross join lateral (${MASTERS_OF('wish.resource')}) a
  where ${IN_RANGE} order by wish.call, wish.date, a._start, a.id`)

type Dates = Readonly<{
  resources: readonly Uuid[]
  dates: readonly Stretch[]
  /** Whether the spots of the first resource come with spare ids. */
  spare: boolean
}>

const datesTogether = together<Dates, Spot[]>(async (tx, asks) => {
  const wishes = asks.flatMap(({ resources, dates, spare }, call) =>
    dates.flatMap(({ start, end }, date) =>
      resources.map((resource, index) => ({
        call,
        date,
        resource,
        s: textOf(start),
        e: textOf(end),
        spare: spare && index === 0,
      })),
    ),
  )
  const rows = await ofDates(
    tx,
    wishes.map(({ call }) => call),
    wishes.map(({ date }) => date),
    wishes.map(({ resource }) => resource),
    wishes.map(({ s }) => s),
    wishes.map(({ e }) => e),
    wishes.map(({ spare }) => spare),
  )
  const spots = asks.map((): Spot[] => [])
  for (const row of rows) spots[row.call]?.push(spotOf(row))
  return spots
})

/** In the order of the dates, then of the masters by start and id; a date that meets no master has no spot. */
export function spotsOfDates(
  tx: Tx,
  resources: readonly Uuid[],
  dates: readonly Stretch[],
  options: Readonly<{ spare: boolean }> = { spare: false },
): Promise<Spot[]> {
  return datesTogether(tx, { resources, dates, spare: options.spare })
}

const ofGroup = statement<RawSpot>(`select ${SPOT}
  from (select g._start as s, g._end as e, g.id as n from allocations g
    where g."group" = $2::uuid and g.resource = ($1::uuid[])[1]
    and g.mirror_of = ($1::uuid[])[1]) wish
  ${MASTERS} order by wish.s, wish.n, a._start, a.id`)

/** The same for the times of all members of a group of the first resource, which are the wish. */
export async function spotsOfGroup(
  tx: Tx,
  resources: readonly [Uuid, ...Uuid[]],
  group: Uuid,
): Promise<Spot[]> {
  return (await ofGroup(tx, resources, group)).map(spotOf)
}

/** A record of a token with one of its dates; `spot` is null where its group has no member. */
export type Approval = Readonly<{ reservation: ReservationRow; spot: Spot | null }>

type RawRecord = { [Key in keyof RawReservation as `r_${Key}`]: RawReservation[Key] }

const ofToken = statement<RawSpot & RawRecord>(`select r.*, ${SPOT}
  from (select r.id as r_id, r.token as r_token, r.target as r_target,
      r.target_type as r_target_type, r.type as r_type, r.resource as r_resource,
      r.start as r_from, r."end" as r_until, r.start::text as r_start, r."end"::text as r_end,
      r.timezone as r_timezone, r.status as r_status, r.data as r_data, r.email as r_email,
      r.session_id as r_session_id, r.quota as r_quota, r.created::text as r_created,
      r.modified::text as r_modified
    from reservations r where r.token = $2::uuid and r.resource = ($1::uuid[])[1]) r
  ${DATES_OF_RECORD} ${MASTERS} order by r.r_id, wish.s, wish.n, a._start, a.id`)

/** By record, date, then master. The first resource is the one whose records are meant. */
export async function spotsOfToken(
  tx: Tx,
  resources: readonly [Uuid, ...Uuid[]],
  token: Uuid,
): Promise<Approval[]> {
  const rows = await ofToken(tx, resources, token)
  return rows.map((raw) => ({
    reservation: reservationOf({
      id: raw.r_id,
      token: raw.r_token,
      target: raw.r_target,
      target_type: raw.r_target_type,
      type: raw.r_type,
      resource: raw.r_resource,
      start: raw.r_start,
      end: raw.r_end,
      timezone: raw.r_timezone,
      status: raw.r_status,
      data: raw.r_data,
      email: raw.r_email,
      session_id: raw.r_session_id,
      quota: raw.r_quota,
      created: raw.r_created,
      modified: raw.r_modified,
    }),
    spot: raw.wish_start === null ? null : spotOf(raw),
  }))
}

const ofBlockers = statement<RawSpot & { r_id: number }>(`select r.r_id, ${SPOT}
  from (select b.id as r_id, b.target as r_target, b.target_type::text as r_target_type,
      b.start as r_from, b."end" as r_until
    from reservation_blockers b where b.id = any((select $2::int[])::int[])) r
  ${DATES_OF_RECORD} ${MASTERS} where wish.s is not null
  order by r.r_id, wish.s, wish.n, a._start, a.id`)

/** The spots of some blockers of one resource, each with the id of its blocker, by blocker, date and master. */
export async function spotsOfBlockers(
  tx: Tx,
  resource: Uuid,
  ids: readonly number[],
): Promise<(Spot & Readonly<{ blocker: number }>)[]> {
  const rows = await ofBlockers(tx, [resource], ids)
  return rows.map((raw) => ({ ...spotOf(raw), blocker: raw.r_id }))
}
