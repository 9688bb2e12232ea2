/**
 * Reserving and approving in one breath, for whoever may decide at once: the desk on the telephone.
 *
 * It writes exactly the rows that `reserve` and then `approve` write, and fires the same events in the same order,
 * but reads only once what both have to know. Where the records reach further than the wish that was read (steps
 * that widen it, groups), it approves by reading again.
 */
import {
  insertReservations,
  type NewReservation,
  type ReservationRow,
} from '../store/reservations.ts'
import { announceApproved, approve, approveOne, type Dated, Harvest } from './approve.ts'
import { LibresError } from './errors.ts'
import { type Met, type Prepared, prepare, type ReserveWish } from './reserve.ts'
import type { ReservedSlot } from './slot.ts'
import type { Surroundings } from './surroundings.ts'

/** A record and the dates it takes, as they were read for the wish. */
type Known = Readonly<{ record: NewReservation; dated: Dated }>

/** The records with what was read for them, or undefined where they reach further than that. */
function known(around: Surroundings, { records, met }: Prepared): Known[] | undefined {
  const own = met.filter((spot) => spot.master.resource === around.resource)
  if (own.length !== records.length) return undefined
  const pairs: Known[] = []
  for (const [index, record] of records.entries()) {
    const { wish } = own[index] as Met
    const { start, end } = record
    if (start !== wish.start || end !== wish.end - 1) return undefined
    const date = { start, end }
    const spots = met.filter(
      ({ wish: of, master }) =>
        of.start === wish.start &&
        of.end === wish.end &&
        master.start <= end &&
        start <= master.end &&
        (master.resource !== around.resource || master.group === record.target),
    )
    pairs.push({ record, dated: { date, spots } })
  }
  return pairs
}

export async function reserveApproved(
  around: Surroundings,
  email: string,
  wish: ReserveWish,
): Promise<ReservedSlot[]> {
  const prepared = await prepare(around, email, wish)
  const { shared, records, book } = prepared
  const pairs = known(around, prepared)
  const ids = await insertReservations(around.tx(), shared, records)
  if (!pairs) return approve(around, shared.token, { ids, announced: true })
  const harvest = new Harvest()
  const rows = pairs.map(({ record, dated }, index): ReservationRow => {
    const id = ids[index] as number
    const row: ReservationRow = { ...shared, ...record, id, status: 'pending', modified: null }
    try {
      approveOne(around, book, harvest, row, [dated])
    } catch (error) {
      if (error instanceof LibresError)
        error.reservation = new around.models.reservation(row, around)
      throw error
    }
    return row
  })
  const slots = await harvest.write(around, 'reservation', ids)
  await announceApproved(around, rows)
  return slots
}
