/**
 * The sample municipality Musterwil: halls, two years of availability and about 2,500 bookings, as commands.
 *
 * It promises the same commands for the same seed and day, and that none of them is refused. Nothing is inserted
 * behind the commands' back: what the sample can do, a clerk can do.
 */
import type { ArgsOf, CommandName } from '../commands/calls.ts'
import { resourceUuid } from '../commands/resource.ts'
import {
  addDays,
  type Day,
  HOUR_MS,
  instantAt,
  mondayOf,
  overlaps,
  type Span,
  startOfDay,
} from '../domain/time.ts'
import { uuid7 } from '../domain/uuid.ts'
import { type Dice, dice } from './dice.ts'
import { type SampleHall, sampleHalls } from './halls.ts'
import { materialCalls } from './material.ts'
import { type People, people, type SamplePerson } from './people.ts'
import { type Single, singles, type Weekly, weekly } from './programme.ts'
import { undecidedCalls } from './undecided.ts'

export const SAMPLE_NAME = 'Gemeinde Musterwil'

/** A command of the sample, with its id. */
export type SampleCall = {
  [N in CommandName]: Readonly<{ id: string; name: N; args: ArgsOf<N> }>
}[CommandName]

export type SampleOptions = Readonly<{
  seed: number
  /** The day on which it is founded: the week around it is full. */
  today: Day
  zone: string
  context: string
}>

/** Weeks of bookings before and after this one: together about 2,500. */
const WEEKS_BEFORE = 8
const WEEKS_AFTER = 37
/** Availability begins before the first booking and lasts two years. */
const AVAILABLE_WEEKS_BEFORE = 9
const AVAILABLE_DAYS = 2 * 365
/** Nursery places are booked by the day; a few weeks of them are life enough. */
const NURSERY_WEEKS = [-1, 5] as const

type Event = Readonly<{
  hall: string
  span: Span
  person: SamplePerson
  title: string
  publicTitle: string
  persons: number | null
  places: number
}>

/** School holidays of a Swiss canton, roughly, by the week of the year. */
function isSchoolHoliday(week: number): boolean {
  return [1, 7, 8, 17, 18, 29, 30, 31, 32, 33, 41, 42, 52, 53].includes(week)
}

/** Of the first week of a year. */
function firstMondayOf(year: number): Day {
  return mondayOf(`${year}-01-04`)
}

function weekOfYear(monday: Day): number {
  const thursday = addDays(monday, 3)
  const first = firstMondayOf(Number(thursday.slice(0, 4)))
  return 1 + Math.round((Date.parse(monday) - Date.parse(first)) / (7 * 24 * HOUR_MS))
}

/** Which halls take each other's space: a third and its gym. */
function rivals(hall: string): string[] {
  const own = sampleHalls.find((one) => one.key === hall) as SampleHall
  const parts = sampleHalls.filter((one) => one.partOf === hall && one.sharesSpace)
  return [hall, ...(own.sharesSpace && own.partOf ? [own.partOf] : []), ...parts.map((p) => p.key)]
}

class Diary {
  readonly events: Event[] = []
  readonly #taken = new Map<string, Span[]>()

