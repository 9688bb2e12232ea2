/** Names: what places, pieces and bookings of the material are called, read where rows are told to somebody. */
import { type RawBuilder, sql } from 'kysely'
import type { Instant, Uuid } from '../domain/time.ts'
import type { Tx } from './database.ts'

/** The name of place `p`, whose row is at hand: that of its hall or of whoever it is lent to, else its own. */
export const PLACE_NAME = `coalesce(
  (select name from allmend.resource where id = p.resource),
  (select coalesce(nullif(s.organisation, ''), s.name) from allmend.person b
    join allmend.person s on s.id = coalesce(b.merged_into, b.id) where b.id = p.borrower),
  p.name)`
export const placeName: RawBuilder<string> = sql.raw(PLACE_NAME)

/** The pieces behind avatars: how many of each type, and where. */
export interface PiecesAt {
  readonly name: string
  readonly place: string
  readonly code: string | null
  readonly from: Instant
}

export async function piecesAt(tx: Tx, avatars: readonly Uuid[]): Promise<readonly PiecesAt[]> {
  const { rows } = await sql<PiecesAt>`
    select t.name, ${placeName} as place, i.code, v.dt_from as "from"
    from allmend.avatar v
    join allmend.item i on i.id = v.item
    join allmend.item_type t on t.id = i.type
    join allmend.place p on p.id = v.place
    where v.id = any((select ${avatars}::uuid[])::uuid[]) order by v.id`.execute(tx)
  return rows
}

/** Trips in words: so many pieces of a type, from where to where, for whom. */
export interface TripsTold {
  readonly count: number
  readonly name: string
  /** Of a single piece, the code it bears. */
  readonly code: string | null
  readonly from: string
  readonly to: string
  /** The title of the booking it is for; empty for house work. */
  readonly title: string
  readonly number: number
  readonly type: Uuid
  /** When it is to be, or was, done. */
  readonly at: Instant
}

export async function tripsTold(
  tx: Tx,
  operations: readonly Uuid[],
): Promise<readonly TripsTold[]> {
  const { rows } = await sql<TripsTold>`
    with going as materialized (
      select o.place, o.claim, o.dt_execution, i.type, i.code, v.place as source
      from unnest((select ${operations}::uuid[])) as n(id)
      cross join lateral (select * from allmend.operation where id = n.id offset 0) o
      cross join lateral (
        select avatar from allmend.history_input where operation = o.id offset 0) h
      cross join lateral (select * from allmend.avatar where id = h.avatar offset 0) v
      cross join lateral (select * from allmend.item where id = v.item offset 0) i),
    sums as (
      select count(*)::int as count, type, place, source, claim, min(dt_execution) as at,
        case when count(*) = 1 then min(code) end as code
      from going group by type, place, source, claim)
    select s.count, t.name, s.type, s.code, s.at,
      (select ${placeName} from allmend.place p where p.id = s.source) as "from",
      coalesce((select ${placeName} from allmend.place p where p.id = s.place), '') as "to",
      coalesce(b.title, '') as title, coalesce(b.number, 0) as number
    from sums s join allmend.item_type t on t.id = s.type
    left join allmend.claim c on c.id = s.claim
    left join allmend.booking b on b.token = c.booking
    order by s.at, t.name`.execute(tx)
  return rows
}

/** Bookings as far as their material is concerned. */
export interface MaterialBooking {
  readonly token: Uuid
  readonly number: number
  readonly title: string
  readonly booked: boolean
  /** Whoever stands for the person today. */
  readonly person: Uuid | null
}

export async function materialBookings(
  tx: Tx,
  tokens: readonly Uuid[],
): Promise<readonly MaterialBooking[]> {
  const { rows } = await sql<MaterialBooking>`
    select b.token, b.number, b.title, coalesce(p.merged_into, p.id) as person,
      b.cancelled_at is null and (b.standing = 'booked' or exists (
        select 1 from reservations r where r.token = b.token and r.status = 'approved')) as booked
    from unnest((select ${tokens}::uuid[])) as n(token)
    cross join lateral (select * from allmend.booking where token = n.token offset 0) b
    left join allmend.person p on p.id = b.person`.execute(tx)
  return rows
}

/** Claims that go short, by the names of their bookings and of what is missing. */
export async function shortTold(
  tx: Tx,
  short: readonly Readonly<{ claim: Uuid; missing: number }>[],
): Promise<readonly Readonly<{ title: string; number: number; name: string; missing: number }>[]> {
  if (short.length === 0) return []
  const { rows } = await sql<{ title: string; number: number; name: string; missing: number }>`
    select b.title, b.number, t.name, n.missing
    from jsonb_to_recordset(${JSON.stringify(short)}::jsonb) as n(claim uuid, missing int)
    join allmend.claim c on c.id = n.claim
    join allmend.booking b on b.token = c.booking
    join allmend.item_type t on t.id = c.type
    order by c.out_at, b.number, t.name`.execute(tx)
  return rows
}
