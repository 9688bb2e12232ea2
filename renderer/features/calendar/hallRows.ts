/**
 * What is known of each hall in the range on screen, sorted once, so that everything else walks forward only.
 *
 * Promises: O(n log n) over all rows; every list is sorted by start; `shared` holds the bookings of halls that
 * share space with this one (the whole gym for a third of it, the thirds for the whole), without those that the
 * core already lists for this hall itself.
 */
import type { Span } from '../../../core/domain/time.ts'
import type { BlockedRow, BookedRow, CalendarRows, FreeRow } from '../../../core/queries/rows.ts'
import type { Entry } from './halls.ts'

export type HallRows = Readonly<{
  free: readonly FreeRow[]
  booked: readonly BookedRow[]
  blocked: readonly BlockedRow[]
  shared: readonly BookedRow[]
}>

export const NO_ROWS: HallRows = { free: [], booked: [], blocked: [], shared: [] }

export function byHall(
  rows: CalendarRows,
  entries: readonly Entry[],
): ReadonlyMap<string, HallRows> {
  const free = sorted(rows.free)
  const booked = sorted(rows.booked)
  const blocked = sorted(rows.blocked)
  const result = new Map<string, HallRows>()
  for (const entry of entries) {
    if (entry.kind !== 'hall') continue
    const id = entry.hall.id
    const own = booked.get(id) ?? []
    result.set(id, {
      free: free.get(id) ?? [],
      booked: own,
      blocked: blocked.get(id) ?? [],
      shared: sharedRows(own, entry.sharing, booked),
    })
  }
  return result
}

function sharedRows(
  own: readonly BookedRow[],
  sharing: readonly string[],
  booked: ReadonlyMap<string, readonly BookedRow[]>,
): readonly BookedRow[] {
  const others = sharing.flatMap((id) => (booked.get(id) ?? []).filter(holdsSpace))
  if (others.length === 0) return others
  const known = new Set(own.map((row) => `${row.token} ${row.start}`))
  return others.filter((row) => !known.has(`${row.token} ${row.start}`)).sort(byStart)
}

/** A request waits for a decision and takes nothing from anybody. */
export function holdsSpace(row: BookedRow): boolean {
  return row.state === 'booked'
}

/** Waits for a decision; what is held waits for a caller, and what is only noted for the server. */
export function isRequest(row: BookedRow): boolean {
  return row.state === 'request' && !isOnlyNoted(row)
}

export function isOnlyNoted({ waits }: BookedRow): boolean {
  return waits === 'noted' || waits === 'doubtful'
}

export function byStart(one: Span, other: Span): number {
  return one.start - other.start || one.end - other.end
}

function sorted<R extends Span & Readonly<{ resource: string }>>(
  rows: readonly R[],
): ReadonlyMap<string, readonly R[]> {
  const lists = new Map<string, R[]>()
  for (const row of rows) {
    const list = lists.get(row.resource)
    if (list) list.push(row)
    else lists.set(row.resource, [row])
  }
  for (const list of lists.values()) list.sort(byStart)
  return lists
}
