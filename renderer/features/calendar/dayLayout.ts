/**
 * Layout of the day to scale: for every hall the open time, its bookings as chips in lanes, and for halls with
 * places how many are taken when.
 *
 * Promises: pure and complete before anything is drawn; O(n log n); positions are shares of the visible hours of
 * this day, which has 23, 24 or 25 of them.
 */
import type { Day, Span } from '../../../core/domain/time.ts'
import type { CalendarRows, ResourceRow } from '../../../core/queries/rows.ts'
import type { DayFrame, HourMark, HourWindow } from './days.ts'
import { clockOf, dayFrame, visibleHours, visibleSpan, windowFor } from './days.ts'
import type { Density } from './density.ts'
import { dayHeights, GROUP_HEIGHT, LANE_HEIGHT, LANE_MARGIN } from './density.ts'
import type { HallRows } from './hallRows.ts'
import { byHall, byStart } from './hallRows.ts'
import { shownHalls } from './halls.ts'
import { lanesOf } from './lanes.ts'
import { type Hidden, isShown } from './layers.ts'
import type { Piece } from './openings.ts'
import { leftOver, openSpans, pieces } from './openings.ts'
import type { Extent, GroupRow, Line, Share } from './weekLayout.ts'
import { blockedLine, fillOf, lineOf, share, sharedOpen, spansOf } from './weekLayout.ts'

export type Chip = Line & Share & Readonly<{ lane: number; until: string }>
/** Taken places of a hall with places, between two changes. */
export type Level = Share &
  Readonly<{ taken: number; of: number; blocked: boolean; start: number; end: number }>

export type DayHallRow = Readonly<{
  kind: 'hall'
  key: string
  hall: ResourceRow
  depth: number
  height: number
  fill: number | null
  places: number
  rows: HallRows
  open: readonly Share[]
  chips: readonly Chip[]
  /** Null where one booking takes the hall; then the chips tell it all. */
  levels: readonly Level[] | null
  lanes: number
  left: readonly Span[]
}>
export type DayRow = GroupRow | DayHallRow

export type DayLayout = Readonly<{
  frame: DayFrame
  hours: HourWindow
  density: Density
  visible: Span
  /** One column each; 23 or 25 on the Sundays when clocks change and the night is in sight. */
  marks: readonly HourMark[]
  rows: readonly DayRow[]
  halls: number
  anyOpen: boolean
}>

export function layoutDay(
  resources: readonly ResourceRow[],
  rows: CalendarRows,
  day: Day,
  zone: string,
  density: Density,
  { halls = [], hidden = [] }: Pick<Extent, 'halls' | 'hidden'> = {},
): DayLayout {
  const frame = dayFrame(day, zone)
  const hours = windowFor([frame], spansOf(rows))
  const visible = visibleSpan(frame, hours)
  const entries = shownHalls(resources, halls)
  const known = byHall(rows, entries)
  const names = new Map(resources.map((each) => [each.id, each.name]))
  const nameOf = (hall: string) => names.get(hall) ?? ''
  const laid = entries.map((entry): DayRow => {
    if (entry.kind === 'group') {
      return { ...entry, key: `group ${entry.name}`, height: GROUP_HEIGHT }
    }
    const own = known.get(entry.hall.id) as HallRows
    const places = Math.max(1, ...own.free.map((free) => free.places))
    const parts = pieces(own, frame)
    const { chips, lanes } = chipsOf(own, frame, visible, places > 1, nameOf, hidden)
    return {
      kind: 'hall',
      key: entry.hall.id,
      hall: entry.hall,
      depth: entry.depth,
      height: heightOf(lanes, density),
      fill: fillOf(parts),
      places,
      rows: own,
      open: openSpans(own, frame).map((span) => share(span, visible)),
      chips,
      levels: places > 1 ? levelsOf(parts, visible) : null,
      lanes,
      left: leftOver(parts),
    }
  })
  return {
    frame,
    hours,
    density,
    visible,
    marks: visibleHours(frame, hours),
    rows: laid,
    halls: laid.filter((row) => row.kind === 'hall').length,
    anyOpen: laid.some((row) => row.kind === 'hall' && row.open.length > 0),
  }
}

function heightOf(lanes: number, density: Density): number {
  const one = dayHeights[density]
  return lanes <= 1 ? one : Math.max(one, lanes * LANE_HEIGHT + 2 * LANE_MARGIN)
}

function chipsOf(
  rows: HallRows,
  frame: DayFrame,
  visible: Span,
  hasPlaces: boolean,
  nameOf: (hall: string) => string,
  hidden: Hidden,
): Readonly<{ chips: readonly Chip[]; lanes: number }> {
  const today = (span: Span) => span.start < frame.end && frame.start < span.end
  const lines: Line[] = [
    // The levels of a hall with places show its bookings already; only requests and blockers stand beside.
    ...rows.booked.filter((row) => today(row) && !hasPlaces).map((row) => lineOf(row, frame)),
    ...sharedLines(rows, frame, nameOf),
    ...blockedLines(rows, frame),
  ]
    .filter((line) => isShown(line, hidden))
    .sort(byStart)
  const { lanes, count } = lanesOf(lines)
  const chips = lines.map(
    (line, index): Chip => ({
      ...line,
      ...share(line, visible),
      lane: lanes[index] ?? 0,
      until: line.end > frame.end ? '…' : clockOf(frame, line.end),
    }),
  )
  return { chips, lanes: Math.max(1, count) }
}

/**
 * Open time taken by halls that share the space: one chip for each stretch, named after those halls. It leads to
 * the booking where there is only one.
 */
export function sharedLines(
  rows: HallRows,
  frame: DayFrame,
  nameOf: (hall: string) => string,
): readonly Line[] {
  return sharedOpen(rows)
    .filter((span) => span.start < frame.end && frame.start < span.end)
    .map((span) => {
      const by = rows.shared.filter((row) => row.start < span.end && span.start < row.end)
      const only = by.length === 1 ? by[0] : undefined
      return {
        key: `shared ${span.start}`,
        kind: 'shared',
        token: only?.token ?? null,
        start: span.start,
        end: span.end,
        time: span.start < frame.start ? '…' : clockOf(frame, span.start),
        title: [...new Set(by.map((row) => nameOf(row.resource)))].join(', '),
        who: only?.title ?? '',
        number: only?.number ?? 0,
        persons: null,
        places: 0,
      }
    })
}

export function blockedLines(rows: HallRows, frame: DayFrame): readonly Line[] {
  return rows.blocked
    .filter((row) => row.start < frame.end && frame.start < row.end)
    .map((row) => blockedLine(row, frame))
}

function levelsOf(parts: readonly Piece[], visible: Span): readonly Level[] {
  const levels: Level[] = []
  for (const part of [...parts].sort(byStart)) {
    const last = levels[levels.length - 1]
    const same =
      last &&
      last.end === part.start &&
      last.taken === part.taken &&
      last.of === part.of &&
      last.blocked === part.blocked
    if (same) {
      levels[levels.length - 1] = { ...last, end: part.end, to: share(part, visible).to }
    } else {
      levels.push({
        ...share(part, visible),
        start: part.start,
        end: part.end,
        taken: part.taken,
        of: part.of,
        blocked: part.blocked,
      })
    }
  }
  return levels
}
