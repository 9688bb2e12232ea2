/**
 * Search: bookings and people by number, words and phone digits, the likeliest first.
 *
 * Every word typed has to be found, in the title or in the name, in any order. One statement each; the folded words
 * stand in generated columns, so nothing is folded while somebody types.
 */
import { phoneDigits } from '../domain/phone.ts'
import { plain } from '../domain/plain.ts'
import type { Instant, Uuid } from '../domain/time.ts'
import type { Tx } from './database.ts'
import { statement } from './statement.ts'

/** Fewer digits are in every number. */
const PHONE_DIGITS = 4

export type FoundBooking = Readonly<{
  token: Uuid
  number: number
  title: string
  who: string
  resource: Uuid | null
  start: Instant
  end: Instant
  /** Further dates beside this one. */
  more: number
  state: 'booked' | 'request' | 'waiting' | 'denied' | 'cancelled'
}>

export type FoundPerson = Readonly<{
  id: Uuid
  name: string
  organisation: string
  phone: string
  bookings: number
}>

/** How the likeliest come first: the very number, what is to come, the nearest; cancelled ones last. */
const ORDER = `rank = 0 desc, cancelled, first_start < $3::float8, rank, abs(first_start - $3::float8), number`

/** `where` finds bookings `b` with their people `p`; $2 the whole as typed, $3 now, $4 how many. */
const selecting = (where: string) =>
  statement<FoundBooking>(`
  with found as (
    select b.token, b.number, b.first_start, b.cancelled_at is not null as cancelled,
           case when b.number::text = $2::text then 0
                when starts_with(b.plain, $2::text) then 1
                when position(' ' || $2::text in b.plain) > 0 then 2
                else 3 end as rank
      from allmend.booking b left join allmend.person p on p.id = b.person
     where ${where}
  ), best as (
    select * from found order by ${ORDER} limit $4::int
  )
  select b.token, b.number, b.title, coalesce(nullif(p.organisation, ''), p.name, '') as who,
         (b.dates -> 0 ->> 'resource')::uuid as resource, coalesce(b.first_start, 0)::float8 as start,
         coalesce((b.dates -> 0 ->> 'end')::float8, 0) as "end",
         greatest(jsonb_array_length(b.dates) - 1, 0) as more,
         case when b.cancelled_at is not null then 'cancelled' when b.denied then 'denied'
              else b.standing end as state
    from best join allmend.booking b using (token) left join allmend.person p on p.id = b.person
   order by ${ORDER.replace('cancelled', 'best.cancelled')
     .replaceAll('first_start', 'best.first_start')
     .replace(/number$/, 'b.number')}
`)

/** $1: one LIKE pattern. */
const byWord = selecting(`
  b.plain like $1::text or b.person in (select id from allmend.person where plain like $1::text)`)

/** $1: LIKE patterns, each of which the title or the name has to hold. */
const byWords = selecting(`b.plain || ' ' || coalesce(p.plain, '') like all($1::text[])`)

/** $1: digits of a phone; they may as well be a number or part of a title. */
const byPhone = selecting(`
  position($2::text in b.plain) > 0 or b.person in (
    select id from allmend.person where phone_digits like '%' || $1::text || '%'
    union select person from allmend.person_phone where digits like '%' || $1::text || '%')`)

const selectPeople = statement<FoundPerson>(`
  with found as (
    select p.id, p.name, p.organisation, p.phone, p.plain
      from allmend.person p
     where p.merged_into is null
       and (p.plain like all($1::text[])
            or ($2::text <> '' and (p.phone_digits like '%' || $2::text || '%'
                or exists (select from allmend.person_phone f
                            where f.person = p.id and f.digits like '%' || $2::text || '%'))))
  )
  select f.id, f.name, f.organisation, f.phone,
         (select count(*)::int from allmend.booking b where b.person = f.id) as bookings
    from found f
   order by starts_with(f.plain, $3::text) desc, bookings desc, f.name, f.id
   limit $4::int
`)

function patterns(words: readonly string[]): string[] {
  return words.map((word) => `%${word.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`)
}

export async function search(
  tx: Tx,
  text: string,
  now: Instant,
  most: number,
): Promise<{ bookings: FoundBooking[]; people: FoundPerson[] }> {
  const whole = plain(text.trim())
  const words = whole.split(/\s+/).filter(Boolean)
  if (words.length === 0) return { bookings: [], people: [] }
  // Letters beside the digits mean a title with a year, not a phone.
  const digits = /\p{L}/u.test(whole) ? '' : phoneDigits(whole).replace(/^0+/, '')
  const phone = digits.length >= PHONE_DIGITS ? digits : ''
  const like = patterns(words)
  const [first] = like
  const bookings = phone
    ? byPhone(tx, phone, whole, now, most)
    : like.length === 1
      ? byWord(tx, first, whole, now, most)
      : byWords(tx, like, whole, now, most)
  return {
    bookings: await bookings,
    people: await selectPeople(tx, like, phone, whole, most),
  }
}
