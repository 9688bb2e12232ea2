/**
 * Pointed at: what stands under the mouse, found by the data attributes of the rows, so that a week needs one
 * listener and not a thousand.
 */
import type { DayHallRow } from './dayLayout.ts'
import type { Shown } from './marks.ts'
import type { Line, WeekCell, WeekHallRow } from './weekLayout.ts'

export type PointedAt = Readonly<{
  index: number
  row: WeekHallRow | DayHallRow
  /** Of the week; -1 in the day and on a hall's name. */
  column: number
  cell: WeekCell | undefined
  line: Line | undefined
  /** The element of the line or chip. */
  box: HTMLElement | null
  /** The element of the cell; null in the day. */
  cellBox: HTMLElement | null
}>

export function pointedAt(rows: Shown['layout']['rows'], target: EventTarget): PointedAt | null {
  const element = target as HTMLElement
  const index = Number(element.closest<HTMLElement>('[data-row]')?.dataset.row ?? -1)
  const row = rows[index]
  if (row?.kind !== 'hall') return null
  const box = element.closest<HTMLElement>('[data-line]')
  const at = box ? Number(box.dataset.line) : -1
  if ('cells' in row) {
    const cellBox = element.closest<HTMLElement>('[data-column]')
    const column = Number(cellBox?.dataset.column ?? -1)
    const cell = row.cells[column]
    return { index, row, column, cell, line: cell?.lines[at], box, cellBox }
  }
  return { index, row, column: -1, cell: undefined, line: row.chips[at], box, cellBox: null }
}
