/**
 * Sums over many allocations, made by the database: a year of twenty halls is one statement and a few hundred rows,
 * not 73,000. Every allocation is read once, with the number of its taken steps beside it.
 */
import { textOf } from '../domain/micros.ts'
import type { Stretch } from '../domain/raster.ts'
import type { Uuid } from '../domain/time.ts'
import type { Tx } from './database.ts'
import { PLAN_EACH_TIME, statement } from './statement.ts'

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

/** Bits of a number that are safe to shift, in SQL and here. */
const BITS = 30

type RawDaySum = Omit<DaySum, 'resources'> & {
  /** A bit for each resource that has a row, thirty to a number: their uuids would cost more than the sums. */
  present: readonly number[]
}

/** Counted in one number: the steps of reservations, and a million for each step of a blocker. */
const STEPS = `sum(case s.source_type when 'reservation' then 1 else 1000000 end)`
const RESERVED = '(steps % 1000000)::float8'
const BLOCKED = 'steps / 1000000'

/** The steps of one row, looked up by themselves: for a few resources, or a row that reaches beyond the range. */
const STEPS_OF_ROW = `(select ${STEPS} from reserved_slots s where s.allocation_id = a.id)`

/**
 * The steps of everybody in the range, counted at once: for many resources. The last step may end after its
 * allocation, by less than the longest raster.
 */
const STEPS_INSIDE = `left join (select s.allocation_id, ${STEPS} as steps from reserved_slots s
    where s."end" >= $2::timestamp and s."end" <= $3::timestamp + interval '1 hour'
    group by s.allocation_id) inside on inside.allocation_id = a.id`
const INSIDE_OR_OF_ROW = `case when $2::timestamp <= a._start and a._end <= $3::timestamp
  then inside.steps else ${STEPS_OF_ROW} end`

/** From so many resources on, counting everybody's steps is cheaper than looking up those of each row. */
const MANY = 4

const LENGTH = `_end - _start + interval '1 microsecond'`
const TOTAL = `case when partly_available
  then floor(date_part('epoch', ${LENGTH}) / (_raster * 60)) else 1 end`

/** `percentFree` of `core/domain/share.ts`; the first lines spare most rows the rest. */
const PERCENT = `case
  when steps is null then case when partly_available and ${LENGTH} < interval '1 hour'
    and ${LENGTH} < _raster * interval '1 minute' then 0 else 100 end
  when not partly_available and steps in (1, 1000000) then 0
  when ${TOTAL} = ${BLOCKED} or ${TOTAL} - ${BLOCKED} = ${RESERVED} then 0
  when ${RESERVED} = 0 then 100
  else 100 - 100 * (${RESERVED} / (${TOTAL} - ${BLOCKED})) end`

/** libres' filter of a range, ends included. A reversed one holds what its first time lies in. */
const rangeIs = (reversed: boolean) =>
  reversed
    ? '$3::timestamp < $2::timestamp and a._start <= $2::timestamp and $2::timestamp <= a._end'
    : 'a._start <= $3::timestamp and (a._start >= $2::timestamp or a._end >= $2::timestamp)'

/**
 * Parameters: resources, from, until. Planned each time, by the length of the range: a plan for any range looks up row
 * by row what is read much faster as a whole. `offset 0` keeps the steps of a row from being worked out at every mention.
 */
function byDay(resources: number, reversed: boolean) {
  const many = resources >= MANY
  const present = Array.from({ length: Math.ceil(resources / BITS) }, (_, chunk) =>
    resources <= BITS ? 'bit_or(bit)' : `bit_or(case when chunk = ${chunk} then bit else 0 end)`,
  )
  return statement<RawDaySum>(`${PLAN_EACH_TIME}
    select (_start::date)::text as day, array[${present.join(', ')}]::int[] as present,
      count(*)::int as rows, coalesce(sum(quota) filter (where is_master), 0)::int as expected,
      sum(${PERCENT})::float8 as percent
    from (select a._start, a._end, a._raster, a.partly_available, a.quota,
        a.resource = a.mirror_of as is_master, own.bit, own.chunk,
        ${many ? INSIDE_OR_OF_ROW : STEPS_OF_ROW} as steps
      from (select resource, (nth - 1) / ${BITS} as chunk, 1 << ((nth - 1) % ${BITS})::int as bit
        from unnest($1::uuid[]) with ordinality own(resource, nth) offset 0) own
      join allocations a on a.mirror_of = own.resource and ${rangeIs(reversed)}
      ${many ? STEPS_INSIDE : ''} offset 0) row_of_day
    group by _start::date order by _start::date`)
}

/** The rows in a range by UTC day, in order. A test holds the percentages against the rule. */
export async function sumsByDay(
  tx: Tx,
  resources: readonly Uuid[],
  range: Stretch,
): Promise<DaySum[]> {
  const asked = [...new Set(resources)]
  if (asked.length === 0) return []
  const read = byDay(asked.length, range.end < range.start)
  const rows = await read(tx, asked, textOf(range.start), textOf(range.end))
  return rows.map(({ present, ...sum }) => ({
    ...sum,
    resources: asked.filter(
      (_, nth) => (present[Math.floor(nth / BITS)] ?? 0) & (1 << (nth % BITS)),
    ),
  }))
}
