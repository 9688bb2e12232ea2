/** The page of all halls: week by week, day by day, what is taken where. */
import { addDays, type Day, mondayOf, weekdayOf } from '../domain/time.ts'
import { byDay, weekOf } from './days.ts'
import { escaped, lines } from './markup.ts'
import { eventItem, holidayNames, page } from './page.ts'
import type { PublicCalendar } from './public-calendar.ts'
import { longDay, publicWords } from './words.ts'

export function listPage(calendar: PublicCalendar): string {
  const words = publicWords(calendar.language)
  const { from, until, zone, language } = calendar
  const halls = new Map(calendar.halls.map((hall) => [hall.id, hall]))
  const nameOf = holidayNames(calendar)
  const days = byDay(
    calendar.events.filter((each) => each.because === ''),
    from,
    until,
    zone,
  )
  const weeks = new Map<Day, Day[]>()
  for (const day of [...days.keys()].sort()) {
    const monday = mondayOf(day)
    weeks.set(monday, [...(weeks.get(monday) ?? []), day])
  }
  const idOf = (monday: Day) => {
    const { year, week } = weekOf(monday)
    return `w${year}-${String(week).padStart(2, '0')}`
  }
  const short = (day: Day) => `${Number(day.slice(8))}.${Number(day.slice(5, 7))}.`
  const dates = (monday: Day) => {
    const sunday = addDays(monday, 6)
    return `${short(monday)}–${short(sunday)}${sunday.slice(0, 4)}`
  }
  const oneDay = (day: Day): string => {
    const holiday = nameOf(day)
    return lines(
      `<h3><time datetime="${day}">${longDay(day, weekdayOf(day), language)}</time>${holiday ? ` <span class="holiday">${escaped(holiday)}</span>` : ''}</h3>`,
      '<ul class="events">',
      (days.get(day) ?? []).map((event) =>
        eventItem(calendar, day, event, halls.get(event.hall) ?? null),
      ),
      '</ul>',
    )
  }
  return page(calendar, {
    file: 'index',
    heading: words.allHalls,
    facts: [],
    jumps: {
      label: words.weeksNav,
      // A year of weeks: only their Mondays, so that the list stays above the fold.
      to: [...weeks.keys()].map((monday) => ({ id: idOf(monday), name: short(monday) })),
    },
    content:
      weeks.size === 0
        ? `<p>${words.nothing}</p>`
        : [...weeks]
            .map(([monday, shown]) =>
              lines(
                `<section class="list" aria-labelledby="${idOf(monday)}">`,
                `<h2 id="${idOf(monday)}">${words.week} ${weekOf(monday).week} · ${dates(monday)}</h2>`,
                shown.map(oneDay),
                '</section>',
              ),
            )
            .join('\n'),
  })
}
