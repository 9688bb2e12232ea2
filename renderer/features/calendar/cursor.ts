/**
 * Cursor: where the keyboard is in the grid, and where each key leads.
 *
 * Promises: pure; the cursor never leaves the halls (headings are skipped) nor the visible hours; what a key does
 * not mean is null, so that the browser keeps its own keys. Steps are those of the hall's availability.
 */

import type { Instant, Span } from '../../../core/domain/time.ts'
import { MINUTE_MS } from '../../../core/domain/time.ts'
import type { DayHallRow, DayLayout } from './dayLayout.ts'
import { snapped, stepAt, stepStart } from './fit.ts'
import { type Notable, notableFrom, notableOn } from './notable.ts'
import type { WeekCell, WeekHallRow, WeekLayout } from './weekLayout.ts'

/** Column -1 is the hall's name. `bar` counts the stops of `Tab` inside the cell or row. */
export type WeekCursor = Readonly<{
  row: number
  column: number
  bar: number | null
  /** The column to which `Shift` and an arrow have led, null without them. */
  to: number | null
}>
/** `to` is where `Shift` and an arrow have led, null without them. */
export type DayCursor = Readonly<{
  row: number
  head: boolean
  at: Instant
  to: Instant | null
  bar: number | null
}>

export type Key = Readonly<{ key: string; shift: boolean; ctrl: boolean }>

/** `turn`: the cursor goes on in the next (+1) or previous (-1) week. */
export type Move<C> = Readonly<{ cursor: C; turn?: 1 | -1 }>

type Rows = WeekLayout['rows'] | DayLayout['rows']

export function nextHall(rows: Rows, from: number, direction: 1 | -1): number {
  for (let at = from + direction; at >= 0 && at < rows.length; at += direction) {
    if (rows[at]?.kind === 'hall') return at
  }
  return from
}

export function firstHall(rows: Rows): number {
  return nextHall(rows, -1, 1)
}

export function lastHall(rows: Rows): number {
  return nextHall(rows, rows.length, -1)
}

/** The hall nearest to an index that may be a heading or gone. */
export function hallNear(rows: Rows, index: number): number {
  const at = Math.min(Math.max(0, index), rows.length - 1)
  if (rows[at]?.kind === 'hall') return at
  const below = nextHall(rows, at, 1)
  return below === at ? nextHall(rows, at, -1) : below
}

/** How often `Tab` stops in a cell: each line, then "+n" or the count of places. */
export function stopsOf(cell: WeekCell): number {
  if (cell.isBrief) return cell.lines.length > 0 ? 1 : 0
  if (cell.places) return 1
  return cell.shown + (cell.lines.length > cell.shown ? 1 : 0)
}

export function moveInWeek(
  layout: WeekLayout,
  cursor: WeekCursor,
  { key, shift, ctrl }: Key,
): Move<WeekCursor> | null {
  const to = (change: Partial<WeekCursor>, turn?: 1 | -1): Move<WeekCursor> => ({
    cursor: { ...cursor, bar: null, to: null, ...change },
    ...(turn ? { turn } : {}),
  })
  const last = layout.days.length - 1
  if (shift && cursor.column >= 0 && (key === 'ArrowRight' || key === 'ArrowLeft')) {
    const next = (cursor.to ?? cursor.column) + (key === 'ArrowRight' ? 1 : -1)
    return to({ to: Math.min(last, Math.max(0, next)) })
  }
  switch (key) {
    case 'ArrowDown':
      return to({ row: nextHall(layout.rows, cursor.row, 1) })
    case 'ArrowUp':
      return to({ row: nextHall(layout.rows, cursor.row, -1) })
    case 'ArrowRight':
      return cursor.column === last ? to({ column: 0 }, 1) : to({ column: cursor.column + 1 })
    case 'ArrowLeft':
      return to({ column: Math.max(-1, cursor.column - 1) })
    case 'Home':
      return to(ctrl ? { row: firstHall(layout.rows), column: 0 } : { column: 0 })
    case 'End':
      return to(ctrl ? { row: lastHall(layout.rows), column: last } : { column: last })
    case 'PageDown':
      return to({}, 1)
    case 'PageUp':
      return to({}, -1)
    case 'Tab': {
      const row = layout.rows[cursor.row]
      const cell = row?.kind === 'hall' ? row.cells[cursor.column] : undefined
      return cycled(cursor, cell ? stopsOf(cell) : 0, shift)
    }
    case 'Escape':
      return cursor.bar === null && cursor.to === null ? null : to({})
    default:
      return null
  }
}

