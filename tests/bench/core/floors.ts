/**
 * Floors: for each case the leanest SQL that writes or reads the same rows and keeps the same guarantees. Each is one
 * statement, prepared, in a SERIALIZABLE transaction of its own; the keys of the tables and our guards hold for it,
 * too. Nothing of it is meant to be a library: it knows what it will meet.
 */
import type pg from 'pg'

/** Sends a prepared statement; throws where it wrote other than so many rows. */
export async function bareRun(
  client: pg.Client,
  name: string,
  text: string,
  values: readonly unknown[],
  rows?: number,
): Promise<pg.QueryResult> {
  const result = await client.query({ name, text, values: [...values] })
  if (rows !== undefined && result.rowCount !== rows) {
    throw new Error(`${name} met ${result.rowCount} rows instead of ${rows}`)
  }
  return result
}

const NOW = "now() at time zone 'UTC'"

/** $1 resource, $2 starts, $3 ends. */
export const ALLOCATE = `
  insert into allocations (resource, mirror_of, type, timezone, quota, quota_limit,
    partly_available, approve_manually, _raster, data, created, "group", _start, _end)
  select $1::uuid, $1::uuid, 'generic', 'Europe/Zurich', 1, 0, false, false, 5, '{}',
    ${NOW}, gen_random_uuid(), d.s, d.e
  from unnest($2::timestamp[], $3::timestamp[]) d(s, e)
  where not exists (select from allocations m where m.resource = $1::uuid
    and m._start <= d.e and m._end >= d.s)
  returning id`

const RECORD = `
  insert into reservations (token, target, target_type, type, resource, start, "end", timezone,
    status, data, email, quota, created)
  select $2::uuid, w."group", 'allocation', 'generic', w.mirror_of, w.s, w.e, w.timezone,
    'approved', '{}', 'a@example.ch', 1, ${NOW}
  from wanted w`

/** $1 resource, $2 token, $3 starts, $4 ends: reserved and approved, whole allocations or steps of them. */
export const BOOK = `
  with wanted as (
    select a.*, d.s, d.e from unnest($3::timestamp[], $4::timestamp[]) d(s, e)
    cross join lateral (select * from allocations m where m.resource = $1::uuid
      and m._start <= d.s order by m._start desc limit 1) a
    where d.e <= a._end),
  record as (${RECORD} returning id, start)
  insert into reserved_slots (resource, start, "end", allocation_id, source_type,
    reservation_token, source_id, created)
  select w.resource, step.at, case when w.partly_available
      then step.at + w._raster * interval '1 minute' - interval '1 microsecond' else w._end end,
    w.id, 'reservation', $2::uuid, r.id, ${NOW}
  from wanted w join record r on r.start = w.s
  cross join lateral (select g as at from generate_series(w.s, w.e, w._raster * interval '1 minute') g
      where w.partly_available
    union all select w._start where not w.partly_available) step`

/** $1 the uuids of all places, $2 token, $3 start: the first place that is free, with a row for it. */
export const BOOK_PLACE = `
  with wanted as (
    select a.*, a._start as s, a._end as e, k.resource as place
    from allocations a cross join lateral (
      select u.resource from unnest($1::uuid[]) with ordinality u(resource, n)
      where not exists (select from reserved_slots t where t.resource = u.resource
        and t.start = $3::timestamp)
      order by u.n limit 1) k
    where a.resource = ($1::uuid[])[1] and a._start = $3::timestamp),
  record as (${RECORD} returning id),
  place as (insert into allocations (resource, mirror_of, type, timezone, quota, quota_limit,
      partly_available, approve_manually, _raster, data, created, "group", _start, _end)
    select place, mirror_of, type, timezone, quota, quota_limit, partly_available,
      approve_manually, _raster, data, ${NOW}, "group", _start, _end
    from wanted where place <> resource
    on conflict (resource, _start) do update set modified = excluded.created returning id)
  insert into reserved_slots (resource, start, "end", allocation_id, source_type,
    reservation_token, source_id, created)
  select w.place, w._start, w._end, coalesce((select id from place), w.id), 'reservation',
    $2::uuid, r.id, ${NOW}
  from wanted w cross join record r`

/** $1 the uuids of all places, $2 the number they shrink to, $3 start: used places move forward, the others go. */
export const SHRINK = `
  with places as (
    select a.id, a.resource, row_number() over (order by k.n) as rank,
      exists (select from reserved_slots s where s.resource = a.resource and s.start = $3::timestamp)
        as used
    from unnest($1::uuid[]) with ordinality k(resource, n)
    join allocations a on a.resource = k.resource and a._start = $3::timestamp),
  used as (select id, resource, row_number() over (order by rank) as rank from places where used),
  moves as (select u.resource as source, p.id as target, p.resource from used u
    join places p using (rank) where u.id <> p.id),
  gone as (delete from reserved_slots s using moves m where s.resource = m.source
    and s.start = $3::timestamp returning m.target, m.resource as place, s.*),
  moved as (insert into reserved_slots (resource, start, "end", allocation_id, source_type,
      reservation_token, source_id, created, modified)
    select place, start, "end", target, source_type, reservation_token, source_id, created, ${NOW}
    from gone),
  dropped as (delete from allocations where id in (
    select id from places where rank > (select count(*) from used)))
  update allocations set quota = $2::int, modified = ${NOW}
  where id in (select id from places where rank <= (select count(*) from used))
  and (select count(*) from used) <= $2::int`

/** $1 resources, $2 from, $3 until: places, what is left of them and the resources that have some, by UTC day. */
export const YEAR = `
  select day::text, string_agg(resource::text, ' ') as resources, sum(places) as places,
    sum(free) as free
  from (select a._start::date as day, a.mirror_of as resource, sum(a.quota) as places,
      count(*) filter (where s.allocation_id is null) as free
    from allocations a left join reserved_slots s on s.allocation_id = a.id
    where a.mirror_of = any($1::uuid[]) and a._start between $2::timestamp and $3::timestamp
    group by 1, 2) of_resource group by 1`

/** $1 resource, $2 from, $3 until, $4 the clock the window begins at, $5 the one it ends at. */
export const SEARCH = `
  select a.id, a."group", a.quota, a.partly_available, a.data, a._start, a._end, a._raster,
    (select count(*) from allocations g where g."group" = a."group" and g.resource = a.resource) > 1
      as in_group
  from allocations a
  where a.resource = $1::uuid and a._start between $2::timestamp and $3::timestamp
    and (a._start at time zone 'UTC' at time zone 'Europe/Zurich')::time <= $5::time
    and (a._end at time zone 'UTC' at time zone 'Europe/Zurich')::time >= $4::time
  order by a._start`

/** $1 ids of allocations: their rows and the runs of taken time in each. */
export const RUNS = `
  select a.id, a._start, a._end, a._raster, runs.first, runs.last, runs.steps
  from allocations a left join lateral (
    select min(start) as first, max("end") as last, count(*) as steps from (
      select s.start, s."end", s.start - row_number() over (order by s.start)
        * a._raster * interval '1 minute' as island
      from reserved_slots s where s.allocation_id = a.id) steps group by island) runs on true
  where a.id = any($1::int[]) order by a._start, runs.first`
