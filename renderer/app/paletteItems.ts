/**
 * Palette items: what the palette finds for the words typed: a day, bookings, halls, people, commands.
 *
 * Answers come from the local database while typing, likeliest first: all bookings and people there are.
 */
import {
  IconCalendarEvent,
  IconHome,
  IconTicket,
  IconUser,
  type TablerIcon,
} from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BookingHit, PersonHit } from '../../core/contract.ts'
import { phoneShown } from '../../core/domain/phone.ts'
import type { ResourceRow } from '../../core/domain/resource.ts'
import { type Day, dayOf } from '../../core/domain/time.ts'
import { calendarOn } from '../desk/calendarOn.ts'
import { useView } from '../desk/store.ts'
import { useNow, useToday } from '../desk/useNow.ts'
import { useQuery } from '../desk/useQuery.ts'
import { parseDay } from '../format/dayInput.ts'
import type { Format } from '../format/format.ts'
import { matches } from '../format/matches.ts'
import { useFormat } from '../format/useFormat.ts'
import { type Action, actions } from './actions.ts'

/** As many as can be read at a glance. */
const SHOWN = 6
/** One letter is in everything. */
const ASKS_FROM = 2
/** Longer than any title; the contract refuses more. */
const LONGEST = 200

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

/** `waiting`: the database is still being asked for what is typed; `failed`: it could not answer. */
export type PaletteFound = Readonly<{
  groups: readonly PaletteGroup[]
  waiting: boolean
  failed: boolean
}>

export function usePaletteItems(text: string): PaletteFound {
  const { t } = useTranslation()
  const typed = text.trim()
  const format = useFormat()
  const today = useToday(format.zone)
  const day = parseDay(typed, today)
  const { hits, waiting, failed } = useHits(typed)
  const { rows: halls = [] } = useQuery('resource.all', {})
  const groups: PaletteGroup[] = [
    {
      label: t('palette.go'),
      items: day ? [dayItem(day, t('palette.goTo', { day: format.dayLong(day) }))] : [],
    },
    {
      label: t('palette.bookings'),
      items: bookingItems(hits?.bookings ?? [], halls, format, t),
    },
    { label: t('palette.halls'), items: useHalls(typed) },
    { label: t('palette.people'), items: personItems(hits?.people ?? [], t) },
    { label: t('palette.commands'), items: useCommands(typed) },
  ]
  return { groups: groups.filter((group) => group.items.length > 0), waiting, failed }
}

function dayItem(day: Day, title: string): PaletteItem {
  return { key: `day-${day}`, icon: IconCalendarEvent, title, run: () => calendarOn(day) }
}

function bookingItems(
  hits: readonly BookingHit[],
  halls: readonly ResourceRow[],
  format: Format,
  t: TFunction<'app'>,
): PaletteItem[] {
  const hallName = new Map(halls.map((hall) => [hall.id, hall.name]))
  return hits.map((each) => ({
    key: each.token,
    icon: IconTicket,
    title: [each.title || each.who, each.title && each.who].filter(Boolean).join(', '),
    facts: [
      format.span(each.start, each.end),
      hallName.get(each.resource ?? '') ?? '',
      each.more > 0 ? t('palette.more', { count: each.more }) : '',
      each.state === 'booked' ? '' : t(`palette.states.${each.state}`),
    ]
      .filter(Boolean)
      .join(', '),
    aside: each.number ? String(each.number) : '',
    run() {
      calendarOn(dayOf(each.start, format.zone))
      useView.getState().select(each.token)
    },
  }))
}

/** Bookings and people for what is typed: asked at once, but one question at a time, the newest next. */
function useHits(typed: string) {
  const [asked, setAsked] = useState(typed)
  const now = useNow()
  const { rows, stale, failed } = useQuery(
    'search.all',
    asked.length >= ASKS_FROM ? { text: asked.slice(0, LONGEST), now, most: SHOWN } : null,
  )
  const isAnswered = !stale || failed !== null
  // A fast typist on a slow machine is not answered letter by letter. Set while drawing: nothing is drawn in between.
  if (isAnswered && asked !== typed) setAsked(typed)
  return {
    hits: typed ? rows : undefined,
    waiting: typed.length >= ASKS_FROM && (asked !== typed || !isAnswered),
    failed: failed !== null,
  }
}

function useHalls(typed: string): PaletteItem[] {
  const { t } = useTranslation()
  const { rows: halls = [] } = useQuery('resource.all', {})
  if (!typed) return []
  return halls
    .filter((hall) => matches(typed, hall.name, ...hall.aliases))
    .slice(0, SHOWN)
    .map((hall) => ({
      key: hall.id,
      icon: IconHome,
      title: hall.name,
      facts: [hall.group, t('newBooking')].filter(Boolean).join(', '),
      run: () => useView.getState().openBooking({ resource: hall.id }),
    }))
}

/** Frames in which a card is read and drawn, and the palette is gone. */
const FRAMES_TO_WAIT = 60

/** Whoever was found can be changed with the next key. */
function focusCard(frames = FRAMES_TO_WAIT): void {
  requestAnimationFrame(() => {
    const card = document.querySelector<HTMLElement>('[data-card]')
    if (card && document.querySelector('[aria-modal="true"]') === null) card.focus()
    else if (frames > 0) focusCard(frames - 1)
  })
}

function personItems(hits: readonly PersonHit[], t: TFunction<'app'>): PaletteItem[] {
  return hits.map((person) => ({
    key: person.id,
    icon: IconUser,
    title: person.organisation || person.name,
    facts: [person.organisation ? person.name : '', person.phone && phoneShown(person.phone)]
      .filter(Boolean)
      .join(', '),
    aside: t('palette.bookingCount', { count: person.bookings }),
    run() {
      useView.getState().go(`people/${person.id}`)
      focusCard()
    },
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
