/** What screens are told of equipment and keys: the day in sums, stock over time, a piece's life, who goes short. */
import { beforeEach, expect, it } from 'vitest'
import { addDays, startOfDay } from '../../core/domain/time.ts'
import { queries } from '../../core/queries/index.ts'
import type { QueryArgs, QueryName, Rows } from '../../core/queries/rows.ts'
import { at, idOf, ZONE } from '../harness/authority.ts'
import { eachDatabase } from '../harness/databases.ts'
import { Caretaker, CELLAR, CHAIR, DAY, KEY, placeOfHall, tokenOf } from '../harness/material.ts'

const AULA = placeOfHall('aula')
const TODAY = { start: startOfDay(DAY, ZONE), end: startOfDay(addDays(DAY, 1), ZONE) }

eachDatabase('questions about material', (database) => {
  let clerk: Caretaker
  beforeEach(async () => {
    clerk = new Caretaker(database())
    await clerk.furnish(10)
  })
  const ask = <Q extends QueryName>(name: Q, args: QueryArgs<Q>): Promise<Rows[Q]> =>
    database().read((tx) => queries[name](tx, args))
  const day = async (late = true) => {
    const { trips } = await ask('material.day', { ...TODAY, late })
    return trips.map(
      (row) =>
        `${row.count} ${row.name} ${row.from} → ${row.to} ${row.way} ${row.state}` +
        `${row.ready ? ' ready' : ''}${row.latest ? ' latest' : ''} ${row.title}`,
    )
  }

  it('sums the trips of a day by booking, type and way, and says what can be ticked', async () => {
    await clerk.lends('Chor', 6, '17:00', '21:00')
    await clerk.lends('Yoga', 3, '09:00', '11:00', 'saal')
    expect(await day()).toEqual([
      '3 Stuhl Keller → saal out planned ready Yoga',
      '3 Stuhl saal → Keller back planned Yoga',
      '6 Stuhl Keller → aula out planned ready Chor',
      '6 Stuhl aula → Keller back planned Chor',
    ])
    const { trips } = await ask('material.day', { ...TODAY, late: false })
    expect(trips[0]).toMatchObject({
      at: at(DAY, '09:00'),
      startedAt: null,
      kind: 'equipment',
      token: tokenOf('Yoga'),
      who: 'Ruth Meier',
      phone: '079 000 01 40',
      codes: [],
    })
    expect(trips[0]?.operations).toHaveLength(3)
    clerk.now = at(DAY, '16:50')
    await clerk.executes('Chor', AULA)
    // What nobody ticked in time is planned no more, and stands as missing.
    expect((await ask('material.day', { ...TODAY, late: true })).missing).toMatchObject([
      { title: 'Yoga', missing: 3 },
    ])
    expect(await day()).toEqual([
      '6 Stuhl Keller → aula out done latest Chor',
      '6 Stuhl aula → Keller back planned ready Chor',
    ])
    clerk.now = at(DAY, '21:00')
    await clerk.executes('Chor', CELLAR, 4)
    expect(await day()).toEqual([
      '6 Stuhl Keller → aula out done Chor',
      '4 Stuhl aula → Keller back done latest Chor',
      '2 Stuhl aula → Keller back planned ready Chor',
    ])
  })

  it('shows what is late on the day it is still to be done, and only there', async () => {
    await clerk.lends('Chor', 6, '17:00', '21:00')
    const next = { start: TODAY.end, end: startOfDay(addDays(DAY, 2), ZONE) }
    const { trips } = await ask('material.day', { ...next, late: true })
    expect(trips.map((row) => row.way)).toEqual(['out', 'back'])
    expect((await ask('material.day', { ...next, late: false })).trips).toEqual([])
  })

  it('says who goes short, and by how many', async () => {
    await clerk.lends('Chor', 6, '17:00', '21:00')
    expect((await ask('material.day', { ...TODAY, late: true })).missing).toEqual([])
    const broken = { type: CHAIR, place: CELLAR, count: 7, items: [], at: clerk.now }
    await clerk.gives('piece.depart', { ...broken, why: 'written-off' })
    expect((await ask('material.day', { ...TODAY, late: true })).missing).toMatchObject([
      { title: 'Chor', name: 'Stuhl', to: 'aula', at: at(DAY, '17:00'), missing: 3 },
    ])
    expect(await ask('material.booking', { token: tokenOf('Chor') })).toMatchObject([
      { name: 'Stuhl', quantity: 6, planned: 3, there: 0, back: 0, missing: 3, place: 'aula' },
    ])
  })

  it('follows the lines of a booking from planned to home, and those withdrawn with it', async () => {
    await clerk.lends('Chor', 6, '17:00', '21:00')
    const line = async () => {
      const [row] = await ask('material.booking', { token: tokenOf('Chor') })
      return row && [row.planned, row.there, row.back, row.missing, row.withdrawn]
    }
    expect(await line()).toEqual([6, 0, 0, 0, false])
    clerk.now = at(DAY, '16:50')
    await clerk.executes('Chor', AULA)
    expect(await line()).toEqual([0, 6, 0, 0, false])
    clerk.now = at(DAY, '21:00')
    await clerk.executes('Chor', CELLAR, 4)
    expect(await line()).toEqual([0, 2, 4, 0, false])
    await clerk.lends('Yoga', 2, '22:00', '23:00', 'saal')
    await clerk.gives('reservation.cancel', { token: tokenOf('Yoga'), reason: '' })
    expect(await ask('material.booking', { token: tokenOf('Yoga') })).toMatchObject([])
  })

  it('keeps a withdrawn line to be read', async () => {
    await clerk.lends('Chor', 6, '17:00', '21:00')
    await clerk.gives('reservation.cancel', { token: tokenOf('Chor'), reason: '' })
    expect(await ask('material.booking', { token: tokenOf('Chor') })).toMatchObject([
      { name: 'Stuhl', quantity: 6, withdrawn: true, missing: 0 },
    ])
  })

  it('says what is free in a window, and who has the rest', async () => {
    await clerk.lends('Chor', 6, '17:00', '21:00')
    const now = at(DAY, '08:00')
    const evening = { type: CHAIR, start: at(DAY, '20:00'), end: at(DAY, '22:00'), now }
    expect(await ask('material.free', { ...evening, token: null })).toMatchObject({
      free: 4,
      total: 10,
      by: [{ title: 'Chor', quantity: 6 }],
    })
    expect((await ask('material.free', { ...evening, token: tokenOf('Chor') })).by).toEqual([])
    const later = { ...evening, start: at(DAY, '21:00'), token: null }
    expect(await ask('material.free', later)).toMatchObject({ free: 10, by: [] })
  })

  it('draws the stock of each type over a day, and where everything is at a moment of it', async () => {
    await clerk.lends('Chor', 6, '17:00', '21:00')
    const rows = await ask('material.stock', { at: at(DAY, '18:00'), ...TODAY })
    const chairs = rows.find((row) => row.type === CHAIR)
    expect(chairs).toMatchObject({
      name: 'Stuhl',
      count: 10,
      places: [
        { name: 'Keller', tag: 'store', count: 4 },
        { name: 'aula', tag: null, count: 6 },
      ],
      steps: [
        { at: TODAY.start, by: 10 },
        { at: at(DAY, '17:00'), by: -6 },
        { at: at(DAY, '21:00'), by: 6 },
      ],
    })
    expect(await ask('material.things', {})).toMatchObject({
      types: [
        { name: 'Stuhl', kind: 'equipment', count: 10 },
        { name: 'Schlüssel Aula', kind: 'key', count: 3 },
      ],
      stores: [
        { name: 'Kanzlei', count: 3 },
        { name: 'Keller', count: 10 },
        { name: 'Werkstatt', count: 0 },
      ],
    })
  })

  it('tells who has each key, until when, and the life of one', async () => {
    await clerk.books('aula', DAY, '17:00', '21:00', 'Chor')
    const [key = ''] = await clerk.keys()
    const person = idOf('person of Chor')
    const until = at(DAY, '18:00')
    await clerk.gives('key.hand-out', { item: key, person, at: clerk.now, until })
    const pieces = await ask('material.pieces', { type: null })
    expect(pieces.map((row) => [row.code, row.placeName, row.next?.at ?? null])).toEqual([
      ['17', 'Ruth Meier', until],
      ['18', 'Kanzlei', null],
      ['19', 'Kanzlei', null],
    ])
    expect(await ask('material.pieces', { type: KEY })).toEqual(pieces)
    const bought = clerk.now
    expect(await ask('material.item', { item: key })).toMatchObject({
      code: '17',
      name: 'Schlüssel Aula',
      stays: [
        { name: 'Kanzlei', state: 'past', from: bought, by: 'arrival', why: 'bought' },
        { name: 'Ruth Meier', state: 'present', until, by: 'move' },
        { name: 'Kanzlei', state: 'future', from: until, until: null, by: 'move' },
      ],
    })
    expect(await ask('material.item', { item: idOf('nothing') })).toBeNull()
  })
})
