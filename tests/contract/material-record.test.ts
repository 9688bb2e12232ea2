/** What happened without a plan, on every database: after its booking was called off, or when it was over already. */
import { beforeEach, expect, it } from 'vitest'
import { at, idOf } from '../harness/authority.ts'
import { eachDatabase } from '../harness/databases.ts'
import { Caretaker, CELLAR, CHAIR, DAY, placeOfHall, tokenOf } from '../harness/material.ts'

const AULA = placeOfHall('aula')

eachDatabase('happened after all', (database) => {
  let clerk: Caretaker
  beforeEach(async () => {
    clerk = new Caretaker(database())
    await clerk.furnish(10)
  })
  const record = (patch: object, id?: string) =>
    clerk.gives(
      'trip.record',
      {
        type: CHAIR,
        count: 6,
        from: null,
        place: AULA,
        at: at(DAY, '17:00'),
        backAt: null,
        claim: idOf('claim of Chor'),
        ...patch,
      },
      id,
    )

  it('what was brought for a booking that is over counts for it, and is still to be fetched', async () => {
    await clerk.lends('Chor', 6, '17:00', '21:00')
    clerk.now = at('2027-06-09', '06:00')
    expect(await record({})).toMatchObject({
      status: 'accepted',
      result: { told: [{ count: 6, name: 'Stuhl', from: 'Keller', to: 'aula', title: 'Chor' }] },
    })
    expect(await clerk.trips()).toEqual([
      '6 Stuhl → aula done 06-08T15:00',
      '6 Stuhl → Keller planned 06-08T19:00',
    ])
  })

  it('brought and fetched in one entry, and taken back as one', async () => {
    await clerk.lends('Chor', 6, '17:00', '21:00')
    clerk.now = at('2027-06-09', '06:00')
    const planned = await clerk.trips()
    await record({ backAt: at(DAY, '21:30') }, idOf('recorded'))
    expect(await clerk.trips()).toEqual([
      '6 Stuhl → aula done 06-08T15:00',
      '6 Stuhl → Keller done 06-08T19:30',
    ])
    expect(
      await clerk.gives('undo', { command: idOf('recorded') }, idOf('undo recorded')),
    ).toMatchObject({ status: 'accepted' })
    // Nothing was delivered while it lasted, and now it is over: nothing is planned any more.
    expect([planned.length > 0, await clerk.trips()]).toEqual([true, []])
  })

  it('what was brought although it had been called off is to be fetched at once, for nobody', async () => {
    await clerk.lends('Chor', 6, '17:00', '21:00')
    clerk.now = at(DAY, '16:00')
    await clerk.gives('reservation.cancel', { token: tokenOf('Chor'), reason: '' })
    expect(await clerk.trips()).toEqual([])
    clerk.now = at(DAY, '17:10')
    await record({ count: 4 })
    expect(await clerk.trips()).toEqual([
      '4 Stuhl → aula done 06-08T15:00',
      '4 Stuhl → Keller planned 06-08T15:10',
    ])
  })

  it('takes pieces that others were to get, and plans others for them', async () => {
    await clerk.lends('Chor', 6, '17:00', '21:00')
    await clerk.lends('Yoga', 4, '18:00', '20:00', 'saal')
    clerk.now = at(DAY, '17:30')
    expect(await record({ count: 8 })).toMatchObject({
      result: { short: [{ title: 'Yoga', name: 'Stuhl', missing: 2 }] },
    })
    expect(await clerk.trips()).toEqual([
      '8 Stuhl → aula done 06-08T15:00',
      '2 Stuhl → saal planned 06-08T16:00',
      '2 Stuhl → Keller planned 06-08T18:00',
      '8 Stuhl → Keller planned 06-08T19:00',
    ])
  })

  it('refuses more than there is, ahead of time, before the pieces came, and to nowhere', async () => {
    await clerk.lends('Chor', 6, '17:00', '21:00')
    clerk.now = at('2027-06-09', '06:00')
    const before = await clerk.trips()
    expect([
      await record({ count: 11 }),
      await record({ at: at('2027-06-09', '07:00') }),
      await record({ at: at('2027-05-01', '07:00') }),
      await record({ place: idOf('nowhere') }),
    ]).toEqual([
      {
        status: 'refused',
        refusal: { code: 'too-few-there', name: 'Stuhl', place: 'Keller', wanted: 11, there: 10 },
      },
      { status: 'refused', refusal: { code: 'in-the-future' } },
      {
        status: 'refused',
        refusal: expect.objectContaining({ code: 'before-arrival', place: 'Keller' }),
      },
      { status: 'refused', refusal: { code: 'gone', what: 'resource' } },
    ])
    expect(await clerk.trips()).toEqual(before)
  })

  it('from the place that is named, and home from there with nothing left to do', async () => {
    await clerk.lends('Chor', 2, '17:00', '21:00')
    await clerk.gives('reservation.cancel', { token: tokenOf('Chor'), reason: '' })
    clerk.now = at(DAY, '08:00')
    await record({ claim: null, at: at(DAY, '07:00'), count: 2 })
    const home = { claim: null, from: AULA, place: CELLAR, at: at(DAY, '07:30') }
    expect(await record({ ...home, count: 3 })).toMatchObject({
      refusal: { code: 'too-few-there', place: 'aula', there: 2 },
    })
    await record({ ...home, count: 2 })
    expect(await clerk.trips()).toEqual([
      '2 Stuhl → aula done 06-08T05:00',
      '2 Stuhl → Keller done 06-08T05:30',
    ])
  })
})
