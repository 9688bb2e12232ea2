/**
 * Words of the calendar: what is read out of a cell, and the titles of days and weeks.
 *
 * Promises sentences from the catalogue only, times as `HH:MM` of the municipality's clocks. Pure; one object per
 * language and zone, because the formatters of Intl are costly to make.
 */
import type { TFunction } from 'i18next'
import type { Day, Instant, Span } from '../../../core/domain/time.ts'
import { addDays, dayOf, weekdayOf } from '../../../core/domain/time.ts'
import type { ResourceRow } from '../../../core/queries/rows.ts'
import { formatIn } from '../../format/format.ts'
import { languageOf } from '../../locales/words.ts'
import type { DayFrame } from './days.ts'
import { clockOf, dayFrame } from './days.ts'
import type { Unfit } from './fit.ts'
import { stateAt } from './fit.ts'
import type { HallRows } from './hallRows.ts'
import type { MonthCell } from './monthLayout.ts'
import type { Notable } from './notable.ts'
import { counted, phrase } from './phrase.ts'
import type { Place } from './place.ts'
import { dayCountOf, firstDayOf } from './place.ts'
import type { WeekCell, WeekHallRow } from './weekLayout.ts'

export type Words = ReturnType<typeof makeWords>

type T = TFunction<'calendar'>

