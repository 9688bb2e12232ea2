/**
 * Outside changes: what another program than a desk has done in one transaction on a shared server, as the history
 * keeps it. Written by the server's own triggers; it names halls and bookings, and nobody.
 */
import type { Instant, Uuid } from './time.ts'

/** Its name in the history, where commands have theirs. It is none: nobody can send it or take it back. */
export const OUTSIDE = 'outside'

/** Rows of one kind, each counted once: what came and went again in the transaction is not counted. */
export type OutsideCounts = Readonly<{ added: number; changed: number; removed: number }>

/** Reservations by date, dates of availability without their further places, and closed times. */
export const OUTSIDE_KINDS = ['reservations', 'periods', 'closures'] as const
export type OutsideKind = (typeof OUTSIDE_KINDS)[number]

export type OutsideChange = Readonly<Record<OutsideKind, OutsideCounts>> &
  Readonly<{
    /** The role that was logged in, and what its program called itself. */
    user: string
    application: string
    /** From the first to the last time that was touched; null where nothing had a time of its own. */
    from: Instant | null
    until: Instant | null
    /** At most 20. */
    halls: readonly Uuid[]
    moreHalls: boolean
    /** Of bookings and of closures; at most 20. */
    tokens: readonly Uuid[]
  }>
