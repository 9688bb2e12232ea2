/** Offers: places that are free now, with whoever is first on the waiting list, and one press to give them. */
import { Button } from '@mantine/core'
import { IconBellRinging } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { phoneShown } from '../../../core/domain/phone.ts'
import { dayOf } from '../../../core/domain/time.ts'
import type { RequestRow } from '../../../core/queries/rows.ts'
import { useView } from '../../desk/store.ts'
import { useFormat } from '../../format/useFormat.ts'
import { startApproving } from './deciding.ts'
import classes from './Requests.module.css'

export function Offers({ rows }: Readonly<{ rows: readonly RequestRow[] }>) {
  const { t } = useTranslation('requests')
  const format = useFormat()
  if (rows.length === 0) return null
  return (
    <section className={classes.offers} aria-labelledby="offers-title">
      <h2 id="offers-title">
        <IconBellRinging size={16} stroke={1.75} aria-hidden="true" />
        {t('offers.title')}
      </h2>
      <ul>
        {rows.map((row) => {
          const first = row.dates[0]
          return (
            <li key={row.token}>
              <span>
                <b>{first?.resourceName}</b>
                {first && (
                  <span className={classes.when}>
                    {format.dayShort(dayOf(first.start, format.zone))}{' '}
                    {format.times(first.start, first.end)}
                  </span>
                )}
              </span>
              <span>
                {t('offers.first', { who: row.who || row.title })}
                {row.phone && <span className={classes.phone}> {phoneShown(row.phone)}</span>}
              </span>
              <span className={classes.offerActs}>
                <Button onClick={() => useView.getState().select(row.token)}>
                  {t('offers.show')}
                </Button>
                <Button variant="filled" onClick={() => void startApproving(row)}>
                  {t('offers.give')}
                </Button>
              </span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
