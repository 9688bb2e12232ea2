/** ItemLife: where one piece was, is and will be, as a lane (past solid, present bold, future dashed) and in words. */
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { dayOf } from '../../../core/domain/time.ts'
import type { Stay } from '../../../core/queries/material-rows.ts'
import { useView } from '../../desk/store.ts'
import { useNow } from '../../desk/useNow.ts'
import { useQuery } from '../../desk/useQuery.ts'
import type { Format } from '../../format/format.ts'
import { useFormat } from '../../format/useFormat.ts'
import { Empty } from '../../ui/Empty.tsx'
import lane from './ItemLife.module.css'
import classes from './Material.module.css'
import { MaterialPage } from './MaterialPage.tsx'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const WEEK_MS = 7 * DAY_MS
/** A tenth of a year and more is told in months. */
const MONTH_DAYS = 30.4
const STATES = ['past', 'present', 'future'] as const

/** Years in a store do not push a day in a hall to nothing: a stay is drawn by the root of how long it lasted. */
function shareOf({ from, until }: Stay, now: number): number {
  const end = until ?? Math.max(now, from) + WEEK_MS
  return Math.max(1, Math.sqrt((end - from) / HOUR_MS))
}

/** With the year where it is not this one. */
function dayText(at: number, now: number, format: Format): string {
  const day = dayOf(at, format.zone)
  const thisYear = dayOf(now, format.zone).slice(0, 4) === day.slice(0, 4)
  return thisYear ? format.dayShort(day) : format.day(day)
}

function lasted(
  { from, until }: Stay,
  now: number,
): readonly ['hours' | 'days' | 'months', number] {
  const ms = (until ?? Math.max(now, from)) - from
  if (ms < DAY_MS) return ['hours', Math.max(1, Math.round(ms / HOUR_MS))]
  const days = Math.round(ms / DAY_MS)
  return days < 2 * MONTH_DAYS ? ['days', days] : ['months', Math.round(days / MONTH_DAYS)]
}

export function ItemLife({ item }: { item: string }) {
  const { t } = useTranslation('material')
  const format = useFormat()
  const now = useNow()
  const { rows: life } = useQuery('material.item', { item })
  if (life === undefined) return null
  if (life === null) return <Empty>{t('life.gone')}</Empty>
  const title = `${life.name} ${life.code ?? ''}`.trim()
  const moment = (at: number) => `${dayText(at, now, format)}, ${format.time(at)}`
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
      <div className={lane.lane} aria-hidden="true">
        {life.stays.map((stay) => (
          <div
            key={`${stay.from} ${stay.place}`}
            data-state={stay.state}
            data-out={stay.tag === null || undefined}
            style={{ flexGrow: shareOf(stay, now) }}
          >
            <b>{stay.name}</b>
            <small>{dayText(stay.from, now, format)}</small>
          </div>
        ))}
      </div>
      <div className={lane.key} aria-hidden="true">
        {STATES.map((state) => (
          <span key={state} data-state={state}>
            <i />
            {t(`life.state.${state}`)}
          </span>
        ))}
      </div>
      <table
        className={`${classes.table} ${lane.table}`}
        aria-label={t('life.title', { name: title })}
      >
        <thead>
          <tr>
            <th scope="col">{t('life.when')}</th>
            <th scope="col">{t('life.where')}</th>
            <th scope="col">{t('life.from')}</th>
            <th scope="col">{t('life.until')}</th>
            <th scope="col">{t('life.lasted')}</th>
            <th scope="col">{t('life.why')}</th>
          </tr>
        </thead>
        <tbody>
          {life.stays.map((stay) => {
            const [unit, count] = lasted(stay, now)
            return (
              <tr key={`${stay.from} ${stay.place}`} data-state={stay.state}>
                <td>{t(`life.state.${stay.state}`)}</td>
                <th scope="row">{stay.name}</th>
                <td className={lane.time}>{moment(stay.from)}</td>
                <td className={lane.time}>
                  {stay.until === null ? t('life.open') : moment(stay.until)}
                </td>
                <td className={lane.time}>
                  {stay.until === null && stay.state === 'future'
                    ? ''
                    : t(`life.${unit}`, { count })}
                </td>
                <td>
                  <Why stay={stay} />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </MaterialPage>
  )
}

/** How it came to be there and how it went, where that says more than the places do. */
function Why({ stay }: { stay: Stay }) {
  const { t } = useTranslation('material')
  const { token, title, number, by, why, gone, into } = stay
  const words: string[] = []
  if (by === 'arrival') words.push(t(`why.${why === 'found' ? 'found' : 'bought'}`))
  if (by === 'unpack') words.push(t('life.unpacked'))
  if (by === 'assembly') words.push(t('life.packed'))
  if (into !== null) words.push(t('life.into', { name: into }))
  if (gone !== null) {
    words.push(t(`why.${gone === 'lost' || gone === 'used-up' ? gone : 'written-off'}`))
  }
  return (
    <>
      {token && (
        <button
          type="button"
          className={lane.booking}
          onClick={() => useView.getState().select(token)}
        >
          {title} ({number})
        </button>
      )}{' '}
      {words.join(', ')}
    </>
  )
}
