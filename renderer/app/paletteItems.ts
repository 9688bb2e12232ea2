/**
 * Palette items: what the palette finds for the words typed: a day, bookings, halls, people, commands.
 *
 * Answers come from the local database while typing; bookings of two months back to a year ahead.
 */
import { useDebouncedValue } from '@mantine/hooks'
import {
  IconCalendarEvent,
  IconHome,
  IconTicket,
  IconUser,
  type TablerIcon,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { addDays, type Day, dayOf, startOfDay } from '../../core/domain/time.ts'
import { calendarOn } from '../desk/calendarOn.ts'
import { useView } from '../desk/store.ts'
import { useQuery } from '../desk/useQuery.ts'
import { parseDay } from '../format/dayInput.ts'
import { matches } from '../format/matches.ts'
import { useFormat } from '../format/useFormat.ts'
import { type Action, actions } from './actions.ts'

/** How far bookings are looked for: what a caller may ask about. */
const BACK_DAYS = 62
const AHEAD_DAYS = 400
/** As many as can be read at a glance. */
const SHOWN = 6
/** Long enough that a fast typist asks once a word. */
const PAUSE_MS = 60
/** One letter is in everything. */
const ASKS_FROM = 2

export type PaletteItem = Readonly<{
  key: string
  icon: TablerIcon
  title: string
  facts?: string
  /** A number or a count, aligned right. */
  aside?: string
  /** A shortcut, as drawn. */
  keys?: string
  run(): void
}>
export type PaletteGroup = Readonly<{ label: string; items: readonly PaletteItem[] }>

export function usePaletteItems(text: string): readonly PaletteGroup[] {
  const { t } = useTranslation()
  const typed = text.trim()
  const format = useFormat()
  const today = dayOf(Date.now(), format.zone)
  const day = parseDay(typed, today)
  const groups: PaletteGroup[] = [
    {
      label: t('palette.go'),
      items: day ? [dayItem(day, t('palette.goTo', { day: format.dayLong(day) }))] : [],
    },
    { label: t('palette.bookings'), items: useBookings(typed, today) },
    { label: t('palette.halls'), items: useHalls(typed) },
    { label: t('palette.people'), items: usePeople(typed) },
    { label: t('palette.commands'), items: useCommands(typed) },
  ]
  return groups.filter((group) => group.items.length > 0)
}

function dayItem(day: Day, title: string): PaletteItem {
  return { key: `day-${day}`, icon: IconCalendarEvent, title, run: () => calendarOn(day) }
}

function useBookings(typed: string, today: Day): PaletteItem[] {
  const format = useFormat()
  const [paused] = useDebouncedValue(typed, PAUSE_MS)
  const asks = paused.length >= ASKS_FROM
  const { rows: halls } = useQuery('resource.all', {})
  const { rows } = useQuery(
    'calendar.range',
    asks
      ? {
          start: startOfDay(addDays(today, -BACK_DAYS), format.zone),
          end: startOfDay(addDays(today, AHEAD_DAYS), format.zone),
        }
      : null,
  )
  if (!asks || !rows || !halls) return []
  const hallName = new Map(halls.map((hall) => [hall.id, hall.name]))
  return rows.booked
    .filter((each) => matches(paused, each.title, each.who, String(each.number)))
    .sort(
      (one, other) =>
        Number(isNumber(other.number, paused)) - Number(isNumber(one.number, paused)) ||
        nearer(one.start, other.start),
    )
    .slice(0, SHOWN)
    .map((each) => ({
      key: `${each.token}-${each.resource}-${each.start}`,
      icon: IconTicket,
      title: each.title || each.who,
      facts: `${format.span(each.start, each.end)}, ${hallName.get(each.resource) ?? ''}`,
      aside: each.number ? String(each.number) : '',
      run() {
        calendarOn(dayOf(each.start, format.zone))
        useView.getState().select(each.token)
      },
    }))
}

function useHalls(typed: string): PaletteItem[] {
  const { t } = useTranslation()
  const { rows: halls = [] } = useQuery('resource.all', {})
  if (!typed) return []
  return halls
    .filter((hall) => matches(typed, hall.name))
    .slice(0, SHOWN)
    .map((hall) => ({
      key: hall.id,
      icon: IconHome,
      title: hall.name,
      facts: [hall.group, t('newBooking')].filter(Boolean).join(', '),
      run: () => useView.getState().openBooking({ resource: hall.id }),
    }))
}

function usePeople(typed: string): PaletteItem[] {
  const { t } = useTranslation()
  const [paused] = useDebouncedValue(typed, PAUSE_MS)
  const { rows: people = [] } = useQuery(
    'person.find',
    paused.length >= ASKS_FROM ? { text: paused } : null,
  )
  if (!typed) return []
  return people.slice(0, SHOWN).map((person) => ({
    key: person.id,
    icon: IconUser,
    title: person.organisation || person.name,
    facts: [person.organisation ? person.name : '', person.phone].filter(Boolean).join(', '),
    aside: t('palette.bookingCount', { count: person.bookings }),
    run: () => useView.getState().go(`people/${person.id}`),
  }))
}

function useCommands(typed: string): PaletteItem[] {
  const { t } = useTranslation()
  return actions.flatMap((action) => {
    const title = actionTitle(action, t)
    if (!action.icon || (typed && !matches(typed, title))) return []
    const keys = action.keys[0]?.toUpperCase()
    return [
      { key: action.id, icon: action.icon, title, ...(keys ? { keys } : {}), run: action.run },
    ]
  })
}

function actionTitle(action: Action, t: ReturnType<typeof useTranslation<'app'>>['t']): string {
  switch (action.label) {
    case 'undo':
    case 'redo':
      return t(action.label)
    case 'languages':
      return t('actions.languages', { language: t(`languageNames.${action.language ?? 'de-CH'}`) })
    default:
      return t(`actions.${action.label}`)
  }
}

/** Whoever reads out the whole number means that one, whatever else holds its digits. */
function isNumber(number: number, typed: string): boolean {
  return typed.trim() === String(number)
}

/** Coming ones first, the nearest on top; then past ones, the latest on top. */
function nearer(one: number, other: number): number {
  const now = Date.now()
  const past = (at: number) => (at < now ? 1 : 0)
  return past(one) - past(other) || Math.abs(one - now) - Math.abs(other - now)
}
