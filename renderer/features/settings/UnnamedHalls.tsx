/** UnnamedHalls: halls that a website has made and that have no name here yet, by what can be known of them. */
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { dayOf } from '../../../core/domain/time.ts'
import type { UnnamedRow } from '../../../core/queries/rows.ts'
import { useQuery } from '../../desk/useQuery.ts'
import { useStatus } from '../../desk/useStatus.ts'
import { useFormat } from '../../format/useFormat.ts'
import classes from './Halls.module.css'
import type { Given } from './websiteKey.ts'

type Props = Readonly<{ onName: (given: Given) => void }>

/** Only a shared database is written by anybody else. */
export function UnnamedHalls({ onName }: Props) {
  const isShared = useStatus()?.mode !== 'standalone'
  const { t } = useTranslation('settings')
  const { rows } = useQuery('resource.unnamed', isShared ? {} : null)
  if (!rows || rows.halls.length === 0) return null
  return (
    <section className={classes.unnamed} aria-label={t('unnamed.label')}>
      <h2>{t('unnamed.title', { count: rows.halls.length })}</h2>
      <p>{t('unnamed.text')}</p>
      <ul>
        {rows.halls.map((hall, index) => (
          <li key={hall.id}>
            <Facts hall={hall} />
            <Button
              size="compact-sm"
              aria-label={t('unnamed.nameOf', { number: index + 1 })}
              onClick={() => onName({ id: hall.id, context: rows.context })}
            >
              {t('unnamed.name')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Facts({ hall }: Readonly<{ hall: UnnamedRow }>) {
  const { t } = useTranslation('settings')
  const format = useFormat()
  const { dates, places, bookings, first, last, lastEnd } = hall
  const day = (at: number) => format.date(dayOf(at, format.zone))
  const facts = [
    t('unnamed.bookings', { count: bookings }),
    ...(places > 1 ? [t('unnamed.places', { count: places })] : []),
    ...(first !== null && last !== null
      ? [t('unnamed.dates', { count: dates, from: day(first), until: day(last) })]
      : []),
    ...(last !== null && lastEnd !== null
      ? [t('unnamed.hours', { times: format.times(last, lastEnd) })]
      : []),
  ]
  return <span>{facts.join(' · ')}</span>
}
