/** What is asked of a whole year at once: how full each day is. */
import * as z from 'zod'
import { day, uuid } from '../commands/calls.ts'
import { daysBetween } from '../domain/time.ts'

/** A year, and the days that fill its first and last week. */
const MOST_DAYS = 380

export const yearQueries = {
  /** Every day between two, both included, on which anything is open, booked, asked for or blocked. */
  'calendar.year': z
    .strictObject({ from: day, until: day, resources: z.array(uuid).max(1000).optional() })
    .refine(({ from, until }) => {
      const days = daysBetween(from, until)
      return days >= 0 && days < MOST_DAYS
    }),
} as const

export type YearDay = Readonly<{
  day: string
  /** Reservable, taken (by bookings and blockers) and blocked, in milliseconds times places. */
  open: number
  taken: number
  blocked: number
  bookings: number
  requests: number
}>

export interface YearRows {
  'calendar.year': readonly YearDay[]
}
