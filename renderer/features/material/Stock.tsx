/** Stock: where everything is at a moment of a day, and how many of each type are in the stores in the weeks around it. */
import { Button, TextInput } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  addDays,
  type Day,
  dayOf,
  instantAt,
  mondayOf,
  startOfDay,
} from '../../../core/domain/time.ts'
import type { StockRow } from '../../../core/queries/material-rows.ts'
import { useView } from '../../desk/store.ts'
import { useToday } from '../../desk/useNow.ts'
import { useQuery } from '../../desk/useQuery.ts'
import { parseClock } from '../../format/clockInput.ts'
import { useFormat } from '../../format/useFormat.ts'
import { Empty } from '../../ui/Empty.tsx'
import { DayChoice } from './DayChoice.tsx'
import classes from './Material.module.css'
import { MaterialPage } from './MaterialPage.tsx'
import { stepLine } from './steps.ts'

const DAY = /^\d{4}-\d{2}-\d{2}$/
const WEEKS = 4
const WIDTH = 1000

export function Stock() {
  const { t } = useTranslation('material')
  const format = useFormat()
  const today = useToday(format.zone)
  const asked = useView((view) => view.route.split('/')[2] ?? '')
  const day: Day = DAY.test(asked) ? asked : today
  const [time, setTime] = useState('12:00')
  const clock = parseClock(time)
  const monday = mondayOf(day)
  const start = startOfDay(monday, format.zone)
  const end = startOfDay(addDays(monday, 7 * WEEKS), format.zone)
  const at = instantAt(day, clock ?? '12:00', format.zone)
  const { rows } = useQuery('material.stock', { at, start, end })
  if (!rows) return null
  return (
    <MaterialPage current="stock" title={t('stock.title')} lead={t('stock.lead')}>
      <div className={classes.choice}>
        <DayChoice
          day={day}
          today={today}
          onDay={(next) => useView.getState().go(`material/stock/${next}`)}
        />
        <TextInput
          w={72}
          aria-label={t('stock.time')}
          value={time}
          error={clock === null}
          onChange={(event) => setTime(event.currentTarget.value)}
        />
      </div>
      {rows.length === 0 ? (
        <Empty
          action={
            <Button onClick={() => useView.getState().go('material/things')}>
              {t('day.toThings')}
            </Button>
          }
        >
          {t('stock.empty')}
        </Empty>
      ) : (
        <table className={classes.table} aria-label={t('stock.title')}>
          <thead>
            <tr>
              <th scope="col">{t('stock.type')}</th>
              <th scope="col" className={classes.number}>
                {t('stock.home')}
              </th>
              <th scope="col">{t('stock.where')}</th>
              <th scope="col">
                {t('stock.line', {
                  from: format.dayShort(monday),
                  until: format.dayShort(dayOf(end - 1, format.zone)),
                })}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <StockLine key={row.type} row={row} at={at} start={start} end={end} />
            ))}
          </tbody>
        </table>
      )}
    </MaterialPage>
  )
}

type LineProps = Readonly<{ row: StockRow; at: number; start: number; end: number }>

function StockLine({ row, at, start, end }: LineProps) {
  const { t } = useTranslation('material')
  const format = useFormat()
  const line = useMemo(() => stepLine(row.steps, start, end, WIDTH), [row.steps, start, end])
  const home = row.places
    .filter((place) => place.tag === 'store')
    .reduce((sum, place) => sum + place.count, 0)
  const now = Math.round(((at - start) / (end - start)) * WIDTH)
  return (
    <tr>
      <th scope="row">{row.name}</th>
      <td className={classes.number}>{t('stock.of', { home, count: row.count })}</td>
      <td>
        {format.list(
          row.places.map((place) => t('stock.at', { count: place.count, place: place.name })),
        )}
      </td>
      <td className={classes.lineCell}>
        <svg
          viewBox={`0 -6 ${WIDTH} 112`}
          preserveAspectRatio="none"
          role="img"
          aria-label={t('stock.lineLabel', { name: row.name, least: line.least, most: line.most })}
        >
          <path className={classes.area} d={`${line.path}V100H0Z`} />
          <path className={classes.step} d={line.path} />
          <path className={classes.moment} d={`M${now},-6V106`} />
        </svg>
        <span className={classes.extremes} aria-hidden="true">
          {line.least === line.most
            ? format.number(line.most)
            : `${format.number(line.least)}–${format.number(line.most)}`}
        </span>
      </td>
    </tr>
  )
}
