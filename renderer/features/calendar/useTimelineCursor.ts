/**
 * useTimelineCursor: where the keyboard is in the timeline, in the week and in the day, and which element that is.
 */
import { useEffect, useMemo, useState } from 'react'
import type { Day } from '../../../core/domain/time.ts'
import type { DayCursor, WeekCursor } from './cursor.ts'
import { hallNear } from './cursor.ts'
import type { Shown } from './marks.ts'
import { activeElement, sameTime } from './marks.ts'

export interface TimelineCursor {
  /** The row it is on, always one of a hall. */
  active: number
  week: WeekCursor
  day: DayCursor
  activeId: string | undefined
  put(cursor: WeekCursor | DayCursor): void
  /** The grid was given the focus, or lost it. */
  onFocus(): void
  onBlur(): void
}

export function useTimelineCursor(
  shown: Shown,
  today: Day,
  scroll: Readonly<{ current: HTMLElement | null }>,
): TimelineCursor {
  const [inWeek, setInWeek] = useState<WeekCursor>({ row: 0, column: 0, bar: null, to: null })
  const [inDay, setInDay] = useState<DayCursor>({ row: 0, head: false, at: 0, to: null, bar: null })
  const { rows } = shown.layout
  const active = hallNear(rows, shown.view === 'week' ? inWeek.row : inDay.row)
  const last = shown.view === 'week' ? shown.layout.days.length - 1 : 0
  const week: WeekCursor = { ...inWeek, row: active, column: Math.min(inWeek.column, last) }
  const day = useMemo((): DayCursor => {
    if (shown.view !== 'day') return { ...inDay, row: active }
    return { ...inDay, row: active, at: sameTime(shown.layout, inDay.at) }
  }, [shown, inDay, active])
  const activeId = activeElement(shown, week, day)
  useEffect(() => {
    if (document.activeElement !== scroll.current || activeId === undefined) return
    document.getElementById(activeId)?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [activeId, scroll])

  return {
    active,
    week,
    day,
    activeId,
    put(cursor) {
      if ('column' in cursor) setInWeek(cursor)
      else setInDay(cursor)
    },
    // The first arrow key starts at today, not at Monday or at midnight. Not for a mouse: what it points at must not move.
    onFocus() {
      if (!scroll.current?.matches(':focus-visible')) return
      if (shown.view === 'week' && inWeek.row === 0 && inWeek.column === 0) {
        const column = shown.layout.days.findIndex((frame) => frame.day === today)
        if (column > 0) setInWeek({ row: active, column, bar: null, to: null })
      }
    },
    // Coming back, `Tab` begins with the first booking again.
    onBlur() {
      if (inWeek.bar !== null) setInWeek({ ...inWeek, bar: null })
      if (inDay.bar !== null) setInDay({ ...inDay, bar: null })
    },
  }
}
