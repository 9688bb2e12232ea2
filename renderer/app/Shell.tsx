/**
 * Shell: top bar, rail, booking panel, the screen and the inspector.
 *
 * Promises that each pane lives and dies on its own (an error boundary each) and that F6, Esc and the shortcuts
 * work everywhere. Knows which panes there are, not what they do.
 */
import { lazy, Suspense, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { Status } from '../../core/contract.ts'
import { screenOf, sectionOf } from '../desk/route.ts'
import { useView } from '../desk/store.ts'
import { Availability } from '../features/availability/Availability.tsx'
import { BookingPanel } from '../features/booking/BookingPanel.tsx'
import { Inspector } from '../features/booking/Inspector.tsx'
import { Bookings } from '../features/bookings/Bookings.tsx'
import { History } from '../features/history/History.tsx'
import { Material } from '../features/material/Material.tsx'
import { People } from '../features/people/People.tsx'
import { Publish } from '../features/publish/Publish.tsx'
import { DecideDialog } from '../features/requests/DecideDialog.tsx'
import { OfferToasts } from '../features/requests/OfferToasts.tsx'
import { Requests } from '../features/requests/Requests.tsx'
import { Settings } from '../features/settings/Settings.tsx'
import { CheatSheet } from './CheatSheet.tsx'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { LinkLost } from './LinkLost.tsx'
import { Notices } from './Notices.tsx'
import { Palette } from './Palette.tsx'
import { watchFocus } from './panes.ts'
import { Rail } from './Rail.tsx'
import classes from './Shell.module.css'
import { listenForShortcuts } from './shortcuts.ts'
import { TopBar } from './TopBar.tsx'

// Asked for at once, while the core still opens its data: the calendar is what nearly every start shows.
const calendar = import('../features/calendar/Calendar.tsx')
const Calendar = lazy(() => calendar.then((module) => ({ default: module.Calendar })))

export function Shell({ status }: { status: Status }) {
  const { t } = useTranslation()
  const booking = useView((view) => view.booking)
  const selected = useView((view) => view.selected)
  const screen = useView((view) => screenOf(view.route))

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
        <Notices notices={status.notices} />
      </div>
      <nav className={classes.rail} data-pane="rail" aria-label={t('panes.rail')}>
        <Rail />
      </nav>
      {booking.open && (
        <aside
          className={classes.panel}
          tabIndex={-1}
          data-pane="panel"
          aria-label={t('panes.panel')}
        >
          <ErrorBoundary resetOn={booking.opened}>
            <BookingPanel key={booking.opened} wish={booking.wish} />
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
            <Inspector token={selected} />
          </ErrorBoundary>
        </aside>
      )}
      <DecideDialog />
      <OfferToasts />
      <Palette />
      <CheatSheet />
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
  }
}
