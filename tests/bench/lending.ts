/**
 * A year of lending for the bench: 600 chairs, 300 bookings of 40 chairs out and back (24,000 trips, as many stays),
 * half of it behind us and done on time, and one day that fills 200 rows of the day sheet.
 */
import { placeOf } from '../../core/commands/material-work.ts'
import { addDays, type Day, dayOf, type Instant, instantAt } from '../../core/domain/time.ts'
import { idsOf } from '../../core/operations/ids.ts'
import { execute } from '../../core/operations/operations.ts'
import type { Database } from '../../core/store/database.ts'
import { plannedTrips } from '../../core/store/material-pieces.ts'
import { refreshStatistics } from '../../core/store/statistics.ts'
import { Clerk, hall, idOf, ZONE } from '../harness/authority.ts'

export const CHAIR = idOf('bench chair')
const HALLS = 20
const CHAIRS = 600
const BOOKINGS = 300
const EACH = 40
/** Bookings of the full day, of two kinds of things each, brought and fetched: 200 rows. */
const FULL = 50
const SMALL = ['Tisch', 'Projektor'] as const
const STARTS = ['08:00', '12:00', '16:00'] as const
/** A third of the bookings overlap another: they begin every 29 hours and last two days. */
const STEP_DAYS = 1.2

const hallKey = (index: number) => `halle-${index % HALLS}`
const typeOf = (name: string) => idOf(`bench ${name}`)
const STORE = idOf('bench store')

class Lender extends Clerk {
  async accepted(...given: Parameters<Clerk['gives']>): Promise<void> {
    const outcome = await this.gives(...given)
    if (outcome.status === 'refused') throw new Error(`${given[0]}: ${outcome.refusal.code}`)
  }

  async buys(type: string, name: string, count: number): Promise<void> {
    await this.accepted('item-type.add', { type, name, kind: 'equipment' })
    const from = { type, store: STORE, codes: [], items: [] }
    await this.accepted('piece.arrive', { ...from, count, at: this.now, why: 'bought' })
  }
}

type Lent = Readonly<{ claim: string; key: string; outAt: Instant; backAt: Instant }>

async function furnish(clerk: Lender, first: Day, last: Day): Promise<void> {
  const founding = { name: 'Bench', zone: ZONE, context: 'allmend' }
  await clerk.accepted('municipality.found', founding)
  for (let index = 0; index < HALLS; index++) {
    await clerk.addHall(hallKey(index), { name: `Halle ${index + 1}`, position: index })
    await clerk.open(hallKey(index), { from: first, until: last })
  }
  await clerk.accepted('store.add', { store: STORE, name: 'Keller', tag: 'store' })
  await clerk.buys(CHAIR, 'Stuhl', CHAIRS)
  for (const name of SMALL) await clerk.buys(typeOf(name), name, FULL)
}

/** The bookings of the year with their chairs; what was to be done before `today` is done. */
async function lendChairs(clerk: Lender, database: Database, first: Day, today: Day) {
  const lent: Lent[] = []
  const wants = []
  for (let index = 0; index < BOOKINGS; index++) {
    const day = addDays(first, Math.floor(index * STEP_DAYS))
    const key = hallKey(index)
    const title = `Anlass ${index}`
    const done = await clerk.books(key, day, '18:00', '21:00', title)
    if (done.status === 'refused') throw new Error(`${title}: ${done.refusal.code}`)
    const claim = idOf(`bench claim ${index}`)
    const outAt = instantAt(day, '14:00', ZONE)
    const backAt = instantAt(addDays(day, 1), '07:30', ZONE)
    lent.push({ claim, key, outAt, backAt })
    const line = { claim, type: CHAIR, quantity: EACH, outAt, backAt, resource: hall(key) }
    wants.push({ token: idOf(`booking ${title}`), lines: [line] })
  }
  await clerk.accepted('material.want', { wants })
  const until = instantAt(today, '06:00', ZONE)
  for (const [index, { claim, key, outAt, backAt }] of lent.entries()) {
    for (const [place, at] of [
      [placeOf(hall(key)), outAt],
      [STORE, backAt],
    ] as const) {
      if (at >= until) continue
      await database.transact(async (tx) => {
        const work = { tx, now: at, ids: idsOf(at, idOf(`bench trip ${index} ${place}`)) }
        await execute(work, await plannedTrips(tx, claim, place), at)
      })
    }
  }
}

/** Everything of the day is brought in the morning and fetched in the evening of the same day. */
async function fillDay(clerk: Lender, day: Day): Promise<void> {
  const wants = []
  for (let index = 0; index < FULL; index++) {
    const key = hallKey(index)
    const start = STARTS[Math.floor(index / HALLS)] as string
    const title = `Kurs ${index}`
    const [hour = 0] = start.split(':').map(Number)
    const done = await clerk.books(key, day, start, `${hour + 2}:00`, title)
    if (done.status === 'refused') throw new Error(`${title}: ${done.refusal.code}`)
    const span = { outAt: instantAt(day, '07:00', ZONE), backAt: instantAt(day, '22:00', ZONE) }
    const lines = SMALL.map((name) => ({
      claim: idOf(`bench ${title} ${name}`),
      type: typeOf(name),
      quantity: 1,
      ...span,
      resource: hall(key),
    }))
    wants.push({ token: idOf(`booking ${title}`), lines })
  }
  await clerk.accepted('material.want', { wants })
}

export interface Lending {
  readonly stays: number
  /** The day of 200 rows. */
  readonly full: Day
  readonly clerk: Clerk
}

export async function lendForAYear(database: Database): Promise<Lending> {
  const today = dayOf(Date.now(), ZONE)
  const first = addDays(today, -180)
  const clerk = new Lender(database)
  clerk.now = instantAt(addDays(first, -10), '08:00', ZONE)
  await furnish(clerk, first, addDays(first, 400))
  await refreshStatistics(database)
  await lendChairs(clerk, database, first, today)
  clerk.now = Date.now()
  const full = addDays(today, 2)
  await fillDay(clerk, full)
  await refreshStatistics(database)
  const { stays } = await database.read((tx) =>
    tx
      .selectFrom('allmend.avatar')
      .select((all) => all.fn.countAll<string>().as('stays'))
      .executeTakeFirstOrThrow(),
  )
  return { stays: Number(stays), full, clerk }
}
