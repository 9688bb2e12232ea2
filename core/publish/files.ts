/**
 * Files: everything a target consists of, by name. Each is made when it is asked for, so that the desk can do
 * something else between two of them.
 */
import { DATA_FILE, dataFile } from './data-file.ts'
import { feed } from './feed.ts'
import { hallPage } from './hall-page.ts'
import { listPage } from './list-page.ts'
import type { PublicCalendar } from './public-calendar.ts'

export type PublicFile = Readonly<{ path: string; make: () => string }>

/** The data file comes last: it names the others, and whoever reads it finds them. */
export function publicFiles(calendar: PublicCalendar): PublicFile[] {
  const files: PublicFile[] = [
    { path: 'index.html', make: () => listPage(calendar) },
    { path: 'calendar.ics', make: () => feed(calendar, null) },
    ...calendar.halls.flatMap((hall) => [
      { path: `${hall.file}.html`, make: () => hallPage(calendar, hall) },
      { path: `${hall.file}.ics`, make: () => feed(calendar, hall) },
    ]),
  ]
  const paths = [...files.map((file) => file.path), DATA_FILE]
  return [...files, { path: DATA_FILE, make: () => dataFile(calendar, paths) }]
}
