/**
 * Place: what the calendar shows, as a value and as an address.
 *
 * Promises: `parsePlace(routeOf(place))` is the place again; an address that cannot be read is this week of all
 * halls, never an error.
 */

import type { Day, Span, Uuid } from '../../../core/domain/time.ts'
import { addDays, mondayOf } from '../../../core/domain/time.ts'
import { dayFrame } from './days.ts'

export type View = 'day' | 'week'

/** `hall` null: the timeline of all halls. `day` is the day shown, or any day of the week shown. */
export type Place = Readonly<{ view: View; day: Day; hall: Uuid | null }>

/** `calendar/timeline/week/2027-06-14`, and `calendar/hall/week/2027-06-14?halls=…` for one hall. */
export function routeOf({ view, day, hall }: Place): string {
  return hall === null
    ? `calendar/timeline/${view}/${day}`
    : `calendar/hall/${view}/${day}?halls=${hall}`
}

export function parsePlace(route: string, today: Day): Place {
  const [path = '', query = ''] = route.split('?', 2)
  const [screen, kind, view, day] = path.split('/')
  if (screen !== 'calendar') return { view: 'week', day: today, hall: null }
  const hall = new URLSearchParams(query).get('halls')?.split(',')[0]
  return {
    view: view === 'day' ? 'day' : 'week',
    day: day !== undefined && isDay(day) ? day : today,
    hall: kind === 'hall' && hall ? hall : null,
  }
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false
  const time = Date.parse(`${text}T00:00:00Z`)
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(text)
}

export function firstDayOf({ view, day }: Place): Day {
  return view === 'week' ? mondayOf(day) : day
}

export function dayCountOf({ view }: Place): number {
  return view === 'week' ? 7 : 1
}

/** The instants between which the place needs rows. */
export function spanOf(place: Place, zone: string): Span {
  const first = firstDayOf(place)
  const last = addDays(first, dayCountOf(place) - 1)
  return { start: dayFrame(first, zone).start, end: dayFrame(last, zone).end }
}

/** The place one page on (+1) or back (-1). */
export function turned(place: Place, pages: number): Place {
  return { ...place, day: addDays(place.day, pages * dayCountOf(place)) }
}
