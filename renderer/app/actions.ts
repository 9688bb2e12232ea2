/**
 * Actions: everything a clerk can do from anywhere, once: name, key and what it does.
 *
 * The palette, the keyboard and the cheat sheet are three views of this list. Keys that belong to one pane alone
 * (the calendar's arrows) are handled there and only told in the cheat sheet.
 */
import {
  IconAlertSquare,
  IconBarrierBlock,
  IconCalendar,
  IconCalendarEvent,
  IconCalendarPlus,
  IconCalendarTime,
  IconDatabase,
  IconHistory,
  IconHome,
  IconInbox,
  IconInfoCircle,
  IconKeyboard,
  IconLanguage,
  IconLayoutRows,
  IconList,
  IconMoon,
  IconPackage,
  IconPlus,
  IconRefresh,
  IconSettings,
  IconSun,
  IconUsers,
  IconWorldUpload,
  type TablerIcon,
} from '@tabler/icons-react'
import { type Language, languages } from '../../core/domain/language.ts'
import { dayOf } from '../../core/domain/time.ts'
import { calendarOn } from '../desk/calendarOn.ts'
import { desk } from '../desk/client.ts'
import type { Screen } from '../desk/route.ts'
import { useView } from '../desk/store.ts'
import { changePreferences } from '../desk/usePreferences.ts'
import { status } from '../desk/useStatus.ts'
import { dayOfRoute } from '../features/availability/blockForm.ts'
import { nextPane } from './panes.ts'
import { redoAndTell, undoAndTell } from './toast.tsx'

export type ActionLabel =
  | 'newBooking'
  | 'palette'
  | 'nextPane'
  | 'cheatSheet'
  | 'today'
  | 'calendar'
  | 'requests'
  | 'bookings'
  | 'people'
  | 'material'
  | 'availability'
  | 'newAvailability'
  | 'blockers'
  | 'places'
  | 'newBlocker'
  | 'publish'
  | 'history'
  | 'settings'
  | 'halls'
  | 'about'
  | 'attention'
  | 'database'
  | 'tryNow'
  | 'light'
  | 'dark'
  | 'languages'
  | 'undo'
  | 'redo'

export type Action = Readonly<{
  id: string
  label: ActionLabel
  /** Only for `languages`. */
  language?: Language
  /** As pressed: `Ctrl+K`, `n`, `?`. The first is shown. */
  keys: readonly string[]
  /** Also while the clerk is typing in a field. */
  whileTyping?: boolean
  /** Offered in the palette. */
  icon?: TablerIcon
  run(): void
}>

const go = (route: string) => () => useView.getState().go(route)
const show = (screen: Screen) => () => useView.getState().show(screen)

function openPalette(): void {
  useView.getState().togglePalette(true)
}

function focusOn(selector: string): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(selector)?.focus())
}

/** The queue is there to be worked off: its row has the focus, also where the screen is shown already. */
function requests(): void {
  useView.getState().show('requests')
  focusOn('[data-row][tabindex="0"]')
}

/** As the queue: the first card has the focus. */
function attention(): void {
  useView.getState().show('attention')
  focusOn('[data-concern][tabindex="0"]')
}

function tryNow(): void {
  void desk.invoke('tryNow')
}

/** A caller says a name or a number: it can be typed at once. */
function people(): void {
  useView.getState().show('people')
  focusOn('[data-people-search]')
}

/** On the day and in the hall that the calendar shows. */
function newBlocker(): void {
  const { route, go: to } = useView.getState()
  const day = dayOfRoute(route)
  const halls = route.startsWith('calendar/hall/')
    ? new URLSearchParams(route.split('?')[1]).get('halls')
    : ''
  to(`availability/block?halls=${halls ?? ''}${day ? `&day=${day}` : ''}`)
}

function today(): void {
  calendarOn(dayOf(Date.now(), status.get()?.zone || 'Europe/Zurich'))
}

