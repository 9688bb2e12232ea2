/**
 * Plans of availability: what a command would do, read from what is there. The command that does it and the preview
 * that shows it ask the same function.
 */
import {
  type DateOf,
  datesOfPeriod,
  type Period,
  periodsOf,
} from '../domain/availability-period.ts'
import { type Existing, type Plan, planDates } from '../domain/availability-plan.ts'
import type { ResourceRow } from '../domain/resource.ts'
import {
  addDays,
  type Day,
  dayOf,
  type Span,
  startOfDay,
  type Uuid,
  weekdayOf,
} from '../domain/time.ts'
import { datesWithUse } from '../store/availability.ts'
import type { Tx } from '../store/database.ts'
import { resourcesByIds } from '../store/resources.ts'

/** From the first to the last moment of some dates; an empty span where there is none. */
function reachOf(dates: readonly Span[]): Span {
  let start = Number.POSITIVE_INFINITY
  let end = Number.NEGATIVE_INFINITY
  for (const date of dates) {
    start = Math.min(start, date.start)
    end = Math.max(end, date.end)
  }
  return start < end ? { start, end } : { start: 0, end: 0 }
}

export type Drawn = Readonly<{
  plan: Plan
  wanted: readonly DateOf[]
  /** All dates of the halls concerned, whoever made them. */
  existing: readonly Existing[]
  /** The halls concerned. */
  halls: ReadonlyMap<Uuid, ResourceRow>
  zoneOf: (resource: Uuid) => string
}>

/**
 * What becomes of the dates when these periods take the place of a rule's, or are added (`rule` null). Undefined
 * where a hall is gone. A constant number of statements.
 *
 * @param formerly halls of the rule, which may not be among those of the periods any more
 * @param since dates before this day are left alone
 */
export async function drawPlan(
  tx: Tx,
  rule: Uuid | null,
  periods: readonly Period[],
  formerly: readonly Uuid[] = [],
  since?: Day,
): Promise<Drawn | undefined> {
  const named = new Set(periods.flatMap((period) => period.resources))
  const ids = [...new Set([...named, ...formerly])]
  const rows = ids.length === 0 ? [] : await resourcesByIds(tx, ids)
  const halls = new Map(rows.map((row) => [row.id, row]))
  if ([...named].some((id) => !halls.has(id))) return undefined
  const zoneOf = (resource: Uuid) => (halls.get(resource) as ResourceRow).zone
  const isMeant = (date: DateOf) =>
    since === undefined || date.start >= startOfDay(since, zoneOf(date.resource))
  const wanted = periods.flatMap((period) => datesOfPeriod(period, zoneOf)).filter(isMeant)
  const existing = (await datesWithUse(tx, ids, rule, reachOf(wanted))).filter(isMeant)
  return { plan: planDates(rule, wanted, existing), wanted, existing, halls, zoneOf }
}

/** Which unused dates are to go: both days included, ISO weekdays. */
export type Clearing = Readonly<{
  resources: readonly Uuid[]
  from: Day
  until: Day
  weekdays: readonly number[]
}>

/** The dates of a range that would go, and those that stay because somebody uses them; undefined where a hall is gone. */
export async function datesToClear(tx: Tx, { resources, from, until, weekdays }: Clearing) {
  const rows = await resourcesByIds(tx, resources)
  if (rows.length < new Set(resources).size) return undefined
  const halls = new Map(rows.map((row) => [row.id, row]))
  const zoneOf = (id: Uuid) => halls.get(id)?.zone ?? 'UTC'
  const zones = rows.map((row) => row.zone)
  const range = {
    start: Math.min(...zones.map((zone) => startOfDay(from, zone))),
    end: Math.max(...zones.map((zone) => startOfDay(addDays(until, 1), zone))),
  }
  const meant = (
    await datesWithUse(
      tx,
      rows.map((row) => row.id),
      null,
      range,
    )
  ).filter((date) => {
    const day = dayOf(date.start, zoneOf(date.resource))
    return from <= day && day <= until && weekdays.includes(weekdayOf(day))
  })
  const used = meant.filter((date) => date.held !== null)
  // What can only be booked together goes only as a whole, with its period.
  const unused = meant.filter((date) => date.held === null && !date.together)
  const loose = new Set(periodsOf(unused, zoneOf).loose)
  const remove = unused.filter((date) => !loose.has(date))
  return { remove, used, halls, zoneOf }
}
