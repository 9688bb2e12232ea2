/**
 * useWallDrag: drawing a booking in react-big-calendar.
 *
 * The component forgets where a drag began when its first move is a large one (it reads its own state before that
 * is written). So the slot under the first press is kept here, and the box is drawn by ourselves, with its times
 * and the reason why it would not fit.
 */
import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react'
import type { SlotInfo } from 'react-big-calendar'
import type { Span } from '../../../core/domain/time.ts'
import { HOUR_MS, MINUTE_MS } from '../../../core/domain/time.ts'
import type { DayFrame, HourWindow } from './days.ts'
import { snapped, unfit } from './fit.ts'
import { onGround, type WallEvent, withAnchor } from './hallEvents.ts'
import type { HallRows } from './hallRows.ts'
import { fromWall } from './wall.ts'
import type { Words } from './words.ts'

interface WallDragSettings {
  outer: RefObject<HTMLElement | null>
  rows: HallRows
  days: readonly DayFrame[]
  hours: HourWindow
  /** Minutes of a slot. */
  step: number
  words: Words
  onDrawn(span: Span): void
  /** The mouse asked for a time that does not exist. */
  onNowhere(): void
}

type WallSpan = Readonly<{ start: Date; end: Date }>

export function useWallDrag(settings: WallDragSettings) {
  const { outer, rows, days, hours, step, words } = settings
  const { zone } = words
  const anchor = useRef<Date | null>(null)
  const [drawing, setDrawing] = useState<WallEvent | null>(null)
  const isDrawing = drawing !== null

  // The component says nothing when a drag is given up: the mouse released elsewhere, Esc, another window.
  useEffect(() => {
    if (!isDrawing) return
    const stop = () => setDrawing(null)
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') stop()
    }
    window.addEventListener('mouseup', stop)
    window.addEventListener('blur', stop)
    window.addEventListener('keydown', onKey)
    return () => {
      window.removeEventListener('mouseup', stop)
      window.removeEventListener('blur', stop)
      window.removeEventListener('keydown', onKey)
    }
  }, [isDrawing])

  /** Null where it touches an hour that does not exist. */
  const drawn = ({ start, end }: WallSpan): Span | null => {
    const from = fromWall(start, zone)
    const to = fromWall(end, zone)
    return from === null || to === null || to <= from ? null : snapped(rows, from, to - 1)
  }

  return {
    drawing,
    onPointerDown(event: PointerEvent) {
      anchor.current = null
      const column = (event.target as HTMLElement).closest('.rbc-day-slot')
      const columns = [...(outer.current?.querySelectorAll('.rbc-day-slot') ?? [])]
      const frame = column ? days[columns.indexOf(column)] : undefined
      if (!column || !frame) return
      const { top, height } = column.getBoundingClientRect()
      const share = Math.min(0.9999, Math.max(0, (event.clientY - top) / height))
      const minutes = (hours.from + share * (hours.to - hours.from)) * 60
      const midnight = Date.parse(`${frame.day}T00:00:00Z`)
      anchor.current = new Date(midnight + Math.floor(minutes / step) * step * MINUTE_MS)
    },
    onSelecting(range: WallSpan) {
      const wall = withAnchor(range, anchor.current, step)
      const span = drawn(wall)
      const frame = words.frameOf(span?.start ?? days[0]?.start ?? 0)
      const why = span ? unfit(rows, span) : ({ code: 'closed' } as const)
      setDrawing({
        ...(span ? onGround('drawing', span, zone) : { id: 'drawing', kind: 'drawing', ...wall }),
        times: span ? words.format.times(span.start, span.end) : '',
        reason: why ? words.unfit(why, frame) : '',
      })
      return true
    },
    onSelectSlot({ action, ...range }: SlotInfo) {
      setDrawing(null)
      if (action === 'doubleClick') return
      const { start, end } = withAnchor(range, anchor.current, step)
      const isClick = action === 'click'
      const span = drawn({ start, end: isClick ? new Date(start.getTime() + HOUR_MS) : end })
      if (!span) settings.onNowhere()
      // A click means an hour, or the step where an hour has no room.
      else if (isClick && unfit(rows, span)) settings.onDrawn(snapped(rows, span.start, span.start))
      else settings.onDrawn(span)
    },
  }
}