export const actions: readonly Action[] = [
  {
    id: 'newBooking',
    label: 'newBooking',
    keys: ['n', 'F2'],
    icon: IconPlus,
    run: () => useView.getState().openBooking(),
  },
  {
    id: 'newBookingAnywhere',
    label: 'newBooking',
    keys: ['F2'],
    whileTyping: true,
    run: () => useView.getState().openBooking(),
  },
  { id: 'palette', label: 'palette', keys: ['Ctrl+k'], whileTyping: true, run: openPalette },
  { id: 'paletteSlash', label: 'palette', keys: ['/'], run: openPalette },
  { id: 'undo', label: 'undo', keys: ['Ctrl+z'], run: () => void undoAndTell() },
  { id: 'redo', label: 'redo', keys: ['Ctrl+Shift+z', 'Ctrl+y'], run: () => void redoAndTell() },
  { id: 'today', label: 'today', keys: [], icon: IconCalendarEvent, run: today },
  { id: 'calendar', label: 'calendar', keys: ['1'], icon: IconCalendar, run: show('calendar') },
  { id: 'requests', label: 'requests', keys: ['2'], icon: IconInbox, run: requests },
  { id: 'bookings', label: 'bookings', keys: ['3'], icon: IconList, run: show('bookings') },
  { id: 'people', label: 'people', keys: ['4'], icon: IconUsers, run: people },
  { id: 'material', label: 'material', keys: ['5'], icon: IconPackage, run: show('material') },
  {
    id: 'availability',
    label: 'availability',
    keys: ['6'],
    icon: IconCalendarTime,
    run: show('availability'),
  },
  {
    id: 'newAvailability',
    label: 'newAvailability',
    keys: [],
    icon: IconCalendarPlus,
    run: go('availability/new'),
  },
  {
    id: 'places',
    label: 'places',
    keys: [],
    icon: IconLayoutRows,
    run: go('availability/places'),
  },
  {
    id: 'blockers',
    label: 'blockers',
    keys: [],
    icon: IconBarrierBlock,
    run: go('availability/blockers'),
  },
  { id: 'newBlocker', label: 'newBlocker', keys: ['b'], icon: IconBarrierBlock, run: newBlocker },
  { id: 'publish', label: 'publish', keys: ['7'], icon: IconWorldUpload, run: show('publish') },
  { id: 'history', label: 'history', keys: ['8'], icon: IconHistory, run: show('history') },
  { id: 'settings', label: 'settings', keys: ['9'], icon: IconSettings, run: show('settings') },
  {
    id: 'attention',
    label: 'attention',
    keys: ['0'],
    icon: IconAlertSquare,
    run: attention,
  },
  { id: 'tryNow', label: 'tryNow', keys: [], icon: IconRefresh, run: tryNow },
  { id: 'database', label: 'database', keys: [], icon: IconDatabase, run: go('settings/database') },
  { id: 'halls', label: 'halls', keys: [], icon: IconHome, run: go('settings/halls') },
  { id: 'about', label: 'about', keys: [], icon: IconInfoCircle, run: go('settings/about') },
  {
    id: 'light',
    label: 'light',
    keys: [],
    icon: IconSun,
    run: () => changePreferences({ theme: 'light' }),
  },
  {
    id: 'dark',
    label: 'dark',
    keys: [],
    icon: IconMoon,
    run: () => changePreferences({ theme: 'dark' }),
  },
  ...languages.map(
    (language): Action => ({
      id: `language-${language}`,
      label: 'languages',
      language,
      keys: [],
      icon: IconLanguage,
      run: () => changePreferences({ language }),
    }),
  ),
  {
    id: 'nextPane',
    label: 'nextPane',
    keys: ['F6'],
    whileTyping: true,
    run: () => nextPane(1),
  },
  {
    id: 'previousPane',
    label: 'nextPane',
    keys: ['Shift+F6'],
    whileTyping: true,
    run: () => nextPane(-1),
  },
  {
    id: 'cheatSheet',
    label: 'cheatSheet',
    keys: ['?'],
    icon: IconKeyboard,
    run: () => useView.getState().toggleCheatSheet(true),
  },
]
