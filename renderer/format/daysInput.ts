/**
 * Days input: a day or a stretch of days as a clerk types it, in any of the four languages.
 *
 * Understands what `dayInput` does, and `Juni`, `sa juni`, `Juni 2027`, `kw 24` (its whole week), `14.6.–20.6.`,
 * `14.–20.6.`, `sa so 1.6. bis 30.6.`. Anything else is null. A month that has begun begins today.
 */
import { addDays, type Day } from '../../core/domain/time.ts'
import { monthNamed, parseDay, weekdayNamed } from './dayInput.ts'

export type Days = Readonly<{
  from: Day
  /** The last day. */
  until: Day
  /** ISO weekdays; none = all. */
  weekdays: readonly number[]
}>

const BETWEEN = /\s*(?:[-–—]|\s(?:bis|à|au|al|to|until)\s)\s*/
const LITTLE_WORDS = new Set(['im', 'in', 'en', 'a', 'an', 'und', 'et', 'e', 'and', 'the', 'le'])

export function parseDays(text: string, today: Day): Days | null {
  const typed = text.trim().toLowerCase()
  if (typed === '') return null
  const day = parseDay(typed, today)
  if (day) return { from: day, until: isWeek(typed) ? addDays(day, 6) : day, weekdays: [] }
  const { weekdays, rest } = leadingWeekdays(typed)
  const found = month(rest, today) ?? between(rest, today) ?? week(rest, today)
  return found && { ...found, weekdays }
}

function isWeek(typed: string): boolean {
  return /^(kw|w|week|sem|semaine|sett|settimana)\.?\s*\d/.test(typed)
}

function week(rest: string, today: Day): Omit<Days, 'weekdays'> | null {
  const monday = isWeek(rest) ? parseDay(rest, today) : null
  return monday === null ? null : { from: monday, until: addDays(monday, 6) }
}

/** `sa, so juni`: the weekdays before, and what they belong to. */
function leadingWeekdays(typed: string): { weekdays: number[]; rest: string } {
  const words = typed.split(/[\s,]+/)
  const weekdays: number[] = []
  while (words.length > 1) {
    const word = (words[0] ?? '').replace(/\.$/, '')
    const weekday = /^\p{L}+$/u.test(word) && !isMonth(word) ? weekdayNamed(word) : null
    if (weekday !== null) weekdays.push(weekday)
    else if (!LITTLE_WORDS.has(word)) break
    words.shift()
  }
  return { weekdays: [...new Set(weekdays)].sort(), rest: words.join(' ') }
}

function isMonth(word: string): boolean {
  return word.length > 3 && monthNamed(word) !== null
}

function month(rest: string, today: Day): Omit<Days, 'weekdays'> | null {
  const found = /^(\p{L}{3,})\.?(?:\s+(\d{2}|\d{4}))?$/u.exec(rest)
  const number = found ? monthNamed(found[1] ?? '') : null
  if (!found || number === null) return null
  const thisMonth = Number(today.slice(5, 7))
  const year = found[2]
    ? (Number(found[2]) % 100) + 2000
    : Number(today.slice(0, 4)) + (number < thisMonth ? 1 : 0)
  const first = firstOf(year, number)
  const until = addDays(firstOf(number === 12 ? year + 1 : year, (number % 12) + 1), -1)
  return { from: first < today && today <= until ? today : first, until }
}

function firstOf(year: number, month: number): Day {
  return `${year}-${String(month).padStart(2, '0')}-01`
}

function between(rest: string, today: Day): Omit<Days, 'weekdays'> | null {
  const parts = rest.split(BETWEEN)
  const [first = '', last = ''] = parts
  if (parts.length !== 2) return null
  const until = parseDay(last, today)
  // `14.–20.6.`: the month is said once.
  const alone = /^(\d{1,2})\.?$/.exec(first)
  const from = alone
    ? until && parseDay(`${until.slice(0, 7)}-${alone[1]}`, today)
    : parseDay(first, today)
  return from && until && from <= until ? { from, until } : null
}
