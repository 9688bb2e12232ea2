/**
 * Fit: would a booking fit here? Says it while the mouse still moves, without asking the core.
 *
 * Promises: the answer for the rows on screen, by the rules of the core as far as rows show them; the core
 * decides when it is booked. Never changes anything. Time that is shared with another hall counts as taken.
 */

import type { Instant, Span } from '../../../core/domain/time.ts'
import { contains, MINUTE_MS, overlaps } from '../../../core/domain/time.ts'
import type { FreeRow } from '../../../core/queries/rows.ts'
import type { HallRows } from './hallRows.ts'
import { leftOver, openSpans, pieces } from './openings.ts'

/** Why it would not fit; `until` is when the thing in the way ends. */
export type Unfit = Readonly<
  | { code: 'closed' }
  | { code: 'taken'; title: string; until: Instant }
  | { code: 'blocked'; reason: string; until: Instant }
  | { code: 'full'; of: number; left: number }
  | { code: 'whole'; whole: Span }
>

/** Step where no availability says otherwise: half hours, the step people say on the phone. */
export const USUAL_STEP_MINUTES = 30

export function unfit(rows: HallRows, wish: Span, places = 1): Unfit | null {
  const blocked = rows.blocked.find((row) => overlaps(row, wish))
  if (blocked) return { code: 'blocked', reason: blocked.reason, until: blocked.end }
  const shared = rows.shared.find((row) => overlaps(row, wish))
  if (shared) return { code: 'taken', title: shared.title, until: shared.end }
  if (!openSpans(rows, wish).some((open) => contains(open, wish))) return { code: 'closed' }
  const parts = pieces(rows, wish)
  const full = parts.find((each) => each.of - each.taken < places)
  if (full) {
    const by = rows.booked.find((row) => row.state === 'booked' && overlaps(row, full))
    if (full.of === 1 && by) return { code: 'taken', title: by.title, until: by.end }
    return { code: 'full', of: full.of, left: full.of - full.taken }
  }
  const whole = rows.free.find(
    (free) => free.step === null && overlaps(free, wish) && !contains(wish, free),
  )
  return whole ? { code: 'whole', whole: { start: whole.start, end: whole.end } } : null
}

/** The availability an instant lies in. */
export function freeAt(rows: HallRows, instant: Instant): FreeRow | undefined {
  return rows.free.find((free) => free.start <= instant && instant < free.end)
}

export function stepAt(rows: HallRows, instant: Instant): number {
  return (freeAt(rows, instant)?.step ?? USUAL_STEP_MINUTES) * MINUTE_MS
}

/** The beginning of the step in which an instant lies; all steps divide the hour. */
export function stepStart(rows: HallRows, instant: Instant): Instant {
  const step = stepAt(rows, instant)
  return Math.floor(instant / step) * step
}

/** What a drag from `anchor` to `pointer` means: whole steps, and the whole where only the whole can be booked. */
export function snapped(rows: HallRows, anchor: Instant, pointer: Instant): Span {
  const first = Math.min(anchor, pointer)
  const last = Math.max(anchor, pointer)
  const start = stepStart(rows, first)
  const end = Math.max(stepStart(rows, last) + stepAt(rows, last), start + stepAt(rows, start))
  const touched = rows.free.filter((free) => free.step === null && overlaps(free, { start, end }))
  return {
    start: Math.min(start, ...touched.map((free) => free.start)),
    end: Math.max(end, ...touched.map((free) => free.end)),
  }
}

/** What a hall is at an instant, and until when: what the keyboard's cell is read as. */
export type StateAt = Readonly<
  | { kind: 'free'; until: Instant; left: number; of: number }
  | { kind: 'booked' | 'shared'; until: Instant; title: string }
  | { kind: 'blocked'; until: Instant; title: string }
  | { kind: 'closed'; until: Instant }
>

export function stateAt(rows: HallRows, instant: Instant, within: Span): StateAt {
  const here = (span: Span) => span.start <= instant && instant < span.end
  const blocked = rows.blocked.find(here)
  if (blocked) return { kind: 'blocked', until: blocked.end, title: blocked.reason }
  const shared = rows.shared.find(here)
  if (shared) return { kind: 'shared', until: shared.end, title: shared.title }
  const now = pieces(rows, within).find(here)
  if (!now) {
    const next = rows.free.find((free) => free.start > instant)
    return { kind: 'closed', until: Math.min(next?.start ?? within.end, within.end) }
  }
  if (now.taken >= now.of) {
    const by = rows.booked.find((row) => row.state === 'booked' && here(row))
    return { kind: 'booked', until: by?.end ?? now.end, title: by?.title ?? '' }
  }
  const left = leftOver(pieces(rows, within)).find(here)
  return { kind: 'free', until: left?.end ?? now.end, left: now.of - now.taken, of: now.of }
}

/** How long a suggestion is that nobody asked for: an evening's usual two hours. */
const SUGGESTED_MS = 120 * MINUTE_MS

/** The first time on a day that would fit, at most two hours, not before `notBefore`. */
export function suggestion(rows: HallRows, within: Span, notBefore: Instant): Span | null {
  for (const left of leftOver(pieces(rows, within))) {
    const whole = rows.free.find((free) => free.step === null && contains(left, free))
    if (whole && whole.start >= notBefore) return { start: whole.start, end: whole.end }
    const free = freeAt(rows, left.start)
    if (!free || free.step === null) continue
    const step = free.step * MINUTE_MS
    const start = Math.max(left.start, Math.ceil(notBefore / step) * step)
    const end = Math.min(left.end, start + SUGGESTED_MS)
    if (end - start >= step) return { start, end }
  }
  return null
}
