/**
 * Approving: pending records take their slots (`3-reservations.md` 9). Two statements, whatever the number of
 * records, dates, places and steps; one where they were reserved by the statement before.
 */
import { countFree, countFreeByMirrors, findSpot, type Place } from '../domain/places.ts'
import type { Stretch } from '../domain/raster.ts'
import { allSlots, overlapsAllocation } from '../domain/slots.ts'
import type { Uuid } from '../domain/time.ts'
import type { AllocationRow } from '../store/allocations.ts'
import type { NewRecords, ReservationRow } from '../store/reservations.ts'
import type { SourceType } from '../store/slots.ts'
import { type Approval, type Spot, spotsOfToken } from '../store/spots.ts'
import { type NewPlace, type NewSlot, takeSlots } from '../store/taking.ts'
import { LibresError, NotReservableError } from './errors.ts'
import { fire } from './events.ts'
import { approveKnown } from './fresh.ts'
import { ReservedSlot } from './slot.ts'
import type { Surroundings } from './surroundings.ts'
import { alreadyReserved, PlaceBook } from './wanted.ts'

/** What is written with the slots. */
type Holders = Readonly<{
  /** Records that are there and become approved. */
  approved?: readonly number[]
  /** Records that are written now, approved. */
  records?: NewRecords
}>

/** Slots and places that are to be written, noted in the book as taken at once. */
export class Harvest {
  readonly slots: NewSlot[] = []
  readonly #book: PlaceBook
  readonly #places = new Map<Place, NewPlace>()

  constructor(book: PlaceBook) {
    this.#book = book
  }

  take(
    master: AllocationRow,
    place: Place,
    range: Stretch,
    holder: Readonly<{ token: Uuid; id: number }>,
  ): number {
    const taken = allSlots(master, range.start, range.end)
    const allocationId = place.id ?? this.#newPlace(master, place).id
    for (const { start, end } of taken) {
      place.taken.add(start)
      this.slots.push({
        resource: place.resource,
        allocationId,
        allocationStart: master.start,
        start,
        end,
        token: holder.token,
        sourceId: holder.id,
      })
    }
    return taken.length
  }

  /** A mirror that gets a row, with an id of its own where one was drawn. */
  #newPlace(master: AllocationRow, place: Place): NewPlace {
    const known = this.#places.get(place)
    if (known) return known
    const made = { id: this.#book.spareId(master), masterId: master.id, resource: place.resource }
    this.#places.set(place, made)
    return made
  }

  async write(
    around: Surroundings,
    sourceType: SourceType,
    holders: Holders = {},
  ): Promise<ReservedSlot[]> {
    if (this.slots.length === 0) return []
    const made = await takeSlots(around.tx(), {
      sourceType,
      slots: this.slots,
      places: [...this.#places.values()],
      approved: holders.approved ?? [],
      records: holders.records ?? null,
      now: around.now(),
    })
    const ids = new Map(made.map((row) => [`${row.resource} ${row.start}`, row.id]))
    return this.slots.map(
      (slot) =>
        new ReservedSlot({
          ...slot,
          sourceType,
          allocationId:
            slot.allocationId ?? (ids.get(`${slot.resource} ${slot.allocationStart}`) as number),
        }),
    )
  }
}

export type Dated = Readonly<{
  date: Stretch
  spots: readonly (Spot & { readonly master: AllocationRow })[]
}>

/** The dates of one record in order, each with the masters in its range. */
function datedOf(approvals: readonly Approval[]): Dated[] {
  const dates = new Map<string, { date: Stretch; spots: (Spot & { master: AllocationRow })[] }>()
  for (const { spot } of approvals) {
    if (!spot) continue
    const key = `${spot.wish.start} ${spot.wish.end}`
    const dated = dates.get(key) ?? { date: spot.wish, spots: [] }
    dates.set(key, dated)
    if (spot.master) dated.spots.push({ ...spot, master: spot.master })
  }
  return [...dates.values()]
}

/** Takes the slots of one record, or throws; the status it has is not looked at, as in libres. */
export function approveOne(
  around: Surroundings,
  book: PlaceBook,
  harvest: Harvest,
  reservation: ReservationRow,
  dates: readonly Dated[],
): void {
  for (const { spots } of dates) {
    for (const spot of spots) {
      if (spot.master.resource === around.resource) continue
      const { start, end } = spot.wish
      const places = book.placesOf(spot.master)
      // Mirrors of blocking resources are asked as well, as if each were a master.
      const free = Math.min(
        countFree(spot.master, places, start, end),
        countFreeByMirrors(spot.master, places, start, end) ?? Number.POSITIVE_INFINITY,
      )
      if (free < reservation.quota) throw alreadyReserved(spot, places, reservation.quota)
    }
  }
  let written = 0
  for (let place = 0; place < reservation.quota; place++) {
    for (const { date, spots } of dates) {
      for (const spot of spots) {
        if (spot.master.resource !== around.resource) continue
        if (!overlapsAllocation(spot.master, date.start, date.end)) continue
        const places = book.placesOf(spot.master)
        const free = findSpot(spot.master, places, date.start, date.end)
        if (!free) throw alreadyReserved(spot, places, reservation.quota)
        written += harvest.take(spot.master, free, date, reservation)
      }
    }
  }
  if (written === 0) throw new NotReservableError('No allocation is left at these dates.')
}

function byRecord(approvals: readonly Approval[]): Map<number, Approval[]> {
  const records = new Map<number, Approval[]>()
  for (const approval of approvals) {
    const own = records.get(approval.reservation.id)
    if (own) own.push(approval)
    else records.set(approval.reservation.id, [approval])
  }
  return records
}

/** The slots written. `announced`: whether the event fires (not where a change of times approves again). */
export async function approve(
  around: Surroundings,
  token: Uuid,
  options: Readonly<{ ids?: readonly number[]; announced: boolean }>,
): Promise<ReservedSlot[]> {
  const { fresh } = around
  around.fresh = undefined
  const { ids } = options
  if (fresh && !ids && fresh.prepared.shared.token === token && fresh.held.isHeld()) {
    return approveKnown(around, fresh.prepared, fresh.known, () => fresh.held.takeBack())
  }
  const found = await spotsOfToken(around.tx(), around.visibleResources, token)
  const approvals = ids ? found.filter(({ reservation }) => ids.includes(reservation.id)) : found
  const book = new PlaceBook(
    around,
    approvals.flatMap(({ spot }) => spot ?? []),
  )
  const harvest = new Harvest(book)
  const records = byRecord(approvals)
  for (const own of records.values()) {
    const { reservation } = own[0] as Approval
    try {
      approveOne(around, book, harvest, reservation, datedOf(own))
    } catch (error) {
      if (error instanceof LibresError) {
        error.reservation = new around.models.reservation(reservation, around)
      }
      throw error
    }
  }
  const slots = await harvest.write(around, 'reservation', { approved: [...records.keys()] })
  if (options.announced) {
    await announceApproved(
      around,
      [...records.values()].map(([first]) => (first as Approval).reservation),
    )
  }
  return slots
}

/** The event of an approval, with the records as they are now. */
export async function announceApproved(
  around: Surroundings,
  records: readonly ReservationRow[],
): Promise<void> {
  const now = around.now()
  const approved = records.map((reservation) => {
    const modified = reservation.status === 'approved' ? reservation.modified : now
    return new around.models.reservation({ ...reservation, status: 'approved', modified }, around)
  })
  await fire(around.events, 'onReservationsApproved', around.context, approved)
}
