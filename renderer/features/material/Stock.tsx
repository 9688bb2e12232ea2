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
import { useNow, useToday } from '../../desk/useNow.ts'
import { useQuery } from '../../desk/useQuery.ts'
import { parseClock } from '../../format/clockInput.ts'
import { useFormat } from '../../format/useFormat.ts'
import { Empty } from '../../ui/Empty.tsx'
import { DayChoice } from './DayChoice.tsx'
import classes from './Material.module.css'
import { MaterialPage } from './MaterialPage.tsx'
import lines from './Stock.module.css'
import { stepLine } from './steps.ts'

const DAY = /^\d{4}-\d{2}-\d{2}$/
const WEEKS = 4
const WIDTH = 1000
/** A line at each Monday. */
const weekLines = Array.from(
  { length: WEEKS },
  (_, week) => `M${(week * WIDTH) / WEEKS},-14V114`,
).join('')

export function Stock() {
  const { t } = useTranslation('material')
  const format = useFormat()
  const today = useToday(format.zone)
  const asked = useView((view) => view.route.split('/')[2] ?? '')
  const day: Day = DAY.test(asked) ? asked : today
  const now = useNow()
  const [time, setTime] = useState('')
  // Today means now, any other day its middle, until a time is typed.
  const usual = day === today ? format.time(now) : '12:00'
  const clock = time === '' ? usual : parseClock(time)
  const monday = mondayOf(day)
  const start = startOfDay(monday, format.zone)
  const end = startOfDay(addDays(monday, 7 * WEEKS), format.zone)
  const at = instantAt(day, clock ?? usual, format.zone)
  const weeks = Array.from({ length: WEEKS }, (_, week) => addDays(monday, 7 * week))
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
          placeholder={usual}
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
              <th scope="col" className={lines.line}>
                <span className="visually-hidden">
                  {t('stock.line', {
                    from: format.dayShort(monday),
                    until: format.dayShort(dayOf(end - 1, format.zone)),
                  })}
                </span>
                <div className={lines.axis} aria-hidden="true">
                  {weeks.map((week, index) => (
                    <span key={week} style={{ left: `${(index / WEEKS) * 100}%` }}>
                      {format.dayShort(week)}
                    </span>
                  ))}
                </div>
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
  const varies = line.least < line.most
  const fewest = { least: format.number(line.least), when: format.moment(line.leastAt) }
  return (
    <tr>
      <th scope="row">{row.name}</th>
      <td className={`${classes.number} ${lines.home}`}>
        {t('stock.of', { home: format.number(home), count: format.number(row.count) })}
        {varies && <small>{t('stock.fewest', fewest)}</small>}
      </td>
      <td>
        {format.list(
          row.places.map((place) =>
            t('stock.at', { count: format.number(place.count), place: place.name }),
          ),
        )}
      </td>
      <td className={lines.line}>
        <div className={lines.plot}>
          <svg
            viewBox={`0 -14 ${WIDTH} 128`}
            preserveAspectRatio="none"
            role="img"
            aria-label={t('stock.lineLabel', {
              name: row.name,
              least: line.least,
              most: line.most,
            })}
          >
            <path className={lines.week} d={weekLines} />
            <path className={lines.out} d={`${line.path}V0H0Z`} />
            <path className={lines.step} d={line.path} />
            <path className={lines.moment} d={`M${now},-14V114`} />
          </svg>
          <div className={lines.extremes} aria-hidden="true">
            <span>{format.number(line.most)}</span>
            {varies && <span>{format.number(line.least)}</span>}
          </div>
        </div>
      </td>
    </tr>
  )
}
