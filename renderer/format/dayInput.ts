/**
 * Day input: a day as a clerk types it, in any of the four languages.
 *
 * Understands `14.6`, `14.6.27`, `14/6/2027`, `2027-06-14`, `14. Juni`, `kw 24`, `+2w`, `-3 Tage`, weekdays (`sa`,
 * `samedi`) and today, tomorrow or the day before yesterday. Without a year the next such day is meant, but never one further back than four weeks, since
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
  uebermorgen: 2,
  'après-demain': 2,
  'apres-demain': 2,
  dopodomani: 2,
  gestern: -1,
  yesterday: -1,
  ieri: -1,
  hier: -1,
  vorgestern: -2,
  'avant-hier': -2,
  "l'altro ieri": -2,
  altroieri: -2,
}

/** Names of the months, January first. */
const months: readonly (readonly string[])[] = [
  ['januar', 'jänner', 'january', 'janvier', 'gennaio'],
  ['februar', 'february', 'février', 'fevrier', 'febbraio'],
  ['märz', 'maerz', 'march', 'mars', 'marzo'],
  ['april', 'avril', 'aprile'],
  ['mai', 'may', 'maggio'],
  ['juni', 'june', 'juin', 'giugno'],
  ['juli', 'july', 'juillet', 'luglio'],
  ['august', 'août', 'aout', 'agosto'],
  ['september', 'septembre', 'settembre'],
  ['oktober', 'october', 'octobre', 'ottobre'],
  ['november', 'novembre'],
  ['dezember', 'december', 'décembre', 'decembre', 'dicembre'],
]

/** Words before the number of a week. */
const WEEK = 'kw|woche|cw|w|wk|week|s|sem|semaine|sett|settimana'

/** Words for a step, by what it counts. */
const units: Readonly<Record<'days' | 'weeks' | 'months' | 'years', RegExp>> = {
  days: /^(d|t|g|j|tag|tage|tagen|days?|jours?|giorn[oi])$/,
  weeks: /^(w|s|wo|wochen?|weeks?|sem|semaines?|sett|settiman[ae])$/,
  months: /^(m|monate?|monaten|months?|mois|mes[ei])$/,
  years: /^(y|a|jahre?|jahren|years?|ans?|années?|ann[oi])$/,
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
    dayAndName(typed, today) ??
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
  return nearest(month, day, today)
}

/** `14. Juni`, `14 juin 2027`; also shortened to three letters, where only one month begins so. */
function dayAndName(typed: string, today: Day): Day | null {
  const found = /^(?:\p{L}+\.?,?\s+)?(\d{1,2})\.?\s*(\p{L}{3,})\.?(?:\s+(\d{2}|\d{4}))?$/u.exec(
    typed,
  )
  if (!found) return null
  const month = monthNamed(found[2] ?? '')
  if (month === null) return null
  const day = Number(found[1])
  if (found[3]) return existing((Number(found[3]) % 100) + 2000, month, day)
  return nearest(month, day, today)
}

/** 1 to 12 for the name of a month, also shortened to three letters where only one begins so. */
export function monthNamed(name: string): number | null {
  if (name.length < 3) return null
  const exact = months.findIndex((names) => names.includes(name))
  if (exact >= 0) return exact + 1
  const begun = months.flatMap((names, at) =>
    names.some((each) => each.startsWith(name)) ? [at] : [],
  )
  return begun.length === 1 ? (begun[0] ?? 0) + 1 : null
}

/** ISO weekday for its name, also shortened to two letters. */
export function weekdayNamed(name: string): number | null {
  if (name.length < 2) return null
  const index = weekdays.findIndex((names) => names.some((each) => each.startsWith(name)))
  return index < 0 ? null : index + 1
}

function nearest(month: number, day: number, today: Day): Day | null {
  const thisYear = Number(today.slice(0, 4))
  const near = [thisYear - 1, thisYear, thisYear + 1, thisYear + 2, thisYear + 3, thisYear + 4]
    .map((year) => existing(year, month, day))
    .find((each) => each !== null && daysBetween(today, each) >= -BACK_DAYS)
  return near ?? null
}

function week(typed: string, today: Day): Day | null {
  const found = new RegExp(`^(?:${WEEK})\\.?\\s*(\\d{1,2})(?:[./ ](\\d{4}))?$`).exec(typed)
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
  const found = /^([+-])\s*(\d{1,3})\s*(\p{L}*)$/u.exec(typed)
  if (!found) return null
  const count = Number(found[2]) * (found[1] === '-' ? -1 : 1)
  const word = found[3] || 'd'
  const unit = (Object.keys(units) as (keyof typeof units)[]).find((each) => units[each].test(word))
  if (!unit) return null
  return DateTime.fromISO(today, { zone: 'utc' })
    .plus({ [unit]: count })
    .toISODate() as Day
}

function named(typed: string, today: Day): Day | null {
  const weekday = weekdayNamed(typed)
  if (weekday === null) return null
  const day = addDays(mondayOf(today), weekday - 1)
  return weekdayOf(today) > weekday ? addDays(day, 7) : day
}

/** Why something typed is no day: it looks like one that does not exist, or like none at all. */
export function whyNoDay(text: string): 'no-such-day' | 'no-such-week' | 'unknown' {
  const typed = text.trim().toLowerCase().replace(/\.$/, '')
  if (/^\d{1,2}[./ ]\s*\d{1,2}([./ ]\s*\d{2,4})?$|^\d{4}-\d{1,2}-\d{1,2}$/.test(typed))
    return 'no-such-day'
  if (new RegExp(`^(?:${WEEK})\\.?\\s*\\d`).test(typed)) return 'no-such-week'
  return 'unknown'
}
