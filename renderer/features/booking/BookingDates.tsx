/** BookingDates: every date of the booking; a click shows that day in the calendar. */
import { IconLayoutRows } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { dayOf } from '../../../core/domain/time.ts'
import type { BookingRow } from '../../../core/queries/rows.ts'
import { calendarOn } from '../../desk/calendarOn.ts'
import { useView } from '../../desk/store.ts'
import { useFormat } from '../../format/useFormat.ts'
import classes from './Facts.module.css'

export function BookingDates({ row }: { row: BookingRow }) {
  const { t } = useTranslation('booking')
  const format = useFormat()
  return (
    <ul className={classes.list}>
      {row.dates.map((date) => (
        <li key={`${date.resource}-${date.start}`} className={classes.dateRow}>
          <button
            type="button"
            className={classes.date}
            title={t('inspector.showDay')}
            onClick={() => calendarOn(dayOf(date.start, format.zone))}
          >
            <span>{format.span(date.start, date.end)}</span>
            <span className="muted">{date.resourceName}</span>
          </button>
          <button
            type="button"
            className={classes.places}
            title={t('inspector.showPlaces')}
            aria-label={`${t('inspector.showPlaces')}: ${format.span(date.start, date.end)}`}
            onClick={() =>
              useView.getState().go(`availability/places/${date.resource}/${date.start}`)
            }
          >
            <IconLayoutRows size={15} stroke={1.5} aria-hidden="true" />
          </button>
        </li>
      ))}
    </ul>
  )
}
