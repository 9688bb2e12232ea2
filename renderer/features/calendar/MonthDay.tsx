// biome-ignore-all lint/a11y/useSemanticElements: a grid that is one stop of Tab; ARIA names its parts
// biome-ignore-all lint/a11y/useFocusableInteractive: focus stays on the grid, which names the active cell
/** MonthDay: one day of the month. Draws a precomputed cell and holds no state; the grid hears its clicks. */
import { memo } from 'react'
import type { Uuid } from '../../../core/domain/time.ts'
import { weekdayOf } from '../../../core/domain/time.ts'
import { HolidayName } from './HolidayName.tsx'
import styles from './MonthGrid.module.css'
import type { Wish } from './marks.ts'
import type { MonthCell, MonthEntry } from './monthLayout.ts'
import { percent } from './percent.ts'
import type { HolidayNames } from './useHolidays.ts'
import { WaitsMark } from './WaitsMark.tsx'
import type { Words } from './words.ts'

interface MonthDayProps {
  id: string
  cell: MonthCell
  holiday: ReturnType<HolidayNames['get']>
  isToday: boolean
  selected: Uuid | null
  /** Null: the keyboard is elsewhere; -1: on the day itself; otherwise the line it is on. */
  bar: number | null
  hasDraft: boolean
  ghost: Readonly<{ at: Wish; words: string; reason: string }> | null
  words: Words
}

export const MonthDay = memo(function MonthDay(props: MonthDayProps) {
  const { id, cell, bar, words, ghost } = props
  const { frame, own } = cell
  const hidden = cell.entries.length - cell.shown
  const isOpen = own === null || own.cell.open.length > 0
  return (
    <div
      role="gridcell"
      id={id}
      className={[
        styles.day,
        cell.isInMonth ? '' : styles.other,
        isOpen ? '' : styles.closed,
        weekdayOf(frame.day) > 5 ? styles.weekend : '',
        props.isToday ? styles.today : '',
        props.hasDraft ? styles.draft : '',
        bar === -1 ? styles.on : '',
      ].join(' ')}
      data-day={frame.day}
      data-hue={own?.row.hall.color}
      aria-current={props.isToday ? 'date' : undefined}
    >
      <span className="visually-hidden">{words.monthCell(cell, props.holiday?.name)}</span>
      <div className={styles.top}>
        <button type="button" tabIndex={-1} className={styles.number} data-goto aria-hidden="true">
          {Number(frame.day.slice(8))}
        </button>
        <HolidayName of={props.holiday} />
      </div>
      {own && own.cell.open.length > 0 && (
        <div className={styles.strip}>
          {own.cell.open.map((span) => (
            <i key={span.from} style={percent(span)} />
          ))}
          {own.cell.bars.map((each) => (
            <u
              key={`${each.kind} ${each.from}`}
              data-kind={each.kind}
              data-waits={each.waits}
              data-shape="bar"
              style={percent(each)}
            />
          ))}
        </div>
      )}
      {ghost && (
        <div className={styles.ghost} data-moving data-refused={ghost.reason !== ''}>
          {ghost.words} {ghost.reason}
        </div>
      )}
      {cell.entries.slice(0, cell.shown).map((entry, at) => (
        <Entry
          key={`${entry.key} ${entry.hall.id}`}
          id={`${id}-${at}`}
          at={at}
          entry={entry}
          tagged={own === null}
          selected={entry.token !== null && entry.token === props.selected}
          on={bar === at}
          words={words}
        />
      ))}
      {hidden > 0 && (
        <button
          type="button"
          tabIndex={-1}
          id={`${id}-${cell.shown}`}
          className={`${styles.more} ${bar === cell.shown ? styles.on : ''}`}
          aria-label={words.said.moreLabel(hidden)}
          data-line={cell.shown}
        >
          {words.said.more({ count: hidden })}
        </button>
      )}
    </div>
  )
})

interface EntryProps {
  id: string
  at: number
  entry: MonthEntry
  /** With the name of its hall, where there are several. */
  tagged: boolean
  selected: boolean
  on: boolean
  words: Words
}

function Entry({ id, at, entry, tagged, selected, on, words }: EntryProps) {
  const { hall, counted } = entry
  return (
    <div
      id={id}
      className={[styles.entry, selected ? styles.selected : '', on ? styles.on : ''].join(' ')}
      data-line={at}
      data-kind={entry.kind}
      data-waits={entry.waits}
      data-shape="block"
      data-hue={hall.color}
    >
      {counted ? (
        <>
          <b>{counted.taken}</b> {words.said.of(counted)}
        </>
      ) : (
        <>
          <time>{entry.time}</time>
          <WaitsMark waits={entry.waits} />
          <span className={`${styles.title} waits-title`}>{entry.title}</span>
        </>
      )}
      {tagged && <span className={styles.tag}>{hall.name}</span>}
      <span className="visually-hidden">{words.said.states[entry.kind]}</span>
    </div>
  )
}
