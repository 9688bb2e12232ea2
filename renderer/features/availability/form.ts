/**
 * Form: what the clerk typed about a period, and the period it says, or what is wrong with it, field by field.
 *
 * Pure. Texts stay as typed until they are understood; the schema of the core has the last word.
 */
import { availabilityPeriod } from '../../../core/commands/calls.ts'
import { daysOff, type Holiday } from '../../../core/domain/holidays.ts'
import { addDays, type Day, daysBetween, minutesOf, weekdayOf } from '../../../core/domain/time.ts'
import type { PeriodPart } from '../../../core/queries/availability-rows.ts'
import { parseClock } from '../../format/clockInput.ts'
import { parseDay } from '../../format/dayInput.ts'

export const STEPS = [5, 10, 15, 30, 60] as const
export type Step = (typeof STEPS)[number]
export const WEEK = [1, 2, 3, 4, 5, 6, 7] as const

export type PeriodForm = Readonly<{
  resources: readonly string[]
  from: string
  until: string
  weekdays: readonly number[]
  opens: string
  closes: string
  /** Null: only as a whole. */
  step: Step | null
  places: string
  most: string
  byStaff: boolean
  together: boolean
  /** Public holidays and those of the municipality are left out. */
  holidays: boolean
  school: boolean
  /** Days and stretches of days left out besides, as typed. */
  skip: string
}>

/** What can be wrong; the screen has a sentence for each. */
export type Wrong =
  | 'halls'
  | 'day'
  | 'order'
  | 'tooLong'
  | 'weekdays'
  | 'time'
  | 'sameTime'
  | 'step'
  | 'places'
  | 'most'
  | 'skip'
export type Field =
  | 'resources'
  | 'from'
  | 'until'
  | 'weekdays'
  | 'opens'
  | 'closes'
  | 'places'
  | 'most'
  | 'skip'
export type Mistakes = Readonly<Partial<Record<Field, Wrong>>>

/** Longer than anybody plans; a typing mistake in the year. */
const MOST_DAYS = 1830
const MOST_PLACES = 1000

/** Days and stretches with commas: `24.12-2.1, 14.6`. Null where a part is not understood. */
export function parseDays(text: string, today: Day): Day[] | null {
  const days: Day[] = []
  for (const part of text.split(/[,;\n]/)) {
    const typed = part.trim()
    if (typed === '') continue
    const single = parseDay(typed, today)
    if (single) {
      days.push(single)
      continue
    }
    const [first, last, ...more] = typed.split(/\s*(?:-|–|bis|au|al|to)\s*/)
    const from = first === undefined ? null : parseDay(first, today)
    const until = last === undefined || !from ? null : parseDay(last, from)
    if (!from || !until || more.length > 0 || until < from) return null
    if (daysBetween(from, until) > MOST_DAYS) return null
    for (let day = from; day <= until; day = addDays(day, 1)) days.push(day)
  }
  return [...new Set(days)].sort()
}

/** A whole number from typed digits; null where it is none. */
function wholeNumber(text: string): number | null {
  return /^\d{1,6}$/.test(text.trim()) ? Number(text.trim()) : null
}

type Read = Readonly<{
  /** Null while anything is wrong. */
  period: PeriodPart | null
  mistakes: Mistakes
  /** It ends on the day after. */
  overnight: boolean
}>

/** The range a form asks holidays of, as soon as both days are understood. */
export function rangeOf(form: PeriodForm, today: Day): { from: Day; until: Day } | null {
  const from = parseDay(form.from, today)
  const until = parseDay(form.until, from ?? today)
  if (!from || !until || until < from || daysBetween(from, until) > MOST_DAYS) return null
  return { from, until }
}

