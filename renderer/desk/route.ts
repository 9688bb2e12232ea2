/**
 * Route: which screen is shown, as text that can be kept, restored and typed.
 *
 * The first segment names the screen; the screen owns the rest (`calendar/timeline/week/2027-06-14?halls=a,b`,
 * `settings/halls`). An unknown route leads to the calendar, never to nothing.
 */
import type { Day } from '../../core/domain/time.ts'

export const screens = [
  'calendar',
  'requests',
  'bookings',
  'people',
  'material',
  'availability',
  'publish',
  'history',
  'settings',
  'attention',
] as const
export type Screen = (typeof screens)[number]

export function screenOf(route: string): Screen {
  const first = route.split(/[/?]/, 1)[0]
  return screens.find((screen) => screen === first) ?? 'calendar'
}

/** What stands after the screen's name, without the query: `halls` of `settings/halls?x=1`. */
export function sectionOf(route: string): string {
  return route.split('?', 1)[0]?.split('/')[1] ?? ''
}

/** The calendar route on another day: its view and halls stay. */
export function onDay(route: string, day: Day): string {
  const [path = '', query] = route.split('?', 2)
  const parts = path.split('/')
  const moved =
    parts[0] === 'calendar' && parts.length >= 4
      ? ['calendar', parts[1], parts[2], day].join('/')
      : `calendar/timeline/week/${day}`
  return query ? `${moved}?${query}` : moved
}
