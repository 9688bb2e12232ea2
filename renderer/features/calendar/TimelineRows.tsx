// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid has no table elements; ARIA names its parts
// biome-ignore-all lint/a11y/useFocusableInteractive: focus stays on the grid, which names the active cell
/** TimelineRows: the rows in sight, each where the layout puts it. Holds no state. */
import type { useVirtualizer } from '@tanstack/react-virtual'
import type { Day, Uuid } from '../../../core/domain/time.ts'
import { DayRow } from './DayRow.tsx'
import type { Shown } from './marks.ts'
import { holdsToken, markInDay, markInWeek } from './marks.ts'
import styles from './Timeline.module.css'
import type { TimelineCursor } from './useTimelineCursor.ts'
import { WeekRow } from './WeekRow.tsx'
import type { Words } from './words.ts'

interface TimelineRowsProps {
  shown: Shown
  virtual: ReturnType<typeof useVirtualizer<HTMLElement, Element>>
  tops: readonly number[]
  cursor: TimelineCursor
  today: Day
  selected: Uuid | null
  words: Words
}

export function TimelineRows(props: TimelineRowsProps) {
  const { shown, virtual, tops, cursor, today, words } = props
  const { rows } = shown.layout
  return virtual.getVirtualItems().map(({ index }) => {
    const row = rows[index]
    if (!row) return null
    const top = tops[index] ?? 0
    if (row.kind === 'group') {
      return (
        <div
          key={row.key}
          role="row"
          aria-rowindex={index + 2}
          className={styles.group}
          style={{ top }}
        >
          <span role="rowheader">{row.name}</span>
        </div>
      )
    }
    const holds = props.selected !== null && holdsToken(row, props.selected)
    const common = { index, top, words, selected: holds ? props.selected : null }
    const isActive = index === cursor.active
    if ('cells' in row) {
      const mark = isActive ? markInWeek(cursor.week) : null
      return <WeekRow key={row.key} {...common} row={row} today={today} mark={mark} />
    }
    if (shown.view !== 'day') return null
    const mark = isActive ? markInDay(shown.layout, row, cursor.day, words) : null
    return <DayRow key={row.key} {...common} row={row} layout={shown.layout} mark={mark} />
  })
}
