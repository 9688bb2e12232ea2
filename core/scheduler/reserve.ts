/**
 * Reserving: a wish becomes pending records (`3-reservations.md` 8). Nothing is taken yet: several may wish for
 * the same place, and approving decides. Two statements, one more for a session; the second waits for what comes next.
 */
import { require } from '../domain/failure.ts'
import type { Micros } from '../domain/micros.ts'
import { countFree, findSpot } from '../domain/places.ts'
import { rasterize, type Stretch } from '../domain/raster.ts'
import { containsRange, overlapsAllocation } from '../domain/slots.ts'
import type { Uuid } from '../domain/time.ts'
import { plainUuid } from '../domain/uuid.ts'
import { type Dates, datesOf } from '../domain/when.ts'
import { isReservationLength, isTooShort } from '../domain/whole-day.ts'
import type { AllocationRow, JsonObject } from '../store/allocations.ts'
import { cartOf } from '../store/carts.ts'
import { sentSoFar } from '../store/later.ts'
import {
  insertReservationsLater,
  type NewReservation,
  type SharedFacts,
} from '../store/reservations.ts'
import { type Spot, spotsOfDates, spotsOfGroup } from '../store/spots.ts'
import {
  DataError,
  InvalidEmailAddress,
  InvalidQuota,
  InvalidReservationError,
  OverlappingReservationError,
  QuotaImpossible,
  QuotaOverLimit,
  ReservationTooLong,
  ReservationTooShort,
  TimerangeTooLong,
} from './errors.ts'
import { fire } from './events.ts'
import { knownOf } from './fresh.ts'
import type { Surroundings } from './surroundings.ts'
import { alreadyReserved, inTheWay, PlaceBook } from './wanted.ts'

/** What is wished for: exactly one of dates and group, and how. */
export type ReserveWish = Readonly<{
  /** The dates, or the group: exactly one of the two. */
  dates?: Dates | undefined
  group?: Uuid | null | undefined
  data?: JsonObject | null | undefined
  /** The shopping cart to put it into. */
  sessionId?: Uuid | null | undefined
  /** Places. Default 1. */
  quota?: number | undefined
  /** Everything in one cart gets one token. */
  singleTokenPerSession?: boolean | undefined
  /** Names the reservation; a new uuid without it. */
  token?: Uuid | undefined
  /**
   * Waits for a place that is taken: availability is not looked at, as it never is where staff decides. The record
   * is one that libres knows, too: pending, on dates that somebody else was given.
   */
  evenIfTaken?: boolean | undefined
}>

/** The column of libres, in characters. */
const LONGEST_EMAIL = 254

/** Whether dates were given at all; an empty list counts as none. */
export function hasDates(dates: Dates | undefined): dates is Dates {
  if (Array.isArray(dates)) return dates.length > 0
  return dates !== undefined && dates !== null
}

/** Throws where one date alone cannot be reserved, wherever it is. */
export function checkLength({ start, end }: Stretch, timezone: string): void {
  // A reversed one is too short; it must not get as far as the calendar, which knows no reversed ranges.
  if (start <= end && !isReservationLength(start, end, timezone)) {
    throw new ReservationTooLong('Longer than a day.', start, end)
  }
  if (isTooShort(start, end)) throw new ReservationTooShort('Under five minutes.', start, end)
}

/** The dates up to the first that is refused for its length: beyond that one nothing is looked at. */
export function readable(dates: readonly Stretch[], timezone: string): readonly Stretch[] {
  const bad = dates.findIndex((date) => {
    try {
      checkLength(date, timezone)
      return false
    } catch {
      return true
    }
  })
  return bad < 0 ? dates : dates.slice(0, bad)
}

/** A spot whose master is there and really meets the wish. */
export type Met = Spot & Readonly<{ master: AllocationRow }>

