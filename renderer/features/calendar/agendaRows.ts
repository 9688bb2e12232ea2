/**
 * Agenda rows: what is booked, asked for and closed, one after the other, under the day it begins on. Pure.
 *
 * Promises every date once, earliest first, and a heading for each day that has any.
 */
import type { Day } from '../../../core/domain/time.ts'
import { dayOf } from '../../../core/domain/time.ts'
import type { CalendarRows, ResourceRow } from '../../../core/queries/rows.ts'
import { dayFrame } from './days.ts'
import { type Hidden, isShown } from './layers.ts'
import { blockedLine, type Line, lineOf } from './weekLayout.ts'

export type AgendaItem =
  | Readonly<{ kind: 'day'; key: string; day: Day; count: number }>
  | Readonly<{ kind: 'line'; key: string; day: Day; line: Line; hall: ResourceRow }>

export function agendaOf(
  rows: CalendarRows,
  halls: readonly ResourceRow[],
  zone: string,
  hidden: Hidden = [],
): readonly AgendaItem[] {
  const byId = new Map(halls.map((hall) => [hall.id, hall]))
  const lines: Extract<AgendaItem, { kind: 'line' }>[] = []
  const add = (hall: ResourceRow, start: number, of: (day: Day) => Line) => {
    const day = dayOf(start, zone)
    const line = of(day)
    if (!isShown(line, hidden)) return
    lines.push({ kind: 'line', key: `${line.key} ${hall.id}`, day, line, hall })
  }
  for (const row of rows.booked) {
    const hall = byId.get(row.resource)
    if (hall) add(hall, row.start, (day) => lineOf(row, dayFrame(day, zone)))
  }
  for (const row of rows.blocked) {
    const hall = byId.get(row.resource)
    if (hall) add(hall, row.start, (day) => blockedLine(row, dayFrame(day, zone)))
  }
  lines.sort(
    (one, other) =>
      one.line.start - other.line.start ||
      one.hall.position - other.hall.position ||
      (one.key < other.key ? -1 : 1),
  )
  const items: AgendaItem[] = []
  for (let from = 0; from < lines.length; ) {
    const { day } = lines[from] as (typeof lines)[number]
    let until = from
    while (lines[until]?.day === day) until++
    items.push({ kind: 'day', key: day, day, count: until - from }, ...lines.slice(from, until))
    from = until
  }
  return items
}
