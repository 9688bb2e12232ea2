// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid has no table elements; ARIA names its parts
// biome-ignore-all lint/a11y/useFocusableInteractive: focus stays on the grid, which names the active cell
/**
 * WeekRow: one hall, seven cells. Draws a precomputed layout and holds no state; clicks, hover and keys are
 * handled once by the timeline, which finds the cell by its data attributes.
 */
import { memo } from 'react'
import type { Day } from '../../../core/domain/time.ts'
import { weekdayOf } from '../../../core/domain/time.ts'
import { HallHead } from './HallHead.tsx'
import type { WeekMark } from './marks.ts'
import { percent } from './percent.ts'
import timeline from './Timeline.module.css'
import { WaitsMark } from './WaitsMark.tsx'
import styles from './WeekRow.module.css'
import type { Places, WeekCell, WeekHallRow } from './weekLayout.ts'
import type { Words } from './words.ts'

interface WeekRowProps {
  row: WeekHallRow
  index: number
  top: number
  today: Day
  selected: string | null
  mark: WeekMark | null
  words: Words
}

export const WeekRow = memo(function WeekRow(props: WeekRowProps) {
  const { row, index, mark, words } = props
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={`${timeline.row} ${styles.columns}`}
      style={{ top: props.top, height: row.height }}
      data-row={index}
      data-hue={row.hall.color}
    >
      <HallHead
        id={`cal-${index}-head`}
        hall={row.hall}
        depth={row.depth}
        fill={row.fill}
        places={row.places}
        tall={row.height > 44}
        active={mark?.first === -1}
        words={words}
      />
      {row.cells.map((cell, column) => (
        <Cell
          // biome-ignore lint/suspicious/noArrayIndexKey: the next week is drawn into the same cells
          key={column}
          id={`cal-${index}-${column}`}
          row={row}
          cell={cell}
          column={column}
          today={props.today}
          selected={props.selected}
          bar={mark && mark.first <= column && column <= mark.last ? (mark.bar ?? -1) : null}
          words={words}
        />
      ))}
    </div>
  )
})

interface CellProps {
  id: string
  row: WeekHallRow
  cell: WeekCell
  column: number
  today: Day
  selected: string | null
  /** Null: the keyboard is elsewhere; -1: on the cell itself; otherwise the line it is on. */
  bar: number | null
  words: Words
}

function Cell({ id, row, cell, column, today, selected, bar, words }: CellProps) {
  const { day } = cell.frame
  const hidden = cell.lines.length - cell.shown
  const open = cell.open.length > 0
  const classes = [
    styles.cell,
    weekdayOf(day) > 5 ? styles.weekend : '',
    open || cell.lines.length > 0 ? '' : styles.none,
    day === today ? styles.today : '',
    bar === -1 ? timeline.on : '',
  ]
  return (
    <div
      role="gridcell"
      id={id}
      aria-colindex={column + 2}
      className={classes.join(' ')}
      data-column={column}
    >
      <span className="visually-hidden">{words.cell(row, cell)}</span>
      {cell.places && open ? (
        <Segments places={cell.places} />
      ) : (
        (open || cell.bars.length > 0) && (
          <div className={styles.strip}>
            {cell.open.map((span, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: as above
              <i key={at} style={percent(span)} />
            ))}
            {cell.bars.map((each, at) => (
              <u
                // biome-ignore lint/suspicious/noArrayIndexKey: as above
                key={at}
                data-kind={each.kind}
                data-waits={each.waits}
                data-shape="bar"
                style={percent(each)}
              />
            ))}
          </div>
        )
      )}
      {cell.places && open && !cell.isBrief && (
        <Counted places={cell.places} on={bar === 0} id={`${id}-0`} words={words} />
      )}
      {cell.isBrief && cell.lines.length > 0 && (
        <Brief cell={cell} on={bar === 0} id={`${id}-0`} words={words} />
      )}
      {cell.lines.slice(0, cell.shown).map((line, at) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          key={at}
          id={`${id}-${at}`}
          className={[
            styles.line,
            line.token !== null && line.token === selected ? styles.selected : '',
            bar === at ? timeline.on : '',
          ].join(' ')}
          data-kind={line.kind}
          data-waits={line.waits}
          data-shape="line"
          data-line={at}
        >
          <time>{line.time}</time>
          <WaitsMark waits={line.waits} />
          <span className="waits-title">{line.title}</span>
          {hidden > 0 && at === cell.shown - 1 && (
            <button
              type="button"
              tabIndex={-1}
              id={`${id}-${cell.shown}`}
              className={`${styles.more} ${bar === cell.shown ? timeline.on : ''}`}
              aria-label={words.said.moreLabel(hidden)}
              data-more
            >
              {words.said.more({ count: hidden })}
            </button>
          )}
        </div>
      ))}
    </div>
  )
}

/** More segments than this are thinner than a pixel: then the strip is one bar to scale. */
const MOST_SEGMENTS = 30

interface BriefProps {
  cell: WeekCell
  on: boolean
  id: string
  words: Words
}

/** Where there is no room for words: how many bookings, or "3/12" places. */
function Brief({ cell, on, id, words }: BriefProps) {
  const count = words.said.bookings(cell.lines.length)
  const taken = cell.places && `${cell.places.taken}/${cell.places.of}`
  return (
    <button
      type="button"
      tabIndex={-1}
      id={id}
      className={`${styles.brief} ${on ? timeline.on : ''}`}
      aria-label={taken ? `${taken}, ${count}` : count}
      data-more
    >
      {taken ?? cell.lines.length}
    </button>
  )
}

/** A segment for each place. */
function Segments({ places }: Readonly<{ places: Places }>) {
  const segments = Math.min(places.of, MOST_SEGMENTS)
  const taken = Math.round((places.taken / places.of) * segments)
  return (
    <div className={`${styles.strip} ${styles.places}`}>
      {Array.from({ length: segments }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a place has no other name than its number
        <b key={index} data-taken={index < taken || undefined} />
      ))}
    </div>
  )
}

interface CountedProps {
  places: Places
  on: boolean
  id: string
  words: Words
}

/** "10 von 12" */
function Counted({ places, on, id, words }: CountedProps) {
  return (
    <button
      type="button"
      tabIndex={-1}
      id={id}
      className={`${styles.count} ${on ? timeline.on : ''}`}
      data-more
    >
      <b>{places.taken}</b> {words.said.of(places)}
      {places.waiting > 0 && <em> · {words.said.waiting(places.waiting)}</em>}
      {places.noted > 0 && <em> · {words.said.onlyNoted(places.noted)}</em>}
    </button>
  )
}
