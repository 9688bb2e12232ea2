/**
 * Window: how much of the past and of the future a desk keeps, from one day to the next.
 */
import {
  addDays,
  addMonths,
  type Day,
  dayOf,
  type Instant,
  type Span,
  startOfDay,
} from '../domain/time.ts'
import type { Window } from '../store/shared/window.ts'

/** Far enough back for what is still being asked about and billed. */
const MONTHS_BACK = 3
/** A season is given out a year ahead, and the next one is spoken of. */
const MONTHS_AHEAD = 24
/** Who did what, and what can be taken back. */
const DAYS_OF_HISTORY = 30

/** The window of this moment, widened to what somebody has asked for. It changes at midnight. */
export function windowAt(now: Instant, zone: string, asked: Span | null = null): Window {
  const today = dayOf(now, zone)
  const begins = (day: Day) => startOfDay(day, zone)
  return {
    during: {
      start: Math.min(
        begins(addMonths(today, -MONTHS_BACK)),
        asked?.start ?? Number.POSITIVE_INFINITY,
      ),
      end: Math.max(begins(addMonths(today, MONTHS_AHEAD)), asked?.end ?? Number.NEGATIVE_INFINITY),
    },
    since: begins(addDays(today, -DAYS_OF_HISTORY)),
  }
}
