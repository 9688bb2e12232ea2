/**
 * Days: which events lie on which day, and what the clocks showed then. An event over midnight stands on both days;
 * a day may have 23 or 25 hours.
 */
import {
  addDays,
  clockTimeAt,
  type Day,
  dayOf,
  daysBetween,
  type Instant,
  startOfDay,
} from '../domain/time.ts'
import type { PublicWords } from './words.ts'

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
    const first = dayOf(item.start, zone)
    // An end at midnight belongs to the evening before it.
    const last = dayOf(Math.max(item.start, item.end - 1), zone)
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
  const first = startOfDay(day, zone)
  const next = startOfDay(addDays(day, 1), zone)
  const clock = (instant: Instant) => clockTimeAt(instant, zone)
  const close = end === next ? '24:00' : clock(end)
  if (start <= first && next <= end) return words.allDay
  if (start < first) return `${words.until} ${close}`
  if (end > next) return `${words.from} ${clock(start)}`
  return `${clock(start)}–${close}`
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
