/**
 * Days on screen: the hours of a calendar day as the clocks of the municipality show them.
 *
 * Promises: a day of 23 hours has no mark for the hour that the spring change leaves out, one of 25 hours has
 * two marks with the same number; every position is a share of real elapsed time, so that a bar of two hours is
 * twice as wide as one of one hour on every day of the year. Never reads the zone of the operating system.
 */

import type { Day, Instant, Span } from '../../../core/domain/time.ts'
import { addDays, clockTimeAt, HOUR_MS, MINUTE_MS, spanOfDay } from '../../../core/domain/time.ts'

/** The beginning of one hour: `hour` is what the clock shows, 0 to 23. */
export type HourMark = Readonly<{ at: Instant; hour: number }>

/** A calendar day of a zone, 23 to 25 hours long. Zones whose clocks change by whole hours. */
export type DayFrame = Readonly<{
  day: Day
  start: Instant
  end: Instant
  hours: readonly HourMark[]
}>

/** Whole clock hours that the screen shows, `from` included, `to` not: 7 to 24. */
export type HourWindow = Readonly<{ from: number; to: number }>

/** From early sport to the last evening: what is shown even of an empty day. */
export const USUAL_WINDOW: HourWindow = { from: 7, to: 23 }

// A year of days in view costs a few kilobytes; the zone lookups behind a frame cost more than drawing it.
const frames = new Map<string, DayFrame>()
const MOST_FRAMES = 800

export function dayFrame(day: Day, zone: string): DayFrame {
  const key = `${zone} ${day}`
  const known = frames.get(key)
  if (known) return known
  const { start, end } = spanOfDay(day, zone)
  const hours: HourMark[] = []
  for (let at = start; at < end; at += HOUR_MS) {
    hours.push({ at, hour: Number(clockTimeAt(at, zone).slice(0, 2)) })
  }
  const frame = { day, start, end, hours }
  if (frames.size >= MOST_FRAMES) frames.clear()
  frames.set(key, frame)
  return frame
}

export function framesFrom(first: Day, count: number, zone: string): readonly DayFrame[] {
  return Array.from({ length: count }, (_, index) => dayFrame(addDays(first, index), zone))
}

/** Minutes that the clock shows past midnight; the end of the day and all later is 1440, before it 0. */
export function minuteOf(frame: DayFrame, instant: Instant): number {
  if (instant <= frame.start) return 0
  if (instant >= frame.end) return 1440
  const passed = instant - frame.start
  const mark = frame.hours[Math.floor(passed / HOUR_MS)]
  return (mark?.hour ?? 0) * 60 + Math.floor((passed % HOUR_MS) / MINUTE_MS)
}

/** `HH:MM` of an instant of this day; its end is `24:00`. */
export function clockOf(frame: DayFrame, instant: Instant): string {
  const minutes = minuteOf(frame, instant)
  const hour = Math.floor(minutes / 60)
  const minute = minutes % 60
  return `${hour < 10 ? '0' : ''}${hour}:${minute < 10 ? '0' : ''}${minute}`
}

/** The first instant at which the clock of this day shows `hour` or later (24 = the end of the day). */
export function atHour(frame: DayFrame, hour: number): Instant {
  if (hour >= 24) return frame.end
  for (const mark of frame.hours) if (mark.hour >= hour) return mark.at
  return frame.end
}

/** The visible part of a day. An hour that comes twice is shown twice. */
export function visibleSpan(frame: DayFrame, hours: HourWindow): Span {
  return { start: atHour(frame, hours.from), end: atHour(frame, hours.to) }
}

/** The marks inside the visible part: one column each in the day to scale. */
export function visibleHours(frame: DayFrame, hours: HourWindow): readonly HourMark[] {
  const { start, end } = visibleSpan(frame, hours)
  return frame.hours.filter((mark) => start <= mark.at && mark.at < end)
}

/** The smallest window of whole hours that shows the usual one and every given span of these days. */
export function windowFor(days: readonly DayFrame[], spans: Iterable<Span>): HourWindow {
  const first = days[0]
  const last = days[days.length - 1]
  if (!first || !last) return USUAL_WINDOW
  let earliest = USUAL_WINDOW.from * 60
  let latest = USUAL_WINDOW.to * 60
  for (const span of spans) {
    if (span.end <= first.start || last.end <= span.start) continue
    for (const day of days) {
      if (day.end <= span.start) continue
      if (span.end <= day.start) break
      const from = minuteOf(day, span.start)
      const to = minuteOf(day, span.end)
      if (from < earliest) earliest = from
      if (to > latest) latest = to
      // In the hour that comes twice an end can read earlier than a start: keep both hours in sight.
      if (to < from && from + 60 > latest) latest = Math.min(1440, from + 60)
    }
  }
  return { from: Math.floor(earliest / 60), to: Math.ceil(latest / 60) }
}

/** Share of the visible part at which an instant lies, 0 to 1, clipped. */
export function shareOf(visible: Span, instant: Instant): number {
  const length = visible.end - visible.start
  if (length <= 0) return 0
  return Math.min(1, Math.max(0, (instant - visible.start) / length))
}
