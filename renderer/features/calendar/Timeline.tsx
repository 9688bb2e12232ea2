// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid has no table elements; ARIA names its parts
// biome-ignore-all lint/a11y/useFocusableInteractive: focus stays on the grid, which names the active cell
/**
 * Timeline: all halls as rows, a week or a day to scale. Our own, because a month of a municipality is more than
 * any calendar component draws in time.
 *
 * Promises: only rows in sight are in the document; a press of a key draws two rows, a drag draws none; the grid
 * is one stop of `Tab`. It reads nothing and books nothing: all it knows is the layout it is given.
 */
import type { KeyboardEvent, MouseEvent, PointerEvent } from 'react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Day, Span, Uuid } from '../../../core/domain/time.ts'
import { CellList } from './CellList.tsx'
import type { DayCursor, WeekCursor } from './cursor.ts'
import { hallNear, moveInDay, moveInWeek, spanAt } from './cursor.ts'
import { DayRow } from './DayRow.tsx'
import type { Density } from './density.ts'
import { suggestion, unfit } from './fit.ts'
import type { GhostHandle } from './Ghost.tsx'
import { Draft, Ghost } from './Ghost.tsx'
import { DayHead, NowLine, WeekHead } from './Head.tsx'
import type { HoverHandle, HoverTarget } from './HoverCard.tsx'
import { HoverCard } from './HoverCard.tsx'
import type { Shown, Wish } from './marks.ts'
import { activeElement, draftShape, holdsToken, markInDay, markInWeek, sameTime } from './marks.ts'
import { type PointedAt, pointedAt } from './pointedAt.ts'
import styles from './Timeline.module.css'
import { useDragToBook } from './useDragToBook.ts'
import { useVirtualRows } from './useVirtualRows.ts'
import week from './WeekRow.module.css'
import { WeekRow } from './WeekRow.tsx'
import type { Line, WeekCell, WeekHallRow } from './weekLayout.ts'
import type { Words } from './words.ts'

interface TimelineProps {
  shown: Shown
  today: Day
  density: Density
  selected: Uuid | null
  /** What the open booking panel is about. */
  draft: Wish | null
  words: Words
  onBook(wish: Wish): void
  onSelect(token: Uuid | null): void
  onHall(hall: Uuid): void
  onDay(day: Day): void
  /** A week on (+1) or back (-1), asked by the keyboard. */
  onWeek(weeks: 1 | -1): void
  /** Said in the live region. */
  say(text: string): void
}

interface OpenList {
  row: WeekHallRow
  cell: WeekCell
  around: DOMRect
}

