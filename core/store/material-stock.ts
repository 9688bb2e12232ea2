/** Where pieces are: all at a moment, each of a type, one over its life. One statement each. */
import type { Instant, Uuid } from '../domain/time.ts'
import type { Tx } from './database.ts'
import { PLACE_NAME } from './material-names.ts'
import { PLAN_EACH_TIME, statement } from './statement.ts'

const STORES = `stores (id) as (
    select id from allmend.place where tag = 'store'
    union
    select p.id from stores s join allmend.place p on p.parent = s.id where p.tag is null)`

const KIND = `coalesce(t.properties ->> 'kind', 'equipment') as kind`

const things = statement<{ types: unknown; stores: unknown }>(`
  with present as materialized (
    select i.type, v.place from allmend.avatar v join allmend.item i on i.id = v.item
     where v.state = 'present'
  ), types as (
    select t.id, t.name, ${KIND},
        (select count(*)::int from present where present.type = t.id) as count,
        (select coalesce(json_agg(json_build_object('type', p.id, 'name', p.name,
            'quantity', (l.part ->> 'quantity')::int) order by l.nth), '[]')
          from jsonb_array_elements(t.behaviours #> '{assembly,pack,inputs}')
            with ordinality l(part, nth)
          join allmend.item_type p on p.code = l.part ->> 'type') as contents,
        coalesce((t.behaviours #>> '{assembly,pack,allow_extra_inputs}')::boolean, false) as extra
      from allmend.item_type t order by kind, t.name
  ), stores as (
    select p.id, p.name, p.tag, (select count(*)::int from present where place = p.id) as count
      from allmend.place p where p.tag in ('store', 'workshop') order by p.tag, p.name
  )
  select (select coalesce(json_agg(r), '[]') from types r) as types,
    (select coalesce(json_agg(r), '[]') from stores r) as stores`)

export async function readThings(tx: Tx): Promise<Readonly<{ types: unknown; stores: unknown }>> {
  const [found] = await things(tx)
  if (!found) throw new Error('a query of sums gave no row')
  return found
}

/** `seen`: stays that touch the window; one that ends when it begins was never there. */
const stock = statement<Record<string, unknown>>(`${PLAN_EACH_TIME}
  with recursive ${STORES},
  seen as materialized (
    select i.type, v.place, v.dt_from, v.dt_until, v.place in (select id from stores) as home
      from allmend.avatar v join allmend.item i on i.id = v.item
     where v.dt_from < $3::bigint and (v.dt_until is null
       or v.dt_until > $2::bigint and v.dt_until > v.dt_from)
  ), there as (
    select type, place, count(*)::int as count from seen
     where dt_from <= $1::bigint and (dt_until is null or dt_until > $1::bigint)
     group by type, place
  ), changes as (
    select type, greatest(dt_from, $2::bigint) as at, 1 as by from seen where home
    union all
    select type, dt_until, -1 from seen where home and dt_until < $3::bigint
  ), steps as (
    select type, at, sum(by)::int as by from changes group by type, at having sum(by) <> 0
  )
  select t.id as type, t.name, ${KIND},
      (select coalesce(sum(count), 0)::int from there where there.type = t.id) as count,
      (select coalesce(json_agg(json_build_object('place', p.id, 'name', ${PLACE_NAME},
          'tag', p.tag, 'count', a.count) order by p.tag nulls last, p.name), '[]')
        from there a join allmend.place p on p.id = a.place where a.type = t.id) as places,
      (select coalesce(json_agg(json_build_object('at', c.at, 'by', c.by) order by c.at), '[]')
        from steps c where c.type = t.id) as steps
    from allmend.item_type t order by kind, t.name`)

export function readStock(
  tx: Tx,
  at: Instant,
  start: Instant,
  end: Instant,
): Promise<Record<string, unknown>[]> {
  return stock(tx, at, start, end)
}

