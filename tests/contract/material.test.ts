/** Equipment and keys as commands, on every database: wanted, delivered, called off, never was; and every refusal. */
import { beforeEach, expect, it } from 'vitest'
import { at, hall, idOf } from '../harness/authority.ts'
import { eachDatabase } from '../harness/databases.ts'
import {
  Caretaker,
  CELLAR,
  CHAIR,
  DAY,
  KEY,
  OFFICE,
  placeOfHall,
  tokenOf,
  WORKSHOP,
} from '../harness/material.ts'

const AULA = placeOfHall('aula')

eachDatabase('material', (database) => {
  let clerk: Caretaker
  beforeEach(async () => {
    clerk = new Caretaker(database())
    await clerk.furnish(10)
  })
  const undo = (word: string) => clerk.gives('undo', { command: idOf(word) }, idOf(`undo ${word}`))
  const gone = (patch: object) => ({
    type: CHAIR,
    place: CELLAR,
    count: 2,
    items: [],
    at: clerk.now,
    why: 'written-off' as const,
    ...patch,
  })

  it('brings what a booking wants, and fetches it', async () => {
    expect(await clerk.lends('Chor', 6, '17:00', '21:00')).toMatchObject({ status: 'accepted' })
    expect(await clerk.trips()).toEqual([
      '6 Stuhl → aula planned 06-08T15:00',
      '6 Stuhl → Keller planned 06-08T19:00',
    ])
    clerk.now = at(DAY, '16:40')
    expect(await clerk.executes('Chor', AULA)).toMatchObject({
      result: { told: [{ count: 6, name: 'Stuhl', from: 'Keller', to: 'aula', title: 'Chor' }] },
    })
    clerk.now = at(DAY, '21:30')
    // Two stay behind and are still to be fetched.
    await clerk.executes('Chor', CELLAR, 4)
    expect(await clerk.trips()).toEqual([
      '6 Stuhl → aula done 06-08T14:40',
      '2 Stuhl → Keller planned 06-08T19:00',
      '4 Stuhl → Keller done 06-08T19:30',
    ])
  })

  it('refuses more than there is free, and says who has the rest', async () => {
    await clerk.lends('Chor', 6, '17:00', '21:00')
    await clerk.books('saal', DAY, '18:00', '20:00', 'Yoga')
    const before = await clerk.trips()
    expect(await clerk.wants('Yoga', [clerk.line('Yoga', 5, '18:00', '20:00', 'saal')])).toEqual({
      status: 'refused',
      refusal: {
        code: 'too-few-pieces',
        name: 'Stuhl',
        wanted: 5,
        free: 4,
        start: at(DAY, '18:00'),
        end: at(DAY, '20:00'),
        by: [
          {
            token: tokenOf('Chor'),
            number: expect.any(Number),
            title: 'Chor',
            quantity: 6,
            start: at(DAY, '17:00'),
            end: at(DAY, '21:00'),
          },
        ],
      },
    })
    expect(await clerk.trips()).toEqual(before)
    const line = clerk.line('Yoga', 4, '18:00', '20:00', 'saal')
    expect(await clerk.wants('Yoga', [line])).toMatchObject({ status: 'accepted' })
    const rest = { ...line, claim: idOf('rest'), quantity: 1 }
    expect(await clerk.wants('Yoga', [line, rest])).toMatchObject({
      refusal: { code: 'too-few-pieces', free: 0 },
    })
  })

  it('takes back a change of what is wanted, and does it again', async () => {
    await clerk.lends('Chor', 6, '17:00', '21:00')
    const before = await clerk.trips()
    await clerk.wants('Chor', [clerk.line('Chor', 3, '17:00', '20:00')], idOf('less'))
    const after = ['3 Stuhl → aula planned 06-08T15:00', '3 Stuhl → Keller planned 06-08T18:00']
    expect(await clerk.trips()).toEqual(after)
    expect(await undo('less')).toMatchObject({ status: 'accepted' })
    expect(await clerk.trips()).toEqual(before)
    await clerk.wants('Chor', [], idOf('nothing'))
    expect(await clerk.trips()).toEqual([])
    expect(await undo('nothing')).toMatchObject({ status: 'accepted' })
    expect(await clerk.trips()).toEqual(before)
  })

  it('refuses material for a request, for what is over, and for what is not there', async () => {
    await clerk.gives('reservation.request', {
      token: tokenOf('Wunsch'),
      resource: hall('aula'),
      during: { start: at(DAY, '10:00'), end: at(DAY, '12:00') },
      places: 1,
      title: 'Wunsch',
      publicTitle: '',
      note: '',
      persons: null,
      person: { id: idOf('p'), name: 'Ruth', organisation: '', phone: '', email: '' },
      waiting: false,
    })
    expect(await clerk.wants('Wunsch', [clerk.line('Wunsch', 1, '10:00', '12:00')])).toMatchObject({
      refusal: { code: 'not-booked', title: 'Wunsch' },
    })
    await clerk.books('aula', DAY, '17:00', '21:00', 'Chor')
    const line = clerk.line('Chor', 1, '17:00', '21:00')
    expect(await clerk.wants('Chor', [{ ...line, type: idOf('tent') }])).toMatchObject({
      refusal: { code: 'gone', what: 'item-type' },
    })
    clerk.now = at('2027-06-09', '08:00')
    expect(await clerk.wants('Chor', [line])).toMatchObject({ refusal: { code: 'in-the-past' } })
    expect(await clerk.wants('Nichts', [line])).toMatchObject({
      refusal: { code: 'gone', what: 'booking' },
    })
  })

  it('follows its booking: withdrawn with it, restored with it, moved with it', async () => {
    await clerk.lends('Chor', 6, '17:00', '21:00')
    const before = await clerk.trips()
    const token = tokenOf('Chor')
    await clerk.gives('reservation.cancel', { token, reason: '' }, idOf('cancel'))
    expect(await clerk.trips()).toEqual([])
    await undo('cancel')
    expect(await clerk.trips()).toEqual(before)
    const from = { resource: hall('aula'), start: at(DAY, '17:00') }
    const to = { resource: hall('saal'), start: at(DAY, '12:00'), end: at(DAY, '15:00') }
    expect(await clerk.gives('reservation.move', { token, from, to }, idOf('move'))).toMatchObject({
      status: 'accepted',
    })
    expect(await clerk.trips()).toEqual([
      '6 Stuhl → saal planned 06-08T10:00',
      '6 Stuhl → Keller planned 06-08T13:00',
    ])
    await undo('move')
    expect(await clerk.trips()).toEqual(before)
  })

  it('does not move a booking to where its material is taken', async () => {
    await clerk.lends('Chor', 6, '17:00', '21:00')
    await clerk.lends('Yoga', 6, '09:00', '11:00', 'saal')
    const before = await clerk.trips()
    const from = { resource: hall('saal'), start: at(DAY, '09:00') }
    const to = { resource: hall('saal'), start: at(DAY, '18:00'), end: at(DAY, '20:00') }
    expect(
      await clerk.gives('reservation.move', { token: tokenOf('Yoga'), from, to }),
    ).toMatchObject({ refusal: { code: 'too-few-pieces', free: 4 } })
    expect(await clerk.trips()).toEqual(before)
  })

  it('leaves withdrawn what others have taken meanwhile', async () => {
    await clerk.lends('Chor', 6, '17:00', '21:00')
    const token = tokenOf('Chor')
    await clerk.gives('reservation.cancel', { token, reason: '' })
    await clerk.lends('Yoga', 8, '17:00', '21:00', 'saal')
    expect(await clerk.gives('reservation.restore', { token })).toMatchObject({
      status: 'accepted',
    })
    expect(await clerk.trips()).toEqual([
      '8 Stuhl → saal planned 06-08T15:00',
      '8 Stuhl → Keller planned 06-08T19:00',
    ])
  })

  it('fetches at once what was delivered to a booking that is called off', async () => {
    await clerk.lends('Chor', 6, '17:00', '21:00')
    clerk.now = at(DAY, '16:00')
    await clerk.executes('Chor', AULA)
    clerk.now = at(DAY, '16:30')
    const token = tokenOf('Chor')
    await clerk.gives('reservation.cancel', { token, reason: '' }, idOf('cancel'))
    expect(await clerk.trips()).toEqual([
      '6 Stuhl → aula done 06-08T14:00',
      '6 Stuhl → Keller planned 06-08T14:30',
    ])
    await undo('cancel')
    expect(await clerk.trips()).toEqual([
      '6 Stuhl → aula done 06-08T14:00',
      '6 Stuhl → Keller planned 06-08T19:00',
    ])
    // Called off, fetched and restored: it is brought once more.
    await clerk.gives('reservation.cancel', { token, reason: '' })
    await clerk.executes('Chor', CELLAR)
    await clerk.gives('reservation.restore', { token })
    expect((await clerk.trips()).slice(2)).toEqual([
      '6 Stuhl → aula planned 06-08T15:00',
      '6 Stuhl → Keller planned 06-08T19:00',
    ])
  })

  it('takes back a tick: it never was, and is planned again', async () => {
    await clerk.lends('Chor', 6, '17:00', '21:00')
    const before = await clerk.trips()
    clerk.now = at(DAY, '16:00')
    await clerk.executes('Chor', AULA, 6, {}, idOf('tick'))
    const ticked = await clerk.trips()
    expect(await undo('tick')).toMatchObject({ status: 'accepted' })
    expect(await clerk.trips()).toEqual(before)
    // Doing it again finds the trips that were planned since.
    expect(await undo('undo tick')).toMatchObject({ status: 'accepted' })
    expect(await clerk.trips()).toEqual(ticked)
  })

  it('ticks what was planned anew since the sheet was printed, and ticking twice does no harm', async () => {
    await clerk.lends('Chor', 6, '17:00', '21:00')
    const operations = await clerk.operations('planned', AULA)
    const token = tokenOf('Chor')
    await clerk.gives('reservation.cancel', { token, reason: '' })
    await clerk.gives('reservation.restore', { token })
    clerk.now = at(DAY, '17:20')
    const tick = { operations, at: clerk.now, claim: idOf('claim of Chor'), place: AULA }
    expect(await clerk.gives('trip.execute', tick)).toMatchObject({ status: 'accepted' })
    const done = await clerk.trips()
    expect(done[0]).toBe('6 Stuhl → aula done 06-08T15:20')
    const again = { ...tick, operations: await clerk.operations('done', AULA) }
    expect(await clerk.gives('trip.execute', again)).toMatchObject({ status: 'accepted' })
    expect(await clerk.trips()).toEqual(done)
    expect(
      await clerk.gives('trip.execute', { ...tick, operations: [idOf('nothing')], claim: null }),
    ).toMatchObject({ refusal: { code: 'gone', what: 'trip' } })
  })

  it('refuses ticks out of order, before the pieces came, and ahead of time', async () => {
    await clerk.lends('Chor', 6, '17:00', '21:00')
    const before = await clerk.trips()
    clerk.now = at(DAY, '16:00')
    expect(await clerk.executes('Chor', CELLAR)).toMatchObject({
      refusal: { code: 'not-there', name: 'Stuhl', place: 'aula', when: 'yet' },
    })
    expect(await clerk.executes('Chor', AULA, 6, { at: at('2027-05-01', '08:00') })).toMatchObject({
      refusal: { code: 'before-arrival', name: 'Stuhl', place: 'Keller' },
    })
    expect(await clerk.executes('Chor', AULA, 6, { at: clerk.now + 1 })).toMatchObject({
      refusal: { code: 'in-the-future' },
    })
    expect(await clerk.trips()).toEqual(before)
  })

  it('holds what is under way: it can only be done', async () => {
    await clerk.lends('Chor', 6, '17:00', '21:00')
    clerk.now = at(DAY, '16:00')
    const operations = await clerk.operations('planned', AULA)
    const start = { operations, at: clerk.now }
    expect(await clerk.gives('trip.start', start)).toMatchObject({ status: 'accepted' })
    const claim = idOf('claim of Chor')
    const under = await clerk.trips()
    expect([
      await clerk.gives('trip.cancel', { operations, claim }),
      await clerk.gives('trip.obliviate', { operations, again: null }),
      // Ten there are, and six are spoken for: no second plan on one piece.
      await clerk.gives('piece.depart', gone({ count: 10 })),
      await clerk.trips(),
    ]).toEqual([
      { status: 'refused', refusal: { code: 'trip-state', state: 'started' } },
      { status: 'refused', refusal: { code: 'trip-state', state: 'started' } },
      { status: 'refused', refusal: { code: 'piece-planned', name: 'Stuhl' } },
      under,
    ])
    const done = { operations, at: clerk.now, claim, place: AULA }
    expect(await clerk.gives('trip.execute', done)).toMatchObject({ status: 'accepted' })
  })

  it('calls off a delivery, and brings back what was delivered', async () => {
    await clerk.lends('Chor', 6, '17:00', '21:00')
    const planned = await clerk.trips()
    const claim = idOf('claim of Chor')
    const off = { operations: await clerk.operations('planned', AULA), claim }
    expect(await clerk.gives('trip.bring-back', { ...off, at: clerk.now })).toMatchObject({
      refusal: { code: 'trip-state', state: 'planned' },
    })
    await clerk.gives('trip.cancel', off, idOf('off'))
    expect(await clerk.trips()).toEqual([])
    await undo('off')
    expect(await clerk.trips()).toEqual(planned)
    clerk.now = at(DAY, '16:00')
    await clerk.executes('Chor', AULA)
    const delivered = await clerk.trips()
    const operations = await clerk.operations('done', AULA)
    const back = { operations, claim, at: clerk.now }
    await clerk.gives('trip.bring-back', back, idOf('back'))
    expect((await clerk.trips())[1]).toBe('6 Stuhl → Keller planned 06-08T14:00')
    await undo('back')
    expect(await clerk.trips()).toEqual(delivered)
  })

  it('never was only the last thing that happened', async () => {
    await clerk.lends('Chor', 6, '17:00', '21:00')
    clerk.now = at(DAY, '21:00')
    await clerk.executes('Chor', AULA, 6, {}, idOf('out'))
    await clerk.executes('Chor', CELLAR)
    expect(await undo('out')).toMatchObject({ refusal: { code: 'happened-since' } })
  })

  it('writes off what nothing is planned with, and says who goes short', async () => {
    await clerk.lends('Chor', 6, '17:00', '21:00')
    const planned = await clerk.trips()
    expect(await clerk.gives('piece.depart', gone({}))).toMatchObject({
      result: { name: 'Stuhl', place: 'Keller', short: [] },
    })
    expect((await clerk.trips()).slice(1)).toEqual(planned)
    expect(await clerk.gives('piece.depart', gone({ count: 5 }), idOf('broken'))).toMatchObject({
      result: { short: [{ title: 'Chor', name: 'Stuhl', missing: 3 }] },
    })
    expect(await clerk.gives('piece.depart', gone({ count: 4 }))).toMatchObject({
      refusal: { code: 'too-few-there', place: 'Keller', wanted: 4, there: 3 },
    })
    await undo('broken')
    expect((await clerk.trips()).slice(1)).toEqual(planned)
  })

  it('takes back a purchase unless something was done with it', async () => {
    await clerk.buys(CHAIR, CELLAR, 5, [], idOf('more'))
    await clerk.lends('Chor', 12, '17:00', '21:00')
    expect((await clerk.trips())[0]).toMatch(/^12 /)
    expect(await undo('more')).toMatchObject({ status: 'accepted' })
    expect((await clerk.trips())[0]).toMatch(/^10 /)
    expect(
      await clerk.gives('piece.arrive', {
        type: CHAIR,
        store: AULA,
        count: 1,
        codes: [],
        items: [],
        at: clerk.now,
        why: 'found',
      }),
    ).toMatchObject({ refusal: { code: 'gone', what: 'store' } })
  })

  it('keeps types and stores: named once, changed, removed only when bare', async () => {
    const tent = { type: idOf('tent'), name: 'STUHL', kind: 'equipment' as const }
    expect(await clerk.gives('item-type.add', tent)).toMatchObject({
      refusal: { code: 'exists', what: 'item-type' },
    })
    const change = { type: CHAIR, facts: { name: 'Stapelstuhl' } }
    expect(await clerk.gives('item-type.change', change, idOf('name'))).toMatchObject({
      result: { before: { name: 'Stuhl' } },
    })
    await undo('name')
    expect(await clerk.gives('item-type.remove', { type: CHAIR })).toMatchObject({
      refusal: { code: 'in-use', what: 'item-type', name: 'Stuhl', count: 10 },
    })
    expect(await clerk.gives('store.remove', { store: CELLAR })).toMatchObject({
      refusal: { code: 'in-use', what: 'store', name: 'Keller' },
    })
    await clerk.gives('store.remove', { store: WORKSHOP }, idOf('bare'))
    expect(await undo('bare')).toMatchObject({ status: 'accepted' })
    expect(await clerk.gives('store.remove', { store: WORKSHOP })).toMatchObject({
      result: { restore: { name: 'Werkstatt', tag: 'workshop' } },
    })
  })

  it('hands out a key and takes it back, and both can be taken back', async () => {
    const [key = ''] = await clerk.keys()
    const person = idOf('turnverein')
    await clerk.gives('person.add', {
      person,
      card: {
        name: 'Ruth Meier',
        organisation: 'Turnverein',
        phones: [],
        email: '',
        street: '',
        postcode: '',
        town: '',
        language: '',
        note: '',
      },
    })
    const until = at(DAY, '18:00')
    const out = { item: key, person, at: clerk.now, until }
    expect(await clerk.gives('key.hand-out', out, idOf('out'))).toMatchObject({
      result: { name: 'Schlüssel Aula', code: '17', who: 'Turnverein' },
    })
    const handed = await clerk.trips()
    expect(handed).toEqual([
      '1 Schlüssel Aula → Person done 06-01T07:00',
      '1 Schlüssel Aula → Kanzlei planned 06-08T16:00',
    ])
    expect(await clerk.gives('key.hand-out', out)).toMatchObject({
      refusal: { code: 'key-out', name: 'Schlüssel Aula 17', place: 'Turnverein' },
    })
    await undo('out')
    expect(await clerk.trips()).toEqual([])
    await clerk.gives('key.hand-out', out)
    clerk.now = at(DAY, '19:00')
    await clerk.gives('key.take-back', { item: key, at: clerk.now }, idOf('back'))
    expect((await clerk.trips())[1]).toBe('1 Schlüssel Aula → Kanzlei done 06-08T17:00')
    expect(await clerk.gives('key.take-back', { item: key, at: clerk.now })).toMatchObject({
      refusal: { code: 'key-in', place: 'Kanzlei' },
    })
    await undo('back')
    expect(await clerk.trips()).toEqual(handed)
    expect(await clerk.gives('person.remove', { person })).toMatchObject({
      refusal: { code: 'in-use', what: 'person' },
    })
  })

  it('does not hand out the last key that a booking needs', async () => {
    await clerk.books('aula', DAY, '17:00', '21:00', 'Chor')
    const line = clerk.line('Chor', 3, '17:00', '21:00')
    await clerk.wants('Chor', [{ ...line, type: KEY, resource: null }])
    expect((await clerk.trips())[0]).toBe('3 Schlüssel Aula → Person planned 06-08T15:00')
    const [key = ''] = await clerk.keys()
    const out = { item: key, person: idOf('person of Chor'), at: clerk.now }
    expect(await clerk.gives('key.hand-out', { ...out, until: at(DAY, '18:00') })).toMatchObject({
      refusal: { code: 'too-few-pieces', name: 'Schlüssel Aula' },
    })
    expect(await clerk.gives('key.hand-out', { ...out, until: at(DAY, '16:00') })).toMatchObject({
      status: 'accepted',
    })
    expect((await clerk.trips()).length).toBe(4)
  })

  it('loses a piece once, and what was found again bears the same code', async () => {
    const [key = ''] = await clerk.keys()
    const lost = gone({ type: KEY, place: OFFICE, items: [key], why: 'lost' as const })
    expect(await clerk.gives('piece.depart', lost, idOf('lost'))).toMatchObject({
      result: { codes: ['17'] },
    })
    expect(await clerk.gives('piece.depart', lost)).toMatchObject({
      refusal: { code: 'too-few-there', there: 0 },
    })
    expect(await undo('lost')).toMatchObject({ status: 'accepted' })
    expect(await clerk.gives('piece.depart', lost)).toMatchObject({ status: 'accepted' })
    const found = { type: KEY, store: OFFICE, count: 1, codes: ['17'], items: [], at: clerk.now }
    await clerk.gives('piece.arrive', { ...found, why: 'found' })
    const [first = '', second = ''] = await clerk.keys()
    const gives = (item: string) =>
      clerk.gives('piece.depart', { ...lost, items: [item], count: 1 })
    const outcomes = [await gives(first), await gives(second)]
    expect(outcomes.map((one) => one.status).sort()).toEqual(['accepted', 'refused'])
  })
})
