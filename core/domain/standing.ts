/**
 * Standing: what a booking is to a clerk. Its own word (asked, waiting, denied, cancelled) and what libres' rows say
 * (slots held or not) together give one state, so that a website that approves a request is believed at once.
 */

export type Standing = 'booked' | 'request' | 'waiting'
export type BookingState = Standing | 'denied' | 'cancelled'

export type StandingFacts = Readonly<{
  standing: Standing
  denied: boolean
  cancelledAt: number | null
  /** What its reservations are; null where there are none. */
  held: 'approved' | 'pending' | null
}>

export function stateOf({ standing, denied, cancelledAt, held }: StandingFacts): BookingState {
  if (cancelledAt !== null) return denied ? 'denied' : 'cancelled'
  if (held === 'approved') return 'booked'
  if (held === 'pending' && standing === 'booked') return 'request'
  return standing
}
