/** Arguments and rows of the questions about blockers. */
import * as z from 'zod'
import { instant, span, uuid } from '../commands/calls.ts'
import type { Affected } from '../domain/affected.ts'
import type { Alternative } from '../domain/refusal.ts'

export const blockerQueries = {
  /** Who is in the way of a blocker, and where each could go. `now`: nothing before it is proposed. */
  'blocker.impact': z.strictObject({
    resources: z.array(uuid).min(1).max(200),
    during: span,
    now: instant,
  }),
  /** Blockers that end after an instant. */
  'blocker.all': z.strictObject({ from: instant }),
} as const

export type ImpactRow = Affected &
  Readonly<{
    places: number
    /** How many dates the booking has in all: cancelling takes all of them. */
    dates: number
    /** Free at this moment, the best first; each proposed to one booking only. */
    alternatives: readonly Alternative[]
  }>

export type ImpactRows = Readonly<{
  rows: readonly ImpactRow[]
  /** Other halls in which nothing can be booked then, since they share the space. */
  sharing: readonly string[]
  /** Dates that lose time, before anybody stays. */
  dates: number
}>

export type BlockerRow = Readonly<{
  token: string
  reason: string
  resources: readonly string[]
  start: number
  end: number
  pieces: number
}>

export interface BlockerRows {
  'blocker.impact': ImpactRows
  'blocker.all': readonly BlockerRow[]
}
