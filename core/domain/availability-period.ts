/**
 * Period: a rule of availability with its halls, and the dates of a hall written down as such a rule again.
 *
 * Nothing about a period is stored beside its dates: what the editor shows and what an undo brings back is read
 * off the dates themselves, so it can never disagree with what can be reserved.
 */
import { type AvailabilityRule, spansOf } from './availability.ts'
import {
  addDays,
  clockTimeAt,
  type Day,
  dayOf,
  daysBetween,
  type Span,
  type Uuid,
  weekdayOf,
} from './time.ts'

/** How a date can be booked. */
export type Terms = Readonly<{
  /** Minutes per step; null = only as a whole. */
  step: 5 | 10 | 15 | 30 | 60 | null
  places: number
  /** Most places of one booking; 0 = no limit. */
  mostPerBooking: number
  /** True: a member of staff decides. */
  byStaff: boolean
  /** All dates of a hall can only be booked together. */
  together: boolean
}>

export type Period = AvailabilityRule & Terms & Readonly<{ resources: readonly Uuid[] }>

/** One date of one hall. */
export type DateOf = Span & Terms & Readonly<{ resource: Uuid }>

export function termsOf({ step, places, mostPerBooking, byStaff, together }: Terms): Terms {
  return { step, places, mostPerBooking, byStaff, together }
}

export function sameTerms(one: Terms, other: Terms): boolean {
  return (
    one.step === other.step &&
    one.places === other.places &&
    one.mostPerBooking === other.mostPerBooking &&
    one.byStaff === other.byStaff &&
    one.together === other.together
  )
}

export type ZoneOf = (resource: Uuid) => string

/** All dates of a period, hall by hall, each by the clock of its hall. */
export function datesOfPeriod(period: Period, zoneOf: ZoneOf): DateOf[] {
  const spans = new Map<string, readonly Span[]>()
  const terms = termsOf(period)
  return [...new Set(period.resources)].flatMap((resource) => {
    const zone = zoneOf(resource)
    const own = spans.get(zone) ?? spansOf(period, zone)
    spans.set(zone, own)
    return own.map((span) => ({ ...span, ...terms, resource }))
  })
}

/** How many days of the pattern are left out because they are excepted: those that fall on a holiday. */
export function exceptedDays(rule: AvailabilityRule): Day[] {
  return [...new Set(rule.except)]
    .filter(
      (day) => rule.from <= day && day <= rule.until && rule.weekdays.includes(weekdayOf(day)),
    )
    .sort()
}

type Clocks = Readonly<{ day: Day; opens: string; closes: string }>

/** Day and clock times of a date, or null where no rule could give it (longer than a day, or within a change of clocks). */
function clocksOf(span: Span, zone: string): Clocks | null {
  const day = dayOf(span.start, zone)
  const opens = clockTimeAt(span.start, zone)
  const end = clockTimeAt(span.end, zone)
  for (const closes of end === '00:00' ? ['24:00', end] : [end]) {
    const [again] = spansOf(
      { from: day, until: day, weekdays: [weekdayOf(day)], opens, closes, except: [] },
      zone,
    )
    if (again?.start === span.start && again.end === span.end) return { day, opens, closes }
  }
  return null
}

/**
 * The dates as periods: as few as there are different times and terms, halls with the very same dates together.
 * `loose` are the dates that no rule could give.
 */
export function periodsOf<D extends DateOf>(
  dates: readonly D[],
  zoneOf: ZoneOf,
): { periods: Period[]; loose: D[] } {
  const loose: D[] = []
  const found = new Map<string, { date: D; clocks: Clocks; days: Set<Day> }>()
  for (const date of dates) {
    const clocks = clocksOf(date, zoneOf(date.resource))
    if (!clocks) {
      loose.push(date)
      continue
    }
    const key = JSON.stringify([date.resource, clocks.opens, clocks.closes, termsOf(date)])
    const known = found.get(key)
    if (known) known.days.add(clocks.day)
    else found.set(key, { date, clocks, days: new Set([clocks.day]) })
  }
  const periods = new Map<string, Period & { resources: Uuid[] }>()
  for (const { date, clocks, days } of found.values()) {
    const rule = { ...ruleOf(days), opens: clocks.opens, closes: clocks.closes, ...termsOf(date) }
    const key = JSON.stringify(rule)
    const known = periods.get(key)
    if (known) known.resources.push(date.resource)
    else periods.set(key, { ...rule, resources: [date.resource] })
  }
  return { periods: [...periods.values()], loose }
}

/** The shortest rule that gives exactly these days. */
function ruleOf(days: ReadonlySet<Day>): Pick<Period, 'from' | 'until' | 'weekdays' | 'except'> {
  const sorted = [...days].sort()
  const from = sorted[0] as Day
  const until = sorted.at(-1) as Day
  const weekdays = [...new Set(sorted.map(weekdayOf))].sort((one, other) => one - other)
  const except: Day[] = []
  for (let index = 0; index <= daysBetween(from, until); index++) {
    const day = addDays(from, index)
    if (!days.has(day) && weekdays.includes(weekdayOf(day))) except.push(day)
  }
  return { from, until, weekdays, except }
}
