/** What a screen may ask about availability: the periods there are, and what a change would do. */

import { type DateOf, exceptedDays, type Period, periodsOf } from '../domain/availability-period.ts'
import type { Existing } from '../domain/availability-plan.ts'
import { dayOf, type Uuid, weekdayOf } from '../domain/time.ts'
import { datesToClear, drawPlan } from '../plans/availability.ts'
import {
  affectedOn,
  datesWithUse,
  groupsOfRule,
  type WeekOfDates,
  weeksOfDates,
} from '../store/availability.ts'
import type { Tx } from '../store/database.ts'
import { resourcesByIds } from '../store/resources.ts'
import type {
  AffectedRow,
  AvailabilityRows,
  PeriodRow,
  PreviewHall,
  PreviewRows,
  UnusedRows,
} from './availability-rows.ts'
import type { QueryArgs } from './rows.ts'

/** Weeks of the strip. */
const WEEKS = 52
/** As many overlaps as one looks through; the number of all is told. */
const MOST_OVERLAPS = 200
/** More people than this are not called one by one. */
const MOST_AFFECTED = 500

export async function availabilityPeriods(
  tx: Tx,
  { monday }: QueryArgs<'availability.periods'>,
): Promise<readonly PeriodRow[]> {
  const found = new Map<string, PeriodRow & { weeks: number[] }>()
  for (const week of await weeksOfDates(tx, monday)) {
    const key = JSON.stringify([
      week.rule,
      week.resource,
      week.opens,
      week.closes,
      week.step,
      week.places,
      week.mostPerBooking,
      week.byStaff,
    ])
    found.set(key, withWeek(found.get(key), week))
  }
  // What ended before the strip begins is history.
  return [...found.values()].filter((row) => row.last >= monday)
}

function withWeek(
  known: (PeriodRow & { weeks: number[] }) | undefined,
  { week, minutes, ...row }: WeekOfDates,
): PeriodRow & { weeks: number[] } {
  const weeks = known?.weeks ?? new Array<number>(WEEKS).fill(0)
  if (week >= 0 && week < WEEKS) weeks[week] = (weeks[week] ?? 0) + minutes
  if (!known) return { ...row, weekdays: [...row.weekdays].sort(), weeks }
  return {
    ...known,
    weeks,
    first: known.first < row.first ? known.first : row.first,
    last: known.last > row.last ? known.last : row.last,
    weekdays: [...new Set([...known.weekdays, ...row.weekdays])].sort(),
    dates: known.dates + row.dates,
    unused: known.unused + row.unused,
  }
}

export async function availabilityOne(
  tx: Tx,
  { rule }: QueryArgs<'availability.one'>,
): Promise<AvailabilityRows['availability.one']> {
  const ids = [...new Set((await groupsOfRule(tx, rule)).map((each) => each.resource))]
  if (ids.length === 0) return []
  const zones = new Map((await resourcesByIds(tx, ids)).map((row) => [row.id, row.zone]))
  const dates = await datesWithUse(tx, ids, rule, { start: 0, end: 0 })
  const { periods } = periodsOf(
    dates.filter((date) => date.rule === rule),
    (id) => zones.get(id) ?? 'UTC',
  )
  const weight = (period: Period) => dates.filter((date) => fits(period, date)).length
  // What most dates look like comes first: that is what the editor shows.
  return periods
    .map((period) => ({ period, weight: weight(period) }))
    .sort((one, other) => other.weight - one.weight)
    .map(({ period }) => period as AvailabilityRows['availability.one'][number])
}

function fits(period: Period, date: DateOf): boolean {
  return (
    period.resources.includes(date.resource) &&
    period.step === date.step &&
    period.places === date.places
  )
}

export async function availabilityPreview(
  tx: Tx,
  { rule, periods, since }: QueryArgs<'availability.preview'>,
): Promise<PreviewRows | null> {
  const former = rule === null ? [] : (await groupsOfRule(tx, rule)).map((each) => each.resource)
  const drawn = await drawPlan(tx, rule, periods, former, since)
  if (!drawn) return null
  const { create, exists, overlaps, change, remove, keep } = drawn.plan
  const halls = hallsOf(periods, drawn.zoneOf, drawn.plan)
  return {
    create: create.length,
    exists: exists.length,
    overlaps: overlaps.length,
    excepted: halls.reduce((all, hall) => all + hall.excepted, 0),
    change: change.length,
    remove: remove.length,
    keep: keep.length,
    halls,
    overlapping: overlaps.slice(0, MOST_OVERLAPS).map(({ wanted, existing }) => ({
      resource: wanted.resource,
      start: wanted.start,
      end: wanted.end,
      by: { start: existing.start, end: existing.end },
    })),
    affected: await affectedRows(
      tx,
      change.map((each) => each.existing),
      keep.map((each) => each.existing),
    ),
  }
}

function hallsOf(
  periods: readonly Period[],
  zoneOf: (id: Uuid) => string,
  plan: Readonly<{
    create: readonly DateOf[]
    exists: readonly DateOf[]
    overlaps: readonly Readonly<{ wanted: DateOf }>[]
  }>,
): PreviewHall[] {
  type Counted = { -readonly [K in keyof PreviewHall]: PreviewHall[K] } & { byWeekday: number[] }
  const halls = new Map<Uuid, Counted>()
  for (const period of periods) {
    const excepted = exceptedDays(period).length
    for (const resource of new Set(period.resources)) {
      const known = halls.get(resource)
      if (known) known.excepted += excepted
      else {
        const byWeekday = [0, 0, 0, 0, 0, 0, 0]
        halls.set(resource, { resource, create: 0, exists: 0, overlaps: 0, excepted, byWeekday })
      }
    }
  }
  for (const date of plan.create) {
    const hall = halls.get(date.resource)
    if (!hall) continue
    hall.create += 1
    const index = weekdayOf(dayOf(date.start, zoneOf(date.resource))) - 1
    hall.byWeekday[index] = (hall.byWeekday[index] ?? 0) + 1
  }
  for (const date of plan.exists) {
    const hall = halls.get(date.resource)
    if (hall) hall.exists += 1
  }
  for (const { wanted } of plan.overlaps) {
    const hall = halls.get(wanted.resource)
    if (hall) hall.overlaps += 1
  }
  return [...halls.values()]
}

async function affectedRows(
  tx: Tx,
  changed: readonly Existing[],
  kept: readonly Existing[],
): Promise<AffectedRow[]> {
  const groups = new Set([...changed, ...kept].map((date) => date.group))
  if (groups.size === 0) return []
  const stays = new Set(kept.map((date) => date.group))
  const rows = await affectedOn(tx, [...groups])
  return rows
    .slice(0, MOST_AFFECTED)
    .map(({ group, ...row }) => ({ ...row, becomes: stays.has(group) ? 'kept' : 'changed' }))
}

export async function availabilityUnused(
  tx: Tx,
  range: QueryArgs<'availability.unused'>,
): Promise<UnusedRows | null> {
  const found = await datesToClear(tx, range)
  if (!found) return null
  const groups = [...new Set(found.used.map((date) => date.group))]
  const affected = groups.length === 0 ? [] : await affectedOn(tx, groups)
  return {
    remove: found.remove.length,
    used: found.used.length,
    affected: affected.slice(0, MOST_AFFECTED).map(({ group: _, ...row }) => row),
  }
}
