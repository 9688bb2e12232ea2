/**
 * Held: what is kept for callers, as the calendar says it. Pure.
 *
 * A hold ends by the clock and not by a change of the database, so whoever draws it leaves out what is over.
 */
import type { BookedRow, CalendarRows } from '../../../core/queries/rows.ts'

/** The rows with holds that are alive, named by whoever keeps them; the very rows where there is none. */
export function withHolds(
  rows: CalendarRows,
  now: number,
  say: (held: BookedRow) => string,
): CalendarRows {
  if (!rows.booked.some((row) => row.state === 'held')) return rows
  const booked = rows.booked
    .filter((row) => row.state !== 'held' || (row.held?.until ?? 0) > now)
    .map((row) => (row.state === 'held' ? { ...row, title: say(row) } : row))
  return { ...rows, booked }
}
