import { beforeEach, expect, it } from 'vitest'
import type { Refusal } from '../../core/domain/refusal.ts'
import { queries } from '../../core/queries/index.ts'
import { receiptOf } from '../../core/store/receipts.ts'
import { decideMany } from '../../core/sync/decide.ts'
import { at, Clerk, hall, idOf } from '../harness/authority.ts'
import { eachDatabase } from '../harness/databases.ts'

const WEEK = { start: at('2027-06-07', '00:00'), end: at('2027-06-14', '00:00') }
const clock = (instant: number) =>
  new Date(instant).toLocaleTimeString('de-CH', { timeZone: 'Europe/Zurich', timeStyle: 'short' })

eachDatabase('booking a hall', (database) => {
  let clerk: Clerk
  beforeEach(async () => {
    clerk = new Clerk(database())
    await clerk.founds()
    await clerk.addHall('aula', { capacity: 120 })
    await clerk.addHall('saal', { capacity: 300 })
    await clerk.open('aula')
    await clerk.open('saal')
  })

  const booked = async () => {
    const rows = await database().read((tx) => queries['calendar.range'](tx, WEEK))
    return rows.booked.map(
      (one) => `${one.title} ${one.number} ${clock(one.start)}-${clock(one.end)} ${one.state}`,
    )
  }
  const refusalOf = (outcome: { status: string; refusal?: Refusal }) => {
    if (outcome.refusal === undefined) throw new Error(`expected a refusal, got ${outcome.status}`)
    return outcome.refusal
  }

  it('takes the slots, gives a number to read out and shows in the calendar', async () => {
    const outcome = await clerk.books('aula', '2027-06-12', '19:00', '23:00', 'Zu spät')
    const second = await clerk.books('aula', '2027-06-12', '19:00', '22:00', 'Jubiläum')
    expect({
      first: outcome.status,
      second,
      shown: await booked(),
    }).toEqual({
      first: 'refused',
      second: { status: 'accepted', result: { number: expect.any(Number) } },
      shown: [expect.stringMatching(/^Jubiläum \d+ 19:00-22:00 booked$/)],
    })
  })

  it('is refused in words that name the first booking, with alternatives that are free', async () => {
    await clerk.books('aula', '2027-06-12', '19:00', '22:00', 'Jubiläum')
    const refusal = refusalOf(await clerk.books('aula', '2027-06-12', '20:00', '21:30', 'Lesung'))
    if (refusal.code !== 'taken') throw new Error(refusal.code)
    expect({
      by: refusal.by.map(
        (one) => `${one.title} ${one.resourceName} ${clock(one.start)}-${clock(one.end)}`,
      ),
      alternatives: refusal.alternatives.map((one) => `${one.resourceName} ${clock(one.start)}`),
      shown: (await booked()).length,
    }).toEqual({
      by: ['Jubiläum aula 19:00-22:00'],
      alternatives: ['aula 17:30', 'saal 20:00'],
      shown: 1,
    })
    for (const [index, { resource, start, end }] of refusal.alternatives.entries()) {
      const again = await clerk.books('aula', '2027-06-12', '19:00', '20:00', `Weg ${index}`, {
        resource,
        during: { start, end },
      })
      expect(again.status).toBe('accepted')
    }
  })

  it('needs a time in which the hall can be reserved, and says which there is', async () => {
    const refusal = refusalOf(await clerk.books('aula', '2027-06-12', '06:00', '09:00', 'Früh'))
    if (refusal.code !== 'not-available') throw new Error(refusal.code)
    expect(refusal.open.map((span) => `${clock(span.start)}-${clock(span.end)}`)).toEqual([
      '08:00-22:00',
    ])
  })

  it('ends after it starts', async () => {
    expect(refusalOf(await clerk.books('aula', '2027-06-12', '20:00', '20:00', 'Nichts'))).toEqual({
      code: 'end-before-start',
    })
  })

  it('may be cancelled, restored and cancelled again; what was taken meanwhile stays taken', async () => {
    await clerk.books('aula', '2027-06-12', '19:00', '22:00', 'Jubiläum')
    const token = idOf('booking Jubiläum')
    const cancelled = await clerk.gives('reservation.cancel', { token, reason: 'krank' })
    const again = await clerk.gives('reservation.cancel', { token, reason: '' })
    const restored = await clerk.gives('reservation.restore', { token })
    await clerk.gives('reservation.cancel', { token, reason: '' })
    await clerk.books('aula', '2027-06-12', '21:00', '22:00', 'Konzert')
    const late = await clerk.gives('reservation.restore', { token })
    expect([
      cancelled.status,
      refusalOf(again).code,
      restored.status,
      refusalOf(late).code,
      await booked(),
    ]).toEqual([
      'accepted',
      'already-cancelled',
      'accepted',
      'taken',
      [expect.stringMatching(/^Konzert \d+ 21:00-22:00 booked$/)],
    ])
  })

  it('is undone by cancelling it, and redone by undoing that; nothing is undone twice', async () => {
    await clerk.books('aula', '2027-06-12', '19:00', '22:00', 'Jubiläum', {}, idOf('the booking'))
    const undone = await clerk.gives('undo', { command: idOf('the booking') }, idOf('the undo'))
    const free = await booked()
    const twice = await clerk.gives('undo', { command: idOf('the booking') })
    const redone = await clerk.gives('undo', { command: idOf('the undo') })
    expect([undone.status, free, refusalOf(twice).code, redone.status, await booked()]).toEqual([
      'accepted',
      [],
      'already-undone',
      'accepted',
      [expect.stringMatching(/^Jubiläum \d+ 19:00-22:00 booked$/)],
    ])
  })

  it('sent twice has one outcome and happens once', async () => {
    const id = idOf('sent twice')
    const first = await clerk.books('aula', '2027-06-12', '19:00', '22:00', 'Jubiläum', {}, id)
    const second = await clerk.books('aula', '2027-06-12', '19:00', '22:00', 'Jubiläum', {}, id)
    expect([second, await booked()]).toEqual([first, [expect.any(String)]])
  })

  it('never answers one command with the receipt of another', async () => {
    const id = idOf('an id')
    await clerk.books('aula', '2027-06-12', '19:00', '22:00', 'Jubiläum', {}, id)
    await expect(
      clerk.books('aula', '2027-06-13', '19:00', '22:00', 'Anderes', {}, id),
    ).rejects.toThrow('already used')
  })

  it('leaves a receipt when it is refused, and no other trace', async () => {
    const id = idOf('refused')
    const outcome = await clerk.books('aula', '2027-06-12', '06:00', '09:00', 'Früh', {}, id)
    const found = await database().read(async (tx) => ({
      receipt: (await receiptOf(tx, id))?.outcome,
      history: (await queries['history.recent'](tx, { limit: 20 })).map((row) => row.command),
      booking: await queries['booking.one'](tx, { token: idOf('booking Früh') }),
      reservations: await tx.selectFrom('reservations').select('id').execute(),
    }))
    expect([found.receipt, found.history.includes(id), found.booking, found.reservations]).toEqual([
      outcome,
      false,
      null,
      [],
    ])
  })

  it('in a batch stops at nobody: a refused one does not take the others with it', async () => {
    const during = { start: at('2027-06-12', '19:00'), end: at('2027-06-12', '22:00') }
    const book = (title: string) => ({
      now: clerk.now,
      envelope: clerk.envelope('reservation.book', {
        token: idOf(title),
        resource: hall('aula'),
        during,
        places: 1,
        title,
        publicTitle: '',
        note: '',
        persons: null,
        person: {
          id: idOf('somebody'),
          name: 'Ruth Meier',
          organisation: '',
          phone: '',
          email: '',
        },
      }),
    })
    const outcomes = await decideMany(clerk.authority, [book('Eins'), book('Zwei')])
    expect([outcomes.map((one) => one.status), (await booked()).length]).toEqual([
      ['accepted', 'refused'],
      1,
    ])
  })
})

