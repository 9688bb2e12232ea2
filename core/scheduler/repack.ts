/**
 * Changing the number of places beyond what libres can: fewer are possible as long as never more are taken at
 * once, whoever stands where. Not in libres, whose `changeQuota` wants wholly free places; the rows it leaves are
 * such as libres itself could have written.
 */
import { type LaneMove, repack, type Unit } from '../domain/repack.ts'
import type { Uuid } from '../domain/time.ts'
import {
  type AllocationRow,
  changeQuotas,
  deleteRows,
  placesOfMasters,
} from '../store/allocations.ts'
import { deleteSlots, type SlotRow, slotsOfRows } from '../store/slots.ts'
import { type NewPlace, type NewSlot, takeSlots } from '../store/taking.ts'
import { AffectedReservationError } from './errors.ts'
import { changeQuotaOf } from './quota.ts'
import type { Surroundings } from './surroundings.ts'

type Board = Readonly<{
  master: AllocationRow
  /** Uuids of all places, before and after. */
  keys: readonly Uuid[]
  rows: ReadonlyMap<Uuid, AllocationRow>
  slots: readonly (SlotRow & { readonly lane: number })[]
}>

async function boardOf(around: Surroundings, master: AllocationRow, most: number): Promise<Board> {
  const rows = await placesOfMasters(around.tx(), [master])
  const keys = around.keys(master.resource, Math.max(most, master.quota))
  const laneOf = new Map(rows.map((row) => [row.id, keys.indexOf(row.resource)]))
  const slots = await slotsOfRows(
    around.tx(),
    rows.map((row) => row.id),
  )
  return {
    master,
    keys,
    rows: new Map(rows.map((row) => [row.resource, row])),
    slots: slots.map((slot) => ({ ...slot, lane: laneOf.get(slot.allocationId) ?? -1 })),
  }
}

/** What each reservation takes of each place. Blockers take all places, so they are nobody's. */
function unitsOf(slots: Board['slots']): Unit[] {
  const units = new Map<string, { id: number; lane: number; start: number; end: number }>()
  for (const { sourceType, sourceId, lane, start, end } of slots) {
    if (sourceType === 'blocker') continue
    const key = `${sourceId} ${lane}`
    const known = units.get(key)
    if (!known) units.set(key, { id: sourceId, lane, start, end: end + 1 })
    else {
      known.start = Math.min(known.start, start)
      known.end = Math.max(known.end, end + 1)
    }
  }
  return [...units.values()]
}

/** Writes slots onto places, which get a row where they have none. */
async function write(
  around: Surroundings,
  { master, keys, rows }: Board,
  slots: readonly (SlotRow & { readonly lane: number })[],
): Promise<void> {
  const news = new Map<Uuid, NewPlace>()
  const written = slots.map((slot): NewSlot => {
    const resource = keys[slot.lane] as Uuid
    const row = rows.get(resource)
    if (!row) news.set(resource, { id: null, masterId: master.id, resource })
    const { start, end, token, sourceId } = slot
    return {
      resource,
      allocationId: row?.id ?? null,
      allocationStart: master.start,
      start,
      end,
      token,
      sourceId,
    }
  })
  const sourceType = slots[0]?.sourceType
  if (!sourceType) return
  const places = [...news.values()]
  await takeSlots(around.tx(), {
    sourceType,
    slots: written,
    places,
    approved: [],
    records: null,
    now: around.now(),
  })
}

async function move(around: Surroundings, board: Board, moves: readonly LaneMove[]): Promise<void> {
  const targets = new Map(moves.map(({ id, from, to }) => [`${id} ${from}`, to]))
  const moving = board.slots.flatMap((slot) => {
    const lane = targets.get(`${slot.sourceId} ${slot.lane}`)
    return slot.sourceType === 'blocker' || lane === undefined ? [] : [{ slot, lane }]
  })
  if (moving.length === 0) return
  // All go before any comes, since places that change over would meet on the way.
  await deleteSlots(
    around.tx(),
    moving.map(({ slot }) => slot),
  )
  await write(
    around,
    board,
    moving.map(({ slot, lane }) => ({ ...slot, lane })),
  )
}

async function shrink(
  around: Surroundings,
  master: AllocationRow,
  quota: number,
): Promise<LaneMove[]> {
  const board = await boardOf(around, master, quota)
  const moves = repack(unitsOf(board.slots), quota)
  if (moves === null) throw new AffectedReservationError(null)
  await move(around, board, moves)
  const rows = [...(await placesOfMasters(around.tx(), [master]))]
  const dropped = rows.filter((row) => board.keys.indexOf(row.resource) >= quota)
  const gone = new Set(dropped.map((row) => row.id))
  // What is left on them are blockers, which every other place has too.
  await deleteSlots(
    around.tx(),
    board.slots.filter((slot) => slot.sourceType === 'blocker' && gone.has(slot.allocationId)),
  )
  if (dropped.length > 0) await deleteRows(around.tx(), [...gone])
  const kept = rows.filter((row) => !gone.has(row.id)).map((row) => row.id)
  await changeQuotas(around.tx(), kept, quota, around.now())
  return moves
}

async function grow(
  around: Surroundings,
  master: AllocationRow,
  quota: number,
  wanted: readonly LaneMove[],
): Promise<LaneMove[]> {
  await changeQuotaOf(around, [master], quota)
  const board = await boardOf(around, master, quota)
  // A blocker takes all places, the new ones too.
  const closed = board.slots.filter((slot) => slot.sourceType === 'blocker' && slot.lane === 0)
  const more = Array.from({ length: quota - master.quota }, (_, index) => master.quota + index)
  await write(
    around,
    board,
    more.flatMap((lane) => closed.map((slot) => ({ ...slot, lane }))),
  )
  const after = await boardOf(around, master, quota)
  const units = unitsOf(after.slots)
  const possible = wanted.filter(({ id, from, to }) => {
    const unit = units.find((each) => each.id === id && each.lane === from)
    return (
      unit !== undefined &&
      to < quota &&
      !units.some((each) => each.lane === to && each.start < unit.end && unit.start < each.end)
    )
  })
  await move(around, after, possible)
  return possible
}

/**
 * More or fewer places for one master; answers who went to another place. `AffectedReservationError` where more are
 * taken at once than there would be places.
 *
 * @param wanted when there are more again: who would like to go back to which place, done where it is free
 */
export async function changePlacesOf(
  around: Surroundings,
  master: AllocationRow,
  quota: number,
  wanted: readonly LaneMove[],
): Promise<LaneMove[]> {
  if (quota === master.quota) return []
  return quota < master.quota ? shrink(around, master, quota) : grow(around, master, quota, wanted)
}
