/** Sets, on every database: what they are made of, packed, lent as one thing, and taken apart into the same pieces. */
import { beforeEach, expect, it } from 'vitest'
import { queries } from '../../core/queries/index.ts'
import type { PieceRow } from '../../core/queries/material-rows.ts'
import { at, idOf } from '../harness/authority.ts'
import { eachDatabase } from '../harness/databases.ts'
import { Caretaker, CELLAR, DAY, OFFICE } from '../harness/material.ts'

const CASE = idOf('type case')
const PROJECTOR = idOf('type projector')
const CABLE = idOf('type cable')

eachDatabase('sets', (database) => {
  let clerk: Caretaker
  beforeEach(async () => {
    clerk = new Caretaker(database())
    await clerk.furnish(1)
    for (const [type, name] of [
      [CASE, 'Konferenzkoffer'],
      [PROJECTOR, 'Projektor'],
      [CABLE, 'Kabel'],
    ] as const) {
      await clerk.gives('item-type.add', { type, name, kind: 'equipment' })
    }
    await clerk.buys(PROJECTOR, CELLAR, 2, ['P1', 'P2'])
    await clerk.buys(CABLE, CELLAR, 5)
  })
  const contents = [
    { type: PROJECTOR, quantity: 1 },
    { type: CABLE, quantity: 2 },
  ]
  const compose = (patch: object = {}, id?: string) =>
    clerk.gives('item-type.compose', { type: CASE, contents, extra: false, ...patch }, id)
  const pack = (patch: object = {}, id?: string) =>
    clerk.gives(
      'set.pack',
      { type: CASE, place: CELLAR, count: 1, extra: [], at: clerk.now, ...patch },
      id,
    )
  const pieces = (type: string): Promise<readonly PieceRow[]> =>
    database().read((tx) => queries['material.pieces'](tx, { type }))
  const counts = async () => [
    (await pieces(CASE)).length,
    (await pieces(PROJECTOR)).length,
    (await pieces(CABLE)).length,
  ]
  const unpack = async (id?: string) => {
    const items = (await pieces(CASE)).slice(0, 1).map((piece) => piece.item)
    return clerk.gives('set.unpack', { items, at: clerk.now }, id)
  }
  const undo = (word: string) => clerk.gives('undo', { command: idOf(word) }, idOf(`undo ${word}`))

  it('packs two of them, and their parts are not there to be lent meanwhile', async () => {
    await compose()
    expect(await pack({ count: 2 }, idOf('pack'))).toMatchObject({
      result: { name: 'Konferenzkoffer', place: 'Keller' },
    })
    expect(await counts()).toEqual([2, 0, 1])
    await undo('pack')
    expect(await counts()).toEqual([0, 2, 5])
  })

  it('takes one apart into the very pieces that were packed, and puts it back by undo', async () => {
    await compose()
    const before = (await pieces(PROJECTOR)).map((piece) => piece.item)
    await pack()
    await unpack(idOf('unpack'))
    expect([await counts(), (await pieces(PROJECTOR)).map((piece) => piece.item)]).toEqual([
      [0, 2, 5],
      before,
    ])
    await undo('unpack')
    expect(await counts()).toEqual([1, 1, 3])
  })

  it('is lent as one thing', async () => {
    await compose()
    await pack()
    await clerk.books('aula', DAY, '17:00', '21:00', 'Chor')
    const line = { ...clerk.line('Chor', 1, '17:00', '21:00'), type: CASE }
    expect(await clerk.wants('Chor', [line])).toMatchObject({ status: 'accepted' })
    expect((await clerk.trips()).filter((trip) => trip.includes('planned'))).toEqual([
      '1 Konferenzkoffer → aula planned 06-08T15:00',
      '1 Konferenzkoffer → Keller planned 06-08T19:00',
    ])
    // Taken apart, there is none left to be brought.
    expect(await unpack()).toMatchObject({
      result: { short: [{ title: 'Chor', name: 'Konferenzkoffer', missing: 1 }] },
    })
  })

  it('takes more than is listed only where that is allowed', async () => {
    await compose()
    const extra = [{ type: CABLE, quantity: 1 }]
    expect(await pack({ extra })).toEqual({
      status: 'refused',
      refusal: { code: 'no-extras', name: 'Konferenzkoffer' },
    })
    await compose({ extra: true })
    await pack({ extra })
    expect(await counts()).toEqual([1, 1, 2])
    await unpack()
    expect(await counts()).toEqual([0, 2, 5])
  })

  it('refuses what is not there, is no set, or would be inside itself', async () => {
    expect(await pack()).toMatchObject({ refusal: { code: 'no-set', name: 'Konferenzkoffer' } })
    await compose()
    const none = await counts()
    expect([
      await pack({ count: 3 }),
      await pack({ place: OFFICE }),
      await pack({ at: clerk.now + 1 }),
      await pack({ at: at('2027-05-01', '08:00') }),
      await compose({ contents: [{ type: CASE, quantity: 1 }] }),
      await compose({ contents: [{ type: idOf('nothing'), quantity: 1 }] }),
    ]).toEqual(
      [
        { code: 'too-few-there', name: 'Projektor', place: 'Keller', wanted: 3, there: 2 },
        { code: 'too-few-there', name: 'Projektor', place: '', wanted: 1, there: 0 },
        { code: 'in-the-future' },
        expect.objectContaining({ code: 'before-arrival', place: 'Keller' }),
        { code: 'circle', name: 'Konferenzkoffer' },
        { code: 'gone', what: 'item-type' },
      ].map((refusal) => ({ status: 'refused', refusal })),
    )
    expect(await counts()).toEqual(none)
    const bought = { type: CASE, store: CELLAR, count: 1, codes: [], items: [] }
    await clerk.gives('piece.arrive', { ...bought, at: clerk.now, why: 'bought' })
    expect(await unpack()).toMatchObject({ refusal: { code: 'no-set' } })
  })

  it('stays a set while one is packed, and changes what belongs to it for the next', async () => {
    await compose()
    await pack()
    expect(await compose({ contents: [] })).toMatchObject({
      refusal: { code: 'in-use', what: 'item-type', name: 'Konferenzkoffer', count: 1 },
    })
    await compose({ contents: [{ type: CABLE, quantity: 1 }] }, idOf('fewer'))
    await pack()
    expect(await counts()).toEqual([2, 1, 2])
    await undo('fewer')
    // Each gives what it was packed with, whatever belongs to a set by now.
    await unpack()
    await unpack()
    expect(await counts()).toEqual([0, 2, 5])
  })

  it('keeps a type that belongs to a set, though there is no piece of it', async () => {
    const adapter = idOf('type adapter')
    await clerk.gives('item-type.add', { type: adapter, name: 'Adapter', kind: 'equipment' })
    await compose({ contents: [...contents, { type: adapter, quantity: 1 }] })
    const remove = () => clerk.gives('item-type.remove', { type: adapter })
    expect(await remove()).toMatchObject({ refusal: { code: 'in-use', name: 'Adapter', count: 1 } })
    await compose()
    expect(await remove()).toMatchObject({ status: 'accepted' })
  })

  it('is told with what belongs to it and what is inside', async () => {
    await compose({ extra: true })
    await pack()
    const { types } = await database().read((tx) => queries['material.things'](tx, {}))
    const [first] = await pieces(CASE)
    expect([types.find((type) => type.id === CASE), first?.inside]).toEqual([
      {
        id: CASE,
        name: 'Konferenzkoffer',
        kind: 'equipment',
        count: 1,
        contents: [
          { type: PROJECTOR, name: 'Projektor', quantity: 1 },
          { type: CABLE, name: 'Kabel', quantity: 2 },
        ],
        extra: true,
      },
      [
        { name: 'Kabel', quantity: 2 },
        { name: 'Projektor', quantity: 1 },
      ],
    ])
  })

  it('shows in the life of a part what it was put into, and when it came out', async () => {
    await compose()
    const packed = at('2027-06-01', '09:00')
    await pack({ at: packed })
    clerk.now = at(DAY, '08:00')
    await unpack()
    const [part] = await pieces(PROJECTOR)
    const life = await database().read((tx) =>
      queries['material.item'](tx, { item: part?.item ?? '' }),
    )
    expect(life?.stays.map(({ by, into, until, state }) => ({ by, into, until, state }))).toEqual([
      { by: 'arrival', into: 'Konferenzkoffer', until: packed, state: 'past' },
      { by: 'unpack', into: null, until: null, state: 'present' },
    ])
  })
})
