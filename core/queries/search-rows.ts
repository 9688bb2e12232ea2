/** What is typed into the search, and what is found: bookings and people, the likeliest first. */
import * as z from 'zod'
import { instant } from '../commands/calls.ts'

export const searchQueries = {
  /** By number, words of title and name in any order, and phone digits; `now` puts what comes next first. */
  'search.all': z.strictObject({
    text: z.string().max(200),
    now: instant,
    most: z.int().min(1).max(50),
  }),
} as const

export type BookingHit = Readonly<{
  token: string
  number: number
  title: string
  who: string
  resource: string | null
  start: number
  end: number
  /** Further dates of the same booking. */
  more: number
  state: 'booked' | 'request' | 'waiting' | 'denied' | 'cancelled'
}>

export type PersonHit = Readonly<{
  id: string
  name: string
  organisation: string
  phone: string
  bookings: number
}>

export interface SearchRows {
  'search.all': Readonly<{ bookings: readonly BookingHit[]; people: readonly PersonHit[] }>
}
