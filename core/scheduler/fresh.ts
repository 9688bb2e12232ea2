/**
 * Fresh: a wish that was just read and checked. Approving it at once needs no second look: what it takes follows from
 * what was read, as long as nothing was sent since. Its records are then written approved, with their slots, in one
 * statement (`3-reservations.md` 8, 9).
 */
import { type HeldWrite, sentSoFar } from '../store/later.ts'
import type { NewReservation, ReservationRow } from '../store/reservations.ts'
import { announceApproved, approveOne, type Dated, Harvest } from './approve.ts'
import { LibresError } from './errors.ts'
import type { Met, Prepared } from './reserve.ts'
import type { ReservedSlot } from './slot.ts'
import type { Surroundings } from './surroundings.ts'

/** A record and the dates it takes, as they were read for the wish. */
type Known = Readonly<{ record: NewReservation; id: number; dated: Dated }>

/** A wish whose records are held back until the next statement. */
export type Fresh = Readonly<{ prepared: Prepared; known: readonly Known[]; held: HeldWrite }>

/**
 * The records with what was read for them. Undefined where they reach further than that (steps that widen them,
 * groups), where they have no ids yet, or where a handler has sent something since.
 */
export async function knownOf(
  around: Surroundings,
  { records, ids, met, readAt }: Prepared,
): Promise<Known[] | undefined> {
  const own = met.filter((spot) => spot.master.resource === around.resource)
  if (!ids || readAt === undefined || own.length !== records.length) return undefined
  const known: Known[] = []
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
    known.push({ record, id: ids[index] as number, dated: { date, spots } })
  }
  return (await sentSoFar(around.tx())) === readAt ? known : undefined
}

/** Writes the records approved. `written`: called when nothing stands in the way any more. */
export async function approveKnown(
  around: Surroundings,
  { shared, records, ids, book }: Prepared,
  known: readonly Known[],
  written: () => void = () => {},
): Promise<ReservedSlot[]> {
  const harvest = new Harvest(book)
  const rows = known.map(({ record, id, dated }): ReservationRow => {
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
  written()
  const slots = await harvest.write(around, 'reservation', { records: { shared, records, ids } })
  await announceApproved(around, rows)
  return slots
}
