/**
 * Rail: the screens there are, with their digit.
 *
 * Digits are for ever (1 calendar, 3 bookings, 8 history, 9 settings), so that hands need not learn anew when the
 * screens in between arrive. A screen that does not exist yet is not shown.
 */
import {
  IconCalendar,
  IconHistory,
  IconListDetails,
  IconSettings,
  type TablerIcon,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { type Screen, screenOf } from '../desk/route.ts'
import { useView } from '../desk/store.ts'
import classes from './Rail.module.css'

const entries: readonly Readonly<{ screen: Screen; digit: string; icon: TablerIcon }>[] = [
  { screen: 'calendar', digit: '1', icon: IconCalendar },
  { screen: 'bookings', digit: '3', icon: IconListDetails },
  { screen: 'history', digit: '8', icon: IconHistory },
  { screen: 'settings', digit: '9', icon: IconSettings },
]

export function Rail() {
  const { t } = useTranslation()
  const current = useView((view) => screenOf(view.route))
  const show = useView((view) => view.show)
  return (
    <ul className={classes.rail}>
      {entries.map(({ screen, digit, icon: Icon }) => (
        <li key={screen}>
          <button
            type="button"
            className={classes.entry}
            aria-current={screen === current ? 'page' : undefined}
            aria-keyshortcuts={digit}
            title={`${t(`screens.${screen}`)} (${digit})`}
            onClick={() => show(screen)}
          >
            <Icon size={20} stroke={1.5} aria-hidden="true" />
            <span>{t(`screens.${screen}`)}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}
