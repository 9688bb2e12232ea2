import { beforeEach, expect, it } from 'vitest'
import type { ArgsOf } from '../../core/commands/calls.ts'
import { clockTimeAt } from '../../core/domain/time.ts'
import { queries } from '../../core/queries/index.ts'
import { at, Clerk, hall, idOf } from '../harness/authority.ts'
import { eachDatabase } from '../harness/databases.ts'

const KITA = hall('kita')
const START = at('2027-06-07', '08:00')
const clock = (instant: number) => clockTimeAt(instant, 'Europe/Zurich')

eachDatabase('places', (database) => {
  let clerk: Clerk
  beforeEach(async () => {
    clerk = new Clerk(database())
    await clerk.founds()
    await clerk.addHall('kita')
    await clerk.addHall('hort')
    await clerk.open('kita', { places: 5, step: 60 })
    await clerk.open('hort')
  })

  const places = () =>
    database().read((tx) =>
      queries['places.one'](tx, { resource: KITA, at: START, now: clerk.now }),
    )
  const lanes = async () =>
    (await places())?.lanes.map((lane) =>
      lane.pieces.map((piece) =>
        `${piece.title || piece.reason} ${clock(piece.start)}-${clock(piece.end)}`.trim(),
      ),
    )
  const change = (to: number, decisions: ArgsOf<'places.change'>['decisions'] = [], id?: string) =>
    clerk.gives(
      'places.change',
      { resource: KITA, start: START, places: to, decisions },
      id === undefined ? undefined : idOf(id),
    )
  const book = (title: string, from: string, to: string, more = {}) =>
    clerk.books('kita', '2027-06-07', from, to, title, more)
  const cancel = (title: string) =>
    clerk.gives('reservation.cancel', { token: idOf(`booking ${title}`), reason: '' })

  it('shows one lane for each place, the use against the number, and what waits below', async () => {
    await book('Anna', '08:00', '12:00')
    await book('Beat', '10:00', '14:00', { places: 2 })
    await clerk.gives('reservation.request', {
      ...bookingOf('Cora', '08:00', '10:00'),
      waiting: false,
    })
    await clerk.gives('reservation.request', {
      ...bookingOf('Dora', '08:00', '10:00'),
      waiting: true,
    })
    const row = await places()
    expect(row).toMatchObject({ places: 5, peak: 3, step: 60 })
    expect(await lanes()).toEqual([
      ['Anna 08:00-12:00'],
      ['Beat 10:00-14:00'],
      ['Beat 10:00-14:00'],
      [],
      [],
    ])
    expect(row?.levels.map((each) => each.used)).toEqual([1, 3, 2, 0])
    expect(row?.pending.map((each) => `${each.title} ${each.kind}`)).toEqual([
      'Cora request',
      'Dora waiting',
    ])
    expect(row?.lanes[0]).toMatchObject({ uuid: KITA, slots: 4 })
    expect(row?.lanes[4]).toMatchObject({ row: null, slots: 0 })
  })

  const bookingOf = (title: string, from: string, to: string) => ({
    token: idOf(`booking ${title}`),
    resource: KITA,
    during: { start: at('2027-06-07', from), end: at('2027-06-07', to) },
    places: 1,
    title,
    publicTitle: '',
    note: '',
    persons: null,
    person: { id: idOf(title), name: title, organisation: '', phone: '', email: '' },
  })

  it('become fewer where libres refuses, with as few people moved as can be', async () => {
    // Peak use is one, but no place is wholly free.
    await book('Anna', '08:00', '10:00')
    await book('Beat', '09:00', '11:00')
    await cancel('Anna')
    await book('Cora', '12:00', '14:00')
    await change(2)
    expect(await lanes()).toEqual([['Cora 12:00-14:00'], ['Beat 09:00-11:00']])
    const dry = (await places())?.dryRun
    expect(dry).toEqual([{ places: 1, moves: null }])
    const outcome = await change(1, [], 'one')
    expect(outcome).toMatchObject({
      status: 'accepted',
      result: { before: 2, moves: [{ from: 1, to: 0 }] },
    })
    expect(await lanes()).toEqual([['Beat 09:00-11:00', 'Cora 12:00-14:00']])
    expect(await book('Dora', '09:00', '10:00')).toMatchObject({ status: 'refused' })
    await clerk.gives('undo', { command: idOf('one') })
    expect(await lanes()).toEqual([['Cora 12:00-14:00'], ['Beat 09:00-11:00']])
  })

  it('refuse where too many are taken at once, and say who', async () => {
    await book('Anna', '08:00', '10:00')
    await book('Beat', '09:00', '11:00')
    expect(await change(1)).toMatchObject({
      refusal: {
        code: 'in-use',
        what: 'places',
        count: 2,
        by: [{ title: 'Anna' }, { title: 'Beat' }],
      },
    })
    expect((await places())?.places).toBe(5)
  })

  it('become fewer with a word for who is in the way; undone and redone as one', async () => {
    for (const [title, more] of [
      ['Anna', {}],
      ['Beat', {}],
      ['Cora', {}],
      ['Dora', {}],
    ] as const) {
      await book(title, '08:00', '10:00', more)
    }
    const before = await lanes()
    const during = { start: at('2027-06-07', '08:00'), end: at('2027-06-07', '10:00') }
    const outcome = await change(
      1,
      [
        { token: idOf('booking Beat'), do: 'cancel' },
        { token: idOf('booking Cora'), do: 'waiting' },
        {
          token: idOf('booking Dora'),
          do: 'move',
          from: { resource: KITA, start: during.start },
          to: { resource: hall('hort'), ...during },
        },
      ],
      'fewer',
    )
    expect(outcome).toMatchObject({ status: 'accepted' })
    expect(await lanes()).toEqual([['Anna 08:00-10:00']])
    expect((await places())?.pending).toMatchObject([{ title: 'Cora', kind: 'waiting' }])
    const undone = await clerk.gives('undo', { command: idOf('fewer') }, idOf('undone'))
    expect(undone).toMatchObject({ status: 'accepted' })
    const told = (all: string[][] | undefined) => all?.flat().sort()
    expect(told(await lanes())).toEqual(told(before))
    expect(await clerk.gives('undo', { command: idOf('undone') })).toMatchObject({
      status: 'accepted',
    })
    expect(await lanes()).toEqual([['Anna 08:00-10:00']])
  })

  it('that are blocked stay blocked, however many there are', async () => {
    const during = { start: at('2027-06-07', '12:00'), end: at('2027-06-07', '14:00') }
    await clerk.gives('blocker.add', {
      token: idOf('blocker'),
      resources: [KITA],
      during,
      reason: 'Putzen',
      decisions: [],
    })
    await change(3)
    expect(await lanes()).toEqual(Array.from({ length: 3 }, () => ['Putzen 12:00-14:00']))
    await change(4)
    expect(await lanes()).toEqual(Array.from({ length: 4 }, () => ['Putzen 12:00-14:00']))
    expect(await book('Anna', '12:00', '13:00')).toMatchObject({ status: 'refused' })
    await clerk.gives('blocker.remove', { token: idOf('blocker'), steps: [] })
    expect(await lanes()).toEqual([[], [], [], []])
  })

  it('give and take places at random without anybody losing theirs', async () => {
    const seed = 1848
    let state = seed
    const roll = (sides: number) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      return Math.floor((state / 2 ** 32) * sides)
    }
    const booked = new Set<string>()
    for (let round = 0; round < 30; round++) {
      const title = `Kind ${round}`
      const from = 8 + roll(12)
      const clockOf = (hour: number) => `${String(hour).padStart(2, '0')}:00`
      const done = await book(title, clockOf(from), clockOf(from + 1 + roll(2)))
      if (done.status === 'accepted') booked.add(title)
      if (roll(3) === 0) {
        const [one] = [...booked].slice(roll(Math.max(1, booked.size)))
        if (one && booked.delete(one)) await cancel(one)
      }
      const { peak = 0 } = (await places()) ?? {}
      const to = 1 + roll(6)
      const outcome = await change(to)
      expect({ seed, round, to, status: outcome.status }).toEqual({
        seed,
        round,
        to,
        status: to >= peak ? 'accepted' : 'refused',
      })
      const there = (await lanes())?.flat().map((each) => each.replace(/ \d\d:.*/, ''))
      expect({ seed, there: there?.sort() }).toEqual({ seed, there: [...booked].sort() })
    }
  })
})