/** Spots by date: the ones that meet after rasterising (the range of the database includes mere touching). */
export function metBy(spots: readonly Spot[], date: Stretch): Met[] {
  return spots.filter(
    (spot): spot is Met =>
      spot.master !== null &&
      spot.wish.start === date.start &&
      spot.wish.end === date.end &&
      overlapsAllocation(spot.master, date.start, date.end),
  )
}

function checkSpot(
  around: Surroundings,
  book: PlaceBook,
  spot: Met,
  quota: number,
  evenIfTaken: boolean,
): void {
  const { master, wish } = spot
  if (!master.approveManually && !evenIfTaken) {
    const places = book.placesOf(master)
    if (
      !findSpot(master, places, wish.start, wish.end) ||
      countFree(master, places, wish.start, wish.end) < quota
    ) {
      throw alreadyReserved(spot, places, quota)
    }
  }
  if (master.resource === around.resource && !containsRange(master, wish.start, wish.end)) {
    throw new TimerangeTooLong(inTheWay(spot, quota, 0))
  }
  if (master.quotaLimit > 0 && master.quotaLimit < quota) {
    throw new QuotaOverLimit(quota, master.quotaLimit)
  }
  if (master.quota < quota) throw new QuotaImpossible(quota, master.quota)
  if (quota < 1) throw new InvalidQuota(quota)
}

/** What a wish met, with the places as they were read. */
export type Meetings = Readonly<{
  met: readonly Met[]
  book: PlaceBook
  /** Ids that were drawn for records. */
  spare: readonly number[]
}>

const dateKey = ({ start, end }: Stretch) => `${start} ${end}`

/** The dates that a wish stands for, and what is near them; distinct dates are read once. */
async function readWish(
  around: Surroundings,
  wish: Readonly<{ dates?: Dates | undefined; group: Uuid | null }>,
  spare: boolean,
): Promise<Readonly<{ dates: readonly Stretch[]; spots: readonly Spot[] }>> {
  const { visibleResources, timezone } = around
  if (wish.group) {
    const spots = await spotsOfGroup(around.tx(), visibleResources, wish.group)
    const members = new Map(spots.map((spot) => [dateKey(spot.wish), spot.wish]))
    return { dates: [...members.values()], spots }
  }
  const dates = datesOf(wish.dates as Dates, timezone)
  const distinct = new Map(readable(dates, timezone).map((date) => [dateKey(date), date]))
  if (distinct.size === 0) return { dates, spots: [] }
  return {
    dates,
    spots: await spotsOfDates(around.tx(), visibleResources, [...distinct.values()], { spare }),
  }
}

/**
 * Looks at date after date, and at master after master within; the first that fails decides.
 *
 * @param draw whether ids are drawn for records
 */
export async function meetings(
  around: Surroundings,
  wish: Readonly<{ dates?: Dates | undefined; group: Uuid | null }>,
  check: (book: PlaceBook, spot: Met) => void,
  draw = false,
): Promise<Meetings> {
  const { dates, spots } = await readWish(around, wish, draw)
  const book = new PlaceBook(around, spots)
  const byDate = new Map<string, Spot[]>()
  for (const spot of spots) {
    const own = byDate.get(dateKey(spot.wish))
    if (own) own.push(spot)
    else byDate.set(dateKey(spot.wish), [spot])
  }
  const met: Met[] = []
  for (const date of dates) {
    checkLength(date, around.timezone)
    const here = metBy(byDate.get(dateKey(date)) ?? [], date)
    for (const spot of here) check(book, spot)
    met.push(...here)
  }
  const spare = spots.flatMap((spot) => spot.spare?.record ?? [])
  return { met, book, spare: spare.sort((one, other) => one - other) }
}

