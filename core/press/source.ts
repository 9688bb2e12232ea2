/** Source: what a target shows, read in one snapshot, and beside it every private field for the check. */

import { holidaysIn } from '../domain/holidays.ts'
import type { PublishTarget } from '../domain/publish-target.ts'
import { dayOf, type Instant } from '../domain/time.ts'
import { holidaysByLaw } from '../holidays/by-law.ts'
import type { PrivateField } from '../publish/leaks.ts'
import { daysOf, type PublicCalendar, publicCalendar, spanOf } from '../publish/public-calendar.ts'
import { freeIn } from '../store/calendar.ts'
import type { Database } from '../store/database.ts'
import { privateFields, publishedClosures, publishedDates } from '../store/publish.ts'
import { allResources } from '../store/resources.ts'
import { readHolidaySettings, readMunicipality } from '../store/settings.ts'

export interface Source {
  readonly calendar: PublicCalendar
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
    const days = daysOf(target, today)
    const span = spanOf(days, zone)
    const settings = await readHolidaySettings(tx)
    const { canton, optional } = settings
    const byLaw = await holidaysByLaw(canton, optional, days.from, days.until, target.language)
    const rows = {
      municipality: municipality?.name ?? '',
      zone,
      halls: await allResources(tx),
      booked: await publishedDates(tx, span.start, span.end),
      closed: await publishedClosures(tx, span.start, span.end),
      open: target.detail === 'full' ? await freeIn(tx, span) : [],
      holidays: holidaysIn(settings, byLaw, days.from, days.until),
    }
    return {
      calendar: publicCalendar(target, rows, today),
      secrets: await privateFields(tx),
    }
  })
}
