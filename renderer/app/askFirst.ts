/**
 * Ask first: the rows of the calendar that will be shown, asked before any part of the screen is there to ask. They then
 * stand first in the line that the opening database works off.
 */
import { dayOf } from '../../core/domain/time.ts'
import { prefetch } from '../desk/queries.ts'
import { screenOf } from '../desk/route.ts'
import { preferences } from '../desk/usePreferences.ts'
import { status } from '../desk/useStatus.ts'
import { parsePlace, spanOf } from '../features/calendar/place.ts'

export function askFirst(): void {
  const stops = [preferences.subscribe(ask), status.subscribe(ask)]
  ask()
  function ask(): void {
    const kept = preferences.get()
    const zone = status.get()?.zone
    if (!kept || !zone) return
    for (const stop of stops) stop()
    // A first start has nothing to show yet.
    if (kept.route === '' || screenOf(kept.route) !== 'calendar') return
    const place = parsePlace(kept.route, dayOf(Date.now(), zone))
    prefetch('resource.all', {})
    if (place.view !== 'year') prefetch('calendar.range', spanOf(place, zone))
  }
}