  /** Adds the event unless its hall, or one that shares its space, is taken then. */
  add(event: Event): void {
    const busy = rivals(event.hall).some((hall) =>
      (this.#taken.get(hall) ?? []).some((span) => overlaps(span, event.span)),
    )
    if (busy) return
    this.events.push(event)
    const list = this.#taken.get(event.hall) ?? []
    list.push(event.span)
    this.#taken.set(event.hall, list)
  }
}

function addWeekly(
  diary: Diary,
  one: Weekly,
  monday: Day,
  index: number,
  town: People,
  zone: string,
) {
  const { every } = one
  if (every && ((index % every.of) + every.of) % every.of !== every.at) return
  if (one.school && isSchoolHoliday(weekOfYear(monday))) return
  const day = addDays(monday, one.weekday - 1)
  diary.add({
    hall: one.hall,
    span: { start: instantAt(day, one.from, zone), end: instantAt(day, one.to, zone) },
    person: town.club(one.who),
    title: one.title,
    publicTitle: one.publicTitle ?? '',
    persons: one.persons,
    places: 1,
  })
}

function addSingle(
  diary: Diary,
  one: Single,
  monday: Day,
  week: number,
  town: People,
  die: Dice,
  zone: string,
) {
  // The weeks that a newcomer looks at first are good weeks.
  const chance = Math.abs(week) <= 1 ? one.chance * 1.6 : one.chance
  for (let attempt = 0; attempt < one.tries; attempt++) {
    const chosen = die.roll() < chance
    const day = addDays(monday, die.pick(one.weekdays) - 1)
    const start = instantAt(day, die.pick(one.starts), zone)
    const hours = die.between(one.hours[0], one.hours[1])
    const person = one.by === 'anybody' ? town.anybody() : town.club(die.pick(one.by))
    const title = die.pick(one.titles)
    const persons = die.between(one.persons[0], one.persons[1])
    if (!chosen) continue
    const private_ = one.by === 'anybody' && !/Konzert|markt/.test(title)
    diary.add({
      hall: one.hall,
      span: { start, end: start + hours * HOUR_MS },
      person,
      title: private_ ? `${title} ${person.name.split(' ').slice(1).join(' ')}` : title,
      publicTitle: private_ ? '' : title,
      persons,
      places: 1,
    })
  }
}

/** Each family has its days; on some a sibling comes along. Twelve places are never overrun. */
function nursery(town: People, die: Dice, monday: Day, zone: string): Event[] {
  const events: Event[] = []
  const habits = town.families.map((family, index) => ({
    family,
    days: [1, 2, 3, 4, 5].filter((day) => (index + day * 2) % 5 < 2),
    children: index % 9 === 4 ? 2 : 1,
  }))
  for (let week = NURSERY_WEEKS[0]; week <= NURSERY_WEEKS[1]; week++) {
    for (let weekday = 1; weekday <= 5; weekday++) {
      const day = addDays(monday, week * 7 + weekday - 1)
      const span = { start: instantAt(day, '07:00', zone), end: instantAt(day, '18:00', zone) }
      let places = 12
      for (const { family, days, children } of habits) {
        const absent = die.roll() < 0.12
        if (!days.includes(weekday) || absent || children > places) continue
        places -= children
        events.push({
          hall: 'kita-baerli',
          span,
          person: family,
          title: `Familie ${family.name.split(' ').slice(1).join(' ')}`,
          publicTitle: '',
          persons: children,
          places: children,
        })
      }
    }
  }
  return events
}

function hallCalls(options: SampleOptions, id: () => string): SampleCall[] {
  const idOf = (key: string) => resourceUuid(options.context, key)
  return sampleHalls.map(({ partOf, open: _, ...facts }, index) => ({
    id: id(),
    name: 'resource.add',
    args: {
      ...facts,
      features: [...facts.features],
      parent: partOf ? idOf(partOf) : null,
      position: (index + 1) * 10,
    },
  }))
}

function availabilityCalls(options: SampleOptions, monday: Day, id: () => string): SampleCall[] {
  const from = addDays(monday, -7 * AVAILABLE_WEEKS_BEFORE)
  return sampleHalls.flatMap((hall) =>
    hall.open.map(
      (open): SampleCall => ({
        id: id(),
        name: 'availability.add',
        args: {
          rule: id(),
          resources: [resourceUuid(options.context, hall.key)],
          from,
          until: addDays(from, AVAILABLE_DAYS),
          ...open,
          weekdays: [...open.weekdays],
          byStaff: false,
          except: [],
          skipOverlapping: false,
        },
      }),
    ),
  )
}

/** All commands of the sample in their order: what there is, bookings by date, equipment, what is undecided. */
export function sampleMunicipality(options: SampleOptions): SampleCall[] {
  const { zone, context } = options
  const die = dice(options.seed)
  const monday = mondayOf(options.today)
  const now = startOfDay(options.today, zone)
  const id = () => uuid7(now, die.bytes(16))
  const town = people(die, now)
  const diary = new Diary()
  for (let week = -WEEKS_BEFORE; week <= WEEKS_AFTER; week++) {
    const start = addDays(monday, week * 7)
    for (const one of weekly) addWeekly(diary, one, start, week, town, zone)
    for (const one of singles) addSingle(diary, one, start, week, town, die, zone)
  }
  const events = [...diary.events, ...nursery(town, die, monday, zone)].sort(
    (a, b) => a.span.start - b.span.start || a.hall.localeCompare(b.hall, 'de'),
  )
  const before: SampleCall[] = [
    { id: id(), name: 'municipality.found', args: { name: SAMPLE_NAME, zone, context } },
    ...hallCalls(options, id),
    ...availabilityCalls(options, monday, id),
  ]
  const bookings = events.map((event) => ({
    id: id(),
    name: 'reservation.book' as const,
    args: {
      token: id(),
      resource: resourceUuid(context, event.hall),
      during: event.span,
      places: event.places,
      title: event.title,
      publicTitle: event.publicTitle,
      note: '',
      persons: event.persons,
      person: event.person,
    },
  }))
  const books = bookings.map((call) => call.args)
  return [
    ...before,
    ...bookings,
    ...materialCalls(books, now, zone, id),
    ...undecidedCalls({ monday, zone, context, people: town, books }, firstMondayOf, id),
  ]
}
