/**
 * Layout of the month: for every day what all halls, or one, have then.
 *
 * Promises: pure; made from the cells of the timeline, so that a month never says something else than a week. A hall
 * with places is one entry that counts, not one for each child.
 */
import type { ResourceRow } from '../../../core/queries/rows.ts'
import type { DayFrame } from './days.ts'
import type { Line, Places, WeekCell, WeekHallRow, WeekLayout } from './weekLayout.ts'

/** One line of a day: a booking, or the count of a hall with places. */
export type MonthEntry = Line &
  Readonly<{
    hall: ResourceRow
    /** Null where the line is one booking. */
    places: number
    counted: Places | null
  }>

export type MonthCell = Readonly<{
  frame: DayFrame
  /** False for the days of the month before and after. */
  isInMonth: boolean
  entries: readonly MonthEntry[]
  /** How many of them are drawn; the others stand behind "+n". */
  shown: number
  /** Everything that day, for the list behind "+n". */
  all: readonly MonthEntry[]
  /** Of the one hall that is shown: its strip and its free time. */
  own: Readonly<{ row: WeekHallRow; cell: WeekCell }> | null
}>

export type MonthLayout = Readonly<{ weeks: readonly (readonly MonthCell[])[]; anyOpen: boolean }>

/** As many as can be read in a day of a month. */
export const MOST_ENTRIES = 4

/** `layout` has whole weeks; `month` is `YYYY-MM`. */
export function layoutMonth(layout: WeekLayout, month: string): MonthLayout {
  const halls = layout.rows.filter((row): row is WeekHallRow => row.kind === 'hall')
  const only = halls.length === 1 ? halls[0] : undefined
  const cells = layout.days.map((frame, column): MonthCell => {
    const all: MonthEntry[] = []
    const entries: MonthEntry[] = []
    for (const row of halls) {
      const cell = row.cells[column]
      if (!cell) continue
      const lines = cell.lines.map((line) => ({ ...line, hall: row.hall, counted: null }))
      all.push(...lines)
      const waiting = lines.filter((line) => line.kind !== 'booked')
      if (cell.places && lines.length > 0) entries.push(countOf(row, cell, cell.places), ...waiting)
      else entries.push(...lines)
    }
    const cell = only?.cells[column]
    return {
      frame,
      isInMonth: frame.day.startsWith(month),
      entries: entries.sort(byTime),
      // One line for "+n" where not all of them fit.
      shown: entries.length > MOST_ENTRIES ? MOST_ENTRIES - 1 : entries.length,
      all: all.sort(byTime),
      own: only && cell ? { row: only, cell } : null,
    }
  })
  const weeks = Array.from({ length: cells.length / 7 }, (_, week) =>
    cells.slice(week * 7, week * 7 + 7),
  )
  return { weeks, anyOpen: layout.anyOpen }
}

function countOf({ hall }: WeekHallRow, { frame, lines }: WeekCell, counted: Places): MonthEntry {
  return {
    key: `places ${hall.id}`,
    kind: 'booked',
    token: null,
    start: Math.min(...lines.map((line) => line.start)),
    end: frame.end,
    time: '',
    title: '',
    who: '',
    number: 0,
    persons: null,
    places: counted.taken,
    counted,
    hall,
  }
}

function byTime(one: MonthEntry, other: MonthEntry): number {
  return one.start - other.start || one.hall.position - other.hall.position || one.end - other.end
}

/** Where a key leads from a day: so many days on, or null where it means nothing here. */
export function daysFor(key: string, weekday: number): number | null {
  const days: Readonly<Record<string, number>> = {
    ArrowRight: 1,
    ArrowLeft: -1,
    ArrowDown: 7,
    ArrowUp: -7,
    Home: 1 - weekday,
    End: 7 - weekday,
  }
  return days[key] ?? null
}

/** How often `Tab` stops in a day: each entry, then "+n". */
export function stopsOf({ entries, shown }: MonthCell): number {
  return shown + (entries.length > shown ? 1 : 0)
}
