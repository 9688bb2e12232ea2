// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid has no table elements; ARIA names its parts
// biome-ignore-all lint/a11y/useFocusableInteractive: focus stays on the grid, which names the active cell
/**
 * Timeline: all halls as rows; a day to scale, a week, or two. Our own, because a month of a municipality is more
 * than any calendar component draws in time.
 *
 * Promises: only rows in sight are in the document; a press of a key draws two rows, a drag draws none; the grid
 * is one stop of `Tab`. It reads nothing and books nothing: all it knows is the layout it is given.
 */
import type { KeyboardEvent } from 'react'
import { useCallback, useRef, useState } from 'react'
import type { Day, Span, Uuid } from '../../../core/domain/time.ts'
import { CellList, type ListContent } from './CellList.tsx'
import { columnsAt, moveInDay, moveInWeek, spanAt, toNotable } from './cursor.ts'
import type { DayHallRow } from './dayLayout.ts'
import type { Density } from './density.ts'
import { suggestion, unfit } from './fit.ts'
import type { GhostHandle } from './Ghost.tsx'
import { Draft, Ghost } from './Ghost.tsx'
import { DayHead, NowLine, WeekHead } from './Head.tsx'
import type { HoverHandle } from './HoverCard.tsx'
import { HoverCard } from './HoverCard.tsx'
import { cellTarget, lineTarget } from './hoverTarget.ts'
import type { Shown, Wish } from './marks.ts'
import { draftShape } from './marks.ts'
import type { Moving } from './moving.ts'
import { notableStep } from './notable.ts'
import type { PointedAt } from './pointedAt.ts'
import styles from './Timeline.module.css'
import { TimelineRows } from './TimelineRows.tsx'
import { useTimelineCursor } from './useTimelineCursor.ts'
import { useTimelineMouse } from './useTimelineMouse.ts'
import { useVirtualRows } from './useVirtualRows.ts'
import week from './WeekRow.module.css'
import type { Line, WeekCell, WeekHallRow } from './weekLayout.ts'
import type { Words } from './words.ts'

interface TimelineProps {
  shown: Shown
  today: Day
  density: Density
  selected: Uuid | null
  /** What the open booking panel is about. */
  draft: Wish | null
  /** Where the keyboard has moved a booking. */
  ghost: Readonly<{ at: Wish; words: string; reason: string }> | null
  words: Words
  onBook(wish: Wish): void
  onSelect(token: Uuid | null): void
  onHall(hall: Uuid): void
  onDay(day: Day): void
  /** A page on (+1) or back (-1), asked by the keyboard. */
  onTurn(pages: 1 | -1): void
  onDrop(moving: Moving): void
  /** Said in the live region. */
  say(text: string): void
}

type OpenList = ListContent & Readonly<{ row: WeekHallRow; cell: WeekCell }>

