/**
 * Source: what a target shows, read in one snapshot, and beside it every private field for the check. Rows as they are:
 * whoever makes files of them may sit in another thread.
 */
import type { HolidaySettings } from '../domain/holidays.ts'
import type { PublishTarget } from '../domain/publish-target.ts'
import { type Day, dayOf, type Instant } from '../domain/time.ts'
import type { PrivateField } from '../publish/leaks.ts'
import { daysOf, type PublicRows, spanOf } from '../publish/public-calendar.ts'
import { freeIn } from '../store/calendar.ts'
import type { Database } from '../store/database.ts'
import { privateFields, publishedClosures, publishedDates } from '../store/publish.ts'
import { allResources } from '../store/resources.ts'
import { readHolidaySettings, readMunicipality } from '../store/settings.ts'

export interface Source {
  readonly target: PublishTarget
  readonly today: Day
  /** The holidays are worked out with the files. */
  readonly rows: Omit<PublicRows, 'holidays'>
  readonly holidays: HolidaySettings
  readonly secrets: readonly PrivateField[]
}

export async function readSource(
  database: Database,
  target: PublishTarget,
  now: Instant,
): Promise<Source> {
  return database.read(async (tx) => {
    const municipality = await readMunicipality(tx)
    const zone = municipality?.zone ?? 'UTC'
    const today = dayOf(now, zone)
    const span = spanOf(daysOf(target, today), zone)
    return {
      target,
      today,
      rows: {
        municipality: municipality?.name ?? '',
        zone,
        halls: await allResources(tx),
        booked: await publishedDates(tx, span.start, span.end),
        closed: await publishedClosures(tx, span.start, span.end),
        open: target.detail === 'full' ? await freeIn(tx, span) : [],
      },
      holidays: await readHolidaySettings(tx),
      secrets: await privateFields(tx),
    }
  })
}