eachDatabase('a hall in parts', (database) => {
  let clerk: Clerk
  beforeEach(async () => {
    clerk = new Clerk(database())
    await clerk.addHall('gym', { name: 'Turnhalle', kind: 'gym' })
    await clerk.addHall('third', {
      name: 'Drittel A',
      kind: 'gym',
      parent: hall('gym'),
      sharesSpace: true,
    })
    await clerk.addHall('kitchen', { name: 'Küche', parent: hall('gym') })
    await clerk.open('gym')
    await clerk.open('third')
    await clerk.open('kitchen')
  })
  const by = (outcome: { status: string; refusal?: Refusal }) =>
    outcome.refusal?.code === 'taken'
      ? outcome.refusal.by.map((one) => one.resourceName)
      : outcome.status

  it('takes the parts that share its space, and they take it; a kitchen beside it stays free', async () => {
    await clerk.books('gym', '2027-06-08', '08:00', '12:00', 'Schule')
    const part = await clerk.books('third', '2027-06-08', '10:00', '11:00', 'Judo')
    const beside = await clerk.books('kitchen', '2027-06-08', '10:00', '11:00', 'Kochen')
    await clerk.books('third', '2027-06-08', '18:00', '20:00', 'Volleyball')
    const whole = await clerk.books('gym', '2027-06-08', '19:00', '21:00', 'Turnier')
    expect([by(part), by(beside), by(whole)]).toEqual([['Turnhalle'], 'accepted', ['Drittel A']])
  })
})