export function Timeline(props: TimelineProps) {
  const { shown, words, today, say } = props
  const { layout } = shown
  const { rows } = layout
  const scroll = useRef<HTMLDivElement>(null)
  const hover = useRef<HoverHandle>(null)
  const ghost = useRef<GhostHandle>(null)
  const [list, setList] = useState<OpenList | null>(null)
  const cursor = useTimelineCursor(shown, today, scroll)
  const { active, activeId } = cursor
  const { virtual, tops } = useVirtualRows(rows, scroll, active)

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
  const bookSpan = (row: DayHallRow, span: Span, reason: string) => {
    const index = rows.findIndex((each) => each.key === row.key)
    cursor.put({ row: index, head: false, at: span.start, to: null, bar: null })
    if (reason) say(words.t('live.cannot', { reason }))
    else props.onBook({ resource: row.hall.id, start: span.start, end: span.end })
  }
  const openLine = (line: Line) => {
    hover.current?.hide()
    if (line.token !== null) props.onSelect(line.token)
  }
  const openList = (row: WeekHallRow, cell: WeekCell, box: Element) => {
    hover.current?.hide()
    const title = words.t('list.title', { hall: row.hall.name, day: words.day(cell.frame.day) })
    const around = box.getBoundingClientRect()
    const { frame, lines } = cell
    setList({ row, cell, title, frame, lines, hue: row.hall.color, around })
  }

  const mouse = useTimelineMouse({
    shown,
    tops,
    scroll,
    ghost,
    hover,
    words,
    onDay: props.onDay,
    onHall: props.onHall,
    onLine: openLine,
    onList: openList,
    onCell: ({ row, index, column }, cell) => {
      cursor.put({ row: index, column, bar: null, to: null })
      if ('cells' in row) bookCell(row, cell)
    },
    onDrawn: (row, span) => bookSpan(row, span, ''),
    onRefused: bookSpan,
    onDrop: props.onDrop,
    onRest: (found) => {
      const target = targetOf(found)
      if (target) hover.current?.rest(target)
      else hover.current?.hide()
    },
  })

  const targetOf = ({ row, cell, line, box, cellBox }: PointedAt) => {
    const frame = cell?.frame ?? (shown.view === 'day' ? shown.layout.frame : undefined)
    if (line && box && frame) return lineTarget(line, row.hall, frame.day, box, words)
    if (cell?.isBrief && cell.lines.length > 0 && cellBox)
      return cellTarget(cell, row.hall, cellBox, words)
    return null
  }
  const activeTarget = () => {
    const row = rows[active]
    const box = activeId ? document.getElementById(activeId) : null
    if (row?.kind !== 'hall' || !box) return null
    const common = { index: active, row, box, cellBox: box }
    if ('cells' in row) {
      const { column, bar } = cursor.week
      const cell = row.cells[column]
      const line = bar === null || bar >= (cell?.shown ?? 0) ? undefined : cell?.lines[bar]
      return targetOf({ ...common, column, cell, line })
    }
    const line = cursor.day.bar === null ? undefined : row.chips[cursor.day.bar]
    return targetOf({ ...common, column: -1, cell: undefined, line })
  }

  const enterCell = (row: WeekHallRow) => {
    const { column, bar } = cursor.week
    const cell = row.cells[column]
    const box = activeId ? document.getElementById(activeId) : null
    if (!cell) props.onHall(row.hall.id)
    else if (bar !== null && bar < cell.shown) openLine(cell.lines[bar] as Line)
    else if (bar !== null && box) openList(row, cell, box)
    else {
      const { first, last } = columnsAt(cursor.week)
      const covered = row.cells.slice(first, last + 1)
      bookCell(row, covered.find((each) => each.left.length > 0) ?? cell)
    }
  }
  const enterTime = (row: DayHallRow) => {
    const chip = cursor.day.bar === null ? undefined : row.chips[cursor.day.bar]
    if (cursor.day.head) props.onHall(row.hall.id)
    else if (chip) openLine(chip)
    else if (shown.view === 'day') {
      const span = spanAt(row, cursor.day)
      const why = unfit(row.rows, span)
      if (why) say(words.t('live.cannot', { reason: words.unfit(why, shown.layout.frame) }))
      else bookSpan(row, span, '')
    }
  }

  const jumpTo = (event: KeyboardEvent, step: 1 | -1) => {
    event.preventDefault()
    hover.current?.hide()
    const found = toNotable(layout, shown.view === 'week' ? cursor.week : cursor.day, step)
    if (found) cursor.put(found.cursor)
    say(found ? words.notable(found.hall, found.at) : words.t('notable.none'))
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== scroll.current || event.metaKey) return
    const jump = notableStep(event)
    if (jump !== null) return jumpTo(event, jump)
    if (event.altKey) return
    if (event.key === 'Escape' && mouse.cancel()) return
    if (event.key === 'Enter' && !event.ctrlKey) {
      event.preventDefault()
      const row = rows[active]
      if (row?.kind !== 'hall') return
      if ('cells' in row) enterCell(row)
      else enterTime(row)
      return
    }
    if (event.key === ' ') {
      event.preventDefault()
      const target = activeTarget()
      if (target) hover.current?.show(target)
      return
    }
    hover.current?.hide()
    const key = { key: event.key, shift: event.shiftKey, ctrl: event.ctrlKey }
    const moved =
      shown.view === 'week'
        ? moveInWeek(shown.layout, cursor.week, key)
        : moveInDay(shown.layout, cursor.day, key)
    if (!moved) {
      if (event.key === 'Escape' && props.selected !== null) props.onSelect(null)
      return
    }
    event.preventDefault()
    cursor.put(moved.cursor)
    if (moved.turn) props.onTurn(moved.turn)
    if (moved.cursor.to !== null) sayCovered(moved.cursor)
  }
  const sayCovered = (at: typeof cursor.week | typeof cursor.day) => {
    const row = rows[at.row]
    if (row?.kind !== 'hall') return
    if ('column' in at && 'cells' in row) {
      const { first, last } = columnsAt(at)
      say(words.covered(row, row.cells.slice(first, last + 1)))
    } else if ('at' in at && !('cells' in row) && shown.view === 'day') {
      say(words.span(shown.layout.frame, spanAt(row, at)))
    }
  }

  const isWeek = shown.view === 'week'
  const hour = isWeek ? undefined : `${100 / Math.max(1, shown.layout.marks.length)}%`
  const days = isWeek ? shown.layout.days.length : 1
  const draft = props.draft ? draftShape(shown, props.draft, tops) : null
  const moving = props.ghost ? draftShape(shown, props.ghost.at, tops) : null
  return (
    <>
      <div
        ref={scroll}
        role="grid"
        tabIndex={0}
        aria-label={words.t(`grid.${isWeek ? (days > 7 ? 'fortnight' : 'week') : 'day'}`)}
        aria-description={words.t('grid.hint')}
        aria-rowcount={rows.length + 1}
        aria-colcount={days + 1}
        aria-activedescendant={activeId}
        className={styles.grid}
        data-density={props.density}
        data-view={shown.view}
        data-brief={days > 7 || undefined}
        style={{ ['--hour' as string]: hour, ['--days' as string]: days }}
        {...mouse.listeners}
        onKeyDown={onKeyDown}
        onFocus={cursor.onFocus}
        onBlur={cursor.onBlur}
      >
        {isWeek ? (
          <WeekHead layout={shown.layout} today={today} words={words} />
        ) : (
          <DayHead layout={shown.layout} words={words} />
        )}
        <div
          role="rowgroup"
          className={`${styles.body} ${isWeek ? week.least : ''}`}
          style={{ height: virtual.getTotalSize() }}
        >
          <TimelineRows
            shown={shown}
            virtual={virtual}
            tops={tops}
            cursor={cursor}
            today={today}
            selected={props.selected}
            words={words}
          />
          {draft && <Draft shape={draft.shape} strip={draft.strip} />}
          {moving && (
            <Draft shape={moving.shape} strip={moving.strip} said={props.ghost ?? undefined} />
          )}
          {!isWeek && <NowLine layout={shown.layout} />}
          <Ghost ref={ghost} />
        </div>
      </div>
      <HoverCard ref={hover} words={words} />
      {list && (
        <CellList
          content={list}
          words={words}
          onSelect={props.onSelect}
          onBook={list.cell.left.length > 0 ? () => bookCell(list.row, list.cell) : undefined}
          onClose={(back) => {
            setList(null)
            if (back) scroll.current?.focus({ preventScroll: true })
          }}
        />
      )}
    </>
  )
}
