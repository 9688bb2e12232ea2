/** The page of one hall: its months as tables, which become lists on a phone. */
import { addDays, type Day, mondayOf, weekdayOf } from '../domain/time.ts'
import { byDay, monthsBetween, nextMonth, timesOn } from './days.ts'
import { escaped, lines } from './markup.ts'
import { eventItem, holidayNames, page } from './page.ts'
import type { PublicCalendar, PublicHall } from './public-calendar.ts'
import { longDay, publicWords } from './words.ts'

export function hallPage(calendar: PublicCalendar, hall: PublicHall): string {
  const words = publicWords(calendar.language)
  const { from, until, zone, language } = calendar
  const events = byDay(
    calendar.events.filter((each) => each.hall === hall.id),
    from,
    until,
    zone,
  )
  const open = byDay(
    calendar.open.filter((each) => each.hall === hall.id),
    from,
    until,
    zone,
  )
  const nameOf = holidayNames(calendar)
  const months = monthsBetween(from, until)
  const monthName = (month: string) =>
    `${words.months[Number(month.slice(5)) - 1]} ${Number(month.slice(0, 4))}`

  const cell = (month: string, day: Day): string => {
    if (day.slice(0, 7) !== month || day < from || until < day) return '<td class="out empty"></td>'
    const items = [
      ...(open.get(day) ?? []).map(
        (each) =>
          `<li class="open"><span class="time">${timesOn(day, each, zone, words)}</span> ${words.requestable}</li>`,
      ),
      ...(events.get(day) ?? []).map((event) => eventItem(calendar, day, event, null)),
    ]
    const holiday = nameOf(day)
    const empty = items.length === 0 && !holiday
    return lines(
      `<td${empty ? ' class="empty"' : ''}><time class="date" datetime="${day}"><span class="short">${Number(day.slice(8))}</span><span class="long">${longDay(day, weekdayOf(day), language)}</span></time>`,
      holiday !== '' && `<span class="holiday">${escaped(holiday)}</span>`,
      items.length > 0 && ['<ul class="events">', ...items, '</ul>'],
      '</td>',
    )
  }
  const table = (month: string): string => {
    const rows: string[] = []
    const end = addDays(`${nextMonth(month)}-01`, -1)
    for (let monday = mondayOf(`${month}-01`); monday <= end; monday = addDays(monday, 7)) {
      const days = Array.from({ length: 7 }, (_, index) => addDays(monday, index))
      rows.push(
        lines(
          '<tr>',
          days.map((day) => cell(month, day)),
          '</tr>',
        ),
      )
    }
    return lines(
      `<section class="month" aria-labelledby="m${month}">`,
      `<h2 id="m${month}">${monthName(month)}</h2>`,
      '<table>',
      `<caption>${escaped(hall.name)}, ${monthName(month)}</caption>`,
      '<thead><tr>',
      words.weekdays.map((name) => `<th scope="col">${name}</th>`),
      '</tr></thead>',
      '<tbody>',
      rows,
      '</tbody>',
      '</table>',
      '</section>',
    )
  }
  return page(calendar, {
    file: hall.file,
    heading: hall.name,
    facts: [
      hall.group,
      hall.capacity === null ? '' : `${words.capacity} ${hall.capacity} ${words.persons}`,
      ...hall.features,
    ].filter(Boolean),
    jumps: {
      label: words.monthsNav,
      to: months.map((month) => ({ id: `m${month}`, name: monthName(month) })),
    },
    content: months.map(table).join('\n'),
  })
}
