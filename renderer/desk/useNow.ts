/**
 * useNow: the time, renewed when a minute begins; and the municipality's calendar day.
 *
 * The only clock that may be read while drawing: what is drawn twice within a moment is then the same twice. React
 * drops a second drawing in which nothing it knows of has changed, and a question asked with a newer time would
 * be dropped with it and never be answered.
 */
import { useSyncExternalStore } from 'react'
import { type Day, dayOf, type Instant, MINUTE_MS } from '../../core/domain/time.ts'

/** Timers may fire a little early. */
const AFTER_THE_TURN_MS = 50

const listeners = new Set<() => void>()
let now: Instant = Date.now()

function follow(): void {
  // An interval would drift, and lose count while the computer sleeps.
  setTimeout(
    () => {
      now = Date.now()
      for (const listener of listeners) listener()
      follow()
    },
    MINUTE_MS - (Date.now() % MINUTE_MS) + AFTER_THE_TURN_MS,
  )
}
follow()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** At most a minute old. */
export function useNow(): Instant {
  return useSyncExternalStore(subscribe, () => now)
}

/** Draws again only when the day changes. */
export function useToday(zone: string): Day {
  return useSyncExternalStore(subscribe, () => dayOf(now, zone))
}
