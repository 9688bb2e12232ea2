/**
 * Blocking: all places of an allocation at once, at times when nothing is approved (`3-reservations.md` 14).
 * Undecided reservations do not prevent it. No events. Four statements, however many dates and places.
 */
import { require } from '../domain/failure.ts'
import { countFree } from '../domain/places.ts'
import { containsRange, overlapsAllocation } from '../domain/slots.ts'
import type { Uuid } from '../domain/time.ts'
import { plainUuid } from '../domain/uuid.ts'
import type { Dates, When } from '../domain/when.ts'
import { mastersByTargets } from '../store/allocations.ts'
import {
  type BlockerRow,
  blockersByToken,
  changeReason,
  deleteBlockers,
  insertBlockers,
  type NewBlocker,
} from '../store/blockers.ts'
import { inSavepoint } from '../store/savepoint.ts'
import { spotsOfBlockers } from '../store/spots.ts'
import { Harvest } from './approve.ts'
import { Blocker } from './blocker.ts'
import { isSameTime, newTimes, refuseOutside } from './change.ts'
import {
  IntegrityError,
  InvalidReservationError,
  NotReservableError,
  TimerangeTooLong,
} from './errors.ts'
import { one } from './lookup.ts'
import { hasDates, type Met, meetings, recordsOf } from './reserve.ts'
import type { Surroundings } from './surroundings.ts'
import { alreadyReserved, inTheWay, PlaceBook } from './wanted.ts'

/** What is to be blocked: exactly one of dates and group. */
export type BlockWish = Readonly<{
  /** The dates, or the group: exactly one of the two. */
  dates?: Dates | undefined
  group?: Uuid | null | undefined
  reason?: string | null | undefined
  /** Names the blocker; a new uuid without it. */
  token?: Uuid | undefined
}>

function checkSpot(around: Surroundings, book: PlaceBook, spot: Met): void {
  const { master, wish } = spot
  const places = book.placesOf(master)
  const free = countFree(master, places, wish.start, wish.end)
  if (free === 0 || free < master.quota) throw alreadyReserved(spot, places, master.quota)
  if (master.resource === around.resource && !containsRange(master, wish.start, wish.end)) {
    throw new TimerangeTooLong(inTheWay(spot, master.quota, free))
  }
}

/** @param id keeps the id of a record that is replaced */
async function block(around: Surroundings, wish: BlockWish, id: number | null): Promise<Blocker[]> {
  require(hasDates(wish.dates) !==
    Boolean(wish.group), 'Either dates or a group, and not both, must be given.')
  const group = wish.group ? plainUuid(wish.group) : null
  const { met } = await meetings(around, { ...wish, group }, (each, spot) =>
    checkSpot(around, each, spot),
  )
  const records = recordsOf(around, group, met)
  if (records.length === 0) throw new InvalidReservationError('Nothing to block at these dates.')
  const shared = {
    token: wish.token ? plainUuid(wish.token) : around.newUuid(),
    resource: around.resource,
    reason: wish.reason ?? null,
    created: around.now(),
  }
  const news = records.map((record): NewBlocker => ({ ...record, id }))
  const ids = await insertBlockers(around.tx(), shared, news)

  const spots = await spotsOfBlockers(around.tx(), around.resource, ids)
  const book = new PlaceBook(around, spots)
  const harvest = new Harvest(book)
  for (const { master, wish: date, places, blocker } of spots) {
    if (!master || !overlapsAllocation(master, date.start, date.end)) continue
    const own = book.placesOf(master)
    if (countFree(master, own, date.start, date.end) < own.length) {
      const { inTheWay } = alreadyReserved({ wish: date, master, places }, own, master.quota)
      throw new IntegrityError(inTheWay)
    }
    for (const place of own) harvest.take(master, place, date, { token: shared.token, id: blocker })
  }
  if (harvest.slots.length === 0) {
    throw new NotReservableError('No allocation is there to be blocked.')
  }
  await harvest.write(around, 'blocker')
  return news.map(
    (record, index) =>
      new Blocker({ ...shared, ...record, id: ids[index] as number, modified: null }, around),
  )
}

export function addBlocker(around: Surroundings, wish: BlockWish): Promise<Blocker[]> {
  return block(around, wish, null)
}

/** A token that nobody knows is no error. */
export function removeBlocker(around: Surroundings, token: Uuid, id?: number): Promise<void> {
  return deleteBlockers(around.tx(), around.resource, token, id ?? null)
}

export function changeBlockerReason(
  around: Surroundings,
  token: Uuid,
  reason: string | null,
): Promise<void> {
  return changeReason(around.tx(), around.resource, token, reason, around.now())
}

/** The blocker with its new times, or null where nothing changes; it keeps id, token and reason. */
export async function changeBlocker(
  around: Surroundings,
  token: Uuid,
  id: number,
  start: When,
  end: When,
): Promise<Blocker | null> {
  const times = newTimes(around, start, end)
  const tx = around.tx()
  const found = await blockersByToken(tx, around.resource, token, id)
  const old: BlockerRow = one(found, 'blocker with this token and id')
  if (isSameTime(old, times)) return null
  const masters = await mastersByTargets(tx, [old.target])
  const master = one(masters, 'allocation of this blocker')
  refuseOutside(master, times, master.quota)
  return inSavepoint(tx, async () => {
    await deleteBlockers(tx, around.resource, token, id)
    const dates = [
      { at: times.start, offset: 0, zone: 'UTC' },
      { at: times.end, offset: 0, zone: 'UTC' },
    ]
    const made = await block(around, { dates, reason: old.reason, token }, id)
    return one(made, 'allocation at the new times')
  })
}
