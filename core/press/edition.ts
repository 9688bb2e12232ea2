/** Edition: all files of a target as they would go out now, checked for what must not. */
import { holidaysIn } from '../domain/holidays.ts'
import { holidaysByLaw } from '../holidays/by-law.ts'
import { publicFiles } from '../publish/files.ts'
import { type Leak, LeakCheck } from '../publish/leaks.ts'
import { daysOf, type PublicCalendar, publicCalendar } from '../publish/public-calendar.ts'
import type { FinishedFile } from './folder.ts'
import type { Source } from './source.ts'

export interface Edition {
  readonly calendar: PublicCalendar
  readonly files: readonly FinishedFile[]
  readonly leaks: readonly Leak[]
}

export async function makeEdition(source: Source): Promise<Edition> {
  const { target, today, rows, secrets } = source
  const { from, until } = daysOf(target, today)
  const { canton, optional } = source.holidays
  const byLaw = await holidaysByLaw(canton, optional, from, until, target.language)
  const holidays = holidaysIn(source.holidays, byLaw, from, until)
  const calendar = publicCalendar(target, { ...rows, holidays }, today)
  const check = new LeakCheck(secrets, calendar)
  const files = publicFiles(calendar).map(({ path, make }) => ({ path, text: make() }))
  const leaks = files.flatMap(({ path, text }) => check.find(path, text))
  return { calendar, files, leaks }
}
