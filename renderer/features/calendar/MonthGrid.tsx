// biome-ignore-all lint/a11y/useSemanticElements: a grid that is one stop of Tab; ARIA names its parts
// biome-ignore-all lint/a11y/useFocusableInteractive: focus stays on the grid, which names the active cell
/**
 * MonthGrid: a month of all halls, or of one with its strip: up to four lines a day, and "+n" that opens all of them.
 *
 * Promises the same keyboard as the week: arrows by day, `Tab` through what stands in a day, Enter opens or books,
 * Space shows the card; one stop of `Tab`.
 */
import { type KeyboardEvent, type MouseEvent, type PointerEvent, useRef, useState } from 'react'
import type { Day, Uuid } from '../../../core/domain/time.ts'
import { addDays, dayOf, weekdayOf } from '../../../core/domain/time.ts'
import { CellList, type ListContent } from './CellList.tsx'
import { suggestion } from './fit.ts'
import { HoverCard, type HoverHandle } from './HoverCard.tsx'
import { lineTarget } from './hoverTarget.ts'
import { MonthDay } from './MonthDay.tsx'
import styles from './MonthGrid.module.css'
import type { Wish } from './marks.ts'
import { daysFor, type MonthCell, type MonthLayout, stopsOf } from './monthLayout.ts'
import { useHolidays } from './useHolidays.ts'
import type { Words } from './words.ts'

interface MonthGridProps {
  layout: MonthLayout
  day: Day
  today: Day
  selected: Uuid | null
  draft: Wish | null
  ghost: Readonly<{ at: Wish; words: string; reason: string }> | null
  words: Words
  onBook(wish: Wish): void
  onSelect(token: Uuid | null): void
  /** Shows this day to scale. */
  onDay(day: Day): void
  /** The keyboard went to a day that may be of another month. */
  onMonth(day: Day): void
  say(text: string): void
}

