/**
 * VTIMEZONE: the changes of clocks of a zone, one by one, for the years a feed speaks of (RFC 5545, 3.6.5). Written
 * out instead of as a rule, so that every zone is right, also where its rule has changed.
 */
import { type Instant, offsetOf } from '../domain/time.ts'

const DAY_MS = 86_400_000
const SECOND_MS = 1000

type Change = Readonly<{ at: Instant; before: number; after: number }>

/** From the year before `start` to the year after `end`. */
export function vtimezone(zone: string, start: Instant, end: Instant): string {
  const first = Date.UTC(new Date(start).getUTCFullYear() - 1, 0, 1)
  const last = Date.UTC(new Date(end).getUTCFullYear() + 2, 0, 1)
  const offset = offsetOf(first, zone)
  const changes = changesBetween(zone, first, last)
  // Before the first change the zone has an offset as well; without it earlier times would have none.
  const observances = [{ at: first, before: offset, after: offset }, ...changes]
  const standard = Math.min(...observances.map((each) => each.after))
  return [
    'BEGIN:VTIMEZONE',
    `TZID:${zone}`,
    ...observances.flatMap((change) => observance(change, standard)),
    'END:VTIMEZONE',
  ].join('\r\n')
}

function changesBetween(zone: string, first: Instant, last: Instant): Change[] {
  const found: Change[] = []
  for (let day = first; day < last; day += DAY_MS) {
    const before = offsetOf(day, zone)
    const after = offsetOf(day + DAY_MS, zone)
    if (before === after) continue
    let low = day
    let high = day + DAY_MS
    while (high - low > SECOND_MS) {
      const middle = Math.floor((low + high) / 2 / SECOND_MS) * SECOND_MS
      if (offsetOf(middle, zone) === before) low = middle
      else high = middle
    }
    found.push({ at: high, before, after })
  }
  return found
}

/** DTSTART is what the clocks showed before they were changed. */
function observance({ at, before, after }: Change, standard: number): string[] {
  const name = after > standard ? 'DAYLIGHT' : 'STANDARD'
  return [
    `BEGIN:${name}`,
    `DTSTART:${stamp(at + before)}`,
    `TZOFFSETFROM:${signed(before)}`,
    `TZOFFSETTO:${signed(after)}`,
    `END:${name}`,
  ]
}

function stamp(wall: number): string {
  return new Date(wall).toISOString().slice(0, 19).replace(/[-:]/g, '')
}

function signed(offset: number): string {
  const minutes = Math.abs(Math.round(offset / 60_000))
  const two = (value: number) => String(value).padStart(2, '0')
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}${two(minutes % 60)}`
}
