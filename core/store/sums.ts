/**
 * Sums over many allocations, made by the database: a year of twenty halls is one statement and a few thousand
 * numbers, not 73,000 rows.
 */
import { textOf } from '../domain/micros.ts'
import type { Stretch } from '../domain/raster.ts'
import type { Uuid } from '../domain/time.ts'
import type { Tx } from './database.ts'
import { statement } from './statement.ts'

/** One UTC day of some resources. */
export type DaySum = Readonly<{
  /** `YYYY-MM-DD`, the UTC date of the starts. */
  day: string
  /** Those that have a row on this day. */
  resources: readonly Uuid[]
  /** Rows, mirrors included. */
  rows: number
  /** Quotas of the masters among them. */
  expected: number
  /** Percent left of each row, added up. */
  percent: number
}>

type RawDaySum = Omit<DaySum, 'resources'> & { resources: string }

/** The rows of the resources in parameter 1 in the range of parameters 2 and 3. */
const ROWS = `a.mirror_of = any((select $1::uuid[])::uuid[])
  and a._start <= greatest($2::timestamp, $3::timestamp)
  and ((a._start <= $2::timestamp and $2::timestamp <= a._end)
    or ($2::timestamp <= a._start and a._start <= $3::timestamp))`

/** Too short for one step: nothing of it can be left. The first test spares most rows the exact one. */
const EMPTY = `a.partly_available and a._end - a._start < interval '59 minutes 59.999999 seconds'
  and a._end < a._start + a._raster * interval '1 minute' - interval '1 microsecond'`

/**
 * Most rows have no slot and are wholly left. So all rows are counted as such, and what the few with slots have
 * lost is taken off. One row leaves the database for each day: resources of a day go as one text, which is read in
 * a tenth of the time of an array.
 */
const byDay = statement<RawDaySum>(`
  with whole as (
    select day, string_agg(resource::text, ' ') as resources, sum(rows)::int as rows,
      sum(expected)::int as expected, sum(rows - nothing) * 100 as percent
    from (select a._start::date as day, a.mirror_of as resource, count(*) as rows,
        coalesce(sum(a.quota) filter (where a.resource = a.mirror_of), 0) as expected,
        count(*) filter (where ${EMPTY}) as nothing
      from allocations a where ${ROWS} group by 1, 2) of_resource group by day),
  used as (
    select a._start::date as day,
      case when ${EMPTY} then 0 else 100 end as percent,
      case when a.partly_available
        then floor(extract(epoch from a._end - a._start + interval '1 microsecond')
          / (a._raster * 60)) else 1 end::float8 as total,
      count(*) filter (where s.source_type = 'reservation')::float8 as reserved,
      count(*) filter (where s.source_type = 'blocker')::float8 as blocked
    from reserved_slots s join allocations a on a.id = s.allocation_id
    where ${ROWS} group by a.id),
  lost as (
    select day, sum(percent - case
      when total = blocked or total - blocked = reserved then 0
      when reserved = 0 then 100
      else 100 - 100 * (reserved / (total - blocked)) end) as percent
    from used group by day)
  select whole.day::text as day, whole.resources, whole.rows, whole.expected,
    (whole.percent - coalesce(lost.percent, 0))::float8 as percent
  from whole left join lost on lost.day = whole.day order by whole.day`)

/**
 * The rows in a range by UTC day, in order. The percentage of a row is `percentFree` of `core/domain/share.ts`, said
 * in SQL; a test holds the two together.
 */
export async function sumsByDay(
  tx: Tx,
  resources: readonly Uuid[],
  range: Stretch,
): Promise<DaySum[]> {
  const rows = await byDay(tx, resources, textOf(range.start), textOf(range.end))
  return rows.map((row) => ({ ...row, resources: row.resources.split(' ') }))
}