export function moveInDay(
  layout: DayLayout,
  cursor: DayCursor,
  { key, shift, ctrl }: Key,
): Move<DayCursor> | null {
  const row = layout.rows[cursor.row]
  if (row?.kind !== 'hall') return null
  const to = (change: Partial<DayCursor>, turn?: 1 | -1): Move<DayCursor> => ({
    cursor: { ...cursor, bar: null, to: null, ...change },
    ...(turn ? { turn } : {}),
  })
  const inside = (at: Instant) =>
    Math.min(Math.max(layout.visible.start, at), layout.visible.end - 5 * MINUTE_MS)
  switch (key) {
    case 'ArrowRight':
      if (cursor.head) return to({ head: false })
      if (shift) {
        const from = cursor.to ?? cursor.at
        return to({ to: stepStart(row.rows, inside(from + stepAt(row.rows, from))) })
      }
      return to({ at: stepStart(row.rows, inside(cursor.at + stepAt(row.rows, cursor.at))) })
    case 'ArrowLeft': {
      if (cursor.head) return to({})
      const from = shift ? (cursor.to ?? cursor.at) : cursor.at
      const before = inside(stepStart(row.rows, inside(from - 1)))
      if (shift) return to({ to: before })
      return from <= layout.visible.start ? to({ head: true }) : to({ at: before })
    }
    case 'ArrowDown':
    case 'ArrowUp':
      return to({ row: nextHall(layout.rows, cursor.row, key === 'ArrowDown' ? 1 : -1) })
    case 'Home':
      return to({
        head: false,
        at: layout.visible.start,
        ...(ctrl ? { row: firstHall(layout.rows) } : {}),
      })
    case 'End':
      return to({
        head: false,
        at: stepStart(row.rows, layout.visible.end - 1),
        ...(ctrl ? { row: lastHall(layout.rows) } : {}),
      })
    case 'PageDown':
      return to({}, 1)
    case 'PageUp':
      return to({}, -1)
    case 'Tab':
      return cycled(cursor, row.chips.length, shift)
    case 'Escape':
      return cursor.bar === null && cursor.to === null ? null : to({})
    default:
      return null
  }
}

/**
 * Where the next gap or conflict is: further on in the hall, then in the halls below; back the other way round. Null
 * where there is none in sight.
 */
export function toNotable(
  layout: WeekLayout | DayLayout,
  from: WeekCursor | DayCursor,
  step: 1 | -1,
): Readonly<{ cursor: WeekCursor | DayCursor; hall: string; at: Notable }> | null {
  for (let row = from.row; ; row = nextHall(layout.rows, row, step)) {
    const hall = layout.rows[row]
    if (hall?.kind === 'hall') {
      const found =
        'cells' in hall
          ? inCells(hall, row, 'column' in from && row === from.row ? from.column : null, step)
          : inDay(
              layout as DayLayout,
              hall,
              row,
              'at' in from && row === from.row ? from : null,
              step,
            )
      if (found) return { ...found, hall: hall.hall.name }
    }
    if (nextHall(layout.rows, row, step) === row) return null
  }
}

function inCells(hall: WeekHallRow, row: number, from: number | null, step: 1 | -1) {
  const last = hall.cells.length - 1
  const first = from === null ? (step > 0 ? 0 : last) : from + step
  for (let column = first; 0 <= column && column <= last; column += step) {
    const cell = hall.cells[column]
    const [at] = cell ? notableOn(hall.rows, cell.frame) : []
    if (at) return { cursor: { row, column, bar: null, to: null }, at }
  }
  return null
}

/** A gap is covered whole, so that Enter books it. */
function inDay(
  layout: DayLayout,
  hall: DayHallRow,
  row: number,
  from: DayCursor | null,
  step: 1 | -1,
) {
  const all = notableOn(hall.rows, layout.frame)
  const at = from ? notableFrom(all, from.at, step) : step > 0 ? all[0] : all.at(-1)
  if (!at) return null
  const to = at.kind === 'gap' ? stepStart(hall.rows, at.end - 1) : null
  return { cursor: { row, head: false, at: at.start, to, bar: null }, at }
}

/** Through the stops one after the other; after the last one `Tab` leaves the grid as everywhere else. */
function cycled<C extends Readonly<{ bar: number | null }>>(
  cursor: C,
  stops: number,
  back: boolean,
): Move<C> | null {
  if (back) {
    if (cursor.bar === null) return null
    return { cursor: { ...cursor, bar: cursor.bar === 0 ? null : cursor.bar - 1 } }
  }
  const next = cursor.bar === null ? 0 : cursor.bar + 1
  return next < stops ? { cursor: { ...cursor, bar: next } } : null
}

/** The columns that the week's cursor stands for: its own, or all that `Shift` has covered. */
export function columnsAt({ column, to }: WeekCursor): Readonly<{ first: number; last: number }> {
  return { first: Math.min(column, to ?? column), last: Math.max(column, to ?? column) }
}

/** The time that the day's cursor stands for: its step, or all that `Shift` has covered. */
export function spanAt(row: DayHallRow, cursor: DayCursor): Span {
  return snapped(row.rows, cursor.at, cursor.to ?? cursor.at)
}
