/** What is asked of all halls at once while somebody is on the phone, and what they have. */
import * as z from 'zod'
import { clockTime, day, instant, uuid } from '../commands/calls.ts'
import { MOST_DAYS_SEARCHED, type WhyNone } from '../domain/find-hall.ts'
import type { Relaxed } from '../domain/find-instead.ts'
import type { Option } from '../domain/hall-options.ts'
import { daysBetween } from '../domain/time.ts'

export const hallFindQueries = {
  /** Halls that are free for a wish, the best first; where none is, what comes nearest. */
  'hall.find': z
    .strictObject({
      from: day,
      /** The last day. */
      until: day,
      /** ISO weekdays; none = all. */
      weekdays: z.array(z.int().min(1).max(7)).max(7),
      opens: clockTime.nullable(),
      closes: clockTime.nullable(),
      /** How long, where one of the two is open. */
      minutes: z.int().min(5).max(1440).nullable(),
      persons: z.int().min(1).max(100_000).nullable(),
      places: z.int().min(1).max(1000),
      features: z.array(z.string().max(60)).max(40),
      /** Null: any hall. */
      resource: uuid.nullable(),
      /** The call that asks, named as its booking will be. */
      call: uuid.nullable(),
      now: instant,
    })
    .refine(({ from, until }) => {
      const days = daysBetween(from, until)
      return days >= 0 && days < MOST_DAYS_SEARCHED
    }),
} as const

export interface HallFindRows {
  'hall.find': Readonly<{
    options: readonly Option[]
    /** How many there are, also those that are not listed. */
    of: number
    /** Why there is none. */
    none: WhyNone | null
    instead: readonly Relaxed[]
  }>
}
