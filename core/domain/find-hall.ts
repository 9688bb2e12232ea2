/**
 * Find a hall: which halls are free for a wish that names no hall, or many days. The smallest hall that fits comes
 * first, then the nearest day.
 */
import { type Halls, type Option, optionOn, type Sought } from './hall-options.ts'
import { plain } from './plain.ts'
import type { ResourceKind, ResourceRow } from './resource.ts'
import { addDays, type Day, type Uuid, weekdayOf } from './time.ts'

/** `capacity`, `features`: no hall is so large, or has all that; `time`: it is taken or closed. */
export type WhyNone = 'capacity' | 'features' | 'time'

/** A longer stretch is not a question for the phone. */
export const MOST_DAYS_SEARCHED = 124
const MOST_OPTIONS = 6
/** Of one hall, while others are free too: four Saturdays of the same hall are no choice. */
const MOST_OF_ONE_HALL = 3
/** Where people do not gather: they come last, unless asked for by a feature. */
const LAST_KINDS: readonly ResourceKind[] = ['kitchen', 'nursery', 'other']

export function wantedDays(from: Day, until: Day, weekdays: readonly number[]): Day[] {
  const days: Day[] = []
  for (let day = from; day <= until; day = addDays(day, 1)) {
    if (weekdays.length === 0 || weekdays.includes(weekdayOf(day))) days.push(day)
  }
  return days
}

export function has(hall: ResourceRow, features: readonly string[]): boolean {
  const own = hall.features.map(plain)
  return features.every((each) => own.includes(plain(each)))
}

function holds(hall: ResourceRow, persons: number | null): boolean {
  return persons === null || hall.capacity === null || hall.capacity >= persons
}

/** Rooms in which people do not gather. */
export function isBeside(hall: ResourceRow): boolean {
  return LAST_KINDS.includes(hall.kind)
}

/** The order of options, the best first. */
export function ranking(halls: readonly ResourceRow[], sought: Sought) {
  const rows = new Map(halls.map((hall) => [hall.id, hall]))
  const isLast = ({ hall }: Option) => {
    const row = rows.get(hall.id)
    return sought.features.length === 0 && row !== undefined && isBeside(row)
  }
  const size = (option: Option) =>
    (option.hall.capacity ?? Number.MAX_SAFE_INTEGER) + (option.also?.capacity ?? 0)
  const order = (option: Option) => rows.get(option.hall.id)?.position ?? 0
  return (one: Option, other: Option) =>
    Number(one.held !== null) - Number(other.held !== null) ||
    Number(one.whole) - Number(other.whole) ||
    Number(isLast(one)) - Number(isLast(other)) ||
    size(one) - size(other) ||
    order(one) - order(other) ||
    one.hall.name.localeCompare(other.hall.name) ||
    one.start - other.start
}

/** The best, but of one hall only a few while there are others. */
function best(ranked: readonly Option[]): Option[] {
  const counts = new Map<Uuid, number>()
  const few = ranked.filter(({ hall }) => {
    const count = (counts.get(hall.id) ?? 0) + 1
    counts.set(hall.id, count)
    return count <= MOST_OF_ONE_HALL
  })
  const chosen = new Set(few.slice(0, MOST_OPTIONS))
  for (const option of ranked) {
    if (chosen.size >= MOST_OPTIONS) break
    chosen.add(option)
  }
  return ranked.filter((option) => chosen.has(option))
}

/** Which halls come into question, and why none does. */
export function candidates(
  all: readonly ResourceRow[],
  sought: Sought,
): { fitting: ResourceRow[]; none: WhyNone } {
  const own = all.filter((hall) => sought.resource === null || hall.id === sought.resource)
  const equipped = own.filter((hall) => has(hall, sought.features))
  const fitting = equipped.filter((hall) => holds(hall, sought.persons))
  const none = equipped.length === 0 ? 'features' : fitting.length === 0 ? 'capacity' : 'time'
  return { fitting, none }
}

/** The best options, how many there are in all, and why there is none. */
export function findHalls(
  halls: Halls,
  sought: Sought,
): Readonly<{ options: readonly Option[]; of: number; none: WhyNone | null }> {
  const { fitting, none } = candidates(halls.all, sought)
  const options = fitting
    .flatMap((hall) => sought.days.map((day) => optionOn(halls, hall, day, sought)))
    .filter((option) => option !== undefined)
    .sort(ranking(halls.all, sought))
  return {
    options: best(options),
    of: options.length,
    none: options.length > 0 ? null : none,
  }
}
