/**
 * Feed: a calendar to subscribe to (RFC 5545), with times in the municipality's zone.
 *
 * A local time that comes twice in autumn would be read as its first occurrence by every program; such a time is
 * written in UTC. Nothing in a feed depends on when it was made, so that an unchanged calendar gives the same bytes.
 */
import ical, { ICalEventBusyStatus, ICalEventTransparency } from 'ical-generator'
import { DateTime } from 'luxon'
import { HOUR_MS, type Instant, offsetOf } from '../domain/time.ts'
import { eventText } from './event-text.ts'
import type { PublicCalendar, PublicEvent, PublicHall } from './public-calendar.ts'
import { vtimezone } from './vtimezone.ts'
import { publicWords } from './words.ts'

/** How often programs should look again, as OneGov's feeds say. */
const TTL_SECONDS = 1800

/** Null: of all halls; then what shares space stands only where it was booked. */
export function feed(calendar: PublicCalendar, hall: PublicHall | null): string {
  const { zone, language, municipality } = calendar
  const words = publicWords(language)
  const events = calendar.events.filter((each) =>
    hall ? each.hall === hall.id : each.because === '',
  )
  const names = new Map(calendar.halls.map((each) => [each.id, each]))
  const first = events[0]?.start ?? 0
  const last = events.reduce((latest, each) => Math.max(latest, each.end), first)
  const made = ical({
    name: [municipality, hall?.name ?? words.allHalls].filter(Boolean).join(' · '),
    prodId: {
      company: 'Allmend',
      product: 'Allmend',
      language: language.slice(0, 2).toUpperCase(),
    },
    ttl: TTL_SECONDS,
    x: [{ key: 'X-WR-TIMEZONE', value: zone }],
    timezone: { name: null, generator: () => vtimezone(zone, first, last) },
  })
  for (const event of events) {
    const at = names.get(event.hall)
    const changed = new Date(event.changedAt)
    made.createEvent({
      id: `${event.uid}@allmend`,
      sequence: event.sequence,
      stamp: changed,
      lastModified: changed,
      ...when(event, zone),
      summary: eventText(event, words),
      location: [at?.name, at?.group].filter(Boolean).join(', '),
      busystatus: event.kind === 'closed' ? ICalEventBusyStatus.OOF : ICalEventBusyStatus.BUSY,
      transparency: ICalEventTransparency.OPAQUE,
    })
  }
  return `${made.toString()}\r\n`
}

function when({ start, end }: PublicEvent, zone: string) {
  const local = !comesTwice(start, zone) && !comesTwice(end, zone)
  const at = (instant: Instant) => DateTime.fromMillis(instant, { zone: local ? zone : 'utc' })
  return { start: at(start), end: at(end), timezone: local ? zone : null }
}

/** Do the clocks show this time again an hour later, or did they an hour before? */
function comesTwice(instant: Instant, zone: string): boolean {
  const offset = offsetOf(instant, zone)
  return [instant - HOUR_MS, instant + HOUR_MS].some(
    (other) => other + offsetOf(other, zone) === instant + offset,
  )
}
