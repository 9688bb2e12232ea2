/** RequestEntry: one row of the queue: how old, who, where, when, how many, and what it competes with. */

import { useTranslation } from 'react-i18next'
import { dayOf, daysBetween } from '../../../core/domain/time.ts'
import type { DeniedRow, RequestRow } from '../../../core/queries/rows.ts'
import { useToday } from '../../desk/useNow.ts'
import { useFormat } from '../../format/useFormat.ts'
import classes from './Requests.module.css'
import type { RowProps } from './useChosenRow.ts'

/** After a week somebody has waited long enough to be told. */
const OLD_DAYS = 7

type Props = Readonly<{
  row: RequestRow
  rivals: number
  /** Its place on the waiting list, from 1. */
  place?: number
  offered?: boolean
  list: RowProps
}>

export function RequestEntry({ row, rivals, place, offered = false, list }: Props) {
  const { t } = useTranslation('requests')
  const format = useFormat()
  const today = useToday(format.zone)
  const age = daysBetween(dayOf(row.createdAt, format.zone), today)
  const fits = row.free >= row.places
  return (
    <div {...list} className={classes.row}>
      <span className={classes.age} data-old={age >= OLD_DAYS || undefined}>
        {place !== undefined && <b>{t('place', { place })}</b>} {t('age', { count: age })}
      </span>
      <span className={classes.who}>
        <b>{row.title || row.who}</b>
        <span className="muted">{row.who}</span>
      </span>
      <Dates dates={row.dates} />
      <span className={classes.end}>
        {row.places > 1
          ? t('placesWanted', { count: row.places })
          : row.persons === null
            ? ''
            : format.number(row.persons)}
      </span>
      <span className={classes.competes} data-state={offered ? 'offered' : fits ? 'free' : 'taken'}>
        {offered
          ? t('freeNow')
          : !fits
            ? t('takenNow')
            : rivals > 0
              ? t('competes', { count: rivals })
              : // What is free goes to those before it on the list.
                place === undefined && t('freeNow')}
      </span>
    </div>
  )
}

export function DeniedEntry({ row, list }: Readonly<{ row: DeniedRow; list: RowProps }>) {
  const { t } = useTranslation('requests')
  const format = useFormat()
  const today = useToday(format.zone)
  return (
    <div {...list} className={classes.row} data-quiet>
      <span className={classes.age}>
        {t('age', { count: daysBetween(dayOf(row.deniedAt, format.zone), today) })}
      </span>
      <span className={classes.who}>
        <b>{row.title || row.who}</b>
        <span className="muted">{row.reason || row.who}</span>
      </span>
      <Dates dates={row.dates} />
      <span />
      <span className={classes.competes}>{t('deniedWord')}</span>
    </div>
  )
}

function Dates({ dates }: Pick<RequestRow, 'dates'>) {
  const format = useFormat()
  const first = dates[0]
  if (!first) {
    return (
      <>
        <span />
        <span />
      </>
    )
  }
  return (
    <>
      <span className={classes.hall}>{first.resourceName}</span>
      <span className={classes.when}>
        {format.dayShort(dayOf(first.start, format.zone))} {format.times(first.start, first.end)}
        {dates.length > 1 && <span className="muted"> +{dates.length - 1}</span>}
      </span>
    </>
  )
}
