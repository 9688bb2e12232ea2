/**
 * Finding: from what is typed in the panel to the question for free halls, and from a picked option back into the
 * panel. Pure.
 */
import type { Draft } from '../../../core/contract.ts'
import { MOST_DAYS_SEARCHED } from '../../../core/domain/find-hall.ts'
import type { Option } from '../../../core/domain/hall-options.ts'
import { addDays, clockTimeAt, type Day, dayOf, daysBetween } from '../../../core/domain/time.ts'
import type { QueryArgs } from '../../../core/queries/rows.ts'
import { parseClock } from '../../format/clockInput.ts'
import { type Days, parseDays } from '../../format/daysInput.ts'
import { parseLength } from '../../format/lengthInput.ts'
import { countOf } from './check.ts'

/** What the search is made of. */
export const SEARCHED = [
  'resource',
  'date',
  'from',
  'to',
  'length',
  'weekdays',
  'features',
] as const satisfies readonly (keyof Draft)[]
export type Searched = Pick<Draft, (typeof SEARCHED)[number]>

export function searchedOf(draft: Draft): Searched {
  return Object.fromEntries(SEARCHED.map((key) => [key, draft[key]])) as Searched
}

/** The days as typed, with the weekdays that were switched on beside them. */
export function daysOf(draft: Pick<Draft, 'date' | 'weekdays'>, today: Day): Days | null {
  const days = parseDays(draft.date, today)
  if (!days || draft.weekdays === '') return days
  return { ...days, weekdays: draft.weekdays.split(',').map(Number) }
}

export function isStretch(days: Days | null): boolean {
  return days !== null && days.from !== days.until
}

/** A search is on while no hall is chosen, and for a chosen one while its day is open. */
export function isSearching(draft: Draft, today: Day): boolean {
  return draft.resource === '' || isStretch(daysOf(draft, today))
}

export function featuresOf(draft: Pick<Draft, 'features'>): string[] {
  return draft.features === '' ? [] : draft.features.split('\n')
}

export type Question =
  | Readonly<{ ask: QueryArgs<'hall.find'> }>
  /** `days`: no day was typed; `past`: they are over; `many`: too many at once. */
  | Readonly<{ ask: null; because: 'days' | 'past' | 'many' }>

/** What to ask of the core; what cannot be read as a time or a number is left open. */
export function questionOf(draft: Draft, zone: string, now: number): Question {
  const today = dayOf(now, zone)
  const days = daysOf(draft, today)
  if (!days) return { ask: null, because: 'days' }
  if (days.until < today) return { ask: null, because: 'past' }
  const from = days.from < today ? today : days.from
  if (daysBetween(from, days.until) >= MOST_DAYS_SEARCHED) return { ask: null, because: 'many' }
  const opens = parseClock(draft.from)
  const closes = parseClock(draft.to)
  return {
    ask: {
      from,
      until: days.until,
      weekdays: [...days.weekdays],
      opens: opens === '24:00' ? null : opens,
      closes: closes === opens ? null : closes,
      minutes: parseLength(draft.length),
      persons: countOf(draft.persons) || null,
      places: countOf(draft.places) || 1,
      features: featuresOf(draft),
      resource: draft.resource || null,
      call: draft.token || null,
      now,
    },
  }
}

/** What picking an option writes into the panel: a time only where one was asked for. From then on it is held. */
export function picked(
  option: Option,
  { opens, closes, minutes }: QueryArgs<'hall.find'>,
  zone: string,
  date: (day: Day) => string,
): Partial<Draft> {
  const exact = option.whole || minutes !== null
  const from = exact || opens ? { from: clockTimeAt(option.start, zone) } : {}
  const to = exact || (opens && closes) ? { to: endOf(option, zone) } : {}
  return {
    resource: option.hall.id,
    also: option.also?.id ?? '',
    date: date(dayOf(option.start, zone)),
    weekdays: '',
    holds: true,
    ...from,
    ...to,
  }
}

function endOf({ start, end }: Option, zone: string): string {
  const time = clockTimeAt(end, zone)
  const isMidnight = time === '00:00' && dayOf(end, zone) === addDays(dayOf(start, zone), 1)
  return isMidnight ? '24:00' : time
}
