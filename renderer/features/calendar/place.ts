/**
 * Place: what the calendar shows, as a value and as an address.
 *
 * Promises: `parsePlace(routeOf(place))` is the place again; an address that cannot be read is this week of all
 * halls, never an error.
 */

import type { Day, Span, Uuid } from '../../../core/domain/time.ts'
import { addDays, daysBetween, mondayOf } from '../../../core/domain/time.ts'
import { dayFrame } from './days.ts'

/** `columns`: a day with halls beside each other. */
export const views = ['day', 'columns', 'week', 'fortnight', 'month', 'year', 'agenda'] as const
export type View = (typeof views)[number]

/** `halls` empty: all of them. `day` is the day shown, or any day of the week, month or year shown. */
export type Place = Readonly<{ view: View; day: Day; halls: readonly Uuid[] }>

/** The one hall that is shown, or null where there are several. */
export function hallOf({ halls }: Place): Uuid | null {
  return halls.length === 1 ? (halls[0] ?? null) : null
}

/** `calendar/timeline/week/2027-06-14`, and `calendar/hall/week/2027-06-14?halls=…` for one hall. */
export function routeOf(place: Place): string {
  const { view, day, halls } = place
  const kind = hallOf(place) === null ? 'timeline' : 'hall'
  const query = halls.length > 0 ? `?halls=${halls.join(',')}` : ''
  return `calendar/${kind}/${view}/${day}${query}`
}

export function parsePlace(route: string, today: Day): Place {
  const [path = '', query = ''] = route.split('?', 2)
  const [screen, , named, day] = path.split('/')
  if (screen !== 'calendar') return { view: 'week', day: today, halls: [] }
  const halls = new URLSearchParams(query).get('halls') ?? ''
  return {
    view: views.find((view) => view === named) ?? 'week',
    day: day !== undefined && isDay(day) ? day : today,
    halls: halls.split(',').filter(Boolean),
  }
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false
  const time = Date.parse(`${text}T00:00:00Z`)
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(text)
}

export function firstDayOf({ view, day }: Place): Day {
  switch (view) {
    case 'day':
    case 'columns':
      return day
    case 'week':
    case 'fortnight':
      return mondayOf(day)
    case 'month':
      return mondayOf(firstOfMonth(day))
    case 'agenda':
      return firstOfMonth(day)
    case 'year':
      return `${day.slice(0, 4)}-01-01`
  }
}

export function dayCountOf(place: Place): number {
  switch (place.view) {
    case 'day':
    case 'columns':
      return 1
    case 'week':
      return 7
    case 'fortnight':
      return 14
    case 'month': {
      const days = daysBetween(firstDayOf(place), addMonths(firstOfMonth(place.day), 1))
      return Math.ceil(days / 7) * 7
    }
    case 'agenda':
      return daysBetween(firstOfMonth(place.day), addMonths(firstOfMonth(place.day), 1))
    case 'year':
      return daysBetween(firstDayOf(place), addMonths(firstDayOf(place), 12))
  }
}

export function firstOfMonth(day: Day): Day {
  return `${day.slice(0, 7)}-01`
}

/** The same date so many months on; the last of the month where it has no such date. */
export function addMonths(day: Day, months: number): Day {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last)))
    .toISOString()
    .slice(0, 10)
}

/** The instants between which the place needs rows. */
export function spanOf(place: Place, zone: string): Span {
  const first = firstDayOf(place)
  const last = addDays(first, dayCountOf(place) - 1)
  return { start: dayFrame(first, zone).start, end: dayFrame(last, zone).end }
}

/** The same day and halls in another view; one hall alone has nothing to stand beside. */
export function inView(place: Place, view: View): Place {
  const isAlone = view === 'columns' && hallOf(place) !== null
  return { ...place, view, halls: isAlone ? [] : place.halls }
}

/** The place one page on (+1) or back (-1). */
export function turned(place: Place, pages: number): Place {
  const { view, day } = place
  if (view === 'year') return { ...place, day: addMonths(day, pages * 12) }
  if (view === 'month' || view === 'agenda') return { ...place, day: addMonths(day, pages) }
  return { ...place, day: addDays(day, pages * dayCountOf(place)) }
}
