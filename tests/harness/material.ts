/** A municipality with chairs, keys and two halls, and short ways to say what happens to them. */
import type { ArgsOf } from '../../core/commands/calls.ts'
import type { MaterialLine } from '../../core/commands/material-calls.ts'
import { placeOf } from '../../core/commands/material-work.ts'
import type { Database } from '../../core/store/database.ts'
import { at, Clerk, hall, idOf } from './authority.ts'

export const CHAIR = idOf('type chair')
export const KEY = idOf('type key')
export const CELLAR = idOf('store cellar')
export const OFFICE = idOf('store office')
export const WORKSHOP = idOf('store workshop')
export const DAY = '2027-06-08'
export const tokenOf = (title: string) => idOf(`booking ${title}`)
export const placeOfHall = (key: string) => placeOf(hall(key))

export class Caretaker extends Clerk {
  readonly #database: Database

  constructor(database: Database) {
    super(database)
    this.#database = database
  }

  /** Two halls open in the week of 7 June 2027, a cellar with chairs, an office with three keys. */
  async furnish(chairs: number): Promise<void> {
    await this.founds()
    await this.addHall('aula')
    await this.addHall('saal')
    await this.open('aula')
    await this.open('saal')
    await this.gives('item-type.add', { type: CHAIR, name: 'Stuhl', kind: 'equipment' })
    await this.gives('item-type.add', { type: KEY, name: 'Schlüssel Aula', kind: 'key' })
    await this.gives('store.add', { store: CELLAR, name: 'Keller', tag: 'store' })
    await this.gives('store.add', { store: OFFICE, name: 'Kanzlei', tag: 'store' })
    await this.gives('store.add', { store: WORKSHOP, name: 'Werkstatt', tag: 'workshop' })
    await this.buys(CHAIR, CELLAR, chairs)
    await this.buys(KEY, OFFICE, 3, ['17', '18', '19'])
  }

  buys(type: string, store: string, count: number, codes: string[] = [], id?: string) {
    const args = { type, store, count, codes, items: [], at: this.now, why: 'bought' as const }
    return this.gives('piece.arrive', args, id)
  }

  /** A line of a booking on the day: so many chairs in a hall from … until …. */
  line(title: string, quantity: number, from: string, until: string, key = 'aula'): MaterialLine {
    return {
      claim: idOf(`claim of ${title}`),
      type: CHAIR,
      quantity,
      outAt: at(DAY, from),
      backAt: at(DAY, until),
      resource: hall(key),
    }
  }

  wants(title: string, lines: MaterialLine[], id?: string) {
    return this.gives('material.want', { wants: [{ token: tokenOf(title), lines }] }, id)
  }

  /** Books a hall and wants chairs in it. */
  async lends(title: string, quantity: number, from: string, until: string, key = 'aula') {
    await this.books(key, DAY, from, until, title)
    return this.wants(title, [this.line(title, quantity, from, until, key)])
  }

  /** `3 Stuhl cellar → aula planned 19:00`, for everything that is not an arrival. */
  async trips(): Promise<string[]> {
    const rows = await this.#database.read((tx) =>
      tx
        .selectFrom('allmend.operation as o')
        .innerJoin('allmend.history_input as h', 'h.operation', 'o.id')
        .innerJoin('allmend.avatar as v', 'v.id', 'h.avatar')
        .innerJoin('allmend.item as i', 'i.id', 'v.item')
        .innerJoin('allmend.item_type as t', 't.id', 'i.type')
        .leftJoin('allmend.place as p', 'p.id', 'o.place')
        .select(['o.state', 'o.dt_execution as at', 't.name', 'o.kind'])
        .select(['p.name as to', 'p.borrower'])
        .orderBy('o.dt_execution')
        .execute(),
    )
    const told = rows.map(({ state, at: when, name, to, kind, borrower }) => {
      const where = kind === 'departure' ? 'fort' : borrower ? 'Person' : to
      return `${name} → ${where} ${state} ${new Date(when).toISOString().slice(5, 16)}`
    })
    const sums = new Map<string, number>()
    for (const one of told) sums.set(one, (sums.get(one) ?? 0) + 1)
    return [...sums].map(([one, count]) => `${count} ${one}`)
  }

  /** The operations of a kind of trip, in the order in which they were made. */
  operations(state: 'planned' | 'started' | 'done', place: string): Promise<string[]> {
    return this.#database.read(async (tx) => {
      const rows = await tx
        .selectFrom('allmend.operation')
        .select('id')
        .where('kind', '=', 'move')
        .where('state', '=', state)
        .where('place', '=', place)
        .orderBy('dt_execution')
        .orderBy('id')
        .execute()
      return rows.map((row) => row.id)
    })
  }

  async executes(
    title: string | null,
    place: string,
    count?: number,
    more: Partial<ArgsOf<'trip.execute'>> = {},
    id?: string,
  ) {
    const operations = (await this.operations('planned', place)).slice(0, count)
    const claim = title === null ? null : idOf(`claim of ${title}`)
    return this.gives('trip.execute', { operations, at: this.now, claim, place, ...more }, id)
  }

  keys(): Promise<string[]> {
    return this.#database.read(async (tx) => {
      const rows = await tx
        .selectFrom('allmend.item')
        .select('id')
        .where('type', '=', KEY)
        .orderBy('code')
        .execute()
      return rows.map((row) => row.id)
    })
  }
}
