/** The caretaker's day: trips in rows of sums, and who goes short, in one statement however many pieces there are. */
import type { Instant } from '../domain/time.ts'
import type { Tx } from './database.ts'
import { PLACE_NAME } from './material-names.ts'
import { PLAN_EACH_TIME, statement } from './statement.ts'

const placeNamed = (column: string) =>
  `(select ${PLACE_NAME} from allmend.place p where p.id = ${column})`

/** The organisation of whoever has booked, or the person; of one who was merged, whoever stands for both. */
const PERSON = `left join lateral (
  select s.* from allmend.person b join allmend.person s on s.id = coalesce(b.merged_into, b.id)
  where b.id = k.person) s on true`

const read = statement<{ trips: unknown; missing: unknown }>(`${PLAN_EACH_TIME}
  with due as materialized (
    select id, state, dt_execution, dt_start, place, claim from allmend.operation
     where state <> 'done' and dt_execution < $2::bigint and kind = 'move'
       and (dt_execution >= $1::bigint or $3::boolean)
    union all
    select id, state, dt_execution, dt_start, place, claim from allmend.operation
     where state = 'done' and kind = 'move'
       and dt_execution >= $1::bigint and dt_execution < $2::bigint
  ), going as materialized (
    select d.*, i.type, i.code, v.place as source, v.state = 'present' as ready,
        d.state = 'done' and not exists (
          select 1 from allmend.history_input n
          cross join lateral (
            select state from allmend.operation where id = n.operation offset 0) f
          where n.latest_previous_op = d.id and f.state <> 'planned') as latest
      from due d
     cross join lateral (
       select avatar from allmend.history_input where operation = d.id offset 0) h
     cross join lateral (select place, state, item from allmend.avatar where id = h.avatar offset 0) v
     cross join lateral (select type, code from allmend.item where id = v.item offset 0) i
  ), sums as (
    select state, dt_execution, place, claim, type, source, count(*)::int as count,
        json_agg(id order by id) as operations, min(dt_start) as dt_start,
        coalesce(json_agg(code order by code) filter (where code is not null), '[]') as codes,
        bool_and(ready) as ready, bool_and(latest) as latest
      from going group by state, dt_execution, place, claim, type, source
  ), trips as (
    select g.operations, g.state, g.dt_execution as at, g.dt_start as "startedAt", g.type, t.name,
        coalesce(t.properties ->> 'kind', 'equipment') as kind, g.count, g.codes,
        ${placeNamed('g.source')} as "from", ${placeNamed('g.place')} as "to", g.place, g.source,
        case when g.claim is null then 'house' when c.place = g.place then 'out' else 'back' end
          as way,
        g.claim, k.token, coalesce(k.number, 0) as number, coalesce(k.title, '') as title,
        coalesce(nullif(s.organisation, ''), s.name, '') as who, coalesce(s.phone, '') as phone,
        coalesce(k.persons, 0) as persons, g.ready, g.latest
      from sums g
      join allmend.item_type t on t.id = g.type
      left join allmend.claim c on c.id = g.claim
      left join allmend.booking k on k.token = c.booking
      ${PERSON}
     order by g.dt_execution, "to", k.number, t.name, g.state
  ), wanted as materialized (
    select c.* from allmend.claim c
     where not c.withdrawn and c.out_at < $2::bigint
       and (c.out_at >= $1::bigint or $3::boolean and c.back_at > $1::bigint)
  ), short as (
    select c.id as claim, k.token, k.number, k.title, c.type, t.name, c.place,
        ${placeNamed('c.place')} as "to", c.out_at as at, c.quantity - (
          select count(distinct v.item)::int from allmend.operation o
          cross join lateral (
            select avatar from allmend.history_input where operation = o.id offset 0) h
          cross join lateral (select item from allmend.avatar where id = h.avatar offset 0) v
          where o.claim = c.id and o.place = c.place) as missing
      from wanted c
      join allmend.booking k on k.token = c.booking
      join allmend.item_type t on t.id = c.type
     order by c.out_at, k.number, t.name
  )
  select (select coalesce(json_agg(r), '[]') from trips r) as trips,
    (select coalesce(json_agg(r), '[]') from short r where r.missing > 0) as missing`)

export async function readDay(
  tx: Tx,
  start: Instant,
  end: Instant,
  late: boolean,
): Promise<Readonly<{ trips: unknown; missing: unknown }>> {
  const [found] = await read(tx, start, end, late)
  if (!found) throw new Error('a query of sums gave no row')
  return found
}
