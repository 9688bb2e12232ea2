/**
 * Floors: for each case the leanest SQL we found that writes or reads the same rows and keeps the same guarantees. Each is
 * one statement in a SERIALIZABLE transaction of its own, the short ones prepared, the long reads planned for what they
 * ask; the keys of the tables and our guards hold for it, too. Nothing of it is meant to be a library: it knows what it
 * will meet.
 */
import type pg from 'pg'

function checked(what: string, found: number | null, wanted: number): void {
  if (found !== wanted) throw new Error(`${what} met ${found} rows instead of ${wanted}`)
}

/** Sends a prepared statement; throws where it wrote other than so many rows. */
export async function bareRun(
  client: pg.Client,
  name: string,
  text: string,
  values: readonly unknown[],
  rows: number,
): Promise<void> {
  const { rowCount } = await client.query({ name, text, values: [...values] })
  checked(name, rowCount, rows)
}

/** Reads with a plan for these very values; rows come one by one or, where there are thousands, as one list. */
export async function bareRead(
  client: pg.Client,
  text: string,
  values: readonly unknown[],
  rows: number,
): Promise<void> {
  const found = await client.query<{ list?: unknown[] }>(text, [...values])
  checked('the read', found.rows[0]?.list?.length ?? found.rowCount, rows)
}

const NOW = "now() at time zone 'UTC'"

/** $1 resource, $2 starts and $3 ends in their order, between which nothing else may be. */
export const ALLOCATE = `
  insert into allocations (resource, mirror_of, type, timezone, quota, quota_limit,
    partly_available, approve_manually, _raster, data, created, "group", _start, _end)
  select $1::uuid, $1::uuid, 'generic', 'Europe/Zurich', 1, 0, false, false, 5, '{}',
    ${NOW}, gen_random_uuid(), d.s, d.e
  from unnest($2::timestamp[], $3::timestamp[]) d(s, e)
  where not exists (select from allocations m where m.resource = $1::uuid
    and m._start <= ($3::timestamp[])[array_length($3::timestamp[], 1)]
    and m._end >= ($2::timestamp[])[1])`

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

/** $1 resources, $2 from, $3 until: places, how many are taken, and a bit for each resource that has some, by UTC day. */
export const YEAR = `
  select (a._start::date)::text as day, bit_or(own.bit) as present, sum(a.quota) as places,
    count(s.allocation_id) as taken
  from (select resource, 1 << (n - 1)::int as bit
    from unnest($1::uuid[]) with ordinality own(resource, n) offset 0) own
  join allocations a on a.mirror_of = own.resource
    and a._start between $2::timestamp and $3::timestamp
  left join reserved_slots s on s.allocation_id = a.id
  group by a._start::date`

/** $1 resource, $2 from, $3 until, $4 the clock the window begins at, $5 the one it ends at. */
export const SEARCH = `
  select json_agg(json_build_array(a.id, a."group", a.quota, a.partly_available, a.data, a._start,
    a._end, a._raster, a."group" in (select g."group" from allocations g
      where g.resource = $1::uuid group by g."group" having count(*) > 1)) order by a._start) as list
  from allocations a
  where a.resource = $1::uuid and a._start between $2::timestamp and $3::timestamp
    and (a._start at time zone 'UTC' at time zone 'Europe/Zurich')::time <= $5::time
    and (a._end at time zone 'UTC' at time zone 'Europe/Zurich')::time >= $4::time`

/** $1 ids of allocations: each with the beginnings of its taken steps, of which the runs are made. */
export const STEPS = `
  select a.id, a._start::text, a._end::text, a._raster, string_agg(s.start::text, ',') as taken
  from allocations a left join reserved_slots s on s.allocation_id = a.id
  where a.id = any($1::int[]) group by a.id`
