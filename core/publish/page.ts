/** Page: what every published page has around its calendar. No script, nothing from elsewhere. */
import { type Day, dayOf, weekdayOf } from '../domain/time.ts'
import { GENERATOR } from './data-file.ts'
import { timesOn } from './days.ts'
import { eventFacts, eventText } from './event-text.ts'
import { escaped, lines } from './markup.ts'
import { pageStyle } from './page-style.ts'
import type { PublicCalendar, PublicEvent } from './public-calendar.ts'
import { longDay, type PublicWords, publicWords } from './words.ts'

/** Longer titles are cut off by tabs and search engines. */
const LONGEST_TITLE = 60

export type PageParts = Readonly<{
  /** Name of the file without its ending. */
  file: string
  heading: string
  /** Below the heading: where the hall is and what it has. */
  facts: readonly string[]
  /** Within the page: months or weeks. */
  jumps: Readonly<{ label: string; to: readonly Readonly<{ id: string; name: string }>[] }>
  content: string
}>

export function page(calendar: PublicCalendar, parts: PageParts): string {
  const words = publicWords(calendar.language)
  const { file, heading, facts, jumps } = parts
  const title = [heading, words.occupancy, calendar.municipality].filter(Boolean).join(' · ')
  const link = (name: string, text: string) =>
    `<li><a href="${name}.html"${name === file ? ' aria-current="page"' : ''}>${escaped(text)}</a></li>`
  return `${lines(
    '<!DOCTYPE html>',
    `<html lang="${calendar.language}">`,
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta name="generator" content="${GENERATOR}">`,
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${escaped(title.slice(0, LONGEST_TITLE))}</title>`,
    `<link rel="alternate" type="text/calendar" href="${feedOf(file)}.ics" title="${escaped(heading)}">`,
    `<style>${pageStyle}</style>`,
    '</head>',
    '<body>',
    `<a class="skip" href="#content">${words.toContent}</a>`,
    '<header>',
    calendar.municipality && `<p class="place">${escaped(calendar.municipality)}</p>`,
    `<h1>${escaped(heading)}</h1>`,
    facts.length > 0 && `<p class="facts">${facts.map(escaped).join(' · ')}</p>`,
    `<nav aria-label="${words.hallsNav}"><ul>`,
    link('index', words.allHalls),
    calendar.halls.map((hall) => link(hall.file, hall.name)),
    '</ul></nav>',
    '</header>',
    '<main id="content">',
    jumps.to.length > 1 && [
      `<nav aria-label="${jumps.label}"><ul>`,
      ...jumps.to.map(({ id, name }) => `<li><a href="#${id}">${escaped(name)}</a></li>`),
      '</ul></nav>',
    ],
    parts.content,
    '</main>',
    '<footer>',
    `<p><a href="${feedOf(file)}.ics">${words.subscribe}</a> · <a href="calendar.json">${words.data}</a></p>`,
    changedLine(calendar, words),
    '</footer>',
    '</body>',
    '</html>',
  )}\n`
}

function feedOf(file: string): string {
  return file === 'index' ? 'calendar' : file
}

/** The last change of what is shown, not the moment of publishing: an unchanged calendar stays the same file. */
function changedLine(calendar: PublicCalendar, words: PublicWords): string | false {
  const last = calendar.events.reduce((latest, each) => Math.max(latest, each.changedAt), 0)
  if (last === 0) return false
  const day = dayOf(last, calendar.zone)
  return `<p>${words.changed}: <time datetime="${day}">${longDay(day, weekdayOf(day), calendar.language)}</time></p>`
}

/** One line of a day: time, what, and what may be known of it. `where` names the hall on a page of all. */
export function eventItem(
  calendar: PublicCalendar,
  day: Day,
  event: PublicEvent,
  where: Readonly<{ file: string; name: string }> | null,
): string {
  const words = publicWords(calendar.language)
  const facts = eventFacts(event, words)
  const time = timesOn(day, event, calendar.zone, words)
  return [
    `<li class="${event.kind}"><span class="time">${time}</span> `,
    where ? `<a href="${where.file}.html">${escaped(where.name)}</a> ` : '',
    `<span class="what">${escaped(eventText(event, words))}`,
    facts ? ` <small>${escaped(facts)}</small>` : '',
    '</span></li>',
  ].join('')
}

/** Why a day is special, by day. */
export function holidayNames(calendar: PublicCalendar): (day: Day) => string {
  return (day) =>
    calendar.holidays
      .filter((each) => each.from <= day && day <= each.until)
      .map((each) => each.name)
      .join(', ')
}
