// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid has no table elements; ARIA names its parts
// biome-ignore-all lint/a11y/useFocusableInteractive: focus stays on the grid, which names the active cell
/**
 * DayRow: one hall's day to scale. Draws a precomputed layout and holds no state; clicks, drags, hover and keys
 * are handled once by the timeline, which finds the chip by its data attributes.
 */
import { memo } from 'react'
import styles from './DayRow.module.css'
import type { Chip, DayHallRow, DayLayout, Level } from './dayLayout.ts'
import { shareOf } from './days.ts'
import { LANE_HEIGHT, LANE_MARGIN } from './density.ts'
import { HallHead } from './HallHead.tsx'
import type { DayMark } from './marks.ts'
import { percent } from './percent.ts'
import timeline from './Timeline.module.css'
import { WaitsMark } from './WaitsMark.tsx'
import type { Words } from './words.ts'

interface DayRowProps {
  layout: DayLayout
  row: DayHallRow
  index: number
  top: number
  selected: string | null
  mark: DayMark | null
  words: Words
}

export const DayRow = memo(function DayRow(props: DayRowProps) {
  const { layout, row, index, mark, words } = props
  const { visible } = layout
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
        tall={row.height > 52}
        active={mark?.kind === 'head'}
        words={words}
      />
      <div role="none" className={styles.track} data-track>
        {row.open.map((span) => (
          <div key={span.from} role="none" className={styles.open} style={percent(span)} />
        ))}
        {row.levels?.map((level) => (
          <Filled key={level.start} level={level} height={row.height} words={words} />
        ))}
        {row.chips.map((chip, at) => (
          <ChipBox
            key={`${chip.kind} ${chip.key}`}
            id={`cal-${index}-chip-${at}`}
            chip={chip}
            at={at}
            lanes={row.lanes}
            height={row.height}
            selected={chip.token !== null && chip.token === props.selected}
            focused={mark?.kind === 'chip' && mark.index === at}
            hall={row.hall.name}
            words={words}
          />
        ))}
        {mark?.kind === 'time' && (
          <div
            role="gridcell"
            id={`cal-${index}-time`}
            aria-label={mark.label}
            className={styles.cursor}
            style={percent({
              from: shareOf(visible, mark.span.start),
              to: shareOf(visible, mark.span.end),
            })}
          />
        )}
      </div>
    </div>
  )
})

interface ChipProps {
  id: string
  chip: Chip
  at: number
  lanes: number
  height: number
  selected: boolean
  focused: boolean
  hall: string
  words: Words
}

function ChipBox({ id, chip, at, lanes, height, selected, focused, hall, words }: ChipProps) {
  const single = lanes === 1
  const tall = single ? height - 7 : LANE_HEIGHT - 2
  const top = single ? 3 : LANE_MARGIN + chip.lane * LANE_HEIGHT
  const flat = tall < 28
  const place = percent(chip)
  return (
    <div
      role="gridcell"
      id={id}
      className={[
        styles.chip,
        flat ? styles.flat : '',
        selected ? styles.selected : '',
        focused ? styles.focused : '',
      ].join(' ')}
      style={{ left: place.left, width: `calc(${place.width} - 2px)`, top, height: tall }}
      data-kind={chip.kind}
      data-waits={chip.waits}
      data-shape="block"
      data-line={at}
    >
      <b>
        <WaitsMark waits={chip.waits} />
        <span className="waits-title">{chip.title}</span>
      </b>
      <span className={styles.time}>
        {chip.time}
        <span className={styles.until}>
          –{chip.until}
          {chip.persons === null ? '' : ` · ${chip.persons}`}
          {chip.kind === 'request' ? ` · ${words.said.request}` : ''}
        </span>
      </span>
      <span className="visually-hidden">
        {hall} {words.said.states[chip.kind]}
      </span>
    </div>
  )
}

/** From this depth on, a line of words stands below the level. */
const DEEP_PIXELS = 14

function Filled({
  level,
  height,
  words,
}: Readonly<{ level: Level; height: number; words: Words }>) {
  const place = percent(level)
  return (
    <div
      role="none"
      className={styles.level}
      data-blocked={level.blocked || undefined}
      data-deep={(level.taken / level.of) * (height - 5) >= DEEP_PIXELS || undefined}
      style={{
        ...place,
        ['--taken' as string]: `${Math.round((level.taken / level.of) * 100)}%`,
      }}
    >
      <p>
        <b className={styles.count}>{level.taken}</b> <span>{words.said.of(level)}</span>
      </p>
    </div>
  )
}
