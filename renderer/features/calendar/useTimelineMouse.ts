/**
 * useTimelineMouse: everything the mouse does in the timeline, with one set of listeners for all of it: open, book,
 * draw a booking, drag one, rest on one.
 */
import type { MouseEvent, PointerEvent, RefObject } from 'react'
import type { Day, Span, Uuid } from '../../../core/domain/time.ts'
import type { DayHallRow } from './dayLayout.ts'
import type { GhostHandle } from './Ghost.tsx'
import type { HoverHandle } from './HoverCard.tsx'
import type { Shown } from './marks.ts'
import type { Moving } from './moving.ts'
import { type PointedAt, pointedAt } from './pointedAt.ts'
import { useDragToBook } from './useDragToBook.ts'
import { edgeAt, useDragToMove } from './useDragToMove.ts'
import type { Line, WeekCell, WeekHallRow } from './weekLayout.ts'
import type { Words } from './words.ts'

interface MouseSettings {
  shown: Shown
  tops: readonly number[]
  scroll: RefObject<HTMLElement | null>
  ghost: RefObject<GhostHandle | null>
  hover: RefObject<HoverHandle | null>
  words: Words
  onDay(day: Day): void
  onHall(hall: Uuid): void
  onLine(line: Line): void
  onCell(found: PointedAt, cell: WeekCell): void
  onList(row: WeekHallRow, cell: WeekCell, box: Element): void
  onDrawn(row: DayHallRow, span: Span): void
  onRefused(row: DayHallRow, span: Span, reason: string): void
  onDrop(moving: Moving): void
  /** What the card says of the thing under the mouse. */
  onRest(found: PointedAt): void
}

export function useTimelineMouse(settings: MouseSettings) {
  const { shown, tops, ghost, hover, words } = settings
  const { rows } = shown.layout
  const draw = useDragToBook({
    layout: shown.view === 'day' ? shown.layout : null,
    ghost,
    words,
    onDrawn: settings.onDrawn,
    onRefused: settings.onRefused,
  })
  const drag = useDragToMove(settings)

  const onClick = (event: MouseEvent) => {
    const element = event.target as HTMLElement
    const goto = element.closest<HTMLElement>('[data-goto]')?.dataset.goto
    if (goto) {
      settings.onDay(goto)
      return
    }
    const found = pointedAt(rows, event.target)
    if (!found) return
    if (element.closest('[data-open]')) {
      settings.onHall(found.row.hall.id)
      return
    }
    if (shown.view === 'day') {
      if (found.line && found.box) settings.onLine(found.line)
      return
    }
    if (!found.cell || !('cells' in found.row)) return
    const more = element.closest('[data-more]')
    if (more) settings.onList(found.row, found.cell, more)
    else if (found.line) settings.onLine(found.line)
    else settings.onCell(found, found.cell)
  }

  const onPointerDown = (event: PointerEvent) => {
    hover.current?.hide()
    const found = pointedAt(rows, event.target)
    if (!found) return
    if (found.line) {
      drag.down(event, found)
      return
    }
    const track = (event.target as HTMLElement).closest('[data-track]')
    if (!track || 'cells' in found.row) return
    draw.down(event, found.row, tops[found.index] ?? 0, track)
  }

  const onPointerMove = (event: PointerEvent) => {
    if (drag.move(event)) return
    draw.move(event)
    if (event.buttons !== 0 || shown.view !== 'day') return
    const chip = (event.target as HTMLElement).closest<HTMLElement>('[data-line]')
    if (chip) chip.dataset.edge = edgeAt(chip, event.clientX) ?? ''
  }

  const onPointerOver = (event: PointerEvent) => {
    if (event.buttons !== 0) return
    const found = pointedAt(rows, event.target)
    if (found) settings.onRest(found)
    else hover.current?.hide()
  }

  return {
    /** Esc: true where something was given up. */
    cancel: () => drag.cancel() || draw.cancel(),
    listeners: {
      onClick,
      onPointerDown,
      onPointerMove,
      onPointerUp: (event: PointerEvent) => {
        if (!drag.up(event)) draw.up(event)
      },
      onPointerCancel: () => {
        drag.cancel()
        draw.cancel()
      },
      onPointerOver,
      onPointerLeave: () => hover.current?.hide(),
      onScroll: () => hover.current?.hide(),
    },
  }
}
