/** MissingList: bookings of the day that get fewer pieces than they want, and the way to enter what was brought all the same. */
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { MissingRow } from '../../../core/queries/material-rows.ts'
import { useView } from '../../desk/store.ts'
import { useFormat } from '../../format/useFormat.ts'
import classes from './DaySheet.module.css'

type Props = Readonly<{
  rows: readonly MissingRow[]
  now: number
  onRecord: (row: MissingRow) => void
}>

export function MissingList({ rows, now, onRecord }: Props) {
  const { t } = useTranslation('material')
  const format = useFormat()
  if (rows.length === 0) return null
  return (
    <ul className={classes.missing} aria-label={t('day.missing')}>
      {rows.map((one) => (
        <li key={one.claim}>
          <b>{t('day.missingCount', { count: one.missing, name: one.name })}</b>
          <span>
            → {one.to}, {format.moment(one.at)}
          </span>
          <button type="button" onClick={() => useView.getState().select(one.token)}>
            {one.title} ({one.number})
          </button>
          {one.at < now && (
            <Button
              size="compact-xs"
              className={classes.record ?? ''}
              onClick={() => onRecord(one)}
            >
              {t('record.open')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}
