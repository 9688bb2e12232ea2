/** DeskList: the desks that share the server, and how long ago it heard of each. */
import type { TFunction } from 'i18next'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import type { Outbox } from '../../core/contract.ts'
import classes from './SyncPanel.module.css'

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** Three reports missed. */
const OLD = 3 * MINUTE

export function DeskList({ desks }: Pick<Outbox, 'desks'>) {
  const { t } = useTranslation('sync')
  if (!desks) return <p className="muted">{t('panel.desksUnknown')}</p>
  return (
    <dl className={classes.desks}>
      {desks.map(({ id, label, age, behind, own }) => (
        <Fragment key={id}>
          <dt>
            {label} {own && <span>({t('panel.ownDesk')})</span>}
          </dt>
          <dd data-old={age > OLD || undefined}>
            {behind > 0 && !own && `${t('panel.behind', { count: behind })} · `}
            {ageText(t, age)}
          </dd>
        </Fragment>
      ))}
    </dl>
  )
}

function ageText(t: TFunction<'sync'>, seconds: number): string {
  if (seconds < MINUTE) return t('age.now')
  if (seconds < HOUR) return t('age.minutes', { count: Math.floor(seconds / MINUTE) })
  if (seconds < DAY) return t('age.hours', { count: Math.floor(seconds / HOUR) })
  return t('age.days', { count: Math.floor(seconds / DAY) })
}
