/** BookingDates: every date of the booking; a click shows that day in the calendar. */
import { useTranslation } from 'react-i18next'
import { dayOf } from '../../../core/domain/time.ts'
import type { BookingRow } from '../../../core/queries/rows.ts'
import { calendarOn } from '../../desk/calendarOn.ts'
import { useFormat } from '../../format/useFormat.ts'
import classes from './Facts.module.css'

export function BookingDates({ row }: { row: BookingRow }) {
  const { t } = useTranslation('booking')
  const format = useFormat()
  return (
    <ul className={classes.list}>
      {row.dates.map((date) => (
        <li key={`${date.resource}-${date.start}`}>
          <button
            type="button"
            className={classes.date}
            title={t('inspector.showDay')}
            onClick={() => calendarOn(dayOf(date.start, format.zone))}
          >
            <span>{format.span(date.start, date.end)}</span>
            <span className="muted">{date.resourceName}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}
