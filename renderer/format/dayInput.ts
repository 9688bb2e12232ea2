/**
 * Day input: a day as a clerk types it, in any of the four languages.
 *
 * Understands `14.6`, `14.6.27`, `14/6/2027`, `2027-06-14`, `kw 24`, `+2w`, `-3`, weekdays (`sa`, `samedi`) and
 * today or tomorrow. Without a year the next such day is meant, but never one further back than four weeks, since
 * a clerk who types last week's date means last week. Anything else is null.
 */
import { DateTime } from 'luxon'
import { addDays, type Day, daysBetween, mondayOf, weekdayOf } from '../../core/domain/time.ts'

/** How far back a date without a year may lie before next year's is meant. */
const BACK_DAYS = 28

const relative: Readonly<Record<string, number>> = {
  heute: 0,
  today: 0,
  oggi: 0,
  "aujourd'hui": 0,
  aujourdhui: 0,
  morgen: 1,
  tomorrow: 1,
  domani: 1,
  demain: 1,
  übermorgen: 2,
  gestern: -1,
  yesterday: -1,
  ieri: -1,
  hier: -1,
}

/** Beginnings of the weekdays' names, Monday first; the first two letters are never ambiguous in one language. */
const weekdays: readonly (readonly string[])[] = [
  ['montag', 'monday', 'lundi', 'lunedì', 'lunedi'],
  ['dienstag', 'tuesday', 'mardi', 'martedì', 'martedi'],
  ['mittwoch', 'wednesday', 'mercredi', 'mercoledì', 'mercoledi'],
  ['donnerstag', 'thursday', 'jeudi', 'giovedì', 'giovedi'],
  ['freitag', 'friday', 'vendredi', 'venerdì', 'venerdi'],
  ['samstag', 'saturday', 'samedi', 'sabato'],
  ['sonntag', 'sunday', 'dimanche', 'domenica'],
]

export function parseDay(text: string, today: Day): Day | null {
  const typed = text.trim().toLowerCase().replace(/\.$/, '')
  if (typed === '') return null
  const days = relative[typed]
  if (days !== undefined) return addDays(today, days)
  return (
    isoDay(typed) ??
    dayAndMonth(typed, today) ??
    week(typed, today) ??
    step(typed, today) ??
    named(typed, today)
  )
}

function existing(year: number, month: number, day: number): Day | null {
  const found = DateTime.fromObject({ year, month, day }, { zone: 'utc' })
  return found.isValid ? (found.toISODate() as Day) : null
}

function isoDay(typed: string): Day | null {
  const found = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed)
  return found ? existing(Number(found[1]), Number(found[2]), Number(found[3])) : null
}

function dayAndMonth(typed: string, today: Day): Day | null {
  const found = /^(?:\p{L}+\.?,?\s+)?(\d{1,2})[./ ]\s*(\d{1,2})(?:[./ ]\s*(\d{2}|\d{4}))?$/u.exec(
    typed,
  )
  if (!found) return null
  const [day, month] = [Number(found[1]), Number(found[2])]
  if (found[3]) return existing((Number(found[3]) % 100) + 2000, month, day)
  const thisYear = Number(today.slice(0, 4))
  const near = [thisYear - 1, thisYear, thisYear + 1, thisYear + 2, thisYear + 3, thisYear + 4]
    .map((year) => existing(year, month, day))
    .find((each) => each !== null && daysBetween(today, each) >= -BACK_DAYS)
  return near ?? null
}

function week(typed: string, today: Day): Day | null {
  const found = /^(?:kw|w|week|sem|semaine|sett|settimana)\.?\s*(\d{1,2})(?:[./ ](\d{4}))?$/.exec(
    typed,
  )
  if (!found) return null
  const number = Number(found[1])
  const year = Number(found[2] ?? today.slice(0, 4))
  const at = (weekYear: number) =>
    DateTime.fromObject({ weekYear, weekNumber: number, weekday: 1 }, { zone: 'utc' })
  const monday = at(year)
  if (!monday.isValid) return null
  const day = monday.toISODate() as Day
  if (found[2] || daysBetween(today, day) >= -BACK_DAYS * 2) return day
  const nextYear = at(year + 1)
  return nextYear.isValid ? (nextYear.toISODate() as Day) : null
}

function step(typed: string, today: Day): Day | null {
  const found = /^([+-])\s*(\d{1,3})\s*(d|t|g|j|w|s|m|y|a)?$/.exec(typed)
  if (!found) return null
  const count = Number(found[2]) * (found[1] === '-' ? -1 : 1)
  const from = DateTime.fromISO(today, { zone: 'utc' })
  const unit = found[3] ?? 'd'
  const moved = 'ws'.includes(unit)
    ? from.plus({ weeks: count })
    : unit === 'm'
      ? from.plus({ months: count })
      : 'ya'.includes(unit)
        ? from.plus({ years: count })
        : from.plus({ days: count })
  return moved.toISODate() as Day
}

function named(typed: string, today: Day): Day | null {
  if (typed.length < 2) return null
  const index = weekdays.findIndex((names) => names.some((name) => name.startsWith(typed)))
  if (index < 0) return null
  const day = addDays(mondayOf(today), index)
  return weekdayOf(today) > index + 1 ? addDays(day, 7) : day
}
