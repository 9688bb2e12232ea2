/**
 * Hall events: what react-big-calendar is given of one hall, in wall time. Pure.
 *
 * Promises that nothing of a day reaches into the next one's column, and that a hall with many places shows one
 * block that counts and lists instead of columns too narrow to read.
 */
import type { Instant, Span, Uuid } from '../../../core/domain/time.ts'
import { dayOf, MINUTE_MS, overlaps } from '../../../core/domain/time.ts'
import type { ResourceRow } from '../../../core/queries/rows.ts'
import { blockedLines, sharedLines } from './dayLayout.ts'
import { type DayFrame, dayFrame } from './days.ts'
import { type HallRows, holdsSpace } from './hallRows.ts'
import { clipped, pieces } from './openings.ts'
import { missingRows, type WallAxis, type WallSpan, wallSpan } from './wall.ts'
import { type Line, lineOf } from './weekLayout.ts'

export type EventKind =
  | Line['kind']
  | 'closed'
  | 'missing'
  | 'level'
  | 'draft'
  | 'drawing'
  | 'cursor'

/** A column of the component: a day of a hall. */
export type HallColumn = Readonly<{ hall: ResourceRow; rows: HallRows; frame: DayFrame }>

export type WallEvent = Readonly<{
  id: string
  /** The hall, where several stand beside each other. */
  hall: Uuid
  kind: EventKind
  start: Date
  end: Date
  line?: Line
  /** Colour of the hall. */
  hue?: number
  /** `18:30–21:00` */
  times?: string
  /** Why a box being drawn would not fit; empty where it would. */
  reason?: string
  /** Of a hall with many places: how many are taken then, and by whom. */
  level?: Readonly<{ taken: number; of: number; lines: readonly Line[] }>
}>

export type TimesOf = (start: Instant, end: Instant) => string

/** More columns beside each other than this cannot be read in a day of a week. */
const MOST_COLUMNS = 3

export function isCrowded(rows: HallRows): boolean {
  return rows.free.some((free) => free.places > MOST_COLUMNS)
}

/** Of one hall on some days. */
export function bookingEvents(
  hall: ResourceRow,
  rows: HallRows,
  days: readonly DayFrame[],
  axis: WallAxis,
  nameOf: (hall: Uuid) => string,
  timesOf: TimesOf,
): WallEvent[] {
  const { zone } = axis
  const single = isCrowded(rows) ? rows.booked.filter((row) => !holdsSpace(row)) : rows.booked
  const lines = [
    ...single.map((row) => lineOf(row, dayFrame(dayOf(row.start, zone), zone))),
    ...days.flatMap((frame) => [
      ...sharedLines(rows, frame, nameOf),
      ...blockedLines(rows, frame).map((line) => ({ ...line, key: `${line.key} ${frame.day}` })),
    ]),
  ]
  return lines.map((line) => ({
    id: `${line.kind} ${line.key} ${hall.id}`,
    hall: hall.id,
    kind: line.kind,
    line,
    hue: hall.color,
    times: timesOf(line.start, line.end),
    ...withinDays(wallSpan(line, axis)),
  }))
}

/** What lies under the bookings of a column: closed time, the hour that does not exist, counted places. */
export function groundEvents(
  { hall, rows, frame }: HallColumn,
  open: readonly Span[],
  axis: WallAxis,
): WallEvent[] {
  return [
    ...closedOn(frame, open).map((span) => onGround('closed', hall.id, span, axis)),
    ...missingRows(frame, axis).map((row) => ({
      id: `missing ${frame.day} ${row.start.getTime()} ${hall.id}`,
      hall: hall.id,
      kind: 'missing' as const,
      ...row,
    })),
    ...(isCrowded(rows) ? levelEvents({ hall, rows, frame }, axis) : []),
  ]
}

export function onGround(kind: EventKind, hall: Uuid, span: Span, axis: WallAxis): WallEvent {
  return { id: `${kind} ${span.start} ${hall}`, hall, kind, ...withinDays(wallSpan(span, axis)) }
}

function levelEvents({ hall, rows, frame }: HallColumn, axis: WallAxis): WallEvent[] {
  return pieces(rows, frame).flatMap((piece) => {
    const by = rows.booked.filter((row) => holdsSpace(row) && overlaps(row, piece))
    if (by.length === 0) return []
    const level = { taken: piece.taken, of: piece.of, lines: by.map((row) => lineOf(row, frame)) }
    return [{ ...onGround('level', hall.id, piece, axis), hue: hall.color, level }]
  })
}

/** For the component, the midnight that ends an evening would belong to the next day as well. */
function withinDays({ start, end }: WallSpan): WallSpan {
  const isMidnight = end.getTime() % (24 * 60 * MINUTE_MS) === 0
  return isMidnight ? { start, end: new Date(end.getTime() - 1000) } : { start, end }
}

/** What is not open of a day. */
export function closedOn(frame: Span, open: readonly Span[]): readonly Span[] {
  const closed: Span[] = []
  let from = frame.start
  for (const span of clipped(open, frame)) {
    if (span.start > from) closed.push({ start: from, end: span.start })
    from = span.end
  }
  return from < frame.end ? [...closed, { start: from, end: frame.end }] : closed
}
