/**
 * useDragToBook: drawing a booking with the mouse on the day to scale.
 *
 * Promises whole steps of the availability under the mouse, the ghost redrawn without React, and nothing asked
 * of the core while dragging. A press without a move is a click: an hour from there. Esc gives it up.
 */

import type { PointerEvent, RefObject } from 'react'
import { useEffect, useRef } from 'react'
import type { Instant, Span } from '../../../core/domain/time.ts'
import { HOUR_MS } from '../../../core/domain/time.ts'
import type { DayHallRow, DayLayout } from './dayLayout.ts'
import { clockOf, shareOf } from './days.ts'
import { snapped, stepAt, stepStart, unfit } from './fit.ts'
import type { GhostHandle } from './Ghost.tsx'
import type { Words } from './words.ts'

interface Drag {
  row: DayHallRow
  top: number
  anchor: Instant
  /** Left edge and width of the track on screen. */
  left: number
  width: number
  x: number
  moved: boolean
  span: Span
}

/** A hand is not still: less than this is a click. */
const CLICK_PIXELS = 4

interface DragToBook {
  down(event: PointerEvent, row: DayHallRow, top: number, track: Element): void
  move(event: PointerEvent): void
  up(event: PointerEvent): void
  cancel(): boolean
}

interface DragSettings {
  layout: DayLayout | null
  ghost: RefObject<GhostHandle | null>
  words: Words
  onDrawn(row: DayHallRow, span: Span): void
  onRefused(row: DayHallRow, span: Span, reason: string): void
}

export function useDragToBook(settings: DragSettings): DragToBook {
  const drag = useRef<Drag | null>(null)
  const now = useRef(settings)
  now.current = settings

  const draw = () => {
    const { layout, ghost, words } = now.current
    const current = drag.current
    if (!current || !layout) return
    const { span, row } = current
    const why = unfit(row.rows, span)
    ghost.current?.draw({
      top: current.top + 2,
      height: row.height - 5,
      from: shareOf(layout.visible, span.start),
      to: shareOf(layout.visible, span.end),
      words: `${clockOf(layout.frame, span.start)}–${clockOf(layout.frame, span.end)}`,
      reason: why ? words.unfit(why, layout.frame) : '',
    })
  }
  const stop = () => {
    drag.current = null
    now.current.ghost.current?.clear()
  }

  // A drag that leaves the window and is released there must not go on when the mouse returns.
  useEffect(() => {
    window.addEventListener('blur', stop)
    return () => window.removeEventListener('blur', stop)
  })

  return {
    down(event, row, top, track) {
      const { layout } = now.current
      if (!layout || event.button !== 0) return
      const { left, width } = track.getBoundingClientRect()
      const anchor = instantAt(layout, (event.clientX - left) / width)
      const start = stepStart(row.rows, anchor)
      drag.current = {
        row,
        top,
        anchor,
        left,
        width,
        x: event.clientX,
        moved: false,
        span: { start, end: start + stepAt(row.rows, anchor) },
      }
      event.currentTarget.setPointerCapture(event.pointerId)
    },
    move(event) {
      const { layout } = now.current
      const current = drag.current
      if (!current || !layout) return
      if (!current.moved && Math.abs(event.clientX - current.x) < CLICK_PIXELS) return
      current.moved = true
      const pointer = instantAt(layout, (event.clientX - current.left) / current.width)
      current.span = snapped(current.row.rows, current.anchor, pointer)
      draw()
    },
    up(event) {
      const current = drag.current
      if (!current) return
      event.currentTarget.releasePointerCapture(event.pointerId)
      stop()
      const { row } = current
      const span = current.moved ? current.span : anHourFrom(row, current.span)
      const why = unfit(row.rows, span)
      const { layout, words, onDrawn, onRefused } = now.current
      if (why && layout) onRefused(row, span, words.unfit(why, layout.frame))
      else onDrawn(row, span)
    },
    cancel() {
      if (!drag.current) return false
      stop()
      return true
    },
  }
}

function instantAt(layout: DayLayout, share: number): Instant {
  const { start, end } = layout.visible
  const inside = Math.min(0.99999, Math.max(0, share))
  return Math.floor(start + (end - start) * inside)
}

/** What a click means: an hour, shorter where the next booking begins or the hall closes. */
export function anHourFrom(row: DayHallRow, step: Span): Span {
  const whole = snapped(row.rows, step.start, step.start)
  if (whole.end - whole.start >= HOUR_MS) return whole
  const left = row.left.find((each) => each.start <= step.start && step.start < each.end)
  return {
    start: whole.start,
    end: Math.max(whole.end, Math.min(whole.start + HOUR_MS, left?.end ?? whole.end)),
  }
}
