/**
 * Rail: the screens there are, with their digit.
 *
 * Digits are for ever (1 calendar, 2 requests, 3 bookings, 4 people, 5 material, 6 availability, 7 publish, 8 history,
 * 9 settings), so that hands need not learn anew when the screens in between arrive. What needs attention stands above
 * them, under 0, and only while there is something.
 */
import {
  IconAlertSquare,
  IconCalendar,
  IconCalendarTime,
  IconHistory,
  IconInbox,
  IconListDetails,
  IconPackage,
  IconSettings,
  IconUsers,
  IconWorldUpload,
  type TablerIcon,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { type Screen, screenOf } from '../desk/route.ts'
import { useSettled } from '../desk/settled.ts'
import { useView } from '../desk/store.ts'
import { useRequests } from '../features/requests/useRequests.ts'
import classes from './Rail.module.css'

const entries: readonly Readonly<{ screen: Screen; digit: string; icon: TablerIcon }>[] = [
  { screen: 'calendar', digit: '1', icon: IconCalendar },
  { screen: 'requests', digit: '2', icon: IconInbox },
  { screen: 'bookings', digit: '3', icon: IconListDetails },
  { screen: 'people', digit: '4', icon: IconUsers },
  { screen: 'material', digit: '5', icon: IconPackage },
  { screen: 'availability', digit: '6', icon: IconCalendarTime },
  { screen: 'publish', digit: '7', icon: IconWorldUpload },
  { screen: 'history', digit: '8', icon: IconHistory },
  { screen: 'settings', digit: '9', icon: IconSettings },
]

const attention = { screen: 'attention', digit: '0', icon: IconAlertSquare } as const

export function Rail({ concerns }: { concerns: number }) {
  const { t } = useTranslation()
  const current = useView((view) => screenOf(view.route))
  const show = useView((view) => view.show)
  const requests = useRequests(useSettled())
  const waiting = requests ? requests.open.flat().length + requests.offers.length : 0
  const badges: Readonly<Partial<Record<Screen, number>>> = {
    requests: waiting,
    attention: concerns,
  }
  // Whoever has just settled the last one is not left on a screen without a name.
  const isShown = concerns > 0 || current === 'attention'
  return (
    <ul className={classes.rail}>
      {(isShown ? [attention, ...entries] : entries).map(({ screen, digit, icon: Icon }) => (
        <li key={screen}>
          <button
            type="button"
            className={classes.entry}
            data-screen={screen}
            aria-current={screen === current ? 'page' : undefined}
            aria-keyshortcuts={digit}
            title={`${t(`screens.${screen}`)} (${digit})`}
            onClick={() => show(screen)}
          >
            <Icon size={20} stroke={1.5} aria-hidden="true" />
            <span>{t(`screens.${screen}`)}</span>
            <Badge count={badges[screen] ?? 0} />
          </button>
        </li>
      ))}
    </ul>
  )
}

function Badge({ count }: { count: number }) {
  const { t } = useTranslation()
  if (count === 0) return null
  return (
    <span className={classes.badge}>
      <span aria-hidden="true">{count}</span>
      <span className="visually-hidden">{t('waitingBadge', { count })}</span>
    </span>
  )
}
