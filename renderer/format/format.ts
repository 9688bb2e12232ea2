/**
 * Format: instants, days and numbers as a clerk reads them, in one language and one zone.
 *
 * Promises 24-hour times with two digits, so that they align on the colon, and never the zone of the operating
 * system. Pure: the same input gives the same text.
 */
import { DateTime } from 'luxon'
import type { Language } from '../../core/domain/language.ts'
import { type Day, dayOf, type Instant, weekdayOf } from '../../core/domain/time.ts'

export interface Format {
  language: Language
  zone: string
  /** `18:30` */
  time(instant: Instant): string
  /** The same for an end: midnight reads `24:00`. */
  timeOrMidnight(instant: Instant): string
  /** `18:30–21:00`, and `18:00–Di 9.6. 02:00` where it ends on another day. */
  times(start: Instant, end: Instant): string
  /** `Di 8.6.2027` */
  day(day: Day): string
  /** `Di 8.6.`, for places where the year is clear. */
  dayShort(day: Day): string
  /** `Dienstag, 8.6.2027` */
  dayMedium(day: Day): string
  /** `Dienstag, 8. Juni 2027` */
  dayLong(day: Day): string
  /** `Di 8.6.2027, 18:30–21:00` */
  span(start: Instant, end: Instant): string
  /** `Dienstag, 8. Juni 2027, 18:30–21:00` */
  spanLong(start: Instant, end: Instant): string
  /** `Di 8.6., 18:30` */
  moment(instant: Instant): string
  /** `8.6.2027` */
  date(day: Day): string
  /** `23. November – 6. Dezember 2026` */
  dates(first: Day, last: Day): string
  /** `Juni 2027` */
  month(day: Day): string
  /** Week of the year after ISO 8601. */
  week(day: Day): number
  /** `Mo`, from the ISO weekday 1 to 7. */
  weekday(weekday: number): string
  weekdayLong(weekday: number): string
  /** `Mo–Fr` or `Mo, Mi, Fr`. */
  weekdays(weekdays: readonly number[]): string
  number(value: number): string
  /** `a, b und c` */
  list(parts: readonly string[]): string
}

/** A known Monday, from which the names of weekdays are taken. */
const A_MONDAY = '2024-01-01'
const memory = new Map<string, Format>()

/** One `Format` per language and zone: the formatters of Intl are costly to make. */
export function formatIn(language: Language, zone: string): Format {
  const key = `${language} ${zone}`
  const known = memory.get(key)
  if (known) return known
  const made = make(language, zone)
  memory.set(key, made)
  return made
}

function make(language: Language, zone: string): Format {
  // English as it is written in Switzerland: day before month, 24 hours.
  const locale = language === 'en' ? 'en-GB' : language
  const of = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options })
  const longFormat = of({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
  const monthFormat = of({ month: 'long', year: 'numeric' })
  const dateFormat = of({ day: 'numeric', month: 'long', year: 'numeric' })
  const shortWeekday = of({ weekday: 'short' })
  const longWeekday = of({ weekday: 'long' })
  const numbers = new Intl.NumberFormat(locale)
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' })
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })

  const noon = (day: Day) => new Date(`${day}T12:00:00Z`)
  const onWeekday = (weekday: number) =>
    new Date(noon(A_MONDAY).getTime() + (weekday - 1) * 86_400_000)
  const numeric = (day: Day) => {
    const [year, month, date] = day.split('-').map(Number) as [number, number, number]
    return { year, month, date }
  }
  const weekdayName = (weekday: number) =>
    shortWeekday.format(onWeekday(weekday)).replace(/\.$/, '')

  const time = (instant: Instant) => clock.format(instant)
  const dayShort = (day: Day) => {
    const { month, date } = numeric(day)
    return `${weekdayName(weekdayOf(day))} ${date}.${month}.`
  }
  const date = (day: Day) => {
    const { year, month, date } = numeric(day)
    return `${date}.${month}.${year}`
  }
  const day = (day: Day) => `${weekdayName(weekdayOf(day))} ${date(day)}`
  const times = (start: Instant, end: Instant) => {
    const first = dayOf(start, zone)
    const last = dayOf(end, zone)
    if (first === last) return `${time(start)}–${time(end)}`
    // Ends at midnight: the clerk says 24:00 and means the same evening.
    if (dayOf(end - 1, zone) === first) return `${time(start)}–24:00`
    return `${time(start)}–${dayShort(last)} ${time(end)}`
  }
  const dayLong = (day: Day) => longFormat.format(noon(day))

  return {
    language,
    zone,
    time,
    timeOrMidnight: (instant) => (time(instant) === '00:00' ? '24:00' : time(instant)),
    times,
    day,
    dayShort,
    dayMedium: (day) => `${longWeekday.format(noon(day))}, ${date(day)}`,
    dayLong,
    date,
    span: (start, end) => `${day(dayOf(start, zone))}, ${times(start, end)}`,
    spanLong: (start, end) => `${dayLong(dayOf(start, zone))}, ${times(start, end)}`,
    dates: (first, last) =>
      dateFormat
        .formatRangeToParts(noon(first), noon(last))
        // Italian would have `06 dicembre`, in a range only.
        .map(({ type, value }) => (type === 'day' ? `${Number(value)}` : value))
        .join(''),
    moment: (instant) => `${dayShort(dayOf(instant, zone))}, ${time(instant)}`,
    month: (day) => monthFormat.format(noon(day)),
    week: (day) => DateTime.fromISO(day, { zone: 'utc' }).weekNumber,
    weekday: weekdayName,
    weekdayLong: (weekday) => longWeekday.format(onWeekday(weekday)),
    weekdays(weekdays) {
      const sorted = [...weekdays].sort((one, other) => one - other)
      const first = sorted[0]
      const last = sorted.at(-1)
      if (first === undefined || last === undefined) return ''
      const unbroken = sorted.length > 2 && last - first === sorted.length - 1
      if (unbroken) return `${weekdayName(first)}–${weekdayName(last)}`
      return sorted.map(weekdayName).join(', ')
    },
    number: (value) => numbers.format(value),
    list: (parts) => lists.format(parts),
  }
}
