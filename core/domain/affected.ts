/** Affected: a booking or request that a change would touch, with whom to call. For screens; never kept in a receipt. */
import type { InTheWay } from './refusal.ts'

export type Affected = InTheWay &
  Readonly<{ who: string; phone: string; state: 'booked' | 'request' }>
