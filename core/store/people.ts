/** People and organisations. A person is no login, and needs no e-mail address. */
import { sql } from 'kysely'
import type { Uuid } from '../domain/time.ts'
import type { Tx } from './database.ts'

export type PersonFacts = Readonly<{
  id: Uuid
  name: string
  organisation: string
  phone: string
  email: string
}>

export type FoundPerson = PersonFacts & Readonly<{ bookings: number }>

/** Twelve at most, by name, organisation or the last digits of a phone; the ones who book most come first. */
export async function findPeople(tx: Tx, text: string): Promise<FoundPerson[]> {
  const words = text.trim().toLowerCase()
  if (words === '') return []
  const like = `%${words.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  const digits = words.replace(/\D/g, '').replace(/^0+/, '')
  const { rows } = await sql<FoundPerson>`
    select p.id, p.name, p.organisation, p.phone, p.email,
           (select count(*)::int from allmend.booking b where b.person = p.id) as bookings
      from allmend.person p
     where lower(p.name) like ${like}::text or lower(p.organisation) like ${like}::text
        or (length(${digits}::text) >= 3 and p.phone_digits like '%' || ${digits}::text || '%')
     order by bookings desc, p.name, p.id
     limit 12
  `.execute(tx)
  return rows
}
