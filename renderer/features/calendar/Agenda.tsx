/**
 * Agenda: a month as a list by day, for whoever reads it with the ears, on paper or in a hurry.
 *
 * Promises that only lines in sight are in the document, but all of them when it is printed; one stop of `Tab`,
 * arrows walk the lines, Enter opens one.
 */
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import type { Day, Uuid } from '../../../core/domain/time.ts'
import type { CalendarRows, ResourceRow } from '../../../core/queries/rows.ts'
import { Empty } from '../../ui/Empty.tsx'
import styles from './Agenda.module.css'
import { type AgendaItem, agendaOf } from './agendaRows.ts'
import type { Density } from './density.ts'
import { HolidayName } from './HolidayName.tsx'
import { shownHalls } from './halls.ts'
import type { Hidden } from './layers.ts'
import { useHolidays } from './useHolidays.ts'
import { WaitsMark } from './WaitsMark.tsx'
import type { Words } from './words.ts'

interface AgendaProps {
  resources: readonly ResourceRow[]
  rows: CalendarRows
  /** Any day of the month; the list begins with it in sight. */
  day: Day
  halls: readonly Uuid[]
  today: Day
  density: Density
  hidden: Hidden
  selected: Uuid | null
  words: Words
  onSelect(token: Uuid | null): void
}

const heights: Readonly<Record<Density, number>> = { S: 28, M: 36, L: 44 }
const DAY_HEIGHT = 40
const AROUND = 8

export function Agenda(props: AgendaProps) {
  const { resources, rows, day, words, density, hidden, selected } = props
  const items = useMemo(() => {
    const halls = shownHalls(resources, props.halls)
    const shown = halls.flatMap((entry) => (entry.kind === 'hall' ? [entry.hall] : []))
    return agendaOf(rows, shown, words.zone, hidden)
  }, [rows, resources, props.halls, words.zone, hidden])
  const holidays = useHolidays(items[0]?.day, items.at(-1)?.day)
  const scroll = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState(0)
  const isPrinted = usePrinting()
  const active = nearestLine(items, Math.min(at, items.length - 1), 1)

  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroll.current,
    estimateSize: (index) => (items[index]?.kind === 'day' ? DAY_HEIGHT : heights[density]),
    getItemKey: (index) => items[index]?.key ?? index,
    overscan: AROUND,
    initialRect: { width: 1000, height: 800 },
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: heights are read anew where the density says others
  useEffect(() => virtual.measure(), [density, virtual])

  // Another month, or another day of it: the list begins there.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a booking more or less does not scroll
  useEffect(() => {
    const first = items.findIndex((item) => item.day >= day)
    if (first < 0) return
    setAt(first)
    virtual.scrollToIndex(first, { align: 'start' })
  }, [day])

  const go = (index: number) => {
    setAt(index)
    virtual.scrollToIndex(index)
    requestAnimationFrame(() =>
      scroll.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus(),
    )
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const to = {
      ArrowDown: nearestLine(items, active + 1, 1),
      ArrowUp: nearestLine(items, active - 1, -1),
      Home: nearestLine(items, 0, 1),
      End: nearestLine(items, items.length - 1, -1),
    }[event.key]
    if (event.key === 'Escape' && selected !== null) props.onSelect(null)
    else if (to === undefined || to < 0) return
    else go(to)
    event.preventDefault()
  }

  if (items.length === 0) return <Empty>{words.t('agenda.empty')}</Empty>
  const drawn = isPrinted
    ? items.map((_, index) => ({ index, start: 0 }))
    : virtual.getVirtualItems()
  return (
    <div ref={scroll} className={styles.scroll} data-printed={isPrinted || undefined}>
      <ul
        aria-label={words.t('agenda.label', { month: words.format.month(day) })}
        className={styles.list}
        style={{ height: isPrinted ? 'auto' : virtual.getTotalSize() }}
        onKeyDown={onKeyDown}
      >
        {drawn.map(({ index, start }) => {
          const item = items[index]
          if (!item) return null
          const style = isPrinted ? {} : { transform: `translateY(${start}px)` }
          if (item.kind === 'day') {
            return (
              <li key={item.key} className={styles.day} style={style}>
                <h2>
                  {item.day === props.today ? `${words.t('today')}, ` : ''}
                  {words.format.dayLong(item.day)}
                </h2>
                <span>{words.said.bookings(item.count)}</span>
                <HolidayName of={holidays.get(item.day)} isSaid />
              </li>
            )
          }
          return (
            <li key={item.key} className={styles.item} style={style}>
              <Row
                item={item}
                index={index}
                height={heights[density]}
                isActive={index === active}
                selected={item.line.token !== null && item.line.token === selected}
                words={words}
                onFocus={() => setAt(index)}
                onSelect={props.onSelect}
              />
            </li>
          )
        })}
      </ul>
    </div>
  )
}

interface RowProps {
  item: Extract<AgendaItem, { kind: 'line' }>
  index: number
  height: number
  isActive: boolean
  selected: boolean
  words: Words
  onFocus(): void
  onSelect(token: Uuid | null): void
}

function Row({ item, index, height, isActive, selected, words, ...on }: RowProps) {
  const { line, hall } = item
  return (
    <button
      type="button"
      className={styles.row}
      style={{ height }}
      tabIndex={isActive ? 0 : -1}
      data-index={index}
      data-kind={line.kind}
      data-waits={line.waits}
      data-shape="line"
      data-hue={hall.color}
      aria-pressed={selected}
      onFocus={on.onFocus}
      onClick={() => on.onSelect(line.token)}
    >
      <time>{words.format.times(line.start, line.end)}</time>
      <span className={styles.hall}>{hall.name}</span>
      <b>
        <WaitsMark waits={line.waits} />
        <span className="waits-title">{line.title}</span>
      </b>
      <span className={styles.who}>{line.who === line.title ? '' : line.who}</span>
      <span className={styles.facts}>
        {line.waits
          ? words.t(`waits.${line.waits}`)
          : line.kind === 'booked'
            ? ''
            : words.t(`state.${line.kind}`)}
        {line.places > 1 ? ` ${words.t('places', { count: line.places })}` : ''}
      </span>
      <span className={styles.persons}>{line.persons ?? ''}</span>
      <span className={styles.number}>{line.number || ''}</span>
    </button>
  )
}

/** From an index on, the next line in a direction; -1 where there is none. */
function nearestLine(items: readonly AgendaItem[], from: number, step: 1 | -1): number {
  for (let at = from; at >= 0 && at < items.length; at += step) {
    if (items[at]?.kind === 'line') return at
  }
  return -1
}

/** True while the page is on its way to paper. */
function usePrinting(): boolean {
  const [isPrinted, setPrinted] = useState(false)
  useEffect(() => {
    const before = () => setPrinted(true)
    const after = () => setPrinted(false)
    window.addEventListener('beforeprint', before)
    window.addEventListener('afterprint', after)
    return () => {
      window.removeEventListener('beforeprint', before)
      window.removeEventListener('afterprint', after)
    }
  }, [])
  return isPrinted
}
