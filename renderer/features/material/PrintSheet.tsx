/**
 * PrintSheet: the day for the wall and the pocket. A table of its own, A4 across: its head is repeated on every sheet, no
 * row is cut, and it is as clear in black and white. Drawn only while it is printed, by whichever way that was asked for.
 */
import { useEffect, useState } from 'react'
import { createPortal, flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { phoneShown } from '../../../core/domain/phone.ts'
import type { Day } from '../../../core/domain/time.ts'
import type { DaySheet, TripRow } from '../../../core/queries/material-rows.ts'
import { useStatus } from '../../desk/useStatus.ts'
import { useFormat } from '../../format/useFormat.ts'
import { stateOf } from './DayTrip.tsx'
import classes from './PrintSheet.module.css'
import { type PartOfDay, partsOfDay } from './parts.ts'

type Props = Readonly<{ day: Day; rows: DaySheet; now: number }>

export function PrintSheet(props: Props) {
  const [printing, setPrinting] = useState(false)
  useEffect(() => {
    // The browser prints what is there when its event returns.
    const before = () => flushSync(() => setPrinting(true))
    const after = () => setPrinting(false)
    window.addEventListener('beforeprint', before)
    window.addEventListener('afterprint', after)
    return () => {
      window.removeEventListener('beforeprint', before)
      window.removeEventListener('afterprint', after)
    }
  }, [])
  return printing ? createPortal(<Sheet {...props} />, document.body) : null
}

function Sheet({ day, rows: { trips, missing }, now }: Props) {
  const { t } = useTranslation('material')
  const format = useFormat()
  const municipality = useStatus()?.municipality ?? ''
  return (
    <div className={classes.sheet} data-print>
      <table>
        <thead>
          <tr className={classes.title}>
            <th colSpan={6}>
              {t('day.title')}: {format.dayLong(day)}
              <small>{t('print.of', { municipality, when: format.moment(now) })}</small>
            </th>
          </tr>
          <tr className={classes.columns}>
            <th className={classes.tick}>{t('print.done')}</th>
            <th className={classes.time}>{t('print.time')}</th>
            <th>{t('print.what')}</th>
            <th>{t('print.way')}</th>
            <th>{t('print.whom')}</th>
            <th className={classes.note}>{t('print.note')}</th>
          </tr>
        </thead>
        {missing.length > 0 && (
          <tbody>
            {missing.map((one) => (
              <tr key={one.claim} data-missing>
                <td>!</td>
                <td>{format.time(one.at)}</td>
                <td>
                  <b>{t('day.missingCount', { count: one.missing, name: one.name })}</b>
                </td>
                <td>→ {one.to}</td>
                <td>
                  {one.title} ({one.number})
                </td>
                <td />
              </tr>
            ))}
          </tbody>
        )}
        {partsOfDay(trips, now, format.time).map((part) => (
          <Part key={part.part} part={part} now={now} />
        ))}
      </table>
    </div>
  )
}

function Part({ part: { part, rows }, now }: { part: PartOfDay; now: number }) {
  const { t } = useTranslation('material')
  return (
    <tbody>
      <tr className={classes.part}>
        <th colSpan={6}>{t(`day.part.${part}`)}</th>
      </tr>
      {rows.map((row) => (
        <Line key={row.operations[0]} row={row} now={now} />
      ))}
    </tbody>
  )
}

function Line({ row, now }: { row: TripRow; now: number }) {
  const { t } = useTranslation('material')
  const format = useFormat()
  const state = stateOf(row, now)
  const who = [
    row.who,
    row.phone && phoneShown(row.phone),
    row.persons > 0 && t('print.persons', { count: row.persons }),
  ]
  return (
    <tr data-trip>
      <td>
        <span className={classes.box}>{row.state === 'done' && '✓'}</span>
      </td>
      <td className={classes.time}>
        {state === 'late' ? format.moment(row.at) : format.time(row.at)}
      </td>
      <td>
        <b>
          {format.number(row.count)} {row.name}
        </b>{' '}
        {row.codes.length > 0 && row.codes.join(', ')}
        <small>{t(`day.way.${row.way}`)}</small>
      </td>
      <td>
        {row.from} → <b>{row.to}</b>
      </td>
      <td>
        {row.title}
        <small>{who.filter(Boolean).join(', ')}</small>
      </td>
      <td>{state !== 'planned' && t(`day.state.${state}`)}</td>
    </tr>
  )
}
