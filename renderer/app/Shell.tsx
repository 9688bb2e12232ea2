/**
 * Shell: top bar, rail, booking panel, the screen and the inspector.
 *
 * Promises that each pane lives and dies on its own (an error boundary each) and that F6, Esc and the shortcuts
 * work everywhere. Knows which panes there are, not what they do.
 */
import { Suspense, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { Status } from '../../core/contract.ts'
import { screenOf, sectionOf } from '../desk/route.ts'
import { settleLight, useSettled } from '../desk/settled.ts'
import { useView } from '../desk/store.ts'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { LateNews } from './LateNews.tsx'
import { LinkLost } from './LinkLost.tsx'
import { Notices } from './Notices.tsx'
import { OfflineLine } from './OfflineLine.tsx'
import { Palette } from './Palette.tsx'
import { watchFocus } from './panes.ts'
import { Rail } from './Rail.tsx'
import { readLater } from './readLater.tsx'
import classes from './Shell.module.css'
import { listenForShortcuts } from './shortcuts.ts'
import { TopBar } from './TopBar.tsx'

// Asked for at once, while the core still opens its data: the calendar is what nearly every start shows.
const calendar = import('../features/calendar/Calendar.tsx')
const Calendar = readLater(() => calendar.then((module) => module.Calendar))
const BookingPanel = readLater(() =>
  import('../features/booking/BookingPanel.tsx').then((module) => module.BookingPanel),
)
const Inspector = readLater(() =>
  import('../features/booking/Inspector.tsx').then((module) => module.Inspector),
)
const CheatSheet = readLater(() => import('./CheatSheet.tsx').then((module) => module.CheatSheet))
const DecideDialog = readLater(() =>
  import('../features/requests/DecideDialog.tsx').then((module) => module.DecideDialog),
)
const OfferToasts = readLater(() =>
  import('../features/requests/OfferToasts.tsx').then((module) => module.OfferToasts),
)
const Requests = readLater(() =>
  import('../features/requests/Requests.tsx').then((module) => module.Requests),
)
const Bookings = readLater(() =>
  import('../features/bookings/Bookings.tsx').then((module) => module.Bookings),
)
const People = readLater(() =>
  import('../features/people/People.tsx').then((module) => module.People),
)
const Material = readLater(() =>
  import('../features/material/Material.tsx').then((module) => module.Material),
)
const Availability = readLater(() =>
  import('../features/availability/Availability.tsx').then((module) => module.Availability),
)
const Publish = readLater(() =>
  import('../features/publish/Publish.tsx').then((module) => module.Publish),
)
const History = readLater(() =>
  import('../features/history/History.tsx').then((module) => module.History),
)
const Attention = readLater(() =>
  import('../features/attention/Attention.tsx').then((module) => module.Attention),
)
const Settings = readLater(() =>
  import('../features/settings/Settings.tsx').then((module) => module.Settings),
)

export function Shell({ status }: { status: Status }) {
  const { t } = useTranslation()
  const booking = useView((view) => view.booking)
  const selected = useView((view) => view.selected)
  const screen = useView((view) => screenOf(view.route))
  const isAsked = useView((view) => view.cheatSheet)
  const isSettled = useSettled()

  useEffect(() => {
    if (screen !== 'calendar') settleLight()
  }, [screen])

  useEffect(() => {
    document.title = [t(`screens.${screen}`), status.municipality, 'Allmend']
      .filter(Boolean)
      .join(' · ')
  }, [t, screen, status.municipality])
  useEffect(listenForShortcuts, [])
  useEffect(watchFocus, [])

  return (
    <div className={classes.shell} data-screen={screen}>
      <header className={classes.top} data-pane="top">
        <TopBar status={status} />
      </header>
      <div className={classes.lines}>
        <LinkLost />
        <OfflineLine status={status} />
        <Notices notices={status.notices} />
      </div>
      <nav className={classes.rail} data-pane="rail" aria-label={t('panes.rail')}>
        <Rail concerns={status.concerns} />
      </nav>
      {booking.open && (
        <aside
          className={classes.panel}
          tabIndex={-1}
          data-pane="panel"
          aria-label={t('panes.panel')}
        >
          <ErrorBoundary resetOn={booking.opened}>
            <Suspense fallback={null}>
              <BookingPanel key={booking.opened} wish={booking.wish} />
            </Suspense>
          </ErrorBoundary>
        </aside>
      )}
      <main className={classes.main} data-pane="main" aria-label={t(`screens.${screen}`)}>
        <ErrorBoundary resetOn={screen}>
          <Suspense fallback={null}>
            <Screen />
          </Suspense>
        </ErrorBoundary>
      </main>
      {selected && (
        <aside
          className={classes.inspector}
          tabIndex={-1}
          data-pane="inspector"
          aria-label={t('panes.inspector')}
        >
          <ErrorBoundary resetOn={selected}>
            <Suspense fallback={null}>
              <Inspector token={selected} />
            </Suspense>
          </ErrorBoundary>
        </aside>
      )}
      {(isSettled || isAsked) && (
        <Suspense fallback={null}>
          <DecideDialog />
          <OfferToasts />
          <LateNews status={status} />
          <CheatSheet />
        </Suspense>
      )}
      {/* Whoever opens it types on at once: it must be there. */}
      <Palette />
    </div>
  )
}

function Screen() {
  const route = useView((view) => view.route)
  const selected = useView((view) => view.selected)
  const { select, openBooking, go } = useView.getState()
  const screen = screenOf(route)
  switch (screen) {
    case 'calendar':
      return (
        <Calendar
          onBook={openBooking}
          onSelect={select}
          selected={selected}
          onAddHall={() => go('settings/halls?add')}
          onAvailability={(hall) => go(`availability/new?halls=${hall ?? ''}`)}
        />
      )
    case 'requests':
      return <Requests />
    case 'bookings':
      return <Bookings />
    case 'people':
      return <People />
    case 'material':
      return <Material />
    case 'availability':
      return <Availability />
    case 'publish':
      return <Publish chosen={sectionOf(route)} />
    case 'history':
      return <History />
    case 'settings':
      return <Settings section={sectionOf(route)} />
    case 'attention':
      return <Attention />
  }
}
