/** PersonBookings: what is to come first, the nearest on top; then what was, the latest on top. */

import { useTranslation } from 'react-i18next'
import type { PersonBookingRow } from '../../../core/queries/rows.ts'
import { useView } from '../../desk/store.ts'
import { useNow } from '../../desk/useNow.ts'
import { useFormat } from '../../format/useFormat.ts'
import classes from './People.module.css'

/** A club has hundreds; nobody reads further than this. */
const PAST_SHOWN = 30

export function PersonBookings({ rows }: { rows: readonly PersonBookingRow[] }) {
  const { t } = useTranslation('people')
  const now = useNow()
  const coming = rows.filter((row) => row.end > now).sort((one, other) => one.start - other.start)
  const past = rows.filter((row) => row.end <= now).sort((one, other) => other.start - one.start)
  if (rows.length === 0) return <p className="muted">{t('noBookings')}</p>
  return (
    <>
      <Section title={t('coming', { count: coming.length })} rows={coming} />
      <Section title={t('past', { count: past.length })} rows={past.slice(0, PAST_SHOWN)} />
    </>
  )
}

function Section({ title, rows }: { title: string; rows: readonly PersonBookingRow[] }) {
  const { t: booking } = useTranslation('booking')
  const format = useFormat()
  const selected = useView((view) => view.selected)
  const select = useView((view) => view.select)
  if (rows.length === 0) return null
  return (
    <section className={classes.section} aria-label={title}>
      <h3>{title}</h3>
      <ol className={classes.bookings}>
        {rows.map((row) => (
          <li key={row.token}>
            <button
              type="button"
              aria-pressed={row.token === selected}
              onClick={() => select(row.token)}
            >
              <span className={classes.when}>
                {format.span(row.start, row.end)}
                {row.dates > 1 && <span className="muted"> +{row.dates - 1}</span>}
              </span>
              <span className={classes.title}>{row.title}</span>
              <span>{row.resourceName}</span>
              <span className={classes.state} data-state={row.state}>
                {row.state === 'booked' ? '' : booking(`inspector.${row.state}`)}
              </span>
              <span className={classes.number}>{row.number}</span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  )
}
