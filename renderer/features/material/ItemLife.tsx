/** ItemLife: where one piece was, is and will be, as a lane (past solid, present bold, future dashed) and in words. */
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Stay } from '../../../core/queries/material-rows.ts'
import { useView } from '../../desk/store.ts'
import { useNow } from '../../desk/useNow.ts'
import { useQuery } from '../../desk/useQuery.ts'
import { useFormat } from '../../format/useFormat.ts'
import { Empty } from '../../ui/Empty.tsx'
import classes from './Material.module.css'
import { MaterialPage } from './MaterialPage.tsx'

const WEEK_MS = 7 * 24 * 3_600_000

/** Years in a store do not push a day in a hall to nothing: a stay is drawn by the root of how long it lasted. */
function shareOf({ from, until }: Stay, now: number): number {
  const end = until ?? Math.max(now, from) + WEEK_MS
  return Math.max(1, Math.sqrt((end - from) / 3_600_000))
}

export function ItemLife({ item }: { item: string }) {
  const { t } = useTranslation('material')
  const format = useFormat()
  const now = useNow()
  const { rows: life } = useQuery('material.item', { item })
  if (life === undefined) return null
  if (life === null) return <Empty>{t('life.gone')}</Empty>
  const title = `${life.name} ${life.code ?? ''}`.trim()
  return (
    <MaterialPage
      current="item"
      title={title}
      lead={t('life.lead', { count: life.stays.length })}
      actions={
        <Button
          onClick={() =>
            useView.getState().go(life.kind === 'key' ? 'material/keys' : 'material/things')
          }
        >
          {t('life.back')}
        </Button>
      }
    >
      <div className={classes.lane} aria-hidden="true">
        {life.stays.map((stay) => (
          <span
            key={`${stay.from} ${stay.place}`}
            data-state={stay.state}
            data-out={stay.tag === null || undefined}
            style={{ flexGrow: shareOf(stay, now) }}
          >
            {stay.name}
          </span>
        ))}
      </div>
      <ol className={classes.stays} aria-label={t('life.title', { name: title })}>
        {life.stays.map((stay) => (
          <li key={`${stay.from} ${stay.place}`} data-state={stay.state}>
            <span className={classes.presence}>{t(`life.state.${stay.state}`)}</span>
            <b>{stay.name}</b>
            <span>
              {format.moment(stay.from)} –{' '}
              {stay.until === null ? t('life.open') : format.moment(stay.until)}
            </span>
            <span>
              {stay.title && `${stay.title} (${stay.number})`}
              {stay.by === 'arrival' && t(`why.${stay.why === 'found' ? 'found' : 'bought'}`)}
              {stay.gone !== null &&
                ` ${t(`why.${stay.gone === 'lost' || stay.gone === 'used-up' ? stay.gone : 'written-off'}`)}`}
            </span>
          </li>
        ))}
      </ol>
    </MaterialPage>
  )
}
