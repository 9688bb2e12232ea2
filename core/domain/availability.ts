/**
 * Availability by rule: on these weekdays between two days, from-to, in the local time of the resource.
 *
 * Each date is taken by the clock of its own day, so a hall that opens at eight opens at eight in summer and in
 * winter. A date whose span vanishes in the spring change is left out.
 */
import {
  addDays,
  type ClockTime,
  type Day,
  daysBetween,
  instantAt,
  minutesOf,
  type Span,
  weekdayOf,
} from './time.ts'

export type AvailabilityRule = Readonly<{
  from: Day
  /** Included. */
  until: Day
  /** ISO weekdays, 1 = Monday to 7 = Sunday. */
  weekdays: readonly number[]
  opens: ClockTime
  /** At or before `opens` it means the next day; `24:00` is the midnight that ends the day. */
  closes: ClockTime
  /** Days left out. */
  except: readonly Day[]
}>

/** The spans of a rule in the order of their days. */
export function spansOf(rule: AvailabilityRule, zone: string): Span[] {
  const left = new Set(rule.except)
  const overnight = minutesOf(rule.closes) <= minutesOf(rule.opens) ? 1 : 0
  const spans: Span[] = []
  for (let index = 0; index <= daysBetween(rule.from, rule.until); index++) {
    const day = addDays(rule.from, index)
    if (left.has(day) || !rule.weekdays.includes(weekdayOf(day))) continue
    const start = instantAt(day, rule.opens, zone)
    const end = instantAt(addDays(day, overnight), rule.closes, zone)
    if (start < end) spans.push({ start, end })
  }
  return spans
}
