/**
 * Town: the small municipality that chaos runs in, with few free hours, so that everybody wants the same; and what must
 * be true of it in every snapshot, on the server and in each replica.
 */
import { sql } from 'kysely'
import type { Uuid } from '../../core/domain/time.ts'
import type { Database } from '../../core/store/database.ts'
import { REPLICATED } from '../../core/store/shared/replicated.ts'
import { Clerk, comingDays, hall } from '../harness/authority.ts'

/** A hall that can be divided in two: whoever has the whole has both halves. And a room of three places. */
export const HALLS = ['saal', 'saal-a', 'saal-b', 'raum'] as const
export const DAYS = comingDays(1)
export const HOURS = [18, 19, 20] as const
/** Of a booking of one hour. */
export const SLOTS = 2

export async function foundTown(database: Database): Promise<void> {
  const clerk = new Clerk(database)
  await clerk.founds()
  await clerk.addHall('saal')
  for (const half of ['saal-a', 'saal-b']) {
    await clerk.addHall(half, { parent: hall('saal'), sharesSpace: true })
  }
  await clerk.addHall('raum')
  const [day = ''] = DAYS
  for (const key of HALLS) {
    await clerk.open(key, { from: day, until: day, places: key === 'raum' ? 3 : 1 })
  }
}

/** Everything that is wrong in this snapshot, in words; reads one. */
export async function wrongIn(database: Database): Promise<readonly string[]> {
  const { rows } = await database.read((tx) =>
    sql<{ wrong: string }>`
      with taken as (
        select a.mirror_of as hall, a.quota, s.start, s."end", s.reservation_token as token
          from reserved_slots s join allocations a on a.id = s.allocation_id
      )
      select 'overbooked: ' || w.hall || ' and its part at ' || w.start as wrong
        from taken w
        join allmend.resource part on part.parent = w.hall and part.shares_space
        join taken p on p.hall = part.id and p.start < w."end" and p."end" > w.start
      union all
      select 'overbooked: ' || hall || ' at ' || start from taken
       group by hall, start having count(*) > max(quota)
      union all
      select 'mixed: slots of ' || token || ' without a booking' from taken
       where not exists (select from allmend.booking b
                          where b.token = taken.token and b.cancelled_at is null)
      union all
      select 'mixed: booking ' || b.number || ' without its slots' from allmend.booking b
       where b.cancelled_at is null
         and (select count(*) from taken where taken.token = b.token) <> ${SLOTS}::int
      union all
      select 'mixed: booking ' || b.number || ' without its receipt' from allmend.booking b
        join allmend.history h on h.subjects @> array[b.token] and h.name = 'reservation.book'
       where not exists (select from sync.receipt r
                          where r.command_id = h.command and r.outcome ->> 'status' = 'accepted')
    `.execute(tx),
  )
  return rows.map(({ wrong }) => wrong)
}

/** Tokens of the bookings that stand and whose titles begin so. */
export async function bookingsOf(database: Database, title: string): Promise<Uuid[]> {
  const { rows } = await sql<{ token: Uuid }>`
    select token from allmend.booking
     where cancelled_at is null and starts_with(title, ${title}) order by number
  `.execute(database.kysely)
  return rows.map(({ token }) => token)
}

/** One line for each table: equal where all rows are equal. */
export async function contentOf(database: Database): Promise<Record<string, string>> {
  const content: Record<string, string> = {}
  for (const { table } of REPLICATED) {
    const { rows } = await sql<{ line: string }>`
      select count(*) || ' ' || coalesce(md5(string_agg(row, ',' order by row collate "C")), '') as line
        from (select to_jsonb(t)::text as row from ${sql.id(...table.split('.'))} t) rows
    `.execute(database.kysely)
    content[table] = rows[0]?.line ?? ''
  }
  return content
}
