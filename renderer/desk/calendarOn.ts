/** Calendar on: shows the calendar on a day, in the view and with the halls it was left with. */
import type { Day } from '../../core/domain/time.ts'
import { onDay } from './route.ts'
import { useView } from './store.ts'

export function calendarOn(day: Day): void {
  const { route, left, go } = useView.getState()
  go(onDay(route.startsWith('calendar') ? route : (left.calendar ?? 'calendar'), day))
}
