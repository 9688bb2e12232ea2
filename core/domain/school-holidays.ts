/**
 * School holidays: read from the calendar file (ICS, RFC 5545) that a canton or a school gives out.
 *
 * Promises a value for every input, however wrong the file is. Whole days and times, folded lines, any line ends;
 * what repeats, is cancelled or has no date that exists is counted as skipped, never guessed.
 */
import type { NamedDays } from './holidays.ts'
import { addDays, type Day, dayOf } from './time.ts'

/** A calendar of school holidays has some dozen entries; a file beyond this is another kind of file. */
export const LARGEST_FILE_CHARACTERS = 1_000_000
const MOST_ENTRIES = 500
const LONGEST_NAME = 120
/** Longer than any summer: whoever writes such an entry means something else. */
const LONGEST_DAYS = 120

export type SchoolFile =
  | Readonly<{ ok: true; days: readonly NamedDays[]; skipped: number }>
  | Readonly<{ ok: false; problem: 'too-large' | 'not-a-calendar' | 'nothing-in-it' }>

type Property = Readonly<{ parameters: string; value: string }>

export function readSchoolHolidays(text: string, zone: string): SchoolFile {
  if (text.length > LARGEST_FILE_CHARACTERS) return { ok: false, problem: 'too-large' }
  const lines = text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?|\n/g, '\n')
    .replace(/\n[ \t]/g, '')
    .split('\n')
  if (
    lines
      .find((line) => line.trim() !== '')
      ?.trim()
      .toUpperCase() !== 'BEGIN:VCALENDAR'
  ) {
    return { ok: false, problem: 'not-a-calendar' }
  }
  const events = eventsOf(lines)
  const found = new Map<string, NamedDays>()
  for (const event of events) {
    const days = daysOf(event, zone)
    if (days && found.size < MOST_ENTRIES) found.set(`${days.from} ${days.until}`, days)
  }
  if (found.size === 0) return { ok: false, problem: 'nothing-in-it' }
  const days = [...found.values()].sort((one, other) => (one.from < other.from ? -1 : 1))
  return { ok: true, days, skipped: events.length - days.length }
}

/** The properties of each event; those of an alarm inside it are not its own. */
function eventsOf(lines: readonly string[]): Map<string, Property>[] {
  const events: Map<string, Property>[] = []
  const open: string[] = []
  for (const line of lines) {
    const found = /^([A-Za-z0-9-]+)((?:;(?:"[^"]*"|[^":])*)?):(.*)$/.exec(line.trimEnd())
    if (!found) continue
    const [, name = '', parameters = '', value = ''] = found
    const key = name.toUpperCase()
    if (key === 'BEGIN') {
      open.push(value.trim().toUpperCase())
      if (open.at(-1) === 'VEVENT') events.push(new Map())
    } else if (key === 'END') {
      open.pop()
    } else if (open.at(-1) === 'VEVENT' && !events.at(-1)?.has(key)) {
      events.at(-1)?.set(key, { parameters, value })
    }
  }
  return events
}

function daysOf(event: ReadonlyMap<string, Property>, zone: string): NamedDays | null {
  const start = event.get('DTSTART')
  if (!start || event.has('RRULE') || event.has('RDATE')) return null
  if (event.get('STATUS')?.value.trim().toUpperCase() === 'CANCELLED') return null
  const from = dayIn(start.value, zone)
  const until = from && lastDay(event, from, zone)
  if (!from || !until || until < from || until > addDays(from, LONGEST_DAYS)) return null
  const name = plainText(event.get('SUMMARY')?.value ?? '').slice(0, LONGEST_NAME)
  return { from, until, name: name || from }
}

function lastDay(event: ReadonlyMap<string, Property>, from: Day, zone: string): Day | null {
  const end = event.get('DTEND')
  if (!end) {
    const length = /^P(?:(\d{1,2})W|(\d{1,3})D)/.exec(event.get('DURATION')?.value.trim() ?? '')
    const days = length ? Number(length[1] ?? 0) * 7 + Number(length[2] ?? 0) : 1
    return addDays(from, Math.max(1, days) - 1)
  }
  // Whoever ends an entry where it begins means that day.
  if (end.value.trim() === event.get('DTSTART')?.value.trim()) return from
  return dayIn(end.value, zone, 1)
}

/** The day of a date or time, or of the moment `back` milliseconds before it: an end is not part of its day. */
function dayIn(value: string, zone: string, back = 0): Day | null {
  const found = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?$/.exec(value.trim())
  if (!found) return null
  const [, year, month, date, hours = '00', minutes = '00', seconds = '00', utc] = found
  const day = `${year}-${month}-${date}`
  const at = Date.parse(`${day}T${hours}:${minutes}:${seconds}Z`)
  // 31 February would quietly become a day of March.
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== day) return null
  return utc ? dayOf(at - back, zone) : new Date(at - back).toISOString().slice(0, 10)
}

function plainText(value: string): string {
  return value
    .replace(/\\n/gi, ' ')
    .replace(/\\([\\;,])/g, '$1')
    .replace(/\s+/g, ' ')
    .trim()
}
