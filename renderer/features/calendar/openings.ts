/**
 * Openings: which part of a hall's time is reservable, how full it is and what is left of it.
 *
 * Promises: spans come sorted, merged and clipped to the asked span; a place counts as taken by bookings of the
 * hall, by blockers and by bookings that share its space, never by requests.
 */
import type { Instant, Span } from '../../../core/domain/time.ts'
import type { FreeRow } from '../../../core/queries/rows.ts'
import type { HallRows } from './hallRows.ts'

/** A piece of open time in which the number of taken places does not change. */
export type Piece = Readonly<{
  start: Instant
  end: Instant
  taken: number
  of: number
  blocked: boolean
}>

/** Sorted spans with touching and overlapping ones made one. */
export function merged(spans: readonly Span[]): readonly Span[] {
  const result: { start: Instant; end: Instant }[] = []
  for (const span of spans) {
    const last = result[result.length - 1]
    if (last && span.start <= last.end) last.end = Math.max(last.end, span.end)
    else result.push({ start: span.start, end: span.end })
  }
  return result
}

export function clipped(spans: readonly Span[], within: Span): readonly Span[] {
  const result: Span[] = []
  for (const span of spans) {
    if (span.start >= within.end) break
    if (span.end <= within.start) continue
    result.push({
      start: Math.max(span.start, within.start),
      end: Math.min(span.end, within.end),
    })
  }
  return result
}

export function openSpans(rows: HallRows, within: Span): readonly Span[] {
  return merged(clipped(rows.free, within))
}

/** The open time within a span, cut wherever the number of taken places changes. */
export function pieces(rows: HallRows, within: Span): readonly Piece[] {
  const result: Piece[] = []
  for (const free of rows.free) {
    if (free.start >= within.end) break
    if (free.end <= within.start) continue
    appendPieces(result, rows, free, within)
  }
  return result
}

function appendPieces(result: Piece[], rows: HallRows, free: FreeRow, within: Span): void {
  const start = Math.max(free.start, within.start)
  const end = Math.min(free.end, within.end)
  const changes: { at: Instant; places: number; blocks: number }[] = []
  const take = (span: Span, places: number, blocks: number) => {
    if (span.end <= start || end <= span.start) return
    changes.push({ at: Math.max(span.start, start), places, blocks })
    changes.push({ at: Math.min(span.end, end), places: -places, blocks: -blocks })
  }
  for (const row of rows.booked) if (row.state === 'booked') take(row, row.places, 0)
  for (const row of rows.shared) take(row, free.places, 0)
  for (const row of rows.blocked) take(row, free.places, 1)
  changes.sort((one, other) => one.at - other.at)
  let at = start
  let taken = 0
  let blocks = 0
  for (const change of changes) {
    if (change.at > at) {
      result.push(piece(at, change.at, taken, free.places, blocks))
      at = change.at
    }
    taken += change.places
    blocks += change.blocks
  }
  if (end > at) result.push(piece(at, end, taken, free.places, blocks))
}

function piece(start: Instant, end: Instant, taken: number, of: number, blocks: number): Piece {
  return { start, end, taken: Math.min(taken, of), of, blocked: blocks > 0 }
}

/** The open time in which at least `places` places are left. */
export function leftOver(all: readonly Piece[], places = 1): readonly Span[] {
  return merged(all.filter((each) => each.of - each.taken >= places))
}