export function makeWords(t: T, code: string, zone: string) {
  const language = languageOf(code)
  const locale = language === 'en' ? 'en-GB' : language
  const format = formatIn(language, zone)
  const of = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options })
  const longDay = of({ weekday: 'long', day: 'numeric', month: 'long' })
  const fullDay = of({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
  const monthAlone = of({ month: 'long' })
  const noon = (day: Day) => new Date(`${day}T12:00:00Z`)
  const dayNames = new Map<Day, string>()

  const day = (which: Day) => {
    const known = dayNames.get(which)
    if (known !== undefined) return known
    const name = longDay.format(noon(which))
    dayNames.set(which, name)
    return name
  }
  /** Of an instant that may lie on another day than the one on screen. */
  const clock = (frame: DayFrame, instant: Instant) => {
    if (frame.start <= instant && instant <= frame.end) return clockOf(frame, instant)
    return `${format.dayShort(dayOf(instant, zone))} ${format.time(instant)}`
  }
  // Said of every cell in sight: compiled once, see `phrase`.
  const ofKey = <N extends string>(key: string, ...names: readonly N[]) => phrase(t, key, names)
  const said = {
    from: ofKey('label.from', 'start', 'end'),
    free: ofKey('label.free', 'spans'),
    of: ofKey('of', 'of'),
    more: ofKey('more', 'count'),
    fill: ofKey('fill', 'percent'),
    request: t('short.request'),
    full: t('label.full'),
    closed: t('label.closed'),
    bookings: counted(t, 'label.bookings'),
    waiting: counted(t, 'waiting'),
    moreLabel: counted(t, 'moreLabel'),
    onlyNoted: counted(t, 'waits.count'),
    states: {
      booked: '',
      request: t('state.request'),
      held: t('state.held'),
      blocked: t('state.blocked'),
      shared: t('state.shared'),
    },
  }

  const span = (frame: DayFrame, { start, end }: Span) =>
    said.from({ start: clock(frame, start), end: clock(frame, end) })

  return {
    t,
    said,
    zone,
    day,
    clock,
    span,
    format,
    dayHead: (which: Day) =>
      t('dayHead', {
        weekday: format.weekday(weekdayOf(which)),
        day: Number(which.slice(8)),
      }),

    title(place: Place): string {
      if (dayCountOf(place) === 1) return fullDay.format(noon(place.day))
      if (place.view === 'year') return place.day.slice(0, 4)
      if (place.view === 'month' || place.view === 'agenda') return format.month(place.day)
      const first = firstDayOf(place)
      return format.dates(first, addDays(first, dayCountOf(place) - 1))
    },

    monthName: (which: Day) => monthAlone.format(noon(which)),

    /** The week of the first day, or the weeks from it to the last. */
    weekNumber(first: Day, last: Day): string {
      const [from, to] = [format.week(first), format.week(last)]
      return t('week', { week: from === to ? from : `${from}–${to}` })
    },

    hall: (hall: ResourceRow) => hall.name,

    capacity(hall: ResourceRow, places: number): string {
      if (places > 1) return t('places', { count: places })
      return hall.capacity === null ? '' : format.number(hall.capacity)
    },

    /**
     * What a cell of the week says before its own words: hall, day, what is free, how many bookings follow.
     */
    cell(row: WeekHallRow, cell: WeekCell): string {
      const parts = [row.hall.name, day(cell.frame.day)]
      if (cell.left.length > 0) {
        const spans = cell.left.map((each) => span(cell.frame, each))
        parts.push(said.free({ spans: spans.length > 1 ? format.list(spans) : (spans[0] ?? '') }))
      } else parts.push(cell.open.length > 0 ? said.full : said.closed)
      if (cell.lines.length > 0) parts.push(said.bookings(cell.lines.length))
      return `${parts.join(', ')}${cell.lines.length > 0 ? ': ' : ''}`
    },

    /** A day of the month: "Montag, 7. Juni, 5 Reservationen: ", of one hall with its free time. */
    monthCell({ frame, own, all }: MonthCell, holiday = ''): string {
      const special = holiday && `${holiday}, `
      if (own) return `${special}${this.cell(own.row, own.cell)}`
      const count = all.length > 0 ? `${said.bookings(all.length)}: ` : said.bookings(0)
      return `${day(frame.day)}, ${special}${count}`
    },

    /** Some days of a hall together: how many of them have free time. */
    covered(row: WeekHallRow, cells: readonly WeekCell[]): string {
      const first = cells[0]?.frame.day
      const last = cells.at(-1)?.frame.day
      if (first === undefined || last === undefined) return ''
      return t('label.covered', {
        hall: row.hall.name,
        first: day(first),
        last: day(last),
        count: cells.length,
        free: cells.filter((cell) => cell.left.length > 0).length,
      })
    },

    /** A point of the day to scale: "Aula, Samstag, 14. Juni, 19:00, frei bis 22:00". */
    at(hall: string, rows: HallRows, frame: DayFrame, at: Instant): string {
      const state = stateAt(rows, at, frame)
      const time = clock(frame, state.until)
      const said =
        state.kind === 'free'
          ? state.of > 1
            ? t('label.freePlaces', { left: state.left, of: state.of, time })
            : t('label.freeUntil', { time })
          : state.kind === 'closed'
            ? t('label.closedUntil', { time })
            : t(state.kind === 'blocked' ? 'label.blockedUntil' : 'label.takenUntil', {
                time,
                title: state.title,
              })
      return [hall, day(frame.day), clock(frame, at), said].join(', ')
    },

    /** A gap or a conflict that the keyboard has jumped to. */
    notable(hall: string, at: Notable): string {
      const frame = dayFrame(dayOf(at.start, zone), zone)
      const where = { hall, day: day(frame.day) }
      return at.kind === 'gap'
        ? t('notable.gap', { ...where, span: span(frame, at) })
        : t('notable.conflict', { ...where, titles: format.list(at.titles) })
    },

    unfit(why: Unfit, frame: DayFrame): string {
      switch (why.code) {
        case 'closed':
          return t('unfit.closed')
        case 'taken':
          return t('unfit.taken', { time: clock(frame, why.until), title: why.title })
        case 'blocked':
          return t('unfit.blocked', { time: clock(frame, why.until), reason: why.reason })
        case 'full':
          return why.left > 0
            ? t('unfit.few', { count: why.left })
            : t('unfit.full', { of: why.of })
        case 'whole':
          return t('unfit.whole', {
            start: clock(frame, why.whole.start),
            end: clock(frame, why.whole.end),
          })
      }
    },

    frameOf: (instant: Instant) => dayFrame(dayOf(instant, zone), zone),
  }
}
