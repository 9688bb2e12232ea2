/**
 * Periods: for each hall when it can be reserved, with a strip of 52 weeks, so that gaps are seen at a glance.
 *
 * One row has the focus; arrows move it, Enter changes the period, Delete removes what of it nobody uses.
 */

import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addDays, mondayOf } from '../../../core/domain/time.ts'
import type { PeriodRow } from '../../../core/queries/availability-rows.ts'
import type { ResourceRow } from '../../../core/queries/rows.ts'
import { useView } from '../../desk/store.ts'
import { useToday } from '../../desk/useNow.ts'
import { useQuery } from '../../desk/useQuery.ts'
import type { Format } from '../../format/format.ts'
import { useFormat } from '../../format/useFormat.ts'
import { Empty } from '../../ui/Empty.tsx'
import { orderHalls } from '../calendar/halls.ts'
import classes from './Periods.module.css'
import { Sections } from './Sections.tsx'
import { WeekStrip } from './WeekStrip.tsx'
import '../calendar/hues.css'

const WEEKS = 52
const go = (route: string) => useView.getState().go(route)

type Line = Readonly<{ hall: ResourceRow; period: PeriodRow | null }>

export function Periods({ halls }: { halls: readonly ResourceRow[] }) {
  const { t } = useTranslation('availability')
  const format = useFormat()
  const monday = mondayOf(useToday(format.zone))
  const { rows } = useQuery('availability.periods', { monday })
  const [active, setActive] = useState(0)
  const table = useRef<HTMLTableElement>(null)
  if (!rows) return null

  const periods = new Map<string, PeriodRow[]>()
  for (const row of rows) periods.set(row.resource, [...(periods.get(row.resource) ?? []), row])
  const entries = orderHalls(halls)
  const lines = entries.flatMap((entry): Line[] => {
    if (entry.kind === 'group') return []
    const own = periods.get(entry.hall.id)
    return own
      ? own.map((period) => ({ hall: entry.hall, period }))
      : [{ hall: entry.hall, period: null }]
  })
  const most = Math.max(1, ...rows.flatMap((row) => row.weeks))
  const current = Math.min(active, lines.length - 1)
  const open = (line: Line | undefined) => {
    if (!line) return
    go(
      line.period?.rule
        ? `availability/edit/${line.period.rule}`
        : `availability/new?halls=${line.hall.id}`,
    )
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const line = lines[current]
    const moves: Record<string, number> = {
      ArrowDown: current + 1,
      ArrowUp: current - 1,
      Home: 0,
      End: lines.length - 1,
    }
    const to = moves[event.key]
    if (to !== undefined) {
      const index = Math.max(0, Math.min(lines.length - 1, to))
      setActive(index)
      table.current?.querySelector<HTMLElement>(`[data-line="${index}"]`)?.focus()
    } else if (event.key === 'p' && line?.period) go(`availability/places/${line.hall.id}`)
    else if (event.key === 'Enter' && event.target instanceof HTMLTableRowElement) open(line)
    else if (event.key === 'Delete' && line) go(`availability/clear?halls=${line.hall.id}`)
    else return
    event.preventDefault()
  }

  return (
    <Sections
      current="periods"
      actions={
        halls.length > 0 && (
          <>
            <Button onClick={() => go('availability/clear')}>{t('clear.open')}</Button>
            <Button
              variant="filled"
              leftSection={<IconPlus size={15} stroke={2} />}
              onClick={() => go('availability/new')}
            >
              {t('new')}
            </Button>
          </>
        )
      }
    >
      {halls.length === 0 ? (
        <Empty
          action={
            <Button variant="filled" onClick={() => go('settings/halls?add')}>
              {t('addHall')}
            </Button>
          }
        >
          {t('noHalls')}
        </Empty>
      ) : (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: rows of it take the focus and the arrow keys */}
          <table ref={table} role="grid" className={classes.table} onKeyDown={onKeyDown}>
            <thead>
              <tr>
                <th scope="col">{t('columns.hall')}</th>
                <th scope="col">{t('columns.when')}</th>
                <th scope="col">{t('columns.how')}</th>
                <th scope="col">{t('columns.range')}</th>
                <th scope="col" className={classes.months}>
                  <span className="visually-hidden">{t('columns.weeks')}</span>
                  <Months monday={monday} format={format} />
                </th>
                <th scope="col">
                  <span className="visually-hidden">{t('columns.actions')}</span>
                </th>
              </tr>
            </thead>
            {entries.map((entry) =>
              entry.kind === 'group' ? (
                <tbody key={`group ${entry.name}`}>
                  <tr>
                    <th scope="colgroup" colSpan={6} className={classes.group}>
                      {entry.name || t('ungrouped')}
                    </th>
                  </tr>
                </tbody>
              ) : (
                <tbody key={entry.hall.id} data-hue={entry.hall.color}>
                  {(periods.get(entry.hall.id) ?? [null]).map((period, index) => {
                    const line = lines.findIndex(
                      (each) => each.hall === entry.hall && each.period === period,
                    )
                    return (
                      <tr
                        key={period ? periodKey(period) : 'none'}
                        className={classes.line}
                        tabIndex={line === current ? 0 : -1}
                        data-line={line}
                        onFocus={() => setActive(line)}
                        onDoubleClick={() => open(lines[line])}
                      >
                        <th scope="row" style={{ paddingLeft: 12 + entry.depth * 16 }}>
                          {index === 0 && (
                            <span className={classes.name}>
                              <i aria-hidden="true" />
                              {entry.hall.name}
                            </span>
                          )}
                          {index > 0 && <span className="visually-hidden">{entry.hall.name}</span>}
                        </th>
                        {period ? (
                          <Cells period={period} monday={monday} most={most} />
                        ) : (
                          <td colSpan={4} className={classes.never}>
                            {t('never')}
                          </td>
                        )}
                        <td className={classes.buttons}>
                          {period && (
                            <Button
                              size="compact-xs"
                              variant="subtle"
                              tabIndex={-1}
                              aria-label={`${t('places')}: ${entry.hall.name}`}
                              onClick={() => go(`availability/places/${entry.hall.id}`)}
                            >
                              {t('places')}
                            </Button>
                          )}
                          <Button size="compact-xs" tabIndex={-1} onClick={() => open(lines[line])}>
                            {t(period?.rule ? 'change' : 'add')}
                          </Button>
                        </td>
                      </tr>
                    )
                  })}
                </tbody>
              ),
            )}
          </table>
        </>
      )}
    </Sections>
  )
}

