/** DayTrip: one row of the day sheet. Its state is said in words, never by colour alone. */
import {
  IconArrowBackUp,
  IconArrowRight,
  IconCheck,
  IconHome,
  IconTruck,
} from '@tabler/icons-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { phoneShown } from '../../../core/domain/phone.ts'
import { dayOf } from '../../../core/domain/time.ts'
import type { TripRow } from '../../../core/queries/material-rows.ts'
import { useFormat } from '../../format/useFormat.ts'
import classes from './DaySheet.module.css'
import { canNow, isLate } from './verbs.ts'

type Props = Readonly<{
  row: TripRow
  now: number
  isStop: boolean
  /** Goes with the row above: time, way and booking are only shown when it is looked at. */
  isDitto: boolean
  onActive: (row: TripRow) => void
  onTick: (row: TripRow) => void
}>

/** More codes than this are not read, only counted. */
const MOST_CODES = 4
const WAY_ICONS = { out: IconArrowRight, back: IconArrowBackUp, house: IconHome } as const

/** What is said of a row beyond that it is planned. */
export function stateOf(row: TripRow, now: number): 'late' | 'waits' | TripRow['state'] {
  if (isLate(row, now)) return 'late'
  return row.state === 'planned' && !row.ready ? 'waits' : row.state
}

export const DayTrip = memo(function DayTrip(props: Props) {
  const { row, now, isStop, isDitto, onActive, onTick } = props
  const { t } = useTranslation('material')
  const format = useFormat()
  const state = stateOf(row, now)
  const codes = row.codes.length > 0 && row.codes.length <= MOST_CODES ? format.list(row.codes) : ''
  // What should have been done on another day says on which.
  const long = state === 'late' && dayOf(row.at, format.zone) !== dayOf(now, format.zone)
  const Way = WAY_ICONS[row.way]
  const who = [row.who, row.phone && phoneShown(row.phone)]
  return (
    // biome-ignore lint/a11y/useSemanticElements: a row of the grid
    <div
      role="row"
      tabIndex={isStop ? 0 : -1}
      className={classes.trip}
      data-state={state}
      data-ditto={isDitto || undefined}
      onFocus={() => onActive(row)}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a cell of the grid */}
      <span role="gridcell" tabIndex={-1} className={classes.tick}>
        <button
          type="button"
          tabIndex={-1}
          disabled={!canNow(row, 'done')}
          aria-label={t('day.tick', { count: row.count, name: row.name, to: row.to })}
          aria-pressed={row.state === 'done'}
          onClick={() => onTick(row)}
        >
          {row.state === 'done' && <IconCheck size={14} stroke={2.5} aria-hidden="true" />}
          {row.state === 'started' && <IconTruck size={14} stroke={1.75} aria-hidden="true" />}
        </button>
      </span>
      {/* biome-ignore lint/a11y/useSemanticElements: a cell of the grid */}
      <span role="gridcell" tabIndex={-1} className={classes.same}>
        <time dateTime={new Date(row.at).toISOString()}>
          {long ? format.moment(row.at) : format.time(row.at)}
        </time>
      </span>
      {/* biome-ignore lint/a11y/useSemanticElements: a cell of the grid */}
      <span role="gridcell" tabIndex={-1} className={`${classes.kind} ${classes.same}`}>
        <Way size={14} stroke={1.75} aria-hidden="true" /> {t(`day.way.${row.way}`)}
      </span>
      {/* biome-ignore lint/a11y/useSemanticElements: a cell of the grid */}
      <span role="gridcell" tabIndex={-1} className={classes.what}>
        <b>{format.number(row.count)}</b> {row.name} {codes}
      </span>
      {/* biome-ignore lint/a11y/useSemanticElements: a cell of the grid */}
      <span role="gridcell" tabIndex={-1} className={`${classes.way} ${classes.same}`}>
        <span>{row.from} → </span>
        <b>{row.to}</b>
      </span>
      {/* biome-ignore lint/a11y/useSemanticElements: a cell of the grid */}
      <span role="gridcell" tabIndex={-1} className={`${classes.whom} ${classes.same}`}>
        {row.title}
        {row.title && <small>{who.filter(Boolean).join(', ')}</small>}
      </span>
      {/* biome-ignore lint/a11y/useSemanticElements: a cell of the grid */}
      <span role="gridcell" tabIndex={-1} className={classes.state}>
        {state !== 'planned' && t(`day.state.${state}`)}
      </span>
    </div>
  )
})
