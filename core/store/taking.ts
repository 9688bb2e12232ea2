/**
 * Taking: everything that an approval or a blocker writes, in one statement: rows for places that had none, the slots,
 * and the reservations that hold them. Where all ids are known beforehand its answer is not waited for.
 */
import { type Micros, microsOf, textOf } from '../domain/micros.ts'
import type { Uuid } from '../domain/time.ts'
import type { Tx } from './database.ts'
import { arraysOfRecords, insertOfRecords, type NewRecords } from './reservations.ts'
import type { SourceType } from './slots.ts'
import { ANSWER_LATER, type Statement, statement } from './statement.ts'
import { together } from './together.ts'

/** A step to be taken. `allocationId` is null where the place gets its row, and its id, by this very call. */
export type NewSlot = Readonly<{
  resource: Uuid
  allocationId: number | null
  /** Start of the allocation, by which a new place is found. */
  allocationStart: Micros
  start: Micros
  end: Micros
  token: Uuid
  sourceId: number
}>

/** A place that gets a row: a copy of the master under the mirror's uuid. */
export type NewPlace = Readonly<{ id: number | null; masterId: number; resource: Uuid }>

export type Taking = Readonly<{
  sourceType: SourceType
  slots: readonly NewSlot[]
  places: readonly NewPlace[]
  /** Reservations that are there and are approved by it. */
  approved: readonly number[]
  /** Reservations that are written by it, approved. */
  records: NewRecords | null
  now: Micros
}>

/** Ids of the rows made for new places. */
export type MadePlaces = readonly Readonly<{ id: number; resource: Uuid; start: Micros }>[]

type RawMade = { id: number; resource: string; start: string }

const SLOTS = `unnest((select $3::uuid[]), (select $4::int[]), (select $5::timestamp[]),
    (select $6::timestamp[]), (select $7::timestamp[]), (select $8::uuid[]), (select $9::int[]))
    as slot(resource, allocation, whole, start, "end", token, source)`

const INSERT_SLOTS = (allocation: string) => `
  insert into reserved_slots (resource, start, "end", allocation_id, source_type,
    reservation_token, source_id, created)
  select slot.resource, slot.start, slot."end", ${allocation}, $2::reserved_slot_source_type,
    slot.token, slot.source, $1::timestamp from ${SLOTS}`

const PLACES = (first: number) => `
  insert into allocations (id, resource, mirror_of, type, timezone, quota, quota_limit,
    partly_available, approve_manually, _raster, data, created, "group", _start, _end)
  select coalesce(place.id, nextval('allocations_id_seq')), place.resource, m.mirror_of, m.type,
    m.timezone, m.quota, m.quota_limit, m.partly_available, m.approve_manually, m._raster, m.data,
    $1::timestamp, m."group", m._start, m._end
  from unnest((select $${first}::int[]), (select $${first + 1}::int[]), (select $${first + 2}::uuid[]))
    with ordinality as place(id, master, resource, n)
  join allocations m on m.id = place.master order by place.n
  returning id, resource, _start`

const APPROVE = (first: number) => `
  update reservations set status = 'approved', modified = $1::timestamp
  where id = any((select $${first}::int[])::int[]) and status <> 'approved'`

/** What one call writes beside the slots; each combination is a statement of its own, with nothing that is not needed. */
type Parts = Readonly<{ places: boolean; approved: boolean; records: boolean; answered: boolean }>

const taking = new Map<string, Statement<RawMade>>()

function takingOf(parts: Parts): Statement<RawMade> {
  const key = JSON.stringify(parts)
  const known = taking.get(key)
  if (known) return known
  const steps: string[] = []
  let next = 10
  if (parts.places) {
    steps.push(`made as (${PLACES(next)})`)
    next += 3
  }
  if (parts.approved) {
    steps.push(`approved as (${APPROVE(next)})`)
    next += 1
  }
  if (parts.records) {
    steps.push(`record as (${insertOfRecords(next, "'approved'", '$1::timestamp')})`)
  }
  const slots = parts.answered
    ? `${INSERT_SLOTS('coalesce(slot.allocation, made.id)')} left join made
        on slot.allocation is null and made.resource = slot.resource and made._start = slot.whole`
    : INSERT_SLOTS('slot.allocation')
  if (parts.answered) steps.push(`taken as (${slots})`)
  const last = parts.answered ? 'select id, resource, _start::text as start from made' : slots
  const all = steps.length > 0 ? `with ${steps.join(', ')} ${last}` : last
  const made = statement<RawMade>(parts.answered ? all : `${ANSWER_LATER} ${all}`)
  taking.set(key, made)
  return made
}

const takeTogether = together<Taking, MadePlaces>(async (tx, takings) => {
  const made = takings.map((): MadePlaces[number][] => [])
  for (const alike of alikeIn(takings)) {
    const slots = alike.flatMap(({ taking }) => taking.slots)
    const places = alike.flatMap(({ taking }) => taking.places)
    const approved = alike.flatMap(({ taking }) => taking.approved)
    const records = alike.flatMap(({ taking }) => taking.records ?? [])
    const { now, sourceType } = (alike[0] as Asked).taking
    const take = takingOf({
      places: places.length > 0,
      approved: approved.length > 0,
      records: records.length > 0,
      // Only ids that the database gives have to be waited for.
      answered: places.some(({ id }) => id === null),
    })
    const rows = await take(
      tx,
      textOf(now),
      sourceType,
      slots.map((slot) => slot.resource),
      slots.map((slot) => slot.allocationId),
      slots.map((slot) => textOf(slot.allocationStart)),
      slots.map((slot) => textOf(slot.start)),
      slots.map((slot) => textOf(slot.end)),
      slots.map((slot) => slot.token),
      slots.map((slot) => slot.sourceId),
      ...(places.length > 0
        ? [
            places.map((place) => place.id),
            places.map((place) => place.masterId),
            places.map((place) => place.resource),
          ]
        : []),
      ...(approved.length > 0 ? [approved] : []),
      ...(records.length > 0 ? arraysOfRecords(records) : []),
    )
    // Whoever asked for a place finds it by its name and start; the other rows are none of theirs.
    const rowsMade = rows.map((row) => ({ ...row, start: microsOf(row.start) }))
    for (const { call } of alike) made[call]?.push(...rowsMade)
  }
  return made
})

type Asked = Readonly<{ call: number; taking: Taking }>

/** Those that share what a statement says once: the time and the kind of source. */
function alikeIn(takings: readonly Taking[]): readonly (readonly Asked[])[] {
  const kinds = new Map<string, Asked[]>()
  for (const [call, taking] of takings.entries()) {
    const key = `${taking.sourceType} ${taking.now}`
    const alike = kinds.get(key)
    if (alike) alike.push({ call, taking })
    else kinds.set(key, [{ call, taking }])
  }
  return [...kinds.values()]
}

/**
 * Writes rows for new places, all slots, and the reservations that hold them or their new status. Where all ids are known
 * the answer is not waited for.
 */
export function takeSlots(tx: Tx, taking: Taking): Promise<MadePlaces> {
  return takeTogether(tx, taking)
}
