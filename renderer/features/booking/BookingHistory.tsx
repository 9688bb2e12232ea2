/** BookingHistory: what happened to this booking, newest first, in the words of the History screen. */
import { useTranslation } from 'react-i18next'
import { OUTSIDE } from '../../../core/domain/outside-change.ts'
import { dayOf } from '../../../core/domain/time.ts'
import type { BookingRow } from '../../../core/queries/rows.ts'
import { useToday } from '../../desk/useNow.ts'
import { useQuery } from '../../desk/useQuery.ts'
import { rowText } from '../../format/history.ts'
import { useFormat } from '../../format/useFormat.ts'
import { Unbroken } from '../../ui/Unbroken.tsx'
import classes from './Facts.module.css'

export function BookingHistory({ row }: { row: BookingRow }) {
  const { t } = useTranslation('history')
  const format = useFormat()
  const { rows: halls } = useQuery('resource.all', {})
  const today = useToday(format.zone)
  const when = (at: number) => {
    const day = dayOf(at, format.zone)
    return day === today ? format.time(at) : format.date(day)
  }
  return (
    <ol className={classes.list}>
      {row.history.map((entry) => (
        <li key={entry.command} className={classes.entry}>
          <time dateTime={new Date(entry.at).toISOString()}>{when(entry.at)}</time>
          <span>
            <Unbroken text={rowText(t, entry, row.history, halls, format)} />
            {entry.actor && entry.name !== OUTSIDE && (
              <span className="muted"> {t('by', { who: entry.actor })}</span>
            )}
          </span>
        </li>
      ))}
    </ol>
  )
}
