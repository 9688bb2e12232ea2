/**
 * The equipment of Musterwil: stores, 600 chairs, 80 tables, stage, tents, projectors and 60 keys, and what the
 * larger events of two months want of it. One command says what all of them want, so that it is planned once.
 */
import type { ArgsOf } from '../commands/calls.ts'
import { addDays, type Day, dayOf, HOUR_MS, type Instant, instantAt } from '../domain/time.ts'
import type { SampleCall } from './municipality.ts'

type Book = ArgsOf<'reservation.book'>
type Line = ArgsOf<'material.want'>['wants'][number]['lines'][number]

const DAY_MS = 24 * HOUR_MS
/** Events of so many persons need more than what stands in the hall. */
const LARGE = 100
const WEEKS = 8
/** Fetched before the hall is wanted again. */
const FETCHED = '07:30'

const STOCK = [
  { key: 'chair', name: 'Stuhl', count: 600, store: 'cellar' },
  { key: 'table', name: 'Tisch', count: 80, store: 'cellar' },
  { key: 'stage', name: 'Bühnenelement', count: 24, store: 'cellar' },
  { key: 'tent', name: 'Festzelt 6 × 3', count: 6, store: 'yard' },
  { key: 'projector', name: 'Projektor', count: 5, store: 'office' },
] as const

const KEYS = [
  { name: 'Schlüssel Aula', first: 1, count: 12 },
  { name: 'Schlüssel Turnhalle', first: 21, count: 24 },
  { name: 'Schlüssel Mehrzwecksaal', first: 51, count: 16 },
  { name: 'Schlüssel Waldhütte', first: 81, count: 8 },
] as const

/** Which key of which kind is out, since how many days, and for how many more; below zero it is overdue. */
const OUT = [
  { kind: 1, nth: 0, since: 30, until: 60 },
  { kind: 1, nth: 1, since: 30, until: 60 },
  { kind: 0, nth: 2, since: 21, until: 40 },
  { kind: 2, nth: 0, since: 9, until: -2 },
  { kind: 3, nth: 1, since: 5, until: -1 },
  { kind: 2, nth: 3, since: 3, until: 11 },
] as const

function linesOf(
  book: Book,
  types: ReadonlyMap<string, string>,
  zone: string,
  id: () => string,
): Line[] {
  const persons = book.persons ?? 0
  const { during, resource } = book
  const next: Day = addDays(dayOf(during.end - 1, zone), 1)
  const span = { outAt: during.start - 2 * HOUR_MS, backAt: instantAt(next, FETCHED, zone) }
  const line = (type: string, quantity: number): Line => ({
    claim: id(),
    type: types.get(type) as string,
    quantity,
    ...span,
    resource,
  })
  const lines = [line('chair', Math.min(30, Math.round(persons / 50) * 10))]
  if (/fest|Hochzeit|Brunch|abend|markt/i.test(book.title)) lines.push(line('table', 6))
  if (/Konzert|Theater|Jubil/.test(book.title)) lines.push(line('stage', 6))
  if (/Vortrag|Info|Eltern/.test(book.title)) lines.push(line('projector', 1))
  return lines
}

/** Everything about equipment, after all bookings; none of it is refused whatever the hour of founding. */
export function materialCalls(
  books: readonly Book[],
  now: Instant,
  zone: string,
  id: () => string,
): SampleCall[] {
  const stores = new Map(['cellar', 'yard', 'office', 'workshop'].map((key) => [key, id()]))
  const names = {
    cellar: 'Keller Zelgli',
    yard: 'Werkhof',
    office: 'Kanzlei',
    workshop: 'Werkstatt',
  }
  const types = new Map(STOCK.map(({ key }) => [key as string, id()]))
  const bought = now - 400 * DAY_MS
  const calls: SampleCall[] = [...stores].map(([key, store]) => ({
    id: id(),
    name: 'store.add',
    args: {
      store,
      name: names[key as keyof typeof names],
      tag: key === 'workshop' ? 'workshop' : 'store',
    },
  }))
  // First all types, then all pieces: commands of one name are decided together.
  const arrivals: SampleCall[] = []
  for (const { key, name, count, store } of STOCK) {
    const type = types.get(key) as string
    const from = stores.get(store) as string
    const arrive = { type, store: from, count, codes: [], items: [], at: bought }
    calls.push({ id: id(), name: 'item-type.add', args: { type, name, kind: 'equipment' } })
    arrivals.push({ id: id(), name: 'piece.arrive', args: { ...arrive, why: 'bought' } })
  }
  const keys = KEYS.map(({ name, first, count }) => {
    const type = id()
    const items = Array.from({ length: count }, id)
    const codes = items.map((_, index) => String(first + index))
    const store = stores.get('office') as string
    calls.push({ id: id(), name: 'item-type.add', args: { type, name, kind: 'key' } })
    arrivals.push({
      id: id(),
      name: 'piece.arrive',
      args: { type, store, count, codes, items, at: bought, why: 'bought' },
    })
    return items
  })
  calls.push(...arrivals)
  const people = [...new Set(books.map((book) => book.person.id))]
  for (const [index, { kind, nth, since, until }] of OUT.entries()) {
    const item = keys[kind]?.[nth]
    const person = people[index * 3]
    if (!item || !person) continue
    const at = now - since * DAY_MS + 10 * HOUR_MS
    const args = { item, person, at, until: now + until * DAY_MS + 18 * HOUR_MS }
    calls.push({ id: id(), name: 'key.hand-out', args })
  }
  const wants = books
    .filter(({ persons, during }) => {
      const soon = during.start >= now && during.start < now + WEEKS * 7 * DAY_MS
      return soon && (persons ?? 0) >= LARGE
    })
    .map((book) => ({ token: book.token, lines: linesOf(book, types, zone, id) }))
  if (wants.length > 0) calls.push({ id: id(), name: 'material.want', args: { wants } })
  return calls
}
