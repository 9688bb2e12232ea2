/**
 * Slots: the taken steps. Their primary key (resource, start) is the last word on whether a place is free; the
 * reads here only find out beforehand, in words.
 */
import { type RawBuilder, sql } from 'kysely'
import { type Micros, microsOf, textOf } from '../domain/micros.ts'
import type { Stretch } from '../domain/raster.ts'
import type { Uuid } from '../domain/time.ts'
import type { Tx } from './database.ts'
import { ANSWER_LATER, statement } from './statement.ts'

export type SourceType = 'reservation' | 'blocker'

export type SlotRow = Readonly<{
  resource: Uuid
  start: Micros
  /** Inclusive. */
  end: Micros
  allocationId: number
  sourceType: SourceType
  /** The token of the reservation or of the blocker. */
  token: Uuid
  /** The id of the reservation or of the blocker. */
  sourceId: number
}>

type RawSlot = {
  resource: string
  start: string
  end: string
  allocation_id: number
  source_type: SourceType
  reservation_token: string
  source_id: number
}

const slotColumns = sql.raw(
  's.resource, s.start::text as start, s."end"::text as "end", s.allocation_id, s.source_type, ' +
    's.reservation_token, s.source_id',
)

function slotOf(raw: RawSlot): SlotRow {
  return {
    resource: raw.resource,
    start: microsOf(raw.start),
    end: microsOf(raw.end),
    allocationId: raw.allocation_id,
    sourceType: raw.source_type,
    token: raw.reservation_token,
    sourceId: raw.source_id,
  }
}

async function slotRows(tx: Tx, query: RawBuilder<RawSlot>): Promise<SlotRow[]> {
  const { rows } = await query.execute(tx)
  return rows.map(slotOf)
}

/** All slots of some rows, by start and row. */
export function slotsOfRows(tx: Tx, ids: readonly number[]): Promise<SlotRow[]> {
  return slotRows(
    tx,
    sql<RawSlot>`select ${slotColumns} from reserved_slots s
      where s.allocation_id = any(${ids}::int[]) order by s.start, s.allocation_id`,
  )
}

/** When the taken steps of one row begin, by what takes them. */
export type TakenStarts = Readonly<{ reserved: readonly Micros[]; blocked: readonly Micros[] }>

/** The same of many rows, by id; rows of which nothing is taken are left out. One row travels for each. */
export async function startsOfRows(
  tx: Tx,
  ids: readonly number[],
): Promise<Map<number, TakenStarts>> {
  const { rows } = await sql<{ id: number; reserved: string | null; blocked: string | null }>`
    select s.allocation_id as id,
      string_agg(s.start::text, ',') filter (where s.source_type = 'reservation') as reserved,
      string_agg(s.start::text, ',') filter (where s.source_type = 'blocker') as blocked
    from reserved_slots s where s.allocation_id = any(${ids}::int[])
    group by s.allocation_id`.execute(tx)
  const starts = (text: string | null) => (text === null ? [] : text.split(',').map(microsOf))
  return new Map(
    rows.map(({ id, reserved, blocked }) => [
      id,
      { reserved: starts(reserved), blocked: starts(blocked) },
    ]),
  )
}

/** The slots of one resource and its mirrors, by start and row. */
export function slotsOfResources(tx: Tx, resources: readonly Uuid[]): Promise<SlotRow[]> {
  return slotRows(
    tx,
    sql<RawSlot>`select ${slotColumns} from reserved_slots s
      where s.resource in (select a.resource from allocations a
        where a.mirror_of = any(${resources}::uuid[]))
      order by s.start, s.allocation_id`,
  )
}

/** The slots of a token in one resource and its mirrors, of one kind; of one record where `id` is given. */
export function slotsOfToken(
  tx: Tx,
  resource: Uuid,
  token: Uuid,
  sourceType: SourceType,
  id: number | null,
): Promise<SlotRow[]> {
  return slotRows(
    tx,
    sql<RawSlot>`select ${slotColumns} from reserved_slots s
      join allocations a on a.id = s.allocation_id and a.mirror_of = ${resource}::uuid
      where s.reservation_token = ${token}::uuid
      and s.source_type = ${sourceType}::reserved_slot_source_type
      and (${id}::int is null or s.source_id = ${id}::int)
      order by s.start, s.allocation_id`,
  )
}

/** The slots of all rows of a group in one resource, by start and row. */
export function slotsOfGroup(tx: Tx, resource: Uuid, group: Uuid): Promise<SlotRow[]> {
  return slotRows(
    tx,
    sql<RawSlot>`select ${slotColumns} from reserved_slots s
      join allocations a on a.id = s.allocation_id and a.mirror_of = ${resource}::uuid
      where a."group" = ${group}::uuid order by s.start, s.allocation_id`,
  )
}

/** Slots written on these very resources (no mirrors unless named) that touch a range. */
export function slotsInRange(
  tx: Tx,
  resources: readonly Uuid[],
  range: Stretch,
): Promise<SlotRow[]> {
  return slotRows(
    tx,
    sql<RawSlot>`select ${slotColumns} from reserved_slots s
      where s.resource = any(${resources}::uuid[])
      and s.start <= ${textOf(range.end)}::timestamp and s."end" >= ${textOf(range.start)}::timestamp
      order by s.start, s.allocation_id`,
  )
}

const move = statement(`${ANSWER_LATER} with gone as (
    delete from reserved_slots s
    using unnest((select $1::int[]), (select $2::int[]), (select $3::uuid[]))
      as move(source, target, resource)
    where s.allocation_id = move.source
    returning move.resource, move.target, s.start, s."end", s.source_type, s.reservation_token,
      s.source_id, s.created)
  insert into reserved_slots (resource, allocation_id, start, "end", source_type,
    reservation_token, source_id, created, modified)
  select gone.*, $4::timestamp from gone order by resource, start`)

/**
 * Moves all slots of some rows to other rows. Deleted first and written again, because places that change over in
 * one update would meet each other's keys on the way.
 */
export async function moveSlots(
  tx: Tx,
  moves: readonly Readonly<{ from: number; to: number; resource: Uuid }>[],
  modified: Micros,
): Promise<void> {
  await move(
    tx,
    moves.map(({ from }) => from),
    moves.map(({ to }) => to),
    moves.map(({ resource }) => resource),
    textOf(modified),
  )
}

/** Deletes single slots by their key. */
export async function deleteSlots(
  tx: Tx,
  slots: readonly Pick<SlotRow, 'resource' | 'start'>[],
): Promise<void> {
  if (slots.length === 0) return
  await sql`delete from reserved_slots s
    using unnest(${slots.map((slot) => slot.resource)}::uuid[],
      ${slots.map((slot) => textOf(slot.start))}::timestamp[]) as gone(resource, start)
    where s.resource = gone.resource and s.start = gone.start`.execute(tx)
}