export function readForm(form: PeriodForm, today: Day, holidays: readonly Holiday[]): Read {
  const from = parseDay(form.from, today)
  const until = parseDay(form.until, from ?? today)
  const opens = parseClock(form.opens)
  const closes = parseClock(form.closes)
  const places = wholeNumber(form.places)
  const most = form.most.trim() === '' ? 0 : wholeNumber(form.most)
  const skip = parseDays(form.skip, from ?? today)
  const mistakes: Partial<Record<Field, Wrong>> = {}
  if (form.resources.length === 0) mistakes.resources = 'halls'
  if (!from) mistakes.from = 'day'
  if (!until) mistakes.until = 'day'
  else if (from && until < from) mistakes.until = 'order'
  else if (from && daysBetween(from, until) > MOST_DAYS) mistakes.until = 'tooLong'
  if (form.weekdays.length === 0) mistakes.weekdays = 'weekdays'
  const opensAt = opens === '24:00' ? null : opens
  if (!opensAt) mistakes.opens = 'time'
  else if (isOffStep(opensAt, form.step)) mistakes.opens = 'step'
  if (!closes) mistakes.closes = 'time'
  else if (closes === opensAt) mistakes.closes = 'sameTime'
  else if (isOffStep(closes, form.step)) mistakes.closes = 'step'
  if (places === null || places < 1 || places > MOST_PLACES) mistakes.places = 'places'
  if (most === null || most > MOST_PLACES) mistakes.most = 'most'
  else if (places !== null && most > places) mistakes.most = 'most'
  if (skip === null) mistakes.skip = 'skip'
  if (Object.keys(mistakes).length > 0 || !from || !until || !opensAt || !closes) {
    return { period: null, mistakes, overnight: false }
  }
  const kinds = [
    ...(form.holidays ? (['public', 'own'] as const) : []),
    ...(form.school ? (['school'] as const) : []),
  ]
  const within = (skip ?? []).filter((day) => from <= day && day <= until)
  const period = availabilityPeriod.safeParse({
    resources: [...form.resources],
    from,
    until,
    weekdays: [...form.weekdays].sort((one, other) => one - other),
    opens: opensAt,
    closes,
    step: form.step,
    places,
    mostPerBooking: most,
    byStaff: form.byStaff,
    together: form.together && form.step === null,
    except: [...new Set([...within, ...daysOff(holidays, kinds, from, until)])].sort(),
  })
  return {
    period: period.success ? period.data : null,
    mistakes: period.success ? {} : { resources: 'halls' },
    overnight: minutesOf(closes) < minutesOf(opensAt),
  }
}

/** Steps are counted from the full hour; what is only given whole still begins on five minutes. */
function isOffStep(time: string, step: Step | null): boolean {
  return minutesOf(time) % (step ?? 5) !== 0
}

/** How a period reads as a form. Days left out that are no holidays stand as typed days. */
export function formOf(
  period: PeriodPart,
  holidays: readonly Holiday[],
  say: (day: Day) => string,
): PeriodForm {
  const off = (kinds: Parameters<typeof daysOff>[1]) =>
    daysOff(holidays, kinds, period.from, period.until)
  const left = new Set(period.except)
  // A kind counts as left out where each of its days on these weekdays is.
  const leaves = (days: readonly Day[]) => {
    const meant = days.filter((day) => period.weekdays.includes(weekdayOf(day)))
    return meant.length > 0 && meant.every((day) => left.has(day))
  }
  const publicDays = off(['public', 'own'])
  const schoolDays = off(['school'])
  const skipsPublic = leaves(publicDays)
  const skipsSchool = leaves(schoolDays)
  const told = new Set([...(skipsPublic ? publicDays : []), ...(skipsSchool ? schoolDays : [])])
  return {
    resources: period.resources,
    from: say(period.from),
    until: say(period.until),
    weekdays: period.weekdays,
    opens: period.opens,
    closes: period.closes,
    step: period.step,
    places: String(period.places),
    most: period.mostPerBooking === 0 ? '' : String(period.mostPerBooking),
    byStaff: period.byStaff,
    together: period.together,
    holidays: skipsPublic,
    school: skipsSchool,
    skip: period.except
      .filter((day) => !told.has(day))
      .map(say)
      .join(', '),
  }
}
