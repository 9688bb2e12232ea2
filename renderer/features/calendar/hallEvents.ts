/**
 * Hall events: what react-big-calendar is given of one hall, in wall time. Pure.
 *
 * Promises that nothing of a day reaches into the next one's column, and that a hall with many places shows one
 * block that counts and lists instead of columns too narrow to read.
 */
import type { Instant, Span, Uuid } from '../../../core/domain/time.ts'
import { dayOf, MINUTE_MS, overlaps } from '../../../core/domain/time.ts'
import { blockedLines, sharedLines } from './dayLayout.ts'
import { type DayFrame, dayFrame } from './days.ts'
import { type HallRows, holdsSpace } from './hallRows.ts'
import { clipped, pieces } from './openings.ts'
import { fromWall, missingHour, toWall, wallSpan } from './wall.ts'
import { type Line, lineOf } from './weekLayout.ts'

export type EventKind =
  | Line['kind']
  | 'closed'
  | 'missing'
  | 'level'
  | 'draft'
  | 'drawing'
  | 'cursor'

export type WallEvent = Readonly<{
  id: string
  kind: EventKind
  start: Date
  end: Date
  line?: Line
  /** `18:30–21:00` */
  times?: string
  /** Why a box being drawn would not fit; empty where it would. */
  reason?: string
  /** Of a hall with many places: how many are taken then, and by whom. */
  level?: Readonly<{ taken: number; of: number; lines: readonly Line[] }>
}>

type WallSpan = Readonly<{ start: Date; end: Date }>
export type TimesOf = (start: Instant, end: Instant) => string

/** More columns beside each other than this cannot be read in a day of a week. */
const MOST_COLUMNS = 3

export function isCrowded(rows: HallRows): boolean {
  return rows.free.some((free) => free.places > MOST_COLUMNS)
}

export function bookingEvents(
  rows: HallRows,
  days: readonly DayFrame[],
  zone: string,
  nameOf: (hall: Uuid) => string,
  timesOf: TimesOf,
): WallEvent[] {
  const single = isCrowded(rows) ? rows.booked.filter((row) => !holdsSpace(row)) : rows.booked
  const lines = [
    ...single.map((row) => lineOf(row, dayFrame(dayOf(row.start, zone), zone))),
    ...days.flatMap((frame) => [
      ...sharedLines(rows, frame, nameOf),
      ...blockedLines(rows, frame).map((line) => ({ ...line, key: `${line.key} ${frame.day}` })),
    ]),
  ]
  return lines.map((line) => ({
    id: `${line.kind} ${line.key}`,
    kind: line.kind,
    line,
    times: timesOf(line.start, line.end),
    ...withinDays(wallSpan(line, zone)),
  }))
}

/** What lies under the bookings: closed time, the hour that does not exist, counted places. */
export function groundEvents(
  rows: HallRows,
  open: readonly Span[],
  days: readonly DayFrame[],
  zone: string,
): WallEvent[] {
  const crowded = isCrowded(rows)
  return days.flatMap((frame): WallEvent[] => {
    const missing = missingHour(frame)
    return [
      ...closedOn(frame, open).map((span) => onGround('closed', span, zone)),
      ...(missing ? [{ id: `missing ${frame.day}`, kind: 'missing' as const, ...missing }] : []),
      ...(crowded ? levelEvents(rows, frame, zone) : []),
    ]
  })
}

export function onGround(kind: EventKind, span: Span, zone: string): WallEvent {
  return { id: `${kind} ${span.start}`, kind, ...withinDays(wallSpan(span, zone)) }
}

function levelEvents(rows: HallRows, frame: DayFrame, zone: string): WallEvent[] {
  return pieces(rows, frame).flatMap((piece) => {
    const by = rows.booked.filter((row) => holdsSpace(row) && overlaps(row, piece))
    if (by.length === 0) return []
    const lines = by.map((row) => lineOf(row, frame))
    return [
      { ...onGround('level', piece, zone), level: { taken: piece.taken, of: piece.of, lines } },
    ]
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

/** The range of the mouse together with the slot in which it began. */
export function withAnchor({ start, end }: WallSpan, anchor: Date | null, step: number): WallSpan {
  const day = (date: Date) => date.toISOString().slice(0, 10)
  if (!anchor || day(anchor) !== day(start)) return { start, end }
  return {
    start: new Date(Math.min(anchor.getTime(), start.getTime())),
    end: new Date(Math.max(anchor.getTime() + step * MINUTE_MS, end.getTime())),
  }
}

/** The same clock time on another day; the beginning of that day where the clock skips it. */
export function onOtherDay(at: Instant, days: number, zone: string): Instant {
  const wall = new Date(toWall(at, zone).getTime() + days * 24 * 60 * MINUTE_MS)
  return fromWall(wall, zone) ?? dayFrame(wall.toISOString().slice(0, 10), zone).start
}
