/** useNow: the time, renewed when a minute begins; and the municipality's calendar day. */
import { useEffect, useState } from 'react'
import type { Day, Instant } from '../../../core/domain/time.ts'
import { dayOf, MINUTE_MS } from '../../../core/domain/time.ts'

export function useNow(): Instant {
  const [now, setNow] = useState(() => Date.now())
  // biome-ignore lint/correctness/useExhaustiveDependencies: each minute sets the timer of the next
  useEffect(() => {
    const wait = MINUTE_MS - (Date.now() % MINUTE_MS) + 50
    const timer = setTimeout(() => setNow(Date.now()), wait)
    return () => clearTimeout(timer)
    // An interval would drift, and lose count while the computer sleeps.
  }, [now])
  return now
}

/** Draws again only when the day changes. */
export function useToday(zone: string): Day {
  const [today, setToday] = useState(() => dayOf(Date.now(), zone))
  useEffect(() => {
    const look = () => setToday(dayOf(Date.now(), zone))
    look()
    const timer = setInterval(look, MINUTE_MS)
    return () => clearInterval(timer)
  }, [zone])
  return today
}
