/**
 * Wall: clock times as if written on a wall, for a calendar component that knows no zones.
 *
 * react-big-calendar places events by differences of JavaScript dates, which is an hour wrong on the Sundays when
 * clocks change. It is therefore given dates whose UTC reading is a place on an axis of ours, and a localizer that
 * reads UTC: no zone of any operating system takes part. The axis has a row for each hour that a clock on screen
 * shows: 24, and 25 where the hour that comes twice is in sight. Then every row is a little shorter than an hour of
 * the component's day. The hour that spring leaves out, and on other days the one that comes twice, is drawn closed.
 */
import type { Instant, Span } from '../../../core/domain/time.ts'
import { clockTimeAt, dayOf, HOUR_MS, instantAt, MINUTE_MS } from '../../../core/domain/time.ts'
import type { DayFrame, HourWindow } from './days.ts'
import { dayFrame, minuteOf } from './days.ts'

/** `doubled` is the clock hour that has two rows, null where none has. */
export type WallAxis = Readonly<{ zone: string; doubled: number | null; scale: number }>
export type WallSpan = Readonly<{ start: Date; end: Date }>

/** The axis for these days and the hours that are shown of them. */
export function axisFor(days: readonly DayFrame[], hours: HourWindow, zone: string): WallAxis {
  const found = days.map(doubledHour).find((hour) => hour !== null) ?? null
  const doubled = found !== null && hours.from <= found && found < hours.to ? found : null
  return { zone, doubled, scale: doubled === null ? 1 : 24 / 25 }
}

function doubledHour(frame: DayFrame): number | null {
  const second = frame.hours.find((mark, index) => mark.hour === frame.hours[index - 1]?.hour)
  return second?.hour ?? null
}

/** Where on the axis a clock hour begins, in its own minutes; 24 is the end of the day. */
function axisHour({ doubled }: WallAxis, hour: number): number {
  return (hour + (doubled !== null && hour > doubled ? 1 : 0)) * 60
}

function axisMinute(axis: WallAxis, frame: DayFrame, instant: Instant): number {
  const minute = minuteOf(frame, instant)
  const { doubled } = axis
  if (doubled === null) return minute
  const second = frame.hours.findLast((mark) => mark.hour === doubled)
  const isLater =
    doubledHour(frame) === null ? minute >= (doubled + 1) * 60 : instant >= (second?.at ?? Infinity)
  return minute + (isLater ? 60 : 0)
}

/** A date whose UTC fields are the place of an instant on the axis. */
export function toWall(instant: Instant, axis: WallAxis): Date {
  const day = dayOf(instant, axis.zone)
  return wallAt(day, axisMinute(axis, dayFrame(day, axis.zone), instant), axis)
}

/** The date of a place on the axis, in its own minutes after midnight. */
export function wallAt(day: string, minute: number, { scale }: WallAxis): Date {
  return new Date(Date.parse(`${day}T00:00:00Z`) + Math.round(minute * scale * MINUTE_MS))
}

/** Minutes on the axis after the midnight of a date's day. */
export function minuteOnAxis(wall: Date, { scale }: WallAxis): number {
  const sinceMidnight = wall.getTime() % (24 * HOUR_MS)
  return Math.round(sinceMidnight / MINUTE_MS / scale)
}

/** The clock hour that a row of the axis is labelled with. */
export function hourOf(wall: Date, axis: WallAxis): number {
  const row = Math.floor(minuteOnAxis(wall, axis) / 60)
  return row - (axis.doubled !== null && row > axis.doubled ? 1 : 0)
}

/** Where the hours on screen begin and end on the axis, in its own minutes. */
export function axisWindow(axis: WallAxis, { from, to }: HourWindow) {
  return { from: axisHour(axis, from), to: axisHour(axis, to) }
}

/** The instant at a place on the axis; null where the clock of that day never shows it. */
export function fromWall(wall: Date, axis: WallAxis): Instant | null {
  const day = wall.toISOString().slice(0, 10)
  const { zone, doubled } = axis
  const minute = minuteOnAxis(wall, axis)
  const row = Math.floor(minute / 60)
  if (doubled !== null && (row === doubled || row === doubled + 1)) {
    const marks = dayFrame(day, zone).hours.filter((mark) => mark.hour === doubled)
    const mark = marks[row - doubled]
    return mark ? mark.at + (minute % 60) * MINUTE_MS : null
  }
  const clock = doubled !== null && row > doubled ? minute - 60 : minute
  const time = `${String(Math.floor(clock / 60)).padStart(2, '0')}:${String(clock % 60).padStart(2, '0')}`
  const instant = instantAt(day, time, zone)
  return clockTimeAt(instant, zone) === time ? instant : null
}

/** Rows of the axis that the clock of a day leaves out: the hour of spring, or the second one of autumn elsewhere. */
export function missingRows(frame: DayFrame, axis: WallAxis): readonly WallSpan[] {
  const rows: WallSpan[] = []
  const add = (minute: number) =>
    rows.push({
      start: wallAt(frame.day, minute, axis),
      end: wallAt(frame.day, minute + 60, axis),
    })
  if (frame.end - frame.start < 24 * HOUR_MS) {
    const after = frame.hours.find((mark, index) => mark.hour !== index)
    if (after) add(axisHour(axis, after.hour - 1))
  }
  if (axis.doubled !== null && doubledHour(frame) === null) add((axis.doubled + 1) * 60)
  return rows
}

/** A wall span that never runs backwards, though in the hour that comes twice an end can read as its start. */
export function wallSpan({ start, end }: Span, axis: WallAxis): WallSpan {
  const from = toWall(start, axis)
  const to = toWall(end, axis)
  if (to > from) return { start: from, end: to }
  return { start: from, end: new Date(from.getTime() + (end - start)) }
}
