/**
 * Layout of halls for react-big-calendar: its columns, its axis and everything that stands on them but the mouse and
 * the keyboard. Pure, and complete before anything is drawn.
 */
import type { Span, Uuid } from '../../../core/domain/time.ts'
import type { CalendarRows, ResourceRow } from '../../../core/queries/rows.ts'
import { type DayFrame, framesFrom, type HourWindow, windowFor } from './days.ts'
import { bookingEvents, groundEvents, type HallColumn, type WallEvent } from './hallEvents.ts'
import { byHall, type HallRows, NO_ROWS } from './hallRows.ts'
import { orderHalls } from './halls.ts'
import { type Hidden, isShown } from './layers.ts'
import { openSpans } from './openings.ts'
import { dayCountOf, firstDayOf, type Place } from './place.ts'
import { axisFor, type WallAxis } from './wall.ts'
import type { Words } from './words.ts'

export type HallLayout = Readonly<{
  days: readonly DayFrame[]
  within: Span
  hours: HourWindow
  axis: WallAxis
  /** Minutes of a slot. */
  step: number
  /** Hall after hall, day after day, as the component draws them. */
  columns: readonly HallColumn[]
  /** Not read-only, because the component's own types are not. */
  events: WallEvent[]
  ground: readonly WallEvent[]
  anyOpen: boolean
  rowsOf(hall: Uuid): HallRows
}>

/** Finer slots than this cannot be hit with a mouse. */
const LEAST_STEP = 15
const USUAL_STEP = 30

export function layoutHalls(
  halls: readonly ResourceRow[],
  resources: readonly ResourceRow[],
  rows: CalendarRows,
  place: Place,
  { zone, format }: Words,
  hidden: Hidden = [],
): HallLayout {
  const days = framesFrom(firstDayOf(place), dayCountOf(place), zone)
  const known = byHall(rows, orderHalls(resources))
  const rowsOf = (hall: Uuid) => known.get(hall) ?? NO_ROWS
  const own = halls.map((hall) => rowsOf(hall.id))
  const hours = windowFor(
    days,
    own.flatMap(({ free, booked, blocked }) => [...free, ...booked, ...blocked]),
  )
  const axis = axisFor(days, hours, zone)
  const steps = own.flatMap(({ free }) => free.map((each) => each.step ?? USUAL_STEP))
  const columns = halls.flatMap((hall) =>
    days.map((frame): HallColumn => ({ hall, rows: rowsOf(hall.id), frame })),
  )
  const names = new Map(resources.map((each) => [each.id, each.name]))
  const nameOf = (hall: Uuid) => names.get(hall) ?? ''
  return {
    days,
    within: { start: days[0]?.start ?? 0, end: days.at(-1)?.end ?? 0 },
    hours,
    axis,
    step: Math.min(USUAL_STEP, ...steps.map((step) => Math.max(LEAST_STEP, step))),
    columns,
    events: halls
      .flatMap((hall) => bookingEvents(hall, rowsOf(hall.id), days, axis, nameOf, format.times))
      .filter(({ line }) => !line || isShown(line, hidden)),
    ground: columns.flatMap((column) =>
      groundEvents(column, openSpans(column.rows, column.frame), axis),
    ),
    anyOpen: own.some(({ free }) => free.length > 0),
    rowsOf,
  }
}
