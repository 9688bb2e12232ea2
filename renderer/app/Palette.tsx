/**
 * Palette: one field that finds bookings, halls, people, days and commands.
 *
 * Promises an answer while typing, from the local database; bookings of two months back to a year ahead. What it
 * runs is the same list of actions the keyboard runs.
 */

import { useDebouncedValue } from '@mantine/hooks'
import { Spotlight } from '@mantine/spotlight'
import { IconCalendarEvent, IconHome, IconSearch, IconTicket, IconUser } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addDays, dayOf, startOfDay } from '../../core/domain/time.ts'
import { onDay } from '../desk/route.ts'
import { useView } from '../desk/store.ts'
import { useQuery } from '../desk/useQuery.ts'
import { useZone } from '../desk/useStatus.ts'
import { parseDay } from '../format/dayInput.ts'
import { matches } from '../format/matches.ts'
import { useFormat } from '../format/useFormat.ts'
import { Keys } from '../ui/Keys.tsx'
import { actions } from './actions.ts'
import classes from './Palette.module.css'

/** How far bookings are looked for: what a caller may ask about. */
const BACK_DAYS = 62
const AHEAD_DAYS = 400
/** As many as can be read at a glance. */
const SHOWN = 6
/** Long enough that a fast typist asks once a word. */
const PAUSE_MS = 60

export function Palette() {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  return (
    <Spotlight.Root
      query={text}
      onQueryChange={setText}
      shortcut={null}
      scrollable
      maxHeight={420}
      transitionProps={{ duration: 0 }}
      overlayProps={{ transitionProps: { duration: 0 } }}
    >
      <Spotlight.Search
        placeholder={t('palette.placeholder')}
        aria-label={t('search')}
        leftSection={<IconSearch size={16} stroke={1.5} />}
      />
      <Spotlight.ActionsList>
        <Found text={text} />
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}

function Found({ text }: { text: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const zone = useZone()
  const typed = text.trim()
  const [paused] = useDebouncedValue(typed, PAUSE_MS)
  const asks = paused.length >= 2
  const today = dayOf(Date.now(), zone)

  const { rows: halls = [] } = useQuery('resource.all', {})
  const { rows: range } = useQuery(
    'calendar.range',
    asks
      ? {
          start: startOfDay(addDays(today, -BACK_DAYS), zone),
          end: startOfDay(addDays(today, AHEAD_DAYS), zone),
        }
      : null,
  )
  const { rows: people = [] } = useQuery('person.find', asks ? { text: paused } : null)

  const day = parseDay(typed, today)
  const hallName = new Map(halls.map((hall) => [hall.id, hall.name]))
  const bookings = asks
    ? (range?.booked ?? [])
        .filter((each) => matches(paused, each.title, each.who, String(each.number)))
        .sort((one, other) => nearer(one.start, other.start))
        .slice(0, SHOWN)
    : []
  const foundHalls = typed ? halls.filter((hall) => matches(typed, hall.name)).slice(0, SHOWN) : []
  const commands = actions
    .filter((action) => action.icon)
    .map((action) => ({ action, label: labelOf(action, t) }))
    .filter(({ label }) => typed === '' || matches(typed, label))
  const nothing =
    !day && bookings.length + foundHalls.length + people.length + commands.length === 0

  const open = (token: string, start: number) => {
    const { route, left, go, select } = useView.getState()
    go(
      onDay(
        route.startsWith('calendar') ? route : (left.calendar ?? 'calendar'),
        dayOf(start, zone),
      ),
    )
    select(token)
  }
  const jump = (to: string) => {
    const { route, left, go } = useView.getState()
    go(onDay(route.startsWith('calendar') ? route : (left.calendar ?? 'calendar'), to))
  }

  if (nothing) return <Spotlight.Empty>{t('palette.nothing')}</Spotlight.Empty>
  return (
    <>
      {day && (
        <Spotlight.ActionsGroup label={t('palette.go')}>
          <Spotlight.Action
            leftSection={<IconCalendarEvent size={16} stroke={1.5} />}
            label={t('palette.goTo', { day: format.dayLong(day) })}
            onClick={() => jump(day)}
          />
        </Spotlight.ActionsGroup>
      )}
      {bookings.length > 0 && (
        <Spotlight.ActionsGroup label={t('palette.bookings')}>
          {bookings.map((each) => (
            <Spotlight.Action
              key={`${each.token}-${each.resource}-${each.start}`}
              leftSection={<IconTicket size={16} stroke={1.5} />}
              onClick={() => open(each.token, each.start)}
            >
              <span className={classes.row}>
                <span className={classes.title}>{each.title || each.who}</span>
                <span className={classes.facts}>
                  {format.span(each.start, each.end)}, {hallName.get(each.resource)}
                </span>
                <span className={classes.number}>{each.number || ''}</span>
              </span>
            </Spotlight.Action>
          ))}
        </Spotlight.ActionsGroup>
      )}
      {foundHalls.length > 0 && (
        <Spotlight.ActionsGroup label={t('palette.halls')}>
          {foundHalls.map((hall) => (
            <Spotlight.Action
              key={hall.id}
              leftSection={<IconHome size={16} stroke={1.5} />}
              label={hall.name}
              description={hall.group}
              onClick={() => useView.getState().openBooking({ resource: hall.id })}
            />
          ))}
        </Spotlight.ActionsGroup>
      )}
      {people.length > 0 && (
        <Spotlight.ActionsGroup label={t('palette.people')}>
          {people.slice(0, SHOWN).map((person) => (
            <Spotlight.Action
              key={person.id}
              leftSection={<IconUser size={16} stroke={1.5} />}
              onClick={() =>
                useView
                  .getState()
                  .go(`bookings?text=${encodeURIComponent(person.organisation || person.name)}`)
              }
            >
              <span className={classes.row}>
                <span className={classes.title}>{person.organisation || person.name}</span>
                <span className={classes.facts}>
                  {person.organisation ? `${person.name}, ` : ''}
                  {person.phone}
                </span>
                <span className={classes.number}>
                  {t('palette.bookingCount', { count: person.bookings })}
                </span>
              </span>
            </Spotlight.Action>
          ))}
        </Spotlight.ActionsGroup>
      )}
      {commands.length > 0 && (
        <Spotlight.ActionsGroup label={t('palette.commands')}>
          {commands.map(({ action, label }) => {
            const Icon = action.icon
            return (
              <Spotlight.Action
                key={action.id}
                leftSection={Icon && <Icon size={16} stroke={1.5} />}
                rightSection={action.keys[0] && <Keys keys={action.keys[0].toUpperCase()} />}
                label={label}
                onClick={action.run}
              />
            )
          })}
        </Spotlight.ActionsGroup>
      )}
    </>
  )
}

type Translate = ReturnType<typeof useTranslation<'app'>>['t']

function labelOf(action: (typeof actions)[number], t: Translate): string {
  switch (action.label) {
    case 'undo':
    case 'redo':
      return t(action.label)
    case 'languages':
      return t('actions.languages', {
        language: t(`languageNames.${action.language ?? 'de-CH'}`),
      })
    default:
      return t(`actions.${action.label}`)
  }
}

/** Coming ones first, the nearest on top; then past ones, the latest on top. */
function nearer(one: number, other: number): number {
  const now = Date.now()
  const past = (at: number) => (at < now ? 1 : 0)
  return past(one) - past(other) || Math.abs(one - now) - Math.abs(other - now)
}
