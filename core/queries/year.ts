/** How full the days of a year are: one statement, whatever the number of halls. */
import { sharingOf } from '../domain/resource.ts'
import { spanOfDay } from '../domain/time.ts'
import type { Tx } from '../store/database.ts'
import { allResources } from '../store/resources.ts'
import { type Takes, yearDays } from '../store/year.ts'
import type { QueryArgs, Rows } from './rows.ts'

export async function calendarYear(
  tx: Tx,
  { from, until, resources }: QueryArgs<'calendar.year'>,
): Promise<Rows['calendar.year']> {
  const all = await allResources(tx)
  const shown = resources ? all.filter((one) => resources.includes(one.id)) : all
  const zone = shown[0]?.zone
  if (zone === undefined) return []
  const takes = shown.flatMap((one): Takes[] =>
    [one.id, ...sharingOf(one, all)].map((by) => ({ hall: one.id, by })),
  )
  const span = { start: spanOfDay(from, zone).start, end: spanOfDay(until, zone).end }
  const days = await yearDays(tx, span, zone, takes)
  // A date that begins before the range, or ends after it, has days outside.
  return days.filter(({ day }) => from <= day && day <= until)
}
