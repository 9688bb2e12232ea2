import { beforeEach, expect, it } from 'vitest'
import type { ArgsOf } from '../../core/commands/calls.ts'
import { clockTimeAt } from '../../core/domain/time.ts'
import { queries } from '../../core/queries/index.ts'
import { at, Clerk, hall, idOf } from '../harness/authority.ts'
import { eachDatabase } from '../harness/databases.ts'

const DAY = { start: at('2027-06-08', '08:00'), end: at('2027-06-08', '22:00') }
const TOKEN = idOf('blocker')
const tokenOf = (title: string) => idOf(`booking ${title}`)
const clock = (instant: number) => clockTimeAt(instant, 'Europe/Zurich')

eachDatabase('blockers', (database) => {
  let clerk: Clerk
  beforeEach(async () => {
    clerk = new Clerk(database())
    await clerk.founds()
    await clerk.addHall('aula', { capacity: 120 })
    await clerk.addHall('saal', { capacity: 300 })
    await clerk.open('aula')
    await clerk.open('saal')
    await clerk.books('aula', '2027-06-08', '09:00', '11:00', 'Chor')
    await clerk.books('aula', '2027-06-08', '14:00', '16:00', 'Yoga')
    await clerk.books('aula', '2027-06-08', '19:00', '21:00', 'Theater')
  })

  const impact = (resources = [hall('aula')], during = DAY) =>
    database().read((tx) => queries['blocker.impact'](tx, { resources, during, now: clerk.now }))
  const block = (
    decisions: ArgsOf<'blocker.add'>['decisions'],
    more: Partial<ArgsOf<'blocker.add'>> = {},
  ) =>
    clerk.gives(
      'blocker.add',
      {
        token: TOKEN,
        resources: [hall('aula')],
        during: DAY,
        reason: 'Malerarbeiten',
        decisions,
        ...more,
      },
      more.token ? undefined : idOf('block'),
    )
  const shown = async () => {
    const rows = await database().read((tx) => queries['calendar.range'](tx, DAY))
    const nameOf = (id: string) => (id === hall('saal') ? 'saal' : 'aula')
    return {
      booked: rows.booked
        .map((one) => `${one.title} ${nameOf(one.resource)} ${clock(one.start)}-${clock(one.end)}`)
        .sort(),
      blocked: rows.blocked.map((one) => `${clock(one.start)}-${clock(one.end)} ${one.reason}`),
    }
  }

  it('lists who is in the way, with phone, and where each could go', async () => {
    const { rows } = await impact()
    expect(
      rows.map((row) => [
        `${row.title} ${row.phone}`,
        ...row.alternatives.map((one) => `${one.resourceName} ${clock(one.start)}`),
      ]),
    ).toEqual([
      ['Chor 079 000 01 40', 'saal 09:00'],
      ['Yoga 079 000 01 40', 'saal 14:00'],
      ['Theater 079 000 01 40', 'saal 19:00'],
    ])
  })

  it('is refused while a booking in the way has no word', async () => {
    const outcome = await block([{ token: tokenOf('Chor'), do: 'keep' }])
    expect(outcome).toMatchObject({
      refusal: { code: 'undecided', count: 2, by: [{ title: 'Yoga' }, { title: 'Theater' }] },
    })
    expect(JSON.stringify(outcome)).not.toContain('079')
  })

  it('keeps, moves and cancels, and all of it is undone and redone as one', async () => {
    const before = await shown()
    const saal = { resource: hall('saal') }
    const outcome = await block([
      { token: tokenOf('Chor'), do: 'keep' },
      {
        token: tokenOf('Yoga'),
        do: 'move',
        from: { resource: hall('aula'), start: at('2027-06-08', '14:00') },
        to: { ...saal, start: at('2027-06-08', '14:00'), end: at('2027-06-08', '16:00') },
      },
      { token: tokenOf('Theater'), do: 'cancel' },
    ])
    expect(outcome).toMatchObject({ status: 'accepted', result: { blocked: 2 } })
    const after = {
      booked: ['Chor aula 09:00-11:00', 'Yoga saal 14:00-16:00'],
      blocked: ['08:00-09:00 Malerarbeiten', '11:00-22:00 Malerarbeiten'],
    }
    expect(await shown()).toEqual(after)
    expect(await clerk.books('aula', '2027-06-08', '12:00', '13:00', 'Neu')).toMatchObject({
      refusal: { code: 'blocked', reason: 'Malerarbeiten' },
    })
    expect(await clerk.gives('undo', { command: idOf('block') }, idOf('undone'))).toMatchObject({
      status: 'accepted',
    })
    expect(await shown()).toEqual(before)
    expect(await clerk.gives('undo', { command: idOf('undone') })).toMatchObject({
      status: 'accepted',
    })
    expect(await shown()).toEqual(after)
  })

  it('is lifted later without bringing back who was cancelled', async () => {
    await block([
      { token: tokenOf('Chor'), do: 'keep' },
      { token: tokenOf('Yoga'), do: 'cancel' },
      { token: tokenOf('Theater'), do: 'cancel' },
    ])
    const listed = () => database().read((tx) => queries['blocker.all'](tx, { from: 0 }))
    expect(await listed()).toMatchObject([
      { token: TOKEN, reason: 'Malerarbeiten', resources: [hall('aula')], pieces: 2 },
    ])
    const lifted = await clerk.gives('blocker.remove', { token: TOKEN, steps: [] }, idOf('lift'))
    expect(lifted).toMatchObject({ status: 'accepted', result: { reason: 'Malerarbeiten' } })
    expect(await shown()).toEqual({ booked: ['Chor aula 09:00-11:00'], blocked: [] })
    await clerk.gives('undo', { command: idOf('lift') })
    expect((await shown()).blocked).toHaveLength(2)
    expect(await clerk.gives('blocker.remove', { token: idOf('none'), steps: [] })).toMatchObject({
      refusal: { code: 'gone', what: 'blocker' },
    })
  })

  it('counts the whole and the parts of a hall as in the way, and closes them', async () => {
    await clerk.addHall('bühne', { parent: hall('aula'), sharesSpace: true })
    await clerk.open('bühne')
    await clerk.books('bühne', '2027-06-08', '12:00', '13:00', 'Probe')
    const { rows, sharing } = await impact([hall('aula')])
    expect(rows.map((row) => row.title)).toEqual(['Chor', 'Probe', 'Yoga', 'Theater'])
    expect(sharing).toEqual([hall('bühne')])
    await block(rows.map((row) => ({ token: row.token, do: 'keep' as const })))
    expect((await shown()).blocked.map((each) => each.split(' ')[0])).toEqual([
      '08:00-09:00',
      '11:00-12:00',
      '13:00-14:00',
      '16:00-19:00',
      '21:00-22:00',
    ])
    expect(await clerk.books('bühne', '2027-06-08', '17:00', '18:00', 'Neu')).toMatchObject({
      status: 'refused',
    })
  })

  it('says so where there is nothing to block, or the end is before the start', async () => {
    const night = { start: at('2027-06-08', '23:00'), end: at('2027-06-09', '01:00') }
    expect(await block([], { during: night })).toMatchObject({
      refusal: { code: 'nothing-to-block' },
    })
    const back = { start: DAY.end, end: DAY.start }
    expect(await block([], { token: idOf('back'), during: back })).toMatchObject({
      refusal: { code: 'end-before-start' },
    })
  })
})
