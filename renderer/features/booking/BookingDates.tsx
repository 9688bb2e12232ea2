/** BookingDates: every date of the booking; a click shows that day in the calendar. */
import { useTranslation } from 'react-i18next'
import { dayOf } from '../../../core/domain/time.ts'
import type { BookingRow } from '../../../core/queries/rows.ts'
import { onDay } from '../../desk/route.ts'
import { useView } from '../../desk/store.ts'
import { useFormat } from '../../format/useFormat.ts'
import classes from './Facts.module.css'

export function BookingDates({ row }: { row: BookingRow }) {
  const { t } = useTranslation('booking')
  const format = useFormat()
  const show = (start: number) => {
    const { route, left, go } = useView.getState()
    const calendar = route.startsWith('calendar') ? route : (left.calendar ?? 'calendar')
    go(onDay(calendar, dayOf(start, format.zone)))
  }
  return (
    <ul className={classes.list}>
      {row.dates.map((date) => (
        <li key={`${date.resource}-${date.start}`}>
          <button
            type="button"
            className={classes.date}
            title={t('inspector.showDay')}
            onClick={() => show(date.start)}
          >
            <span>{format.span(date.start, date.end)}</span>
            <span className="muted">{date.resourceName}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}