export function MonthGrid(props: MonthGridProps) {
  const { layout, day, today, words, say } = props
  const grid = useRef<HTMLDivElement>(null)
  const hover = useRef<HoverHandle>(null)
  const [bar, setBar] = useState<number | null>(null)
  const [list, setList] = useState<(ListContent & { cell: MonthCell }) | null>(null)
  const cells = layout.weeks.flat()
  const holidays = useHolidays(cells[0]?.frame.day, cells.at(-1)?.frame.day)
  const active = cells.find((cell) => cell.frame.day === day)
  const idOf = (cell: MonthCell, at: number | null) =>
    `month-${cell.frame.day}${at === null ? '' : `-${at}`}`
  const activeId = active && idOf(active, bar)

  const open = (cell: MonthCell, at: number) => {
    hover.current?.hide()
    const entry = cell.entries[at]
    const box = document.getElementById(idOf(cell, at))
    if (at < cell.shown && entry?.token) props.onSelect(entry.token)
    else if (box) openList(cell, box)
  }
  const openList = (cell: MonthCell, box: Element) =>
    setList({
      cell,
      title: cell.own
        ? words.t('list.title', { hall: cell.own.row.hall.name, day: words.day(cell.frame.day) })
        : words.day(cell.frame.day),
      frame: cell.frame,
      lines: cell.own ? cell.own.cell.lines : cell.all,
      hue: cell.own?.row.hall.color,
      around: box.getBoundingClientRect(),
    })
  const bookIn = ({ frame, own }: MonthCell) => {
    if (!own) {
      props.onDay(frame.day)
      return
    }
    const { row } = own
    const span = suggestion(row.rows, frame, Date.now()) ?? suggestion(row.rows, frame, 0)
    if (span) props.onBook({ resource: row.hall.id, ...span })
    else say(words.t('live.nothingFree', { hall: row.hall.name, day: words.day(frame.day) }))
  }
  const target = (cell: MonthCell, at: number) => {
    const entry = cell.entries[at]
    const box = document.getElementById(idOf(cell, at))
    if (!entry?.token || !box || at >= cell.shown) return null
    return lineTarget(entry, entry.hall, cell.frame.day, box, words)
  }

  const pointed = (event: MouseEvent | PointerEvent) => {
    const element = event.target as HTMLElement
    const named = element.closest<HTMLElement>('[data-day]')?.dataset.day
    const cell = cells.find((each) => each.frame.day === named)
    const line = element.closest<HTMLElement>('[data-line]')?.dataset.line
    return { cell, at: line === undefined ? null : Number(line), element }
  }
  const onClick = (event: MouseEvent) => {
    const { cell, at, element } = pointed(event)
    if (!cell) return
    setBar(null)
    props.onMonth(cell.frame.day)
    if (element.closest('[data-goto]')) props.onDay(cell.frame.day)
    else if (at !== null) open(cell, at)
    else bookIn(cell)
  }
  const onPointerOver = (event: PointerEvent) => {
    const { cell, at } = pointed(event)
    const found = cell && at !== null ? target(cell, at) : null
    if (found) hover.current?.rest(found)
    else hover.current?.hide()
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== grid.current || event.altKey || event.metaKey || !active) return
    const days = daysFor(event.key, weekdayOf(day))
    const isTab = event.key === 'Tab'
    hover.current?.hide()
    if (days !== null) {
      setBar(null)
      props.onMonth(addDays(day, days))
    } else if (isTab) {
      const next = bar === null ? (event.shiftKey ? null : 0) : bar + (event.shiftKey ? -1 : 1)
      // After the last one, and before the first, `Tab` leaves the grid as everywhere else.
      if (next === null || next >= stopsOf(active)) return
      setBar(next < 0 ? null : next)
    } else if (event.key === 'Enter') {
      if (bar === null) bookIn(active)
      else open(active, bar)
    } else if (event.key === ' ') {
      const found = bar === null ? null : target(active, bar)
      if (found) hover.current?.show(found)
    } else if (event.key === 'Escape' && (bar !== null || props.selected !== null)) {
      if (bar !== null) setBar(null)
      else props.onSelect(null)
    } else return
    event.preventDefault()
  }

  const movingDay = props.ghost && dayOf(props.ghost.at.start, words.zone)
  const draftDay = props.draft && dayOf(props.draft.start, words.zone)
  return (
    <>
      <div
        ref={grid}
        role="grid"
        tabIndex={0}
        className={styles.grid}
        aria-label={words.t('grid.month', { month: words.format.month(day) })}
        aria-description={words.t('grid.hint')}
        aria-activedescendant={activeId}
        onClick={onClick}
        onKeyDown={onKeyDown}
        onBlur={() => setBar(null)}
        onPointerOver={onPointerOver}
        onPointerLeave={() => hover.current?.hide()}
      >
        <div role="row" className={styles.head}>
          {(layout.weeks[0] ?? []).map(({ frame }) => (
            <div key={frame.day} role="columnheader">
              {words.format.weekday(weekdayOf(frame.day))}
            </div>
          ))}
        </div>
        {layout.weeks.map((week) => (
          <div key={week[0]?.frame.day} role="row" className={styles.week}>
            {week.map((cell) => (
              <MonthDay
                key={cell.frame.day}
                id={idOf(cell, null)}
                cell={cell}
                holiday={holidays.get(cell.frame.day)}
                isToday={cell.frame.day === today}
                selected={props.selected}
                bar={cell === active ? (bar ?? -1) : null}
                hasDraft={cell.frame.day === draftDay}
                ghost={cell.frame.day === movingDay ? props.ghost : null}
                words={words}
              />
            ))}
          </div>
        ))}
      </div>
      <HoverCard ref={hover} words={words} />
      {list && (
        <CellList
          content={list}
          words={words}
          onSelect={props.onSelect}
          onBook={
            list.cell.own && list.cell.own.cell.left.length > 0
              ? () => bookIn(list.cell)
              : undefined
          }
          onClose={(back) => {
            setList(null)
            if (back) grid.current?.focus({ preventScroll: true })
          }}
        />
      )}
    </>
  )
}
