/** Arguments and rows of the questions about availability. */
import * as z from 'zod'
import { availabilityClear, availabilityPeriod, day, uuid } from '../commands/calls.ts'
import type { Affected } from '../domain/affected.ts'

export const availabilityQueries = {
  /** All periods by hall, with what of them lies in the 52 weeks from a Monday on. */
  'availability.periods': z.strictObject({ monday: day }),
  /** One period as it is now, to be changed. */
  'availability.one': z.strictObject({ rule: uuid }),
  /** What would become of the dates if this were done now. */
  'availability.preview': z.strictObject({
    /** The period that is changed; null where one is added. */
    rule: uuid.nullable(),
    periods: z.array(availabilityPeriod).min(1).max(500),
    /** As in `availability.change`. */
    since: day.optional(),
  }),
  /** What `availability.clear` would remove, and what stands in its way. */
  'availability.unused': availabilityClear,
} as const

export type PeriodPart = z.infer<typeof availabilityPeriod>

/** Dates of one hall and one period that look alike. */
export type PeriodRow = Readonly<{
  /** Null where another program made them. */
  rule: string | null
  resource: string
  opens: string
  closes: string
  step: number | null
  places: number
  mostPerBooking: number
  byStaff: boolean
  first: string
  last: string
  weekdays: readonly number[]
  dates: number
  unused: number
  /** Minutes that can be reserved in each of 52 weeks. */
  weeks: readonly number[]
}>

export type OverlapRow = Readonly<{
  resource: string
  start: number
  end: number
  /** What is there. */
  by: Readonly<{ start: number; end: number }>
}>

export type AffectedRow = Affected &
  Readonly<{
    /** `changed`: its date gets new times and the booking stays; `kept`: the date cannot change because of it. */
    becomes: 'changed' | 'kept'
  }>

export type PreviewHall = Readonly<{
  resource: string
  create: number
  exists: number
  overlaps: number
  /** Days left out because they are excepted (holidays). */
  excepted: number
  /** Dates to create, Monday to Sunday. */
  byWeekday: readonly number[]
}>

export type PreviewRows = Readonly<{
  create: number
  exists: number
  overlaps: number
  excepted: number
  change: number
  remove: number
  keep: number
  halls: readonly PreviewHall[]
  /** The first of the overlaps. */
  overlapping: readonly OverlapRow[]
  /** Everybody whose date changes or stands in the way. */
  affected: readonly AffectedRow[]
}>

export type UnusedRows = Readonly<{
  remove: number
  used: number
  affected: readonly Affected[]
}>

export interface AvailabilityRows {
  'availability.periods': readonly PeriodRow[]
  'availability.one': readonly PeriodPart[]
  'availability.preview': PreviewRows | null
  'availability.unused': UnusedRows | null
}
