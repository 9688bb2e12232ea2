/**
 * Holidays: which days of a range are holidays, and why: by the law of the canton, by the municipality's own
 * decision, or because the schools are closed.
 *
 * Pure: the days of the law come from outside (`core/holidays`), everything else from the settings.
 */
import { addDays, type Day } from './time.ts'

/** The cantons by their sign, in the order of the Federal Constitution. */
export const CANTONS = [
  ...(['ZH', 'BE', 'LU', 'UR', 'SZ', 'OW', 'NW', 'GL', 'ZG', 'FR', 'SO', 'BS', 'BL'] as const),
  ...(['SH', 'AR', 'AI', 'SG', 'GR', 'AG', 'TG', 'TI', 'VD', 'VS', 'NE', 'GE', 'JU'] as const),
] as const
export type Canton = (typeof CANTONS)[number]

/** `until` is the last day, not the one after it. */
export type NamedDays = Readonly<{ from: Day; until: Day; name: string }>

export type HolidayKind = 'public' | 'own' | 'school'
export type Holiday = NamedDays & Readonly<{ kind: HolidayKind }>

export type HolidaySettings = Readonly<{
  /** Null: no holidays by law. */
  canton: Canton | null
  /** Also the days that are kept only in parts of the canton, or by custom. */
  optional: boolean
  /** What the municipality adds. */
  own: readonly NamedDays[]
  school: readonly NamedDays[]
}>

export const NO_HOLIDAYS: HolidaySettings = { canton: null, optional: false, own: [], school: [] }

/** Single days and stretches that touch `from` to `until` (both included), earliest first. */
export function holidaysIn(
  settings: HolidaySettings,
  byLaw: readonly NamedDays[],
  from: Day,
  until: Day,
): Holiday[] {
  const of = (kind: HolidayKind, days: readonly NamedDays[]): Holiday[] =>
    days
      .filter((each) => each.from <= until && from <= each.until)
      .map(({ from, until, name }) => ({ from, until, name, kind }))
  return [
    ...of('public', byLaw),
    ...of('own', settings.own),
    ...of('school', settings.school),
  ].sort((one, other) => (one.from < other.from ? -1 : one.from > other.from ? 1 : 0))
}

/** Every single day of the kinds between `from` and `until` (both included), once each, in order. */
export function daysOff(
  holidays: readonly Holiday[],
  kinds: readonly HolidayKind[],
  from: Day,
  until: Day,
): Day[] {
  const days = new Set<Day>()
  for (const each of holidays) {
    if (!kinds.includes(each.kind)) continue
    const last = each.until < until ? each.until : until
    for (let day = each.from > from ? each.from : from; day <= last; day = addDays(day, 1)) {
      days.add(day)
    }
  }
  return [...days].sort()
}
