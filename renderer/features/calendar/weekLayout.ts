/**
 * Layout of the week: for every hall and day a strip to scale, the words below it and what is left free.
 *
 * Promises: pure and complete before anything is drawn; O(n log n) in the rows; every position is a share of the
 * visible hours of that very day (0 to 1), so a row can be drawn at any width without asking again.
 */

import type { Day, Instant, Span } from '../../../core/domain/time.ts'
import { HOUR_MS } from '../../../core/domain/time.ts'
import type {
  BlockedRow,
  BookedRow,
  CalendarRows,
  ResourceRow,
  Waits,
} from '../../../core/queries/rows.ts'
import type { DayFrame, HourWindow } from './days.ts'
import { clockOf, framesFrom, shareOf, visibleSpan, windowFor } from './days.ts'
import type { Density } from './density.ts'
import { GROUP_HEIGHT, weekMeasures } from './density.ts'
import type { HallRows } from './hallRows.ts'
import { byHall, byStart, holdsSpace, isOnlyNoted, isRequest } from './hallRows.ts'
import type { GroupEntry } from './halls.ts'
import { shownHalls } from './halls.ts'
import { type Hidden, isShown } from './layers.ts'
import type { Piece } from './openings.ts'
import { clipped, leftOver, merged, pieces } from './openings.ts'

export type ItemKind = 'booked' | 'request' | 'held' | 'blocked' | 'shared'

/** A piece of the strip, as shares of the visible hours. */
export type Bar = Readonly<{ kind: ItemKind; waits?: Waits; from: number; to: number }>
export type Share = Readonly<{ from: number; to: number }>

/** One thing of a cell in words. `token` null: a blocker, or a time that is only held. */
export type Line = Readonly<{
  key: string
  kind: ItemKind
  token: string | null
  start: Instant
  end: Instant
  /** `HH:MM`; `…` where it began the day before. */
  time: string
  title: string
  who: string
  number: number
  persons: number | null
  places: number
  /** Only noted, or about to go by what is noted. */
  waits?: Waits
}>

/** Most places taken at once that day, and what waits for a decision. */
export type Places = Readonly<{
  taken: number
  of: number
  waiting: number
  /** Only noted; those with a place are counted among the taken. */
  noted: number
}>

export type WeekCell = Readonly<{
  frame: DayFrame
  visible: Span
  open: readonly Share[]
  bars: readonly Bar[]
  lines: readonly Line[]
  /** How many lines are drawn; the others stand behind "+n". */
  shown: number
  /** Null where one booking takes the hall. */
  places: Places | null
  /** No room for words: a strip and a count. */
  isBrief: boolean
  /** Time that can still be booked. */
  left: readonly Span[]
}>

export type GroupRow = GroupEntry & Readonly<{ key: string; height: number }>
export type WeekHallRow = Readonly<{
  kind: 'hall'
  key: string
  hall: ResourceRow
  depth: number
  height: number
  /** Share of the week's open time that is taken, 0 to 1; null where nothing is open. */
  fill: number | null
  /** The most places of any day; 1 for a hall that is booked as one. */
  places: number
  rows: HallRows
  cells: readonly WeekCell[]
}>
export type WeekRow = GroupRow | WeekHallRow

export type WeekLayout = Readonly<{
  days: readonly DayFrame[]
  hours: HourWindow
  density: Density
  rows: readonly WeekRow[]
  halls: number
  /** True where at least one hall is open on one of the days. */
  anyOpen: boolean
}>

/** What is shown of the halls and days: all of it, and a week, unless said otherwise. */
export type Extent = Readonly<{ days?: number; halls?: readonly string[]; hidden?: Hidden }>

/** More days than a week have room for strips and counts, but not for words. */
const MOST_DAYS_WITH_WORDS = 7

/** `first` is the first of the days. */
export function layoutWeek(
  resources: readonly ResourceRow[],
  rows: CalendarRows,
  first: Day,
  zone: string,
  density: Density,
  extent: Extent = {},
): WeekLayout {
  const days = framesFrom(first, extent.days ?? 7, zone)
  const isBrief = days.length > MOST_DAYS_WITH_WORDS
  const hours = windowFor(days, spansOf(rows))
  const visible = days.map((day) => visibleSpan(day, hours))
  const entries = shownHalls(resources, extent.halls ?? [])
  const known = byHall(rows, entries)
  const measures = weekMeasures[density]
  const laid = entries.map((entry): WeekRow => {
    if (entry.kind === 'group') {
      return { ...entry, key: `group ${entry.name}`, height: GROUP_HEIGHT }
    }
    const own = known.get(entry.hall.id) as HallRows
    const cells = cellsOf(own, days, visible, isBrief ? 0 : measures.lines, extent.hidden ?? [])
    const most = Math.max(1, ...cells.map((cell) => (cell.places ? 1 : cell.shown)))
    return {
      kind: 'hall',
      key: entry.hall.id,
      hall: entry.hall,
      depth: entry.depth,
      height: measures.base + most * measures.line,
      fill: fillOf(cells.flatMap((cell) => pieces(own, cell.frame))),
      places: Math.max(1, ...own.free.map((free) => free.places)),
      rows: own,
      cells,
    }
  })
  return {
    days,
    hours,
    density,
    rows: laid,
    halls: laid.filter((row) => row.kind === 'hall').length,
    anyOpen: laid.some((row) => row.kind === 'hall' && row.rows.free.length > 0),
  }
}

export function* spansOf(rows: CalendarRows): Iterable<Span> {
  yield* rows.free
  yield* rows.booked
  yield* rows.blocked
}