/** One record for the group, or one for each own allocation that was met (one for a group among them). */
export function recordsOf(
  around: Surroundings,
  group: Uuid | null,
  met: readonly Met[],
): NewReservation[] {
  const groups = new Set<Uuid>()
  const whole = (target: Uuid): NewReservation[] => {
    if (groups.has(target)) return []
    groups.add(target)
    return [{ target, targetType: 'group', start: null, end: null, timezone: null }]
  }
  if (group) return whole(group)
  return met
    .filter((spot) => spot.master.resource === around.resource)
    .flatMap(({ master, inGroup, wish }): NewReservation[] =>
      inGroup
        ? whole(master.group)
        : [
            {
              target: master.group,
              targetType: 'allocation',
              ...rasterize(wish.start, wish.end, master.raster),
              timezone: master.timezone,
            },
          ],
    )
}

/** The address as it is kept. */
export function checkEmail(around: Surroundings, email: string): string {
  const stripped = email.trim()
  if (!around.isEmail(stripped)) throw new InvalidEmailAddress('Not an e-mail address.')
  return stripped
}

/** Checked and shaped, but not written. */
export type Prepared = Meetings &
  Readonly<{
    shared: SharedFacts
    records: readonly NewReservation[]
    /** Of the records in their order, where enough were drawn. */
    ids: readonly number[] | null
    /** Whether the token can have no other record. */
    isNew: boolean
    /** Statements sent when the last of this was read. */
    readAt: number | undefined
  }>

/** All checks and the event of a wish; what is written of it is for the caller. */
export async function prepare(
  around: Surroundings,
  email: string,
  wish: ReserveWish,
): Promise<Prepared> {
  require(hasDates(wish.dates) !==
    Boolean(wish.group), 'Either dates or a group, and not both, must be given.')
  const address = checkEmail(around, email)
  const quota = wish.quota ?? 1
  const group = wish.group ? plainUuid(wish.group) : null
  const { met, book, spare } = await meetings(
    around,
    { ...wish, group },
    (places, spot) => checkSpot(around, places, spot, quota, wish.evenIfTaken ?? false),
    true,
  )
  const sessionId = wish.sessionId ? plainUuid(wish.sessionId) : null
  const cart = sessionId ? await cartOf(around.tx(), sessionId) : []
  const readAt = await sentSoFar(around.tx())
  const first = wish.singleTokenPerSession ? cart[0] : undefined
  const shared = {
    token: wish.token ? plainUuid(wish.token) : (first?.token ?? around.newUuid()),
    type: around.models.reservation.type,
    resource: around.resource,
    data: around.dump(wish.data),
    email: address,
    sessionId,
    quota,
    created: around.now(),
  }
  const records = recordsOf(around, group, met)
  if (records.length === 0) throw new InvalidReservationError('Nothing to reserve at these dates.')
  const known = new Set(cart.map((row) => cartKey(row.target, row.start)))
  if (records.some((record) => known.has(cartKey(record.target, record.start)))) {
    throw new OverlappingReservationError('The session holds one with this start already.')
  }
  await announce(around, shared, records)
  if ([...address].length > LONGEST_EMAIL) throw new DataError('The e-mail address is too long.')
  const ids = spare.length >= records.length ? spare.slice(0, records.length) : null
  const isNew = wish.token === undefined && first === undefined
  return { shared, records, ids, isNew, met, book, spare, readAt }
}

const cartKey = (target: Uuid, start: Micros | null) => `${target} ${start}`

async function announce(
  around: Surroundings,
  shared: SharedFacts,
  records: readonly NewReservation[],
): Promise<void> {
  if (around.events.onReservationsMade.length === 0) return
  const made = records.map(
    (record) =>
      new around.models.reservation(
        { ...shared, ...record, id: 0, status: 'pending', modified: null },
        around,
      ),
  )
  await fire(around.events, 'onReservationsMade', around.context, made)
}

export async function reserve(
  around: Surroundings,
  email: string,
  wish: ReserveWish,
): Promise<Uuid> {
  const prepared = await prepare(around, email, wish)
  const { shared, isNew } = prepared
  const known = isNew ? await knownOf(around, prepared) : undefined
  const held = await insertReservationsLater(around.tx(), prepared)
  around.fresh = known && { prepared, known, held }
  return shared.token
}