const pieces = statement<Record<string, unknown>>(`${PLAN_EACH_TIME}
  select i.id as item, i.type, t.name, i.code, v.place, ${PLACE_NAME} as "placeName", p.tag,
      v.dt_from as since, coalesce(k.number, 0) as number, coalesce(k.title, '') as title,
      (select coalesce(json_agg(json_build_object('name', c.name, 'quantity', c.quantity)
          order by c.name), '[]') from (
        select p.name, sum((l.part ->> 'quantity')::int)::int as quantity
          from jsonb_array_elements(i.properties -> 'contents') l(part)
          join allmend.item_type p on p.code = l.part ->> 'type' group by p.name) c) as inside,
      case when n.id is not null then json_build_object('at', n.dt_execution, 'state', n.state,
        'to', coalesce((select ${PLACE_NAME} from allmend.place p where p.id = n.place), ''))
      end as next
    from allmend.item_type t
    join allmend.item i on i.type = t.id
   cross join lateral (
     select * from allmend.avatar where item = i.id and state = 'present' offset 0) v
    join allmend.place p on p.id = v.place
    left join lateral (
      select o.* from allmend.history_input h join allmend.operation o on o.id = h.operation
       where h.avatar = v.id and o.state <> 'done' offset 0) n on true
    left join lateral (select claim from allmend.operation where id = v.reason offset 0) m on true
    left join allmend.claim c on c.id = m.claim and p.tag is null
    left join allmend.booking k on k.token = c.booking
   where case when $1::uuid is null then t.properties ->> 'kind' = 'key' else t.id = $1::uuid end
   order by t.name, length(i.code), i.code, i.id`)

export function readPieces(tx: Tx, type: Uuid | null): Promise<Record<string, unknown>[]> {
  return pieces(tx, type)
}

/** What brought a piece somewhere is named by whatever took it from there or, while it stands, by its stay. */
const life = statement<Record<string, unknown>>(`
  select i.id as item, i.code, i.type, t.name, ${KIND},
      (select coalesce(json_agg(r order by r.from, r.until nulls last, r.id), '[]') from (
        select v.id, v.place, ${PLACE_NAME} as name, p.tag, v.dt_from as "from",
            v.dt_until as until, v.state, o.kind as by, coalesce(o.comment, '') as why,
            coalesce(k.number, 0) as number, coalesce(k.title, '') as title, k.token,
            case when f.kind = 'departure' then coalesce(f.comment, '') end as gone,
            (select u.name from allmend.item_type u
              where f.kind = 'assembly' and u.id = f.item_type) as into
          from allmend.avatar v
          join allmend.place p on p.id = v.place
          left join allmend.history_input h on h.avatar = v.id
          left join allmend.operation f on f.id = h.operation
          join allmend.operation o on o.id = coalesce(h.latest_previous_op, v.reason)
          left join allmend.claim c on c.id = o.claim and p.tag is null
          left join allmend.booking k on k.token = c.booking
         where v.item = i.id) r) as stays
    from allmend.item i join allmend.item_type t on t.id = i.type where i.id = $1::uuid`)

export async function readLife(tx: Tx, item: Uuid): Promise<Record<string, unknown> | undefined> {
  const [found] = await life(tx, item)
  return found
}

const lines = statement<Record<string, unknown>>(`
  select c.id as claim, c.type, t.name, ${KIND}, c.quantity, c.out_at as "outAt",
      c.back_at as "backAt", p.resource, ${PLACE_NAME} as place, c.withdrawn,
      n.planned, n.there, n.came - n.there as back,
      case when c.withdrawn then 0 else greatest(0, c.quantity - n.planned - n.came) end as missing
    from allmend.claim c
    join allmend.item_type t on t.id = c.type
    join allmend.place p on p.id = c.place
   cross join lateral (
     select count(distinct v.item) filter (where o.state <> 'done')::int as planned,
         count(distinct v.item) filter (where o.state = 'done')::int as came,
         (select count(*)::int from allmend.operation d
           cross join lateral (
             select place from allmend.avatar where reason = d.id and state = 'present' offset 0) w
           where d.claim = c.id and w.place = c.place) as there
       from allmend.operation o
      cross join lateral (
        select avatar from allmend.history_input where operation = o.id offset 0) h
      cross join lateral (select item from allmend.avatar where id = h.avatar offset 0) v
      where o.claim = c.id and o.place = c.place) n
   where c.booking = $1::uuid order by c.out_at, t.name, c.id`)

export function readLines(tx: Tx, token: Uuid): Promise<Record<string, unknown>[]> {
  return lines(tx, token)
}
