/** Arguments and rows of the questions about the places of one date. */
import * as z from 'zod'
import { instant, uuid } from '../commands/calls.ts'
import type { Alternative } from '../domain/refusal.ts'
import type { LaneMove, Level } from '../domain/repack.ts'

export const placesQueries = {
  /** The date of a hall that an instant lies in (or the next), place by place; `now` bounds what is proposed. */
  'places.one': z.strictObject({ resource: uuid, at: instant, now: instant }),
} as const

export type PlacePiece = Readonly<{
  kind: 'reservation' | 'blocker'
  source: number
  token: string
  start: number
  end: number
  number: number
  title: string
  who: string
  phone: string
  reason: string
  /** When it was booked. */
  made: number
}>

export type PlaceLane = Readonly<{
  /** The uuid of the place: the master's, or that of a mirror. */
  uuid: string
  /** Null where the place has no row yet. */
  row: number | null
  slots: number
  pieces: readonly PlacePiece[]
}>

export type PendingRow = Readonly<{
  token: string
  number: number
  title: string
  who: string
  phone: string
  places: number
  kind: 'request' | 'waiting' | 'held'
  start: number
  end: number
}>

export type PlacesRow = Readonly<{
  resource: string
  resourceName: string
  rule: string | null
  group: string
  start: number
  end: number
  step: number | null
  /** Where the dates before and after begin. */
  previous: number | null
  next: number | null
  places: number
  mostPerBooking: number
  byStaff: boolean
  lanes: readonly PlaceLane[]
  levels: readonly Level[]
  peak: number
  pending: readonly PendingRow[]
  /** For each booking, where else it could be: free at this moment. */
  alternatives: Readonly<Record<string, readonly Alternative[]>>
  /** What libres' own reorganisation would do for each smaller number; null where it refuses. */
  dryRun: readonly Readonly<{ places: number; moves: readonly LaneMove[] | null }>[]
}>

export interface PlacesRows {
  'places.one': PlacesRow | null
}
