/**
 * By law: the holidays of the cantons, from the data of date-holidays (CC BY-SA 3.0, named in About).
 *
 * The library holds the whole world and takes a moment to read, so it is read when the first question comes, and
 * each answer is kept: these are facts, the same for every caller.
 */
import type { Canton, NamedDays } from '../domain/holidays.ts'
import type { Language } from '../domain/language.ts'
import type { Day } from '../domain/time.ts'

type Library = typeof import('date-holidays').default

/** `bank` days are kept by the whole canton, too; `optional` ones in parts of it, or by custom. */
const OF_THE_CANTON = new Set(['public', 'bank'])
const KEPT_YEARS = 200

/** What the data have in German only. Names of local customs stay as they are. */
const NAMES: Readonly<Record<string, Partial<Record<Language, string>>>> = {
  Bundesfeiertag: { en: 'Swiss National Day' },
  Berchtoldstag: { 'it-CH': 'San Bertoldo', en: 'Berchtold’s Day' },
  'Heiliger Abend': { 'it-CH': 'Vigilia di Natale' },
  Josefstag: { 'fr-CH': 'Saint-Joseph' },
  Bruderklausenfest: { 'it-CH': 'San Nicolao della Flüe' },
  Mauritiustag: { 'fr-CH': 'Saint-Maurice', 'it-CH': 'San Maurizio', en: 'Saint Maurice’s Day' },
}

const years = new Map<string, readonly NamedDays[]>()
let reading: Promise<Library> | undefined

async function library(): Promise<Library> {
  reading ??= import('date-holidays').then((module) => {
    const { default: made } = module as unknown as { default: Library | { default: Library } }
    return 'default' in made ? made.default : made
  })
  return reading
}

/** All days between two, both included; years before 1900 and after 2200 have none. */
export async function holidaysByLaw(
  canton: Canton | null,
  optional: boolean,
  from: Day,
  until: Day,
  language: Language,
): Promise<NamedDays[]> {
  if (canton === null) return []
  const first = Math.max(1900, Number(from.slice(0, 4)))
  const last = Math.min(2200, Number(until.slice(0, 4)))
  const found: NamedDays[] = []
  for (let year = first; year <= last; year++) {
    found.push(...(await ofYear(canton, optional, year, language)))
  }
  return found.filter((each) => from <= each.from && each.from <= until)
}

async function ofYear(
  canton: Canton,
  optional: boolean,
  year: number,
  language: Language,
): Promise<readonly NamedDays[]> {
  const key = `${canton} ${optional} ${year} ${language}`
  const known = years.get(key)
  if (known) return known
  const Holidays = await library()
  const calendar = new Holidays('CH', canton)
  const days = calendar
    .getHolidays(year, language.slice(0, 2))
    .filter(({ type }) => OF_THE_CANTON.has(type) || (optional && type === 'optional'))
    .map(({ date, name }) => ({
      from: date.slice(0, 10),
      until: date.slice(0, 10),
      name: NAMES[name]?.[language] ?? name,
    }))
  if (years.size >= KEPT_YEARS) years.clear()
  years.set(key, days)
  return days
}
