import { beforeEach, expect, it } from 'vitest'
import type { ArgsOf } from '../../core/commands/calls.ts'
import type { Outcome } from '../../core/commands/command.ts'
import type { Refusal } from '../../core/domain/refusal.ts'
import { queries } from '../../core/queries/index.ts'
import { schedulerOn } from '../../core/scheduler/scheduler-on.ts'
import { at, Clerk, CONTEXT, hall, idOf, ZONE } from '../harness/authority.ts'
import { eachDatabase } from '../harness/databases.ts'

const SATURDAY = '2027-06-12'
const SUNDAY = '2027-06-13'
const YEARS = { start: at('2026-01-01', '00:00'), end: at('2028-01-01', '00:00') }
const clock = (instant: number) =>
  new Date(instant).toLocaleTimeString('de-CH', { timeZone: ZONE, timeStyle: 'short' })
type Move = ArgsOf<'reservation.move'>

eachDatabase('moving a booking', (database) => {
  let clerk: Clerk
  beforeEach(async () => {
    clerk = new Clerk(database())
    await clerk.addHall('aula', { name: 'Aula', capacity: 120 })
    await clerk.addHall('saal', { name: 'Saal', capacity: 300, position: 1 })
    await clerk.open('aula')
    await clerk.open('saal')
  })

  const moves = (
    title: string,
    [from, day, time]: readonly [string, string, string],
    [to, toDay, start, end]: readonly [string, string, string, string],
    id?: string,
  ): Promise<Outcome<unknown>> =>
    clerk.gives(
      'reservation.move',
      {
        token: idOf(`booking ${title}`),
        from: { resource: hall(from), start: at(day, time) },
        to: { resource: hall(to), start: at(toDay, start), end: at(toDay, end) },
      } satisfies Move,
      id,
    )
  const refusalOf = (outcome: Outcome<unknown>): Refusal => {
    if (outcome.status !== 'refused') throw new Error('expected a refusal')
    return outcome.refusal
  }
  const code = (outcome: Outcome<unknown>) =>
    outcome.status === 'refused' ? outcome.refusal.code : outcome.status

  /** What the calendar shows, and what the slots say: the two must agree. */
  const shown = async () => {
    const { booked, taken, names } = await database().read(async (tx) => ({
      booked: (await queries['calendar.range'](tx, YEARS)).booked,
      taken: await tx
        .selectFrom('reserved_slots as s')
        .innerJoin('allocations as a', 'a.id', 's.allocation_id')
        .innerJoin('reservations as r', 'r.id', 's.source_id')
        .select(['s.reservation_token as token', 'a.mirror_of as resource', 'r.resource as of'])
        .execute(),
      names: new Map((await queries['resource.all'](tx, {})).map((each) => [each.id, each.name])),
    }))
    return booked.map((one) => {
      const slots = taken.filter(
        (each) =>
          each.token === one.token && each.resource === one.resource && each.of === one.resource,
      )
      return `${one.title} ${names.get(one.resource)} ${clock(one.start)}-${clock(one.end)} ${slots.length}`
    })
  }
  /** All that has to stay as it is. */
  const kept = (title: string) =>
    database().read(async (tx) => {
      const { number, createdAt, createdBy, person, note } = (await queries['booking.one'](tx, {
        token: idOf(`booking ${title}`),
      })) ?? { number: 0 }
      const records = await tx
        .selectFrom('reservations')
        .select(['id', 'created', 'email', 'quota', 'status'])
        .where('token', '=', idOf(`booking ${title}`))
        .orderBy('id')
        .execute()
      return { number, createdAt, createdBy, person, note, records }
    })

  it('keeps token, number, record, person and creation: same availability, another, another hall', async () => {
    await clerk.books('aula', SATURDAY, '19:00', '22:00', 'Jubiläum')
    const before = await kept('Jubiläum')
    clerk.now = at('2027-06-02', '10:00')
    const steps = [
      await moves('Jubiläum', ['aula', SATURDAY, '19:00'], ['aula', SATURDAY, '17:00', '20:00']),
      await moves('Jubiläum', ['aula', SATURDAY, '17:00'], ['aula', SUNDAY, '09:00', '12:00']),
      await moves('Jubiläum', ['aula', SUNDAY, '09:00'], ['saal', SUNDAY, '10:00', '11:30']),
    ]
    expect([steps.map(code), await shown(), await kept('Jubiläum')]).toEqual([
      ['accepted', 'accepted', 'accepted'],
      ['Jubiläum Saal 10:00-11:30 3'],
      before,
    ])
    expect(steps[2]).toEqual({
      status: 'accepted',
      result: {
        number: before.number,
        title: 'Jubiläum',
        from: { resource: hall('aula'), start: at(SUNDAY, '09:00'), end: at(SUNDAY, '12:00') },
        to: { resource: hall('saal'), start: at(SUNDAY, '10:00'), end: at(SUNDAY, '11:30') },
      },
    })
    const row = await database().read((tx) =>
      queries['booking.one'](tx, { token: idOf('booking Jubiläum') }),
    )
    expect(row?.dates.map((date) => `${date.resourceName} ${clock(date.start)}`)).toEqual([
      'Saal 10:00',
    ])
  })

  it('onto itself makes it longer, shorter, or half an hour later', async () => {
    await clerk.books('aula', SATURDAY, '19:00', '21:00', 'Jubiläum')
    await moves('Jubiläum', ['aula', SATURDAY, '19:00'], ['aula', SATURDAY, '18:30', '22:00'])
    const longer = await shown()
    await moves('Jubiläum', ['aula', SATURDAY, '18:30'], ['aula', SATURDAY, '19:00', '20:00'])
    await moves('Jubiläum', ['aula', SATURDAY, '19:00'], ['aula', SATURDAY, '19:30', '20:30'])
    expect([longer, await shown()]).toEqual([
      ['Jubiläum Aula 18:30-22:00 7'],
      ['Jubiläum Aula 19:30-20:30 2'],
    ])
  })

  it('into a taken time names who has it and what is free, and nothing has happened', async () => {
    await clerk.books('aula', SATURDAY, '19:00', '22:00', 'Jubiläum')
    await clerk.books('saal', SATURDAY, '18:00', '20:00', 'Chor')
    const before = [await shown(), await kept('Jubiläum')]
    const refusal = refusalOf(
      await moves('Jubiläum', ['aula', SATURDAY, '19:00'], ['saal', SATURDAY, '19:00', '22:00']),
    )
    if (refusal.code !== 'taken') throw new Error(refusal.code)
    expect(refusal.by.map((one) => `${one.title} ${one.resourceName}`)).toEqual(['Chor Saal'])
    expect(refusal.alternatives.length).toBeGreaterThan(0)
    expect([await shown(), await kept('Jubiläum')]).toEqual(before)
    for (const [index, { resource, start, end }] of refusal.alternatives.entries()) {
      const id = idOf(`alternative ${index}`)
      const token = idOf('booking Jubiläum')
      const from = { resource: hall('aula'), start: at(SATURDAY, '19:00') }
      const to = { resource, start, end }
      expect(code(await clerk.gives('reservation.move', { token, from, to }, id))).toBe('accepted')
      expect(code(await clerk.gives('undo', { command: id }))).toBe('accepted')
    }
  })

  it('past the end of what is reservable is refused, and so is a piece of what is given whole', async () => {
    await clerk.addHall('kita')
    await clerk.open('kita', { step: null, opens: '07:00', closes: '18:00' })
    await clerk.books('aula', SATURDAY, '19:00', '22:00', 'Jubiläum')
    const from = ['aula', SATURDAY, '19:00'] as const
    const outcomes = [
      await moves('Jubiläum', from, ['aula', SATURDAY, '20:00', '22:30']),
      await moves('Jubiläum', from, ['kita', SATURDAY, '09:00', '12:00']),
      await moves('Jubiläum', from, ['aula', SATURDAY, '20:00', '20:00']),
      await moves('Jubiläum', ['aula', SATURDAY, '18:00'], ['aula', SATURDAY, '20:00', '21:00']),
      await moves('Nie', from, ['aula', SATURDAY, '20:00', '21:00']),
    ]
    const where = await shown()
    const whole = await moves('Jubiläum', from, ['kita', SATURDAY, '07:00', '18:00'])
    expect([outcomes.map(code), where, code(whole), await shown()]).toEqual([
      ['not-available', 'only-whole', 'end-before-start', 'gone', 'gone'],
      ['Jubiläum Aula 19:00-22:00 6'],
      'accepted',
      ['Jubiläum kita 07:00-18:00 1'],
    ])
  })

  it('takes its places along, and no more than there are', async () => {
    await clerk.addHall('kita', { name: 'Kita' })
    await clerk.open('kita', { places: 3 })
    const day = ['kita', SATURDAY, '08:00', '12:00'] as const
    await clerk.books(...day, 'Zwei', { places: 2 })
    await clerk.books('kita', SATURDAY, '13:00', '17:00', 'Zwei mittags', { places: 2 })
    const onto = await moves(
      'Zwei',
      ['kita', SATURDAY, '08:00'],
      ['kita', SATURDAY, '13:00', '17:00'],
    )
    const beside = await moves(
      'Zwei',
      ['kita', SATURDAY, '08:00'],
      ['kita', SUNDAY, '08:00', '12:00'],
    )
    const back = await moves(
      'Zwei',
      ['kita', SUNDAY, '08:00'],
      ['kita', SATURDAY, '09:00', '13:00'],
    )
    expect([[onto, beside, back].map(code), await shown()]).toEqual([
      ['too-few-places', 'accepted', 'accepted'],
      ['Zwei Kita 09:00-13:00 16', 'Zwei mittags Kita 13:00-17:00 16'],
    ])
  })

  it('from a whole into its part frees the whole first', async () => {
    await clerk.addHall('gym', { name: 'Turnhalle', kind: 'gym' })
    const part = { kind: 'gym', parent: hall('gym'), sharesSpace: true } as const
    await clerk.addHall('third', { name: 'Drittel A', ...part })
    await clerk.open('gym')
    await clerk.open('third')
    await clerk.books('gym', SATURDAY, '08:00', '10:00', 'Turnier')
    const into = await moves(
      'Turnier',
      ['gym', SATURDAY, '08:00'],
      ['third', SATURDAY, '08:30', '10:00'],
    )
    await clerk.books('gym', SATURDAY, '14:00', '16:00', 'Schule')
    const onto = await moves(
      'Turnier',
      ['third', SATURDAY, '08:30'],
      ['third', SATURDAY, '15:00', '17:00'],
    )
    expect([code(into), code(onto), await shown()]).toEqual([
      'accepted',
      'taken',
      ['Turnier Drittel A 08:30-10:00 3', 'Schule Turnhalle 14:00-16:00 4'],
    ])
  })

  it('is undone, redone, and undone no more where somebody took the old time', async () => {
    await clerk.books('aula', SATURDAY, '19:00', '22:00', 'Jubiläum')
    const move = idOf('the move')
    await moves('Jubiläum', ['aula', SATURDAY, '19:00'], ['saal', SUNDAY, '10:00', '12:00'], move)
    await clerk.gives('undo', { command: move }, idOf('the undo'))
    const undone = await shown()
    await clerk.gives('undo', { command: idOf('the undo') }, idOf('the redo'))
    const redone = await shown()
    await clerk.books('aula', SATURDAY, '20:00', '21:00', 'Lesung')
    const late = await clerk.gives('undo', { command: idOf('the redo') })
    expect([undone, redone, code(late)]).toEqual([
      ['Jubiläum Aula 19:00-22:00 6'],
      ['Jubiläum Saal 10:00-12:00 4'],
      'taken',
    ])
  })

  it('sent twice happens once, and stands in the history of the booking', async () => {
    await clerk.books('aula', SATURDAY, '19:00', '22:00', 'Jubiläum')
    const move = () =>
      moves(
        'Jubiläum',
        ['aula', SATURDAY, '19:00'],
        ['aula', SATURDAY, '18:00', '21:00'],
        idOf('twice'),
      )
    const first = await move()
    expect([await move(), await shown()]).toEqual([first, ['Jubiläum Aula 18:00-21:00 6']])
    const row = await database().read((tx) =>
      queries['booking.one'](tx, { token: idOf('booking Jubiläum') }),
    )
    expect(row?.history.map((entry) => `${entry.name} ${entry.canUndo}`)).toEqual([
      'reservation.move true',
      'reservation.book true',
    ])
  })

  it.each([
    ['2027-03-28', 'the night of 23 hours', 4],
    ['2027-10-31', 'the night of 25 hours', 8],
  ])('over %s, %s, by the clock', async (day, _name, slots) => {
    await clerk.open('aula', {
      rule: idOf(day),
      from: day,
      until: day,
      opens: '00:00',
      closes: '24:00',
    })
    await clerk.books('aula', day, '12:00', '14:00', 'Nacht')
    const moved = await moves('Nacht', ['aula', day, '12:00'], ['aula', day, '01:00', '04:00'])
    expect([code(moved), await shown()]).toEqual(['accepted', [`Nacht Aula 01:00-04:00 ${slots}`]])
    const back = await moves('Nacht', ['aula', day, '01:00'], ['aula', day, '22:00', '24:00'])
    expect([code(back), await shown()]).toEqual(['accepted', ['Nacht Aula 22:00-00:00 4']])
  })

  it('of a request stays a request and takes nothing', async () => {
    const token = idOf('booking Anfrage')
    const scheduler = (tx: Parameters<typeof schedulerOn>[0]) =>
      schedulerOn(tx, { context: CONTEXT, name: 'aula', timezone: ZONE, now: clerk.now })
    await database().transact((tx) =>
      scheduler(tx).reserve('a@b.ch', {
        token,
        dates: [{ start: at(SATURDAY, '19:00'), end: at(SATURDAY, '22:00') }],
      }),
    )
    const moved = await moves(
      'Anfrage',
      ['aula', SATURDAY, '19:00'],
      ['saal', SUNDAY, '10:00', '12:00'],
    )
    expect([code(moved), await shown(), (await kept('Anfrage')).records[0]?.status]).toEqual([
      'accepted',
      [' Saal 10:00-12:00 0'],
      'pending',
    ])
  })

  it('neither leaves nor enters times that are only given together', async () => {
    await database().transact(async (tx) => {
      const scheduler = schedulerOn(tx, {
        context: CONTEXT,
        name: 'saal',
        timezone: ZONE,
        now: clerk.now,
      })
      const dates = ['2027-06-19', '2027-06-20'].map((day) => ({
        start: at(day, '08:00'),
        end: at(day, '18:00'),
      }))
      await scheduler.allocate(dates, { grouped: true })
    })
    await clerk.books('aula', SATURDAY, '19:00', '22:00', 'Jubiläum')
    const enters = await moves(
      'Jubiläum',
      ['aula', SATURDAY, '19:00'],
      ['saal', '2027-06-19', '08:00', '18:00'],
    )
    await clerk.books('saal', '2027-06-19', '08:00', '18:00', 'Lager')
    const leaves = await moves(
      'Lager',
      ['saal', '2027-06-19', '08:00'],
      ['aula', SUNDAY, '08:00', '18:00'],
    )
    expect([code(enters), code(leaves), (await shown()).sort()]).toEqual([
      'only-together',
      'only-together',
      ['Jubiläum Aula 19:00-22:00 6', 'Lager Saal 08:00-18:00 2', 'Lager Saal 08:00-18:00 2'],
    ])
  })
})
