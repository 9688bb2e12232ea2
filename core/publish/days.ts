/**
 * Days: which events lie on which day, and what the clocks showed then. An event over midnight stands on both days;
 * a day may have 23 or 25 hours.
 */
import { addDays, type ClockTime, type Day, daysBetween, type Instant } from '../domain/time.ts'
import { offsetAt } from '../domain/zone.ts'
import type { PublicWords } from './words.ts'

const MICROSECONDS = 1000

/** `YYYY-MM-DDTHH:MM:SS` as the clocks of the zone show it; thousands of these are made for one look. */
function wallText(instant: Instant, zone: string): string {
  const offset = offsetAt(instant * MICROSECONDS, zone) / MICROSECONDS
  return new Date(instant + offset).toISOString().slice(0, 19)
}

function dayAt(instant: Instant, zone: string): Day {
  return wallText(instant, zone).slice(0, 10)
}

function clockAt(instant: Instant, zone: string): ClockTime {
  return wallText(instant, zone).slice(11, 16)
}

/** With the offset behind it, as programs read it: `2027-06-12T19:00:00+02:00`. */
export function localText(instant: Instant, zone: string): string {
  const minutes = Math.round(offsetAt(instant * MICROSECONDS, zone) / 60_000_000)
  const two = (value: number) => String(value).padStart(2, '0')
  const size = Math.abs(minutes)
  const sign = minutes < 0 ? '-' : '+'
  return `${wallText(instant, zone)}${sign}${two(Math.floor(size / 60))}:${two(size % 60)}`
}

type Timed = Readonly<{ start: Instant; end: Instant }>

/** By day, in the order given; days outside `from` to `until` are left out. */
export function byDay<T extends Timed>(
  items: readonly T[],
  from: Day,
  until: Day,
  zone: string,
): Map<Day, T[]> {
  const days = new Map<Day, T[]>()
  for (const item of items) {
    const first = dayAt(item.start, zone)
    // An end at midnight belongs to the evening before it.
    const last = dayAt(Math.max(item.start, item.end - 1), zone)
    for (
      let day = first < from ? from : first;
      day <= last && day <= until;
      day = addDays(day, 1)
    ) {
      days.set(day, [...(days.get(day) ?? []), item])
    }
  }
  return days
}

/** `18:00–20:00`; of an event over several days the part that lies on this one. */
export function timesOn(day: Day, { start, end }: Timed, zone: string, words: PublicWords): string {
  const first = dayAt(start, zone)
  // An end at midnight is 24:00 of the day before.
  const last = dayAt(Math.max(start, end - 1), zone)
  const close = dayAt(end, zone) === last ? clockAt(end, zone) : '24:00'
  const fromMidnight = first < day || clockAt(start, zone) === '00:00'
  const untilMidnight = last > day || close === '24:00'
  if (fromMidnight && untilMidnight) return words.allDay
  if (first < day) return `${words.until} ${close}`
  if (last > day) return `${words.from} ${clockAt(start, zone)}`
  return `${clockAt(start, zone)}–${close}`
}

export function monthsBetween(from: Day, until: Day): string[] {
  const months: string[] = []
  for (let month = from.slice(0, 7); month <= until.slice(0, 7); month = nextMonth(month)) {
    months.push(month)
  }
  return months
}

export function nextMonth(month: string): string {
  const [year, number] = month.split('-').map(Number) as [number, number]
  return number === 12
    ? `${String(year + 1).padStart(4, '0')}-01`
    : `${String(year).padStart(4, '0')}-${String(number + 1).padStart(2, '0')}`
}

/** Week of the year after ISO 8601: that of its Thursday. */
export function weekOf(monday: Day): Readonly<{ year: number; week: number }> {
  const thursday = addDays(monday, 3)
  const year = Number(thursday.slice(0, 4))
  return { year, week: Math.floor(daysBetween(`${thursday.slice(0, 4)}-01-01`, thursday) / 7) + 1 }
}