function cellsOf(
  rows: HallRows,
  days: readonly DayFrame[],
  visible: readonly Span[],
  mostLines: number,
  hidden: Hidden,
): readonly WeekCell[] {
  const free = onDays(rows.free, days)
  const booked = onDays(rows.booked, days)
  const blocked = onDays(rows.blocked, days)
  const shared = onDays(rows.shared, days)
  return days.map((frame, index) => {
    const of: HallRows = {
      free: free[index] ?? [],
      booked: booked[index] ?? [],
      blocked: blocked[index] ?? [],
      shared: shared[index] ?? [],
    }
    return cellOf(of, frame, visible[index] as Span, mostLines, hidden)
  })
}

function cellOf(
  rows: HallRows,
  frame: DayFrame,
  visible: Span,
  mostLines: number,
  hidden: Hidden,
): WeekCell {
  const parts = pieces(rows, frame)
  const of = Math.max(1, ...rows.free.map((free) => free.places))
  const places =
    of > 1 ? { ...peak(parts), waiting: waitingIn(rows, hidden), noted: notedIn(rows) } : null
  const lines = linesOf(rows, frame).filter((line) => isShown(line, hidden))
  return {
    frame,
    visible,
    open: merged(rows.free).map((span) => share(span, visible)),
    bars: places ? [] : barsOf(rows, visible).filter((bar) => isShown(bar, hidden)),
    lines,
    shown: places ? 0 : Math.min(lines.length, mostLines),
    places,
    isBrief: mostLines === 0,
    left: leftOver(parts),
  }
}

function waitingIn(rows: HallRows, hidden: Hidden): number {
  return hidden.includes('requests') ? 0 : rows.booked.filter(isRequest).length
}

function notedIn(rows: HallRows): number {
  return rows.booked.filter(isOnlyNoted).length
}

function peak(parts: readonly Piece[]): Readonly<{ taken: number; of: number }> {
  let taken = 0
  let of = 0
  for (const part of parts) {
    taken = Math.max(taken, part.taken)
    of = Math.max(of, part.of)
  }
  return { taken, of }
}

function barsOf(rows: HallRows, visible: Span): readonly Bar[] {
  const bars: Bar[] = []
  const add = (kind: ItemKind, span: Span & Readonly<{ waits?: Waits }>) =>
    bars.push({ kind, ...waitsOf(span), ...share(span, visible) })
  // What lies later covers what lies earlier: the hall's own bookings are on top.
  for (const span of sharedOpen(rows)) add('shared', span)
  for (const row of rows.blocked) add('blocked', row)
  for (const row of rows.booked) if (!holdsSpace(row)) add(row.state, row)
  for (const row of rows.booked) if (holdsSpace(row)) add(row.state, row)
  return bars.filter((bar) => bar.to > bar.from)
}

/** Open time that is taken because another hall takes the space; elsewhere it would only be noise. */
export function sharedOpen(rows: HallRows): readonly Span[] {
  const open = merged(rows.free)
  return merged(rows.shared).flatMap((span) => clipped(open, span))
}

export function share(span: Span, visible: Span): Share {
  return { from: shareOf(visible, span.start), to: shareOf(visible, span.end) }
}

function linesOf(rows: HallRows, frame: DayFrame): readonly Line[] {
  const lines: Line[] = rows.booked.map((row) => lineOf(row, frame))
  for (const row of rows.blocked) lines.push(blockedLine(row, frame))
  return lines.sort(byStart)
}

export function blockedLine(row: BlockedRow, frame: DayFrame): Line {
  return {
    key: `blocked ${row.start}`,
    kind: 'blocked',
    token: null,
    start: row.start,
    end: row.end,
    time: timeIn(frame, row.start),
    title: row.reason,
    who: '',
    number: 0,
    persons: null,
    places: 0,
  }
}

export function lineOf(row: BookedRow, frame: DayFrame): Line {
  return {
    key: `${row.token} ${row.start}`,
    kind: row.state,
    token: row.state === 'held' ? null : row.token,
    start: row.start,
    end: row.end,
    time: timeIn(frame, row.start),
    title: row.title,
    who: row.who,
    number: row.number,
    persons: row.persons,
    places: row.places,
    ...waitsOf(row),
  }
}

function waitsOf({ waits }: Readonly<{ waits?: Waits }>): Readonly<{ waits?: Waits }> {
  return waits ? { waits } : {}
}

function timeIn(frame: DayFrame, start: Instant): string {
  return start < frame.start ? '…' : clockOf(frame, start)
}

/** The rows that touch each of the days, in their order; both lists are walked once. */
function onDays<R extends Span>(
  rows: readonly R[],
  days: readonly DayFrame[],
): readonly (readonly R[])[] {
  const lists: R[][] = days.map(() => [])
  let first = 0
  for (const row of rows) {
    // Sorted by start: a day that ended before this row began is over for all later rows.
    while (first < days.length && (days[first] as DayFrame).end <= row.start) first++
    for (let index = first; index < days.length; index++) {
      if ((days[index] as DayFrame).start >= row.end) break
      lists[index]?.push(row)
    }
  }
  return lists
}

/** Place-hours taken of place-hours open. */
export function fillOf(parts: readonly Piece[]): number | null {
  let open = 0
  let taken = 0
  for (const part of parts) {
    const hours = (part.end - part.start) / HOUR_MS
    open += hours * part.of
    taken += hours * part.taken
  }
  return open === 0 ? null : taken / open
}