export function Timeline(props: TimelineProps) {
  const { shown, words, today, say } = props
  const { layout } = shown
  const { rows } = layout
  const scroll = useRef<HTMLDivElement>(null)
  const hover = useRef<HoverHandle>(null)
  const ghost = useRef<GhostHandle>(null)
  const [list, setList] = useState<OpenList | null>(null)

  const [inWeek, setInWeek] = useState<WeekCursor>({ row: 0, column: 0, bar: null })
  const [inDay, setInDay] = useState<DayCursor>({ row: 0, head: false, at: 0, to: null, bar: null })
  const active = hallNear(rows, shown.view === 'week' ? inWeek.row : inDay.row)
  const weekCursor: WeekCursor = { ...inWeek, row: active }
  const dayCursor = useMemo((): DayCursor => {
    if (shown.view !== 'day') return { ...inDay, row: active }
    return { ...inDay, row: active, at: sameTime(shown.layout, inDay.at) }
  }, [shown, inDay, active])

  const { virtual, tops } = useVirtualRows(rows, scroll, active)
  const activeId = activeElement(shown, weekCursor, dayCursor)
  useEffect(() => {
    if (document.activeElement !== scroll.current || activeId === undefined) return
    document.getElementById(activeId)?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [activeId])

  const bookCell = useCallback(
    (row: WeekHallRow, cell: WeekCell) => {
      const found =
        suggestion(row.rows, cell.frame, Date.now()) ?? suggestion(row.rows, cell.frame, 0)
      const open = row.rows.free.find(
        (free) => free.start < cell.frame.end && cell.frame.start < free.end,
      )
      const span = found ?? open
      if (!span) {
        say(words.t('live.nothingFree', { hall: row.hall.name, day: words.day(cell.frame.day) }))
        return
      }
      props.onBook({ resource: row.hall.id, start: span.start, end: span.end })
    },
    [props.onBook, say, words],
  )

  const bookSpan = (hall: Uuid, span: Span) =>
    props.onBook({ resource: hall, start: span.start, end: span.end })

  const drag = useDragToBook({
    layout: shown.view === 'day' ? shown.layout : null,
    ghost,
    words,
    onDrawn: (row, span) => {
      setInDay({
        row: rows.findIndex((each) => each.key === row.key),
        head: false,
        at: span.start,
        to: null,
        bar: null,
      })
      bookSpan(row.hall.id, span)
    },
    onRefused: (row, span, reason) => {
      setInDay({
        row: rows.findIndex((each) => each.key === row.key),
        head: false,
        at: span.start,
        to: null,
        bar: null,
      })
      say(words.t('live.cannot', { reason }))
    },
  })

  const hoverTarget = (found: PointedAt): HoverTarget | null => {
    const { line, box, row, cell } = found
    if (!line || !box) return null
    const frame = cell?.frame ?? (shown.view === 'day' ? shown.layout.frame : undefined)
    if (!frame) return null
    return targetOf(line, row.hall.name, row.hall.color, frame.day, box)
  }
  const targetOf = (
    line: Line,
    hall: string,
    hue: number,
    day: Day,
    box: HTMLElement,
  ): HoverTarget => ({
    line,
    hall,
    hue,
    when: `${words.day(day)}, ${words.format.times(line.start, line.end)}`,
    around: box.getBoundingClientRect(),
  })

  const openLine = (line: Line) => {
    hover.current?.hide()
    if (line.token !== null) props.onSelect(line.token)
  }
  const openList = (row: WeekHallRow, cell: WeekCell, box: Element) => {
    hover.current?.hide()
    setList({ row, cell, around: box.getBoundingClientRect() })
  }

  const onClick = (event: MouseEvent) => {
    const element = event.target as HTMLElement
    const goto = element.closest<HTMLElement>('[data-goto]')?.dataset.goto
    if (goto) {
      props.onDay(goto)
      return
    }
    const found = pointedAt(rows, event.target)
    if (!found) return
    if (element.closest('[data-open]')) {
      props.onHall(found.row.hall.id)
      return
    }
    if (shown.view === 'day') {
      if (found.line && found.box) openLine(found.line)
      return
    }
    if (!found.cell || !('cells' in found.row)) return
    setInWeek({ row: found.index, column: found.column, bar: null })
    const more = element.closest('[data-more]')
    if (more) openList(found.row, found.cell, more)
    else if (found.line) openLine(found.line)
    else bookCell(found.row, found.cell)
  }

  const onPointerDown = (event: PointerEvent) => {
    hover.current?.hide()
    if (shown.view !== 'day') return
    const track = (event.target as HTMLElement).closest('[data-track]')
    const found = pointedAt(rows, event.target)
    if (!track || !found || found.line || 'cells' in found.row) return
    drag.down(event, found.row, tops[found.index] ?? 0, track)
  }

  const onPointerOver = (event: PointerEvent) => {
    if (event.buttons !== 0) return
    const found = pointedAt(rows, event.target)
    const target = found ? hoverTarget(found) : null
    if (target) hover.current?.rest(target)
    else hover.current?.hide()
  }

  const activeLine = (): HoverTarget | null => {
    const row = rows[active]
    if (row?.kind !== 'hall') return null
    if ('cells' in row) {
      const cell = row.cells[weekCursor.column]
      const line = weekCursor.bar === null ? undefined : cell?.lines[weekCursor.bar]
      const box = activeId ? document.getElementById(activeId) : null
      if (!cell || !line || !box || (weekCursor.bar ?? 0) >= cell.shown) return null
      return targetOf(line, row.hall.name, row.hall.color, cell.frame.day, box)
    }
    const chip = dayCursor.bar === null ? undefined : row.chips[dayCursor.bar]
    const box = activeId ? document.getElementById(activeId) : null
    if (!chip || !box || shown.view !== 'day') return null
    return targetOf(chip, row.hall.name, row.hall.color, shown.layout.frame.day, box)
  }

  const enter = () => {
    const row = rows[active]
    if (row?.kind !== 'hall') return
    if ('cells' in row) {
      const { column, bar } = weekCursor
      const cell = row.cells[column]
      if (!cell) props.onHall(row.hall.id)
      else if (bar === null) bookCell(row, cell)
      else if (bar < cell.shown) openLine(cell.lines[bar] as Line)
      else {
        const box = activeId ? document.getElementById(activeId) : null
        if (box) openList(row, cell, box)
      }
      return
    }
    const chip = dayCursor.bar === null ? undefined : row.chips[dayCursor.bar]
    if (dayCursor.head) props.onHall(row.hall.id)
    else if (chip) openLine(chip)
    else {
      const span = spanAt(row, dayCursor)
      const why = unfit(row.rows, span)
      if (!why) {
        setInDay({ ...dayCursor, at: span.start, to: null })
        bookSpan(row.hall.id, span)
      } else if (shown.view === 'day') {
        say(words.t('live.cannot', { reason: words.unfit(why, shown.layout.frame) }))
      }
    }
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== scroll.current || event.altKey || event.metaKey) return
    const key = { key: event.key, shift: event.shiftKey, ctrl: event.ctrlKey }
    if (event.key === 'Escape' && drag.cancel()) return
    if (event.key === 'Enter' && !event.ctrlKey) {
      event.preventDefault()
      enter()
      return
    }
    if (event.key === ' ') {
      event.preventDefault()
      const target = activeLine()
      if (target) hover.current?.show(target)
      return
    }
    hover.current?.hide()
    const moved =
      shown.view === 'week'
        ? moveInWeek(shown.layout, weekCursor, key)
        : moveInDay(shown.layout, dayCursor, key)
    if (!moved) {
      if (event.key === 'Escape' && props.selected !== null) props.onSelect(null)
      return
    }
    event.preventDefault()
    if ('column' in moved.cursor) setInWeek(moved.cursor)
    else setInDay(moved.cursor)
    if (moved.turn) props.onWeek(moved.turn)
    if (shown.view === 'day' && 'to' in moved.cursor && moved.cursor.to !== null) {
      const row = rows[moved.cursor.row]
      if (row?.kind === 'hall' && !('cells' in row)) {
        const span = spanAt(row, moved.cursor)
        say(words.span(shown.layout.frame, span))
      }
    }
  }

  // The first arrow key starts at today, not at Monday or at midnight.
  const onFocus = () => {
    if (shown.view === 'week' && inWeek.row === 0 && inWeek.column === 0) {
      const column = shown.layout.days.findIndex((frame) => frame.day === today)
      if (column > 0) setInWeek({ row: active, column, bar: null })
    }
  }

  // Coming back, `Tab` begins with the first booking again.
  const onBlur = () => {
    if (inWeek.bar !== null) setInWeek({ ...inWeek, bar: null })
    if (inDay.bar !== null) setInDay({ ...inDay, bar: null })
  }

  const hour = shown.view === 'day' ? `${100 / Math.max(1, shown.layout.marks.length)}%` : undefined
  const draft = props.draft ? draftShape(shown, props.draft, tops) : null
  return (
    <>
      <div
        ref={scroll}
        role="grid"
        tabIndex={0}
        aria-label={words.t(shown.view === 'week' ? 'grid.week' : 'grid.day')}
        aria-description={words.t('grid.hint')}
        aria-rowcount={rows.length + 1}
        aria-colcount={shown.view === 'week' ? 8 : 2}
        aria-activedescendant={activeId}
        className={styles.grid}
        data-density={props.density}
        data-view={shown.view}
        style={hour ? { ['--hour' as string]: hour } : undefined}
        onClick={onClick}
        onKeyDown={onKeyDown}
        onFocus={onFocus}
        onBlur={onBlur}
        onPointerDown={onPointerDown}
        onPointerMove={drag.move}
        onPointerUp={drag.up}
        onPointerCancel={() => drag.cancel()}
        onPointerOver={onPointerOver}
        onPointerLeave={() => hover.current?.hide()}
        onScroll={() => hover.current?.hide()}
      >
        {shown.view === 'week' ? (
          <WeekHead layout={shown.layout} today={today} words={words} />
        ) : (
          <DayHead layout={shown.layout} words={words} />
        )}
        <div
          role="rowgroup"
          className={`${styles.body} ${shown.view === 'week' ? week.least : ''}`}
          style={{ height: virtual.getTotalSize() }}
        >
          {virtual.getVirtualItems().map(({ index }) => {
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
            const common = {
              index,
              top,
              words,
              selected: holds ? props.selected : null,
            }
            if ('cells' in row) {
              return (
                <WeekRow
                  key={row.key}
                  {...common}
                  row={row}
                  today={today}
                  mark={index === active ? markInWeek(weekCursor) : null}
                />
              )
            }
            if (shown.view !== 'day') return null
            return (
              <DayRow
                key={row.key}
                {...common}
                row={row}
                layout={shown.layout}
                mark={index === active ? markInDay(shown.layout, row, dayCursor, words) : null}
              />
            )
          })}
          {draft && <Draft shape={draft.shape} strip={draft.strip} />}
          {shown.view === 'day' && <NowLine layout={shown.layout} />}
          <Ghost ref={ghost} />
        </div>
      </div>
      <HoverCard ref={hover} words={words} />
      {list && (
        <CellList
          row={list.row}
          cell={list.cell}
          around={list.around}
          words={words}
          onSelect={props.onSelect}
          onBook={() => bookCell(list.row, list.cell)}
          onClose={(back) => {
            setList(null)
            if (back) scroll.current?.focus({ preventScroll: true })
          }}
        />
      )}
    </>
  )
}
