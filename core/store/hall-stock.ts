/**
 * What is open, taken and asked for in many halls on some days: one statement each, however many halls and days.
 * A place that is taken in one go is one row, however many steps that is.
 */
import type { Opening, Stock, TakenPlace } from '../domain/hall-options.ts'
import type { Span, Uuid } from '../domain/time.ts'
import type { Tx } from './database.ts'
import { PLAN_EACH_TIME, statement } from './statement.ts'

const MILLIS = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`
const UTC = (parameter: string) => `(to_timestamp(${parameter} / 1000.0) at time zone 'UTC')`

/** Parameters: the halls, and the spans to look at as beginnings and ends. The columns hold inclusive ends. */
const WITHIN = (start: string, end: string) => `
  ${start} < ${UTC('(select max(x) from unnest($3::float8[]) x)')}
   and ${end} >= ${UTC('(select min(x) from unnest($2::float8[]) x)')}
   and exists (select from unnest((select $2::float8[]), (select $3::float8[])) as d(lower, upper)
                where ${start} < ${UTC('d.upper')} and ${end} >= ${UTC('d.lower')})`

const openings = statement<Opening>(`${PLAN_EACH_TIME}
  select a.resource, ${MILLIS('a._start')} as start,
         ${MILLIS(`a._end + interval '1 microsecond'`)} as "end",
         case when a.partly_available then a._raster end as step, a.quota as places,
         a.quota_limit as "mostPerBooking", a.approve_manually as "byStaff",
         exists (select from allocations g
                  where g."group" = a."group" and g.resource = g.mirror_of and g.id <> a.id)
           as together
    from allocations a
   where a.resource = a.mirror_of and a.resource = any((select $1::uuid[])::uuid[])
     and ${WITHIN('a._start', 'a._end')}
   order by a.resource, a._start`)

const takenPlaces = statement<TakenPlace>(`${PLAN_EACH_TIME}
  select t.hall as resource, t.place, ${MILLIS('lower(run)')} as start,
         ${MILLIS('upper(run)')} as "end"
    from (
      select a.id, a.mirror_of as hall, a.resource as place,
             range_agg(tsrange(s.start, s."end" + interval '1 microsecond')) as runs
        from allocations a join reserved_slots s on s.allocation_id = a.id
       where a.mirror_of = any((select $1::uuid[])::uuid[]) and ${WITHIN('a._start', 'a._end')}
       group by a.id
    ) t cross join lateral unnest(t.runs) as run
   order by t.hall, lower(run), t.place`)

const asked = statement<Stock['asked'][number]>(`${PLAN_EACH_TIME}
  select v.resource, ${MILLIS('v.start')} as start,
         ${MILLIS(`v."end" + interval '1 microsecond'`)} as "end"
    from reservations v
   where v.status = 'pending' and v.session_id is null and v.target_type = 'allocation'
     and v.resource = any((select $1::uuid[])::uuid[]) and ${WITHIN('v.start', 'v."end"')}`)

/** `spans` in any order; what touches one of them counts. */
export async function hallStock(
  tx: Tx,
  halls: readonly Uuid[],
  spans: readonly Span[],
): Promise<Omit<Stock, 'halls' | 'held'>> {
  const parameters = [
    [...halls],
    spans.map((span) => span.start),
    spans.map((span) => span.end),
  ] as const
  return {
    open: await openings(tx, ...parameters),
    taken: await takenPlaces(tx, ...parameters),
    asked: await asked(tx, ...parameters),
  }
}
