/**
 * useHallCursor: the keyboard in the week or day of one hall.
 *
 * Promises that every step of every day can be reached, covered with `Shift` and booked with Enter, and that the
 * cursor goes on in the next week at its edge.
 */
import { type KeyboardEvent, useMemo, useState } from 'react'
import type { Instant, Span } from '../../../core/domain/time.ts'
import { addDays, dayOf, MINUTE_MS, overlaps } from '../../../core/domain/time.ts'
import { dayFrame, framesFrom } from './days.ts'
import { snapped, stepAt, stepStart } from './fit.ts'
import type { HallRows } from './hallRows.ts'
import { onOtherDay } from './moving.ts'
import { type Notable, notableFrom, notableOn, notableStep } from './notable.ts'
import { dayCountOf, firstDayOf, type Place } from './place.ts'

interface HallCursorSettings {
  rows: HallRows
  open: readonly Span[]
  within: Span
  place: Place
  zone: string
  onPlace(place: Place): void
  onEnter(span: Span): void
  /** Left and right lead to another hall, where several stand beside each other. */
  onSide?: ((step: 1 | -1) => void) | undefined
  /** Jumped to a gap or a conflict; null: there is none further on. */
  onNotable(at: Notable | null): void
  /** Esc where nothing is covered. */
  onLeave(): void
}

export function useHallCursor(settings: HallCursorSettings) {
  const { rows, open, within, place, zone } = settings
  const [cursor, setCursor] = useState<Readonly<{ at: Instant; to: Instant | null }>>({
    at: 0,
    to: null,
  })
  const at = inside(cursor.at, within, open)
  const { start, end } = snapped(rows, at, cursor.to ?? at)
  const covered = useMemo(() => ({ start, end }), [start, end])

  const turn = (days: number) => settings.onPlace({ ...place, day: addDays(place.day, days) })
  const go = (to: Instant) => {
    if (to < within.start) turn(-dayCountOf(place))
    else if (to >= within.end) turn(dayCountOf(place))
    setCursor({ at: to, to: null })
  }
  const later = (days: number) => onOtherDay({ start: at, end: at + MINUTE_MS }, days, zone).start
  const side = (step: 1 | -1) => (settings.onSide ? settings.onSide(step) : go(later(step)))
  const jump = (days: number) => {
    setCursor({ at: later(days), to: null })
    turn(days)
  }
  const jumpTo = (step: 1 | -1) => {
    const days = framesFrom(firstDayOf(place), dayCountOf(place), zone)
    const all = days.flatMap((day) => notableOn(rows, day))
    const found = notableFrom(all, at, step) ?? null
    // A gap is covered whole, so that Enter books it.
    if (found) {
      const to = found.kind === 'gap' ? stepStart(rows, found.end - 1) : null
      setCursor({ at: found.start, to })
    }
    settings.onNotable(found)
  }
  const today = () => open.find((span) => overlaps(span, dayFrame(dayOf(at, zone), zone)))
  const reach = cursor.to ?? at

  const moves: Readonly<Record<string, (shift: boolean) => void>> = {
    ArrowDown: (shift) =>
      shift
        ? setCursor({ at, to: Math.min(reach + stepAt(rows, reach), within.end - 1) })
        : go(stepStart(rows, at + stepAt(rows, at))),
    ArrowUp: (shift) =>
      shift
        ? setCursor({ at, to: Math.max(stepStart(rows, reach - 1), within.start) })
        : go(stepStart(rows, at - 1)),
    ArrowRight: () => side(1),
    ArrowLeft: () => side(-1),
    Home: () => go(today()?.start ?? at),
    End: () => {
      const until = today()?.end
      if (until !== undefined) go(stepStart(rows, until - 1))
    },
    PageDown: () => jump(7),
    PageUp: () => jump(-7),
    Enter: () => settings.onEnter(covered),
    Escape: () => (cursor.to === null ? settings.onLeave() : setCursor({ at, to: null })),
  }

  return {
    at,
    covered,
    extended: cursor.to !== null,
    /** Puts the cursor where the mouse has been. */
    put: (to: Instant) => setCursor({ at: to, to: null }),
    onKeyDown(event: KeyboardEvent) {
      const step = notableStep(event)
      if (step !== null && !event.metaKey) {
        event.preventDefault()
        jumpTo(step)
        return
      }
      if (event.altKey || event.metaKey || event.ctrlKey) return
      const move = moves[event.key]
      if (!move) return
      event.preventDefault()
      move(event.shiftKey)
    },
  }
}

/** An instant on screen: the one wanted, or now, or the first open time. */
function inside(at: Instant, within: Span, open: readonly Span[]): Instant {
  const shown = (instant: Instant) => within.start <= instant && instant < within.end
  if (shown(at)) return at
  const halfHour = 30 * MINUTE_MS
  const now = Date.now()
  if (shown(now)) return Math.floor(now / halfHour) * halfHour
  return open[0]?.start ?? within.start
}
