/**
 * BookingDates: every date of the booking; a click shows that day in the calendar. One more comes with `+`, one of
 * several goes with Del.
 */
import { Button } from '@mantine/core'
import { IconLayoutRows, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { dayOf } from '../../../core/domain/time.ts'
import type { BookingRow } from '../../../core/queries/rows.ts'
import { calendarOn } from '../../desk/calendarOn.ts'
import { useView } from '../../desk/store.ts'
import { useQuery } from '../../desk/useQuery.ts'
import { useFormat } from '../../format/useFormat.ts'
import { Keys } from '../../ui/Keys.tsx'
import { AddDate } from './AddDate.tsx'
import classes from './Facts.module.css'

type DateOf = BookingRow['dates'][number]
type Props = Readonly<{
  row: BookingRow
  /** The form for one more is open. */
  adding: boolean
  onAdd: (open: boolean) => void
  onDrop: (date: DateOf) => void
}>

/** Whether dates may come and go. */
export function isOpen({ state }: BookingRow): boolean {
  return state !== 'cancelled' && state !== 'denied'
}

export function BookingDates({ row, adding, onAdd, onDrop }: Props) {
  const { t } = useTranslation('booking')
  const { t: dates } = useTranslation('dates')
  const format = useFormat()
  const { rows: halls } = useQuery('resource.all', {})
  const several = row.dates.length > 1
  return (
    <>
      <ul className={classes.list}>
        {row.dates.map((date, index) => (
          <li
            key={`${date.resource}-${date.start}`}
            className={classes.dateRow}
            data-date={several ? index : undefined}
          >
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
            {several && isOpen(row) && (
              <button
                type="button"
                className={classes.places}
                title={dates('dropOne')}
                aria-label={`${dates('dropOne')}: ${format.span(date.start, date.end)}, ${date.resourceName}`}
                onClick={() => onDrop(date)}
              >
                <IconX size={15} stroke={1.5} aria-hidden="true" />
              </button>
            )}
          </li>
        ))}
      </ul>
      {isOpen(row) && !adding && (
        <Button className={classes.add} aria-keyshortcuts="+" onClick={() => onAdd(true)}>
          {dates('add')} <Keys keys="+" />
        </Button>
      )}
      {adding && halls && <AddDate row={row} halls={halls} onDone={() => onAdd(false)} />}
    </>
  )
}
