/** DayTrip: one row of the day sheet. Its state is said in words, never by colour alone. */
import { IconCheck, IconTruck } from '@tabler/icons-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { phoneShown } from '../../../core/domain/phone.ts'
import type { TripRow } from '../../../core/queries/material-rows.ts'
import { useFormat } from '../../format/useFormat.ts'
import classes from './Material.module.css'
import { canNow, isLate } from './verbs.ts'

type Props = Readonly<{
  row: TripRow
  now: number
  isStop: boolean
  /** Times of other days are told with their day. */
  isToday: boolean
  onActive: () => void
  onTick: () => void
}>

/** More codes than this are not read, only counted. */
const MOST_CODES = 4

export const DayTrip = memo(function DayTrip(props: Props) {
  const { row, now, isStop, onActive, onTick } = props
  const { t } = useTranslation('material')
  const format = useFormat()
  const late = isLate(row, now)
  const state = late ? 'late' : row.state
  const codes = row.codes.length > 0 && row.codes.length <= MOST_CODES ? format.list(row.codes) : ''
  const long = late && now - row.at > 20 * 3_600_000
  return (
    // biome-ignore lint/a11y/useSemanticElements: a row of the grid
    <div
      role="row"
      tabIndex={isStop ? 0 : -1}
      className={classes.trip}
      data-state={state}
      onFocus={onActive}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a cell of the grid */}
      <span role="gridcell" tabIndex={-1} className={classes.tick}>
        <button
          type="button"
          tabIndex={-1}
          disabled={!canNow(row, 'done')}
          aria-label={t('day.tick', { count: row.count, name: row.name, to: row.to })}
          aria-pressed={row.state === 'done'}
          onClick={onTick}
        >
          {row.state === 'done' && <IconCheck size={14} stroke={2.5} aria-hidden="true" />}
          {row.state === 'started' && <IconTruck size={14} stroke={1.75} aria-hidden="true" />}
        </button>
      </span>
      {/* biome-ignore lint/a11y/useSemanticElements: a cell of the grid */}
      <span role="gridcell" tabIndex={-1}>
        <time dateTime={new Date(row.at).toISOString()}>
          {long ? format.moment(row.at) : format.time(row.at)}
        </time>
      </span>
      {/* biome-ignore lint/a11y/useSemanticElements: a cell of the grid */}
      <span role="gridcell" tabIndex={-1} className={classes.what}>
        <b>{format.number(row.count)}</b> {row.name} {codes}
      </span>
      {/* biome-ignore lint/a11y/useSemanticElements: a cell of the grid */}
      <span role="gridcell" tabIndex={-1} className={classes.way}>
        <span>{row.from} → </span>
        <b>{row.to}</b>
      </span>
      {/* biome-ignore lint/a11y/useSemanticElements: a cell of the grid */}
      <span role="gridcell" tabIndex={-1} className={classes.whom}>
        {row.title ? (
          <>
            {row.title}
            <small>
              {[row.who, row.phone && phoneShown(row.phone)].filter(Boolean).join(', ')}
            </small>
          </>
        ) : (
          t('day.house')
        )}
      </span>
      {/* biome-ignore lint/a11y/useSemanticElements: a cell of the grid */}
      <span role="gridcell" tabIndex={-1} className={classes.state}>
        {t(`day.state.${state}`)}
      </span>
    </div>
  )
})
