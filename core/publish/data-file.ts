/** The data file: the same public calendar for programs, and the list of files that belong together. */
import type { Instant } from '../domain/time.ts'
import { localText } from './days.ts'
import type { PublicCalendar } from './public-calendar.ts'

export const DATA_FILE = 'calendar.json'
/** Tells a file of ours from one that happens to have the same name. */
export const GENERATOR = 'Allmend'

export function dataFile(calendar: PublicCalendar, files: readonly string[]): string {
  const { zone } = calendar
  const local = (instant: Instant) => localText(instant, zone)
  const fileOf = new Map(calendar.halls.map((hall) => [hall.id, hall.file]))
  const content = {
    generator: GENERATOR,
    version: 1,
    municipality: calendar.municipality,
    language: calendar.language,
    zone,
    detail: calendar.detail,
    from: calendar.from,
    until: calendar.until,
    files,
    halls: calendar.halls.map(({ file, name, group, capacity, features }) => ({
      id: file,
      name,
      group,
      capacity,
      features,
    })),
    events: calendar.events.map((event) => ({
      uid: event.uid,
      hall: fileOf.get(event.hall),
      start: local(event.start),
      end: local(event.end),
      kind: event.kind,
      title: event.title,
      because: event.because,
      persons: event.persons,
      places: event.places,
    })),
    open: calendar.open.map((each) => ({
      hall: fileOf.get(each.hall),
      start: local(each.start),
      end: local(each.end),
    })),
    holidays: calendar.holidays.map(({ from, until, name, kind }) => ({ from, until, name, kind })),
  }
  return `${JSON.stringify(content, null, 1)}\n`
}

/** What an earlier data file says of itself; null where it is not one of ours. */
export function readDataFile(
  text: string,
): Readonly<{ files: readonly string[]; events: ReadonlyMap<string, string> }> | null {
  try {
    const content = JSON.parse(text) as { generator?: unknown; files?: unknown; events?: unknown }
    if (content.generator !== GENERATOR) return null
    const files = Array.isArray(content.files) ? content.files.filter(isText) : []
    const events = Array.isArray(content.events) ? content.events : []
    return {
      files,
      events: new Map(
        events.map((event: { uid?: unknown }) => [String(event.uid), JSON.stringify(event)]),
      ),
    }
  } catch {
    return null
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}
