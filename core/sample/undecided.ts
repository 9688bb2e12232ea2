/**
 * What is undecided in Musterwil, and what is closed: requests that want the same evening, two on the waiting list for a
 * Saturday that is taken, a closure with its reason, and the holidays of a canton with those of its schools.
 *
 * None of it takes a time that is free: whoever tries the sample out books what looks free.
 */
import type { ArgsOf } from '../commands/calls.ts'
import { resourceUuid } from '../commands/resource.ts'
import { addDays, type Day, instantAt, overlaps, type Span } from '../domain/time.ts'
import type { SampleCall } from './municipality.ts'
import type { People, SamplePerson } from './people.ts'

type Book = ArgsOf<'reservation.book'>
type Ask = Readonly<{
  hall: string
  span: Span
  person: SamplePerson
  title: string
  persons: number
  note?: string
  waiting: boolean
}>

/** Soon enough to want a decision, late enough that none is over while somebody tries the sample out. */
const ASKED_WEEKS = { first: 3, last: 12 } as const
const SATURDAY = 5
const SUNDAY = 6

export type Town = Readonly<{
  monday: Day
  zone: string
  context: string
  people: People
  books: readonly Book[]
}>

/** The first week in which nobody has the hall at that time. */
function firstFree(
  { monday, zone, context, books }: Town,
  hall: string,
  weekday: number,
  [from, to]: readonly [string, string],
): Span {
  const resource = resourceUuid(context, hall)
  const own = books.filter((book) => book.resource === resource)
  const spans = Array.from({ length: ASKED_WEEKS.last - ASKED_WEEKS.first + 1 }, (_, index) => {
    const day = addDays(monday, 7 * (ASKED_WEEKS.first + index) + weekday)
    return { start: instantAt(day, from, zone), end: instantAt(day, to, zone) }
  })
  const isFree = (span: Span) => !own.some((book) => overlaps(book.during, span))
  return spans.find(isFree) ?? (spans[0] as Span)
}

/** The first large event of a Saturday that others would have liked as well. */
function firstTaken({ monday, zone, context, books }: Town, hall: string): Span | undefined {
  const resource = resourceUuid(context, hall)
  const after = instantAt(addDays(monday, 7), '00:00', zone)
  return books
    .filter((book) => book.resource === resource && book.during.start >= after)
    .filter((book) => book.publicTitle === '' && (book.persons ?? 0) >= 60)
    .map((book) => book.during)[0]
}

function asks(town: Town): Ask[] {
  const { people } = town
  const evening = firstFree(town, 'mehrzwecksaal', SATURDAY, ['18:00', '23:00'])
  const matinee = firstFree(town, 'aula', SUNDAY, ['10:00', '13:00'])
  const taken = firstTaken(town, 'mehrzwecksaal')
  const open: Ask[] = [
    {
      hall: 'mehrzwecksaal',
      span: evening,
      person: people.club('Jodlerklub Alpenrösli'),
      title: 'Unterhaltungsabend',
      persons: 220,
      note: 'Braucht die Bühne schon am Nachmittag.',
      waiting: false,
    },
    {
      hall: 'mehrzwecksaal',
      span: evening,
      person: people.club('Feuerwehr Musterwil'),
      title: 'Jahresessen Feuerwehr',
      persons: 140,
      waiting: false,
    },
    {
      hall: 'mehrzwecksaal',
      span: evening,
      person: people.anybody(),
      title: 'Hochzeitsfest',
      persons: 90,
      waiting: false,
    },
    {
      hall: 'aula',
      span: matinee,
      person: people.club('Musikverein Musterwil'),
      title: 'Matinee',
      persons: 110,
      waiting: false,
    },
    {
      hall: 'aula',
      span: matinee,
      person: people.club('Kulturkommission'),
      title: 'Autorenlesung',
      persons: 70,
      waiting: false,
    },
  ]
  const waiting = ['Geburtstagsfest', 'Klassentreffen'].map((title, index): Ask => {
    const persons = 60 + 25 * index
    return {
      hall: 'mehrzwecksaal',
      span: taken ?? evening,
      person: people.anybody(),
      title,
      persons,
      waiting: true,
    }
  })
  return [...open, ...waiting]
}

/** Where a year begins and ends is of no matter to schools: by the weeks of the calendar. */
const SCHOOL_HOLIDAYS = [
  { name: 'Sportferien', first: 7, weeks: 2 },
  { name: 'Frühlingsferien', first: 17, weeks: 2 },
  { name: 'Sommerferien', first: 29, weeks: 5 },
  { name: 'Herbstferien', first: 41, weeks: 2 },
  { name: 'Weihnachtsferien', first: 52, weeks: 2 },
] as const
const SCHOOL_YEARS = [0, 1, 2] as const

function schoolHolidays(monday: Day, mondayOfYear: (year: number) => Day) {
  const year = Number(monday.slice(0, 4))
  return SCHOOL_YEARS.flatMap((ahead) =>
    SCHOOL_HOLIDAYS.map(({ name, first, weeks }) => {
      const from = addDays(mondayOfYear(year + ahead), (first - 1) * 7)
      return { name, from, until: addDays(from, weeks * 7 - 1) }
    }),
  )
}

export function undecidedCalls(
  town: Town,
  mondayOfYear: (year: number) => Day,
  id: () => string,
): SampleCall[] {
  const { monday, zone, context } = town
  const closed = addDays(monday, 7)
  return [
    {
      id: id(),
      name: 'holidays.change',
      args: {
        canton: 'ZH',
        optional: false,
        school: schoolHolidays(monday, mondayOfYear),
      },
    },
    {
      id: id(),
      name: 'blocker.add',
      args: {
        token: id(),
        resources: [resourceUuid(context, 'grillplatz')],
        // Nobody comes to grill at the beginning of a week.
        during: {
          start: instantAt(closed, '00:00', zone),
          end: instantAt(addDays(closed, 2), '00:00', zone),
        },
        reason: 'Holzschlag im Buechwald',
        decisions: [],
      },
    },
    ...asks(town).map(
      ({ hall, span, person, title, persons, note = '', waiting }): SampleCall => ({
        id: id(),
        name: 'reservation.request',
        args: {
          token: id(),
          resource: resourceUuid(context, hall),
          during: span,
          places: 1,
          title,
          publicTitle: '',
          note,
          persons,
          person,
          waiting,
        },
      }),
    ),
  ]
}
