/**
 * In part: rows of a calendar in which only some halls have changed, brought up to date without reading all halls.
 *
 * Promises what the whole question would answer: a row belongs to one hall and says nothing about another.
 */
import type { BookedRow, CalendarRows } from '../../core/queries/rows.ts'

/** `rows` with those of `halls` replaced by `fresh`, in the order of the core: by hall and start. */
export function inPart(
  rows: CalendarRows,
  fresh: CalendarRows,
  halls: readonly string[],
): CalendarRows {
  const gone = new Set(halls)
  return {
    free: joined(rows.free, fresh.free, gone),
    booked: joined(rows.booked, fresh.booked, gone),
    blocked: joined(rows.blocked, fresh.blocked, gone),
  }
}

/** `rows` with bookings that are not among them yet. */
export function withBooked(rows: CalendarRows, fresh: readonly BookedRow[]): CalendarRows {
  const known = new Set(rows.booked.map(nameOf))
  const missing = fresh.filter((row) => !known.has(nameOf(row)))
  return missing.length === 0 ? rows : { ...rows, booked: joined(rows.booked, missing, new Set()) }
}

function nameOf({ token, resource, start }: BookedRow): string {
  return `${token} ${resource} ${start}`
}

type Placed = Readonly<{ resource: string; start: number }>

function joined<R extends Placed>(
  rows: readonly R[],
  fresh: readonly R[],
  gone: ReadonlySet<string>,
): readonly R[] {
  const all = [...rows.filter((row) => !gone.has(row.resource)), ...fresh]
  return all.sort((one, other) =>
    one.resource === other.resource
      ? one.start - other.start
      : one.resource < other.resource
        ? -1
        : 1,
  )
}