eachDatabase('what is reservable', (database) => {
  let clerk: Clerk
  beforeEach(async () => {
    clerk = new Clerk(database())
    await clerk.addHall('kita', { kind: 'nursery' })
  })
  const code = (outcome: { status: string; refusal?: Refusal }) =>
    outcome.refusal?.code ?? outcome.status

  it('has places: each is taken once, and no booking takes more than it may', async () => {
    await clerk.open('kita', {
      step: null,
      opens: '07:00',
      closes: '18:00',
      places: 3,
      mostPerBooking: 2,
    })
    const book = (title: string, places: number) =>
      clerk.books('kita', '2027-06-08', '07:00', '18:00', title, { places })
    const many = await book('Viele', 3)
    const two = await book('Zwei', 2)
    const twoMore = await book('Zwei weitere', 2)
    const one = await book('Eins', 1)
    const last = await book('Zu viel', 1)
    expect([many, two, twoMore, one, last].map(code)).toEqual([
      'too-few-places',
      'accepted',
      'too-few-places',
      'accepted',
      'taken',
    ])
  })

  it('is booked whole where it has no steps', async () => {
    await clerk.open('kita', { step: null, opens: '07:00', closes: '18:00' })
    expect(code(await clerk.books('kita', '2027-06-08', '09:00', '12:00', 'Halb'))).toBe(
      'only-whole',
    )
  })

  it('may not overlap what exists, unless the overlap is left out', async () => {
    await clerk.open('kita')
    const again = await clerk.open('kita', { rule: idOf('again') })
    const rest = await clerk.open('kita', {
      rule: idOf('rest'),
      until: '2027-06-15',
      skipOverlapping: true,
    })
    expect([code(again), rest]).toEqual([
      'overlaps',
      { status: 'accepted', result: { created: 2, skipped: 7 } },
    ])
  })

  it('goes away by undo while nobody booked it, and comes back by redo', async () => {
    await clerk.open('kita')
    const [added] = await database().read((tx) => queries['history.recent'](tx, { limit: 1 }))
    const undone = await clerk.gives('undo', { command: added?.command ?? '' }, idOf('undo'))
    const nothing = code(await clerk.books('kita', '2027-06-08', '09:00', '12:00', 'Nichts'))
    const redone = await clerk.gives('undo', { command: idOf('undo') })
    await clerk.books('kita', '2027-06-08', '09:00', '12:00', 'Basteln')
    const used = await clerk.gives('availability.remove', { rule: idOf('rule of kita') })
    expect([undone.status, nothing, redone.status, code(used)]).toEqual([
      'accepted',
      'not-available',
      'accepted',
      'in-use',
    ])
  })

  it('is a hall that may be renamed, undone, and removed only while nothing hangs on it', async () => {
    const rename = idOf('rename')
    await clerk.gives(
      'resource.change',
      { resource: hall('kita'), facts: { name: 'Kita Bärli' } },
      rename,
    )
    await clerk.gives('undo', { command: rename })
    const names = await database().read((tx) => queries['resource.all'](tx, {}))
    const circle = await clerk.gives('resource.change', {
      resource: hall('kita'),
      facts: { parent: hall('kita') },
    })
    await clerk.open('kita')
    const used = await clerk.gives('resource.remove', { resource: hall('kita') })
    expect([names.map((one) => one.name), code(circle), code(used)]).toEqual([
      ['kita'],
      'circle',
      'in-use',
    ])
  })
})
