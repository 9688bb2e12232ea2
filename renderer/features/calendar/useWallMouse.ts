/**
 * useWallMouse: drawing and moving bookings in react-big-calendar.
 *
 * The component's own ways forget where a drag began when its first move is a large one, know no steps and cannot
 * say why something would not fit. So the mouse is read here: which column, which place on the axis; the box is
 * drawn by ourselves, with its times and the reason. A press without a move stays a click.
 */
import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react'
import type { Instant, Span } from '../../../core/domain/time.ts'
import { HOUR_MS } from '../../../core/domain/time.ts'
import type { HourWindow } from './days.ts'
import { snapped, unfit } from './fit.ts'
import { type HallColumn, onGround, type WallEvent } from './hallEvents.ts'
import {
  type Edge,
  isMoved,
  type Moving,
  movingOf,
  placedAt,
  stretched,
  unfitMoving,
} from './moving.ts'
import { axisWindow, fromWall, type WallAxis, wallAt } from './wall.ts'
import type { Line } from './weekLayout.ts'
import type { Words } from './words.ts'

interface WallMouseSettings {
  outer: RefObject<HTMLElement | null>
  columns: readonly HallColumn[]
  hours: HourWindow
  axis: WallAxis
  words: Words
  onDrawn(column: HallColumn, span: Span): void
  onDrop(moving: Moving): void
  /** The mouse asked for a time that does not exist. */
  onNowhere(): void
}

type Press = { x: number; y: number; column: HallColumn; at: Instant | null; hasMoved: boolean } & (
  | { kind: 'draw'; span: Span | null }
  | { kind: 'move'; moving: Moving; edge: Edge | null; grip: number }
)

/** A hand is not still: less than this is a click. */
const CLICK_PIXELS = 4
/** So near to the upper or lower end of an event the mouse means its edge. */
const EDGE_PIXELS = 5
/** An event lower than this has no room for edges and a middle. */
const LEAST_WITH_EDGES = 26

export function edgeAt(box: Element, y: number): Edge | null {
  const { top, bottom, height } = box.getBoundingClientRect()
  if (height < LEAST_WITH_EDGES) return null
  if (y - top < EDGE_PIXELS) return 'start'
  return bottom - y < EDGE_PIXELS ? 'end' : null
}

export function useWallMouse(settings: WallMouseSettings) {
  const press = useRef<Press | null>(null)
  const [drawing, setDrawing] = useState<WallEvent | null>(null)
  const isDrawing = drawing !== null
  const { words, axis } = settings

  // Given up: Esc, or another window.
  useEffect(() => {
    if (!isDrawing) return
    const stop = () => {
      press.current = null
      setDrawing(null)
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') stop()
    }
    window.addEventListener('blur', stop)
    window.addEventListener('keydown', onKey)
    return () => {
      window.removeEventListener('blur', stop)
      window.removeEventListener('keydown', onKey)
    }
  }, [isDrawing])

  /** The column under the mouse, or the nearest, and the instant there; null where the clock never shows it. */
  const under = (event: PointerEvent) => {
    const { outer, columns, hours } = settings
    const boxes = [...(outer.current?.querySelectorAll('.rbc-day-slot') ?? [])]
    const index = boxes.findLastIndex((box) => box.getBoundingClientRect().left <= event.clientX)
    const column = columns[Math.max(0, index)]
    const box = boxes[Math.max(0, index)]?.getBoundingClientRect()
    if (!column || !box) return null
    const share = Math.min(0.9999, Math.max(0, (event.clientY - box.top) / box.height))
    const { from, to } = axisWindow(axis, hours)
    return {
      column,
      at: fromWall(wallAt(column.frame.day, from + share * (to - from), axis), axis),
    }
  }

  const say = (column: HallColumn, span: Span, reason: string) =>
    setDrawing({
      ...onGround('drawing', column.hall.id, span, axis),
      times: words.format.times(span.start, span.end),
      reason,
    })

  const moved = (current: Press & { kind: 'move' }, column: HallColumn, at: Instant): Moving => {
    const { moving, edge, grip } = current
    const { from, length } = moving
    if (edge) {
      return { ...moving, to: { ...from, ...stretched(current.column.rows, from, edge, at) } }
    }
    const to = placedAt(column.rows, at - grip, length)
    return { ...moving, to: { resource: column.hall.id, ...to } }
  }

  return {
    drawing,
    /** On an event: takes hold of it. Elsewhere in a column: begins to draw. */
    onPointerDown(event: PointerEvent, of: Readonly<{ line: Line; box: Element }> | null) {
      press.current = null
      const target = event.target as HTMLElement
      if (event.button !== 0 || !target.closest('.rbc-day-slot') || target.closest('button')) return
      const found = under(event)
      if (!found) return
      const { column, at } = found
      const common = { x: event.clientX, y: event.clientY, column, at, hasMoved: false }
      if (!of) {
        press.current = { ...common, kind: 'draw', span: null }
        return
      }
      const { token, start, end, title, places, kind: state } = of.line
      if (!token || at === null || (state !== 'booked' && state !== 'request')) return
      const date = { token, start, end, title, places, state, resource: column.hall.id }
      const edge = edgeAt(of.box, event.clientY)
      press.current = { ...common, kind: 'move', moving: movingOf(date), edge, grip: at - start }
    },
    onPointerMove(event: PointerEvent) {
      const current = press.current
      if (!current) return
      const far = Math.hypot(event.clientX - current.x, event.clientY - current.y)
      if (!current.hasMoved) {
        if (far < CLICK_PIXELS) return
        current.hasMoved = true
        event.currentTarget.setPointerCapture(event.pointerId)
      }
      const found = under(event)
      if (!found || found.at === null) return
      if (current.kind === 'draw') {
        if (current.at === null) return
        const { column } = current
        const inside = Math.min(Math.max(found.at, column.frame.start), column.frame.end - 1)
        const at = found.column === column ? found.at : inside
        current.span = snapped(column.rows, current.at, at)
        const why = unfit(column.rows, current.span)
        say(column, current.span, why ? words.unfit(why, column.frame) : '')
        return
      }
      current.moving = moved(current, current.edge ? current.column : found.column, found.at)
      const { column } = current.edge ? current : found
      const why = unfitMoving(column.rows, current.moving)
      say(column, current.moving.to, why ? words.unfit(why, column.frame) : '')
    },
    /** True where the press was a drag: then it was no click on whatever lies there. */
    onPointerUp(event: PointerEvent): boolean {
      const current = press.current
      press.current = null
      setDrawing(null)
      if (!current) return false
      if (current.hasMoved) event.currentTarget.releasePointerCapture(event.pointerId)
      if (current.kind === 'move') {
        if (current.hasMoved && isMoved(current.moving)) settings.onDrop(current.moving)
        return current.hasMoved
      }
      const { column, at } = current
      if (at === null) {
        settings.onNowhere()
        return true
      }
      // A click means an hour, or the step where an hour has no room.
      const step = snapped(column.rows, at, at)
      const hour = { start: step.start, end: Math.max(step.end, step.start + HOUR_MS) }
      const clicked = unfit(column.rows, hour) ? step : hour
      settings.onDrawn(column, current.hasMoved ? (current.span ?? step) : clicked)
      return true
    },
  }
}
