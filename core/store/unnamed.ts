/** Unnamed: resources that another program has made and that no desk has described yet, with what they are known by. */
import { sql } from 'kysely'
import type { Uuid } from '../domain/time.ts'
import type { Tx } from './database.ts'

export type UnnamedResource = Readonly<{
  id: Uuid
  /** Dates on which it can be reserved; those of all its places count once. */
  dates: number
  /** The most places of any of them. */
  places: number
  /** Bookings and requests. */
  bookings: number
  /** The start of the first date, and the last one, to know it by its hours; null where it has only bookings. */
  first: number | null
  last: number | null
  lastEnd: number | null
}>

/** Those with the most bookings first: whoever names them knows these best. */
export async function unnamedResources(tx: Tx): Promise<UnnamedResource[]> {
  const { rows } = await sql<UnnamedResource>`
    with made as (
      select a.resource, count(*)::int as dates, max(a.quota)::int as places,
             min(a._start) as first, max(a._start) as last,
             (array_agg(a._end order by a._start desc))[1] as last_end
        from allocations a where a.resource = a.mirror_of group by a.resource
    ), taken as (
      select r.resource, count(distinct r.token)::int as bookings
        from reservations r group by r.resource
    ), found as (
      select coalesce(made.resource, taken.resource) as id, coalesce(made.dates, 0) as dates,
             coalesce(made.places, 1) as places, coalesce(taken.bookings, 0) as bookings,
             made.first, made.last, made.last_end
        from made full join taken on taken.resource = made.resource
    )
    select id::text, dates, places, bookings,
           (extract(epoch from first) * 1000)::float8 as first,
           (extract(epoch from last) * 1000)::float8 as last,
           (extract(epoch from last_end + interval '1 microsecond') * 1000)::float8 as "lastEnd"
      from found
     where not exists (select from allmend.resource known where known.id = found.id)
     order by bookings desc, dates desc, id
  `.execute(tx)
  return rows
}
