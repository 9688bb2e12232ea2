/**
 * Bookings: what is coming, as a list by day, filtered while typing.
 *
 * The plain equal of the calendar for screen readers and for "what does the choir have?". The filter stands in the
 * route, so the palette can lead here. Shows a page at a time; nothing is hidden that the counter does not tell.
 */
import { Button, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addDays, type Day, dayOf, startOfDay } from '../../../core/domain/time.ts'
import type { BookedRow } from '../../../core/queries/rows.ts'
import { useView } from '../../desk/store.ts'
import { useToday } from '../../desk/useNow.ts'
import { useQuery } from '../../desk/useQuery.ts'
import { matches } from '../../format/matches.ts'
import { useFormat } from '../../format/useFormat.ts'
import { Empty } from '../../ui/Empty.tsx'
import { Page } from '../../ui/Page.tsx'
import { WaitsMark } from '../calendar/WaitsMark.tsx'
import classes from './Bookings.module.css'

/** What a first look is for. */
const FIRST_DAYS = 14
/** Someone who searches means further ahead. */
const SEARCH_DAYS = 400
const BACK_DAYS = 28

export function Bookings() {
  const { t } = useTranslation('booking')
  const format = useFormat()
  const route = useView((view) => view.route)
  const go = useView((view) => view.go)
  const text = new URLSearchParams(route.split('?')[1] ?? '').get('text') ?? ''
  const [ahead, setAhead] = useState(FIRST_DAYS)
  const [back, setBack] = useState(false)
  const today = useToday(format.zone)
  const days = text.trim() === '' ? ahead : Math.max(ahead, SEARCH_DAYS)

  const { rows: halls } = useQuery('resource.all', {})
  const { rows } = useQuery('calendar.range', {
    start: startOfDay(addDays(today, back ? -BACK_DAYS : 0), format.zone),
    end: startOfDay(addDays(today, days), format.zone),
  })
  if (!rows || !halls) return null

  const hallName = new Map(halls.map((hall) => [hall.id, hall.name]))
  const found = rows.booked
    .filter(
      (each) =>
        text.trim() === '' ||
        matches(text, each.title, each.who, hallName.get(each.resource) ?? '', String(each.number)),
    )
    .sort((one, other) => one.start - other.start)
  const byDay = new Map<Day, BookedRow[]>()
  for (const each of found) {
    const day = dayOf(each.start, format.zone)
    byDay.set(day, [...(byDay.get(day) ?? []), each])
  }
  const dayName = (day: Day) => {
    const long = format.dayLong(day)
    if (day === today) return `${t('list.today')}, ${long}`
    if (day === addDays(today, 1)) return `${t('list.tomorrow')}, ${long}`
    return long
  }

  return (
    <Page
      wide
      title={t('list.title')}
      lead={`${t('list.lead')} ${t('list.count', { count: found.length })}.`}
      aside={
        <TextInput
          w={260}
          aria-label={t('list.filter')}
          placeholder={t('list.filterPlaceholder')}
          leftSection={<IconSearch size={15} stroke={1.5} />}
          value={text}
          onChange={(event) => {
            const typed = event.currentTarget.value
            go(typed === '' ? 'bookings' : `bookings?text=${encodeURIComponent(typed)}`)
          }}
        />
      }
    >
      {!back && (
        <Button className={classes.more} onClick={() => setBack(true)}>
          {t('list.back')}
        </Button>
      )}
      {found.length === 0 && (
        <Empty>{text ? t('list.nothingFound', { text, days }) : t('list.empty', { days })}</Empty>
      )}
      {[...byDay].map(([day, each]) => (
        <section key={day} className={classes.day}>
          <h2>{dayName(day)}</h2>
          <ol>
            {each.map((row) => (
              <Row
                key={`${row.token}-${row.resource}-${row.start}`}
                row={row}
                hall={hallName.get(row.resource) ?? ''}
              />
            ))}
          </ol>
        </section>
      ))}
      {text.trim() === '' && (
        <Button className={classes.more} onClick={() => setAhead(ahead * 2)}>
          {t('list.further')}
        </Button>
      )}
    </Page>
  )
}

function Row({ row, hall }: { row: BookedRow; hall: string }) {
  const { t } = useTranslation('booking')
  const format = useFormat()
  const selected = useView((view) => view.selected === row.token)
  const select = useView((view) => view.select)
  return (
    <li>
      <button
        type="button"
        className={classes.row}
        data-waits={row.waits}
        data-shape="line"
        aria-pressed={selected}
        onClick={() => select(row.token)}
      >
        <span className={classes.time}>{format.times(row.start, row.end)}</span>
        <span className={classes.title}>
          <WaitsMark waits={row.waits} />
          <span className="waits-title">{row.title || row.who}</span>
          {row.state === 'request' && <b> {t('list.request')}</b>}
        </span>
        <span className={classes.who}>{row.title ? row.who : ''}</span>
        <span>{hall}</span>
        <span className={classes.number}>{row.number || ''}</span>
      </button>
    </li>
  )
}
