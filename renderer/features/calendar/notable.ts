/**
 * Notable: what a clerk jumps to: gaps between two bookings, and requests that somebody else is in the way of. Pure.
 *
 * A gap is free time with taken time directly before and behind it; the free morning of an open hall is none.
 */
import type { Instant, Span } from '../../../core/domain/time.ts'
import { overlaps } from '../../../core/domain/time.ts'
import { unfit } from './fit.ts'
import { type HallRows, isRequest } from './hallRows.ts'
import { leftOver, pieces } from './openings.ts'

export type Notable = Span &
  Readonly<{ kind: 'gap' } | { kind: 'conflict'; titles: readonly string[] }>

/** Of one hall on one day, earliest first. */
export function notableOn(rows: HallRows, day: Span): readonly Notable[] {
  const parts = pieces(rows, day)
  const isFull = (touches: (part: Span) => boolean) =>
    parts.some((part) => part.taken >= part.of && touches(part))
  const gaps = leftOver(parts)
    .filter(
      (left) =>
        isFull((part) => part.end === left.start) && isFull((part) => part.start === left.end),
    )
    .map((left): Notable => ({ kind: 'gap', ...left }))
  const waiting = rows.booked.filter((row) => isRequest(row) && overlaps(row, day))
  const conflicts = waiting.flatMap((row): Notable[] => {
    const rivals = waiting.filter((other) => other !== row && overlaps(other, row))
    const taken = rows.booked.filter((other) => !isRequest(other) && overlaps(other, row))
    const isBarred = unfit(rows, row, row.places) !== null
    if (!isBarred && rivals.length === 0) return []
    const titles = [row, ...(isBarred ? taken : []), ...rivals].map((each) => each.title)
    return [{ kind: 'conflict', start: row.start, end: row.end, titles: [...new Set(titles)] }]
  })
  return [...gaps, ...conflicts].sort((one, other) => one.start - other.start)
}

/** The first one after an instant, or the last one before it. */
export function notableFrom(
  all: readonly Notable[],
  at: Instant,
  step: 1 | -1,
): Notable | undefined {
  return step > 0
    ? all.find((each) => each.start > at)
    : [...all].reverse().find((each) => each.start < at)
}

type Pressed = Readonly<{ key: string; altKey: boolean }>

/** `]` and Alt+→ lead on, `[` and Alt+← back: brackets are hard to reach on Swiss keyboards. */
export function notableStep({ key, altKey }: Pressed): 1 | -1 | null {
  if (key === ']' || (altKey && key === 'ArrowRight')) return 1
  return key === '[' || (altKey && key === 'ArrowLeft') ? -1 : null
}
