/**
 * useDragToMove: a booking dragged to another time or hall, or by an edge to another length.
 *
 * Promises the ghost in whole steps of the hall under it, red with the reason while it would not fit; drawn without
 * React, and nothing asked of the core before it is dropped. A press without a move stays a click. Esc gives it up.
 */
import { type PointerEvent, type RefObject, useCallback, useEffect, useRef } from 'react'
import { dayOf, daysBetween } from '../../../core/domain/time.ts'
import { hallNear } from './cursor.ts'
import type { DayHallRow } from './dayLayout.ts'
import { clockOf } from './days.ts'
import type { GhostHandle } from './Ghost.tsx'
import type { Shown } from './marks.ts'
import { draftShape } from './marks.ts'
import {
  type Edge,
  isMoved,
  type Moving,
  movingOf,
  onOtherDay,
  placedAt,
  stretched,
  unfitMoving,
} from './moving.ts'
import type { PointedAt } from './pointedAt.ts'
import type { WeekHallRow } from './weekLayout.ts'
import type { Words } from './words.ts'

interface Drag {
  moving: Moving
  edge: Edge | null
  /** Where the mouse took hold, in milliseconds after the start. */
  grip: number
  x: number
  y: number
  isMoving: boolean
  box: HTMLElement
}

interface MoveSettings {
  shown: Shown
  tops: readonly number[]
  scroll: RefObject<HTMLElement | null>
  ghost: RefObject<GhostHandle | null>
  words: Words
  onDrop(moving: Moving): void
}

/** A hand is not still: less than this is a click. */
const CLICK_PIXELS = 4
/** So near to the end of a chip the mouse means its edge. */
const EDGE_PIXELS = 6
/** A chip narrower than this has no room for edges and a middle. */
const LEAST_WITH_EDGES = 30
/** Near the upper and lower end the halls roll on. */
const ROLL_PIXELS = 28

export function edgeAt(box: HTMLElement, x: number): Edge | null {
  const { left, right, width } = box.getBoundingClientRect()
  if (width < LEAST_WITH_EDGES) return null
  if (x - left < EDGE_PIXELS) return 'start'
  return right - x < EDGE_PIXELS ? 'end' : null
}

export function useDragToMove(settings: MoveSettings) {
  const drag = useRef<Drag | null>(null)
  const now = useRef(settings)
  now.current = settings

  const stop = useCallback(() => {
    if (drag.current) delete drag.current.box.dataset.leaving
    if (drag.current?.isMoving) now.current.ghost.current?.clear()
    drag.current = null
  }, [])
  useEffect(() => {
    window.addEventListener('blur', stop)
    return () => window.removeEventListener('blur', stop)
  }, [stop])

  /** The hall under the mouse, and how far along the time it is, 0 to 1. */
  const under = (event: PointerEvent) => {
    const { shown, tops, scroll } = now.current
    const body = scroll.current?.querySelector('[role="rowgroup"]')?.getBoundingClientRect()
    const head = scroll.current
      ?.querySelector('[data-row] [role="rowheader"]')
      ?.getBoundingClientRect()
    if (!body || !head) return null
    const y = event.clientY - body.top
    let index = tops.length - 1
    while (index > 0 && (tops[index] ?? 0) > y) index--
    const row = shown.layout.rows[hallNear(shown.layout.rows, index)]
    if (row?.kind !== 'hall') return null
    const share = (event.clientX - body.left - head.width) / (body.width - head.width)
    return { row, share: Math.min(0.9999, Math.max(0, share)) }
  }
  const instantAt = (share: number) => {
    const { shown } = now.current
    if (shown.view === 'week') return 0
    const { start, end } = shown.layout.visible
    return start + share * (end - start)
  }

  const target = (current: Drag, row: WeekHallRow | DayHallRow, share: number): Moving => {
    const { shown, words } = now.current
    const { moving, edge } = current
    const { from, length } = moving
    if (shown.view === 'week') {
      const frame = shown.layout.days[Math.floor(share * shown.layout.days.length)]
      const days = frame ? daysBetween(dayOf(from.start, words.zone), frame.day) : 0
      const to = onOtherDay(from, days, words.zone)
      return { ...moving, to: { resource: row.hall.id, ...to } }
    }
    const at = instantAt(share)
    if (edge) return { ...moving, to: { ...from, ...stretched(row.rows, from, edge, at) } }
    const to = placedAt(row.rows, at - current.grip, length)
    return { ...moving, to: { resource: row.hall.id, ...to } }
  }

  const draw = (row: WeekHallRow | DayHallRow, moving: Moving) => {
    const { shown, tops, ghost, words } = now.current
    const shape = draftShape(shown, moving.to, tops)?.shape
    if (!shape) return
    const frame = words.frameOf(moving.to.start)
    const why = unfitMoving(row.rows, moving)
    const times = `${clockOf(frame, moving.to.start)}–${words.clock(frame, moving.to.end)}`
    const day = shown.view === 'week' ? `${words.format.dayShort(frame.day)}, ` : ''
    ghost.current?.draw({
      ...shape,
      words: `${day}${times}`,
      reason: why ? words.unfit(why, frame) : '',
    })
  }

  return {
    down(event: PointerEvent, { row, line, box }: PointedAt) {
      if (event.button !== 0 || !line?.token || !box) return
      if (line.kind !== 'booked' && line.kind !== 'request') return
      const { shown } = now.current
      const found = under(event)
      if (!found) return
      const { token, start, end, title, places, kind: state } = line
      drag.current = {
        moving: movingOf({ token, start, end, title, places, state, resource: row.hall.id }),
        edge: shown.view === 'day' ? edgeAt(box, event.clientX) : null,
        grip: instantAt(found.share) - start,
        x: event.clientX,
        y: event.clientY,
        isMoving: false,
        box,
      }
    },
    /** True while a booking is on its way. */
    move(event: PointerEvent): boolean {
      const current = drag.current
      const { scroll } = now.current
      if (!current || !scroll.current) return false
      const far = Math.hypot(event.clientX - current.x, event.clientY - current.y)
      if (!current.isMoving) {
        if (far < CLICK_PIXELS) return true
        current.isMoving = true
        current.box.dataset.leaving = 'true'
        event.currentTarget.setPointerCapture(event.pointerId)
      }
      const { top, bottom } = scroll.current.getBoundingClientRect()
      if (bottom - event.clientY < ROLL_PIXELS) scroll.current.scrollTop += ROLL_PIXELS / 2
      else if (event.clientY - top < 2 * ROLL_PIXELS) scroll.current.scrollTop -= ROLL_PIXELS / 2
      const found = under(event)
      if (!found) return true
      const row = current.edge ? rowOf(now.current.shown, current.moving) : found.row
      if (!row) return true
      current.moving = target(current, row, found.share)
      draw(row, current.moving)
      return true
    },
    up(event: PointerEvent): boolean {
      const current = drag.current
      if (!current) return false
      stop()
      if (!current.isMoving) return true
      event.currentTarget.releasePointerCapture(event.pointerId)
      if (isMoved(current.moving)) now.current.onDrop(current.moving)
      return true
    },
    cancel(): boolean {
      const isMoving = drag.current?.isMoving ?? false
      stop()
      return isMoving
    },
  }
}

function rowOf({ layout }: Shown, { from }: Moving): WeekHallRow | DayHallRow | undefined {
  const row = (layout.rows as readonly (WeekHallRow | DayHallRow)[]).find(
    (each) => each.key === from.resource,
  )
  return row?.kind === 'hall' ? row : undefined
}
