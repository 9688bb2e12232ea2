/**
 * Items: masters of a range with what is left of each, for lists and calendars (`3-reservations.md` 13).
 *
 * With blocking resources the time that they take is looked at in cells of five minutes. libres then reads the
 * slots of the resources themselves and not of their mirrors; so does this.
 */
import { MINUTE_US, type Micros } from '../domain/micros.ts'
import { rasterize, SMALLEST_RASTER, type Stretch } from '../domain/raster.ts'
import {
  type NormalizedSlot,
  normalizedSlots,
  type Partition,
  partitionsOf,
} from '../domain/share.ts'
import { allSlots } from '../domain/slots.ts'
import { mastersInRanges, rowsInRange } from '../store/allocations.ts'
import { slotsInRange } from '../store/slots.ts'
import type { Allocation } from './allocation.ts'
import { allocationsOf } from './companions.ts'
import type { Exposure } from './context.ts'
import { NotImplementedError } from './errors.ts'
import { percentLeft } from './percent-left.ts'
import type { Surroundings } from './surroundings.ts'

export type AvailabilityItem = Readonly<{
  allocation: Allocation
  /** Percent. */
  availability: number
  partitions: readonly Partition[]
}>

/** Cells of five minutes: how many reservations hold each, and which of them a blocker holds. */
export type Cells = Readonly<{ reserved: Map<Micros, number>; blocked: Set<Micros> }>

const CELL_US = SMALLEST_RASTER * MINUTE_US

/**
 * The cells of the visible resources (not of their mirrors) that slots in a range take. The range snaps to cells: the one
 * that its start lies in counts, the one that begins at its end does not.
 */
export async function cellsInRange(around: Surroundings, asked: Stretch): Promise<Cells> {
  const range = rasterize(asked.start, asked.end, SMALLEST_RASTER)
  const slots = await slotsInRange(around.tx(), around.visibleResources, range)
  const reserved = new Map<Micros, number>()
  const blocked = new Set<Micros>()
  for (const slot of slots) {
    for (let cell = slot.start; cell < slot.end; cell += CELL_US) {
      if (cell < range.start || cell > range.end) continue
      if (slot.sourceType === 'blocker') blocked.add(cell)
      else reserved.set(cell, (reserved.get(cell) ?? 0) + 1)
    }
  }
  return { reserved, blocked }
}

function* cellsOf({ start, end }: Stretch): Generator<Micros> {
  for (let cell = start; cell < end; cell += CELL_US) yield cell
}

/** An allocation that can only be taken as a whole: the fullest cell decides. */
function wholeItem(allocation: Allocation, cells: Cells): AvailabilityItem {
  const { quota } = allocation
  let used = 0
  for (const cell of cellsOf(allocation)) {
    used = Math.max(used, cells.blocked.has(cell) ? quota : (cells.reserved.get(cell) ?? 0))
  }
  const left = Math.max(0, quota - used)
  return { allocation, availability: (100 * left) / quota, partitions: [[100, left === 0]] }
}

function partlyItem(allocation: Allocation, cells: Cells, normalizeDst: boolean): AvailabilityItem {
  if (allocation.quota > 1) {
    throw new NotImplementedError('Partly available with a quota and blocking resources.')
  }
  const slots = normalizeDst ? normalizedSlots(allocation) : allSlots(allocation)
  const states = slots.map((slot) => stateOf(slot, cells))
  const partitions = partitionsOf(states.map((state) => state !== 'free'))
  const blocked = states.filter((state) => state === 'blocked').length
  const reserved = states.filter((state) => state === 'reserved').length
  if (slots.length === blocked) return { allocation, availability: 0, partitions }
  if (reserved === 0) return { allocation, availability: 100, partitions }
  const left = 100 - 100 * (reserved / (slots.length - blocked))
  return { allocation, availability: Math.max(0, left), partitions }
}

/** A step is taken as soon as one of its cells is; one that exists only on paper counts as reserved. */
function stateOf(slot: NormalizedSlot, cells: Cells): 'free' | 'reserved' | 'blocked' {
  if (slot === null) return 'reserved'
  const own = [...cellsOf(slot)]
  if (own.some((cell) => cells.blocked.has(cell))) return 'blocked'
  return own.some((cell) => cells.reserved.has(cell)) ? 'reserved' : 'free'
}

/** The items of some masters, by start, of a scheduler with blocking resources. */
export async function blockedItemsOf(
  around: Surroundings,
  masters: readonly Allocation[],
  normalizeDst: boolean,
): Promise<AvailabilityItem[]> {
  const [first] = masters
  if (!first) return []
  const whole = {
    start: first.start,
    end: masters.reduce((end, master) => Math.max(end, master.end), first.end),
  }
  const cells = await cellsInRange(around, whole)
  return masters.map((master) =>
    master.partlyAvailable ? partlyItem(master, cells, normalizeDst) : wholeItem(master, cells),
  )
}

/** The items of all masters in a range that may be shown, of a scheduler with blocking resources. */
export async function blockedItems(
  around: Surroundings,
  exposure: Exposure,
  range: Stretch,
  normalizeDst: boolean,
): Promise<AvailabilityItem[]> {
  const rows = await mastersInRanges(around.tx(), [around.resource], [range])
  const shown = allocationsOf(around, rows).filter((row) => exposure.isAllocationExposed(row))
  return blockedItemsOf(around, shown, normalizeDst)
}

async function plainItem(
  rows: readonly Allocation[],
  master: Allocation,
  normalizeDst: boolean,
): Promise<AvailabilityItem> {
  const partitions = await master.availabilityPartitions(normalizeDst)
  if (rows.length > 1 || !master.partlyAvailable) {
    return { allocation: master, availability: await percentLeft(rows), partitions }
  }
  const availability = normalizeDst
    ? await master.normalizedAvailability()
    : await master.availability()
  return { allocation: master, availability, partitions }
}

/**
 * Masters in a range by start, with what is left of all their places and the partitions of the first. What may be shown is
 * asked only with blocking resources, as in libres.
 */
export async function itemsInRange(
  around: Surroundings,
  exposure: Exposure,
  range: Stretch,
  normalizeDst: boolean,
): Promise<AvailabilityItem[]> {
  if (around.blockingResources.length > 0) {
    return blockedItems(around, exposure, range, normalizeDst)
  }
  const rows = allocationsOf(around, await rowsInRange(around.tx(), [around.resource], range))
  const byStart = new Map<Micros, Allocation[]>()
  for (const row of rows) {
    const own = byStart.get(row.start)
    if (own) own.push(row)
    else byStart.set(row.start, [row])
  }
  const items: AvailabilityItem[] = []
  for (const places of byStart.values()) {
    const master = places.find((place) => place.isMaster)
    if (master) items.push(await plainItem(places, master, normalizeDst))
  }
  return items
}
