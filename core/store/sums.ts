/**
 * Sums over many allocations, made by the database: a year of twenty halls is one statement and a few thousand
 * numbers, not 73,000 rows.
 */
import { sql } from 'kysely'
import { textOf } from '../domain/micros.ts'
import type { Stretch } from '../domain/raster.ts'
import type { Uuid } from '../domain/time.ts'
import type { Tx } from './database.ts'

/** One UTC day of one resource. */
export type DaySum = Readonly<{
  /** `YYYY-MM-DD`, the UTC date of the starts. */
  day: string
  resource: Uuid
  /** Rows, mirrors included. */
  rows: number
  /** Quotas of the masters among them. */
  expected: number
  /** Percent left of each row, added up. */
  percent: number
}>

/**
 * The rows in a range by UTC day and resource. The percentage of a row is `percentFree` of `core/domain/share.ts`,
 * said in SQL; a test holds the two together.
 */
export async function sumsByDay(
  tx: Tx,
  resources: readonly Uuid[],
  range: Stretch,
): Promise<DaySum[]> {
  const from = textOf(range.start)
  const until = textOf(range.end)
  const { rows } = await sql<DaySum>`
    with a as materialized (
      select a.id, a.mirror_of, a._start, a._end, a._raster, a.partly_available,
        case when a.resource = a.mirror_of then a.quota else 0 end as quota
      from allocations a where a.mirror_of = any(${resources}::uuid[])
      and a._start <= greatest(${from}::timestamp, ${until}::timestamp)
      and ((a._start <= ${from}::timestamp and ${from}::timestamp <= a._end)
        or (${from}::timestamp <= a._start and a._start <= ${until}::timestamp))),
    used as (
      select s.allocation_id, count(*) filter (where s.source_type = 'reservation') as reserved,
        count(*) filter (where s.source_type = 'blocker') as blocked
      from reserved_slots s where s.allocation_id in (select id from a)
      group by s.allocation_id),
    counted as (
      select a.*, coalesce(used.reserved, 0) as reserved, coalesce(used.blocked, 0) as blocked,
        case when not a.partly_available then 1
          when used.reserved is null
            and a._end >= a._start + interval '1 hour' - interval '1 microsecond' then 1
          else floor(extract(epoch from a._end - a._start + interval '1 microsecond')
            / (a._raster * 60))::int end as total
      from a left join used on used.allocation_id = a.id)
    select _start::date::text as day, mirror_of as resource, count(*)::int as rows,
      sum(quota)::int as expected,
      sum(case when total = blocked or total - blocked = reserved then 0
        when reserved = 0 then 100
        else 100 - 100 * (reserved::float8 / (total - blocked)) end)::float8 as percent
    from counted group by _start::date, mirror_of`.execute(tx)
  return rows.map((row) => ({ ...row }))
}