function periodKey(period: PeriodRow): string {
  const { rule, opens, closes, step, places, mostPerBooking, byStaff } = period
  return JSON.stringify([rule, opens, closes, step, places, mostPerBooking, byStaff])
}

function Cells({ period, monday, most }: { period: PeriodRow; monday: string; most: number }) {
  const { t } = useTranslation('availability')
  const format = useFormat()
  const weeks = period.weeks.filter((minutes) => minutes > 0).length
  const closes = period.closes === '00:00' ? '24:00' : period.closes
  return (
    <>
      <td className={classes.when}>
        {format.weekdays(period.weekdays)} {period.opens}–{closes}
      </td>
      <td className={classes.how}>
        {[
          period.step === null ? t('wholeShort') : t('stepShort', { count: period.step }),
          period.places > 1 ? t('placesShort', { count: period.places }) : '',
          period.byStaff ? t('byStaffShort') : '',
        ]
          .filter(Boolean)
          .join(' · ')}
      </td>
      <td className={classes.range}>
        {format.date(period.first)}–{format.date(period.last)}
        <small>{t('dates', { count: period.dates })}</small>
      </td>
      <td className={classes.strip}>
        <WeekStrip
          weeks={period.weeks}
          most={most}
          label={t('weeksOf', { count: weeks, of: WEEKS, from: format.date(monday) })}
        />
      </td>
    </>
  )
}

/** The months over the strip, each where its first week stands. */
function Months({ monday, format }: { monday: string; format: Format }) {
  const names: { week: number; name: string }[] = []
  for (let week = 0; week < WEEKS; week++) {
    const day = addDays(monday, week * 7)
    const month = day.slice(0, 7)
    const before = addDays(day, -7).slice(0, 7)
    if (week === 0 || month !== before) names.push({ week, name: format.month(day).slice(0, 3) })
  }
  return (
    <span className={classes.monthRow} aria-hidden="true">
      {names
        .filter((each, index) => (names[index + 1]?.week ?? WEEKS) - each.week > 3)
        .map(({ week, name }) => (
          <span key={week} style={{ left: `${(week / WEEKS) * 100}%` }}>
            {name}
          </span>
        ))}
    </span>
  )
}
