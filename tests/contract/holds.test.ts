/** Holding a time for a caller: what it keeps others from, what it takes nothing from, and how it ends, on every database. */
import { sql } from 'kysely'
import { beforeEach, expect, it } from 'vitest'
import type { ArgsOf } from '../../core/commands/calls.ts'
import type { Outcome } from '../../core/commands/command.ts'
import { HOLD_MS } from '../../core/domain/hold.ts'
import { MINUTE_MS } from '../../core/domain/time.ts'
import { queries } from '../../core/queries/index.ts'
import type { Rows } from '../../core/queries/rows.ts'
import { schedulerOn } from '../../core/scheduler/scheduler-on.ts'
import { at, Clerk, CONTEXT, hall, idOf, ZONE } from '../harness/authority.ts'
import { eachDatabase } from '../harness/databases.ts'

const DAY = '2027-06-12'
const WEEK = { start: at('2027-06-07', '00:00'), end: at('2027-06-14', '00:00') }
const EVENING = { start: at(DAY, '19:00'), end: at(DAY, '22:00') }

eachDatabase('holds', (database) => {
  let clerk: Clerk
  beforeEach(async () => {
    clerk = new Clerk(database())
    await clerk.founds()
    await clerk.addHall('aula')
    await clerk.addHall('gym')
    await clerk.addHall('third', { parent: hall('gym'), sharesSpace: true })
    await clerk.addHall('kita', { kind: 'nursery' })
    for (const key of ['aula', 'gym', 'third']) await clerk.open(key)
    await clerk.open('kita', { step: null, places: 2 })
  })

  const holds = (call: string, key = 'aula', more: Partial<ArgsOf<'reservation.hold'>> = {}) =>
    clerk.gives('reservation.hold', {
      token: idOf(`booking ${call}`),
      resource: hall(key),
      during: EVENING,
      places: 1,
      ...more,
    })
  const letsGo = (call: string) =>
    clerk.gives('reservation.let-go', { token: idOf(`booking ${call}`) })
  const books = (title: string, key = 'aula', more: Partial<ArgsOf<'reservation.book'>> = {}) =>
    clerk.books(key, DAY, '19:00', '22:00', title, more)
  const asks = (title: string) =>
    clerk.gives('reservation.request', {
      token: idOf(`booking ${title}`),
      resource: hall('aula'),
      during: EVENING,
      places: 1,
      title,
      publicTitle: '',
      note: '',
      persons: null,
      person: { id: idOf(title), name: 'Ruth Meier', organisation: '', phone: '', email: '' },
      waiting: false,
    })
  const code = async (outcome: Promise<Outcome<unknown>>) => {
    const given = await outcome
    return given.status === 'refused' ? given.refusal.code : given.status
  }
  const calendar = () => database().read((tx) => queries['calendar.range'](tx, WEEK))
  const held = async () =>
    (await calendar()).booked.filter(
      (row) => row.state === 'held' && (row.held?.until ?? 0) > clerk.now,
    )
  const records = async () =>
    (
      await sql<{ n: number }>`select count(*)::int as n from reservations`.execute(
        database().kysely,
      )
    ).rows[0]?.n

  it('is a session of libres: seen by everybody with its clerk and its end, and takes no slot', async () => {
    const outcome = await holds('choir')
    const rows = await held()
    const session = await database().transact((tx) =>
      schedulerOn(tx, {
        context: CONTEXT,
        name: 'aula',
        timezone: ZONE,
        now: clerk.now,
      }).queries.reservationsBySession(idOf('booking choir')),
    )
    const slots = await sql`select 1 from reserved_slots`.execute(database().kysely)
    expect({
      outcome,
      rows: rows.map(({ state, held: kept, start, end, number }) => ({
        state,
        kept,
        start,
        end,
        number,
      })),
      session: session.map((one) => [one.token, one.status]),
      slots: slots.rows.length,
    }).toEqual({
      outcome: { status: 'accepted', result: { until: clerk.now + HOLD_MS } },
      rows: [
        {
          state: 'held',
          kept: { by: 'Frau Egli', until: clerk.now + HOLD_MS },
          ...EVENING,
          number: 0,
        },
      ],
      session: [[idOf('booking choir'), 'pending']],
      slots: 0,
    })
  })

  it('keeps others off with the clerk, the end and what else is free, unless they want it all the same', async () => {
    await holds('choir')
    const refused = await books('theatre')
    const alternatives =
      refused.status === 'refused' && refused.refusal.code === 'held'
        ? refused.refusal.alternatives
        : []
    const isHeld = (one: { resource: string; start: number; end: number }) =>
      one.resource === hall('aula') && one.start < EVENING.end && EVENING.start < one.end
    expect({
      refused,
      offersTheHeldTime: alternatives.some(isHeld),
      offers: alternatives.length > 0,
      holds: await code(holds('theatre')),
      elsewhere: await code(clerk.books('aula', DAY, '16:00', '19:00', 'before')),
      request: await code(asks('meeting')),
      anyway: await code(books('theatre', 'aula', { evenIfHeld: true })),
    }).toMatchObject({
      refused: { refusal: { code: 'held', who: 'Frau Egli', until: clerk.now + HOLD_MS } },
      offersTheHeldTime: false,
      offers: true,
      holds: 'held',
      elsewhere: 'accepted',
      request: 'accepted',
      anyway: 'accepted',
    })
  })

  it('ends with the booking, when it is let go, and by itself after a quarter of an hour', async () => {
    await holds('choir')
    const booked = await code(books('choir'))
    const afterBooking = await records()
    await holds('theatre', 'gym')
    await letsGo('theatre')
    const afterLettingGo = await records()
    await holds('yoga', 'gym')
    clerk.now += HOLD_MS - 1
    const nearly = await code(books('handball', 'gym'))
    clerk.now += 1
    const after = await code(books('handball', 'gym'))
    expect({ booked, afterBooking, afterLettingGo, nearly, after, left: await records() }).toEqual({
      booked: 'accepted',
      afterBooking: 1,
      afterLettingGo: 1,
      nearly: 'held',
      after: 'accepted',
      // What had ended went with the next booking.
      left: 2,
    })
  })

  it('is renewed by holding again, and goes along when the call wants another time', async () => {
    await holds('choir')
    clerk.now += 10 * MINUTE_MS
    await holds('choir')
    clerk.now += 10 * MINUTE_MS
    const renewed = (await held()).map((row) => row.start)
    await holds('choir', 'gym')
    const moved = (await held()).map((row) => row.resource)
    await books('theatre')
    // What cannot be held leaves what is held alone.
    const refused = await code(holds('choir', 'aula'))
    expect({ renewed, moved, refused, still: (await held()).map((row) => row.resource) }).toEqual({
      renewed: [EVENING.start],
      moved: [hall('gym')],
      refused: 'taken',
      still: [hall('gym')],
    })
  })

  it('keeps whoever shares the space off, and counts places where there are several', async () => {
    await holds('choir', 'third')
    const whole = await code(books('tournament', 'gym'))
    const day = { during: { start: at(DAY, '08:00'), end: at(DAY, '22:00') } }
    await holds('Aebi', 'kita', day)
    const second = await code(books('Bucher', 'kita', day))
    const third = await code(books('Caduff', 'kita', day))
    const own = await code(books('Aebi', 'kita', day))
    expect({ whole, second, third, own }).toEqual({
      whole: 'held',
      second: 'accepted',
      third: 'held',
      own: 'accepted',
    })
  })

  it('keeps off who moves, adds, approves and restores, and nobody who reorganises', async () => {
    await books('moved', 'gym')
    await clerk.books('aula', DAY, '19:00', '22:00', 'cancelled')
    await clerk.gives('reservation.cancel', { token: idOf('booking cancelled'), reason: '' })
    await holds('choir')
    const move = await clerk.gives('reservation.move', {
      token: idOf('booking moved'),
      from: { resource: hall('gym'), start: EVENING.start },
      to: { resource: hall('aula'), ...EVENING },
    })
    const restore = await clerk.gives('reservation.restore', { token: idOf('booking cancelled') })
    const add = await clerk.gives('reservation.add', {
      token: idOf('booking moved'),
      resource: hall('aula'),
      during: EVENING,
      places: 1,
    })
    const preview = await database().read((tx) =>
      queries['availability.unused'](tx, {
        resources: [hall('aula')],
        from: DAY,
        until: DAY,
        weekdays: [6],
      }),
    )
    const removed = await clerk.gives('availability.clear', {
      resources: [hall('aula')],
      from: DAY,
      until: DAY,
      weekdays: [6],
    })
    const codes = [move, restore, add].map((one) => one.status === 'refused' && one.refusal.code)
    expect({ codes, unused: preview, removed: removed.status, left: await held() }).toMatchObject({
      codes: ['held', 'held', 'held'],
      removed: 'accepted',
      left: [],
    })
  })

  it('a basket of the website counts too, and is left alone by the desk', async () => {
    const basket = idOf('basket')
    await database().transact((tx) =>
      schedulerOn(tx, {
        context: CONTEXT,
        name: 'aula',
        timezone: ZONE,
        now: clerk.now,
      }).reserve('citizen@example.org', { dates: [EVENING], sessionId: basket }),
    )
    const refused = await books('choir')
    clerk.now += HOLD_MS + 1
    await letsGo('anything')
    const after = await code(books('choir'))
    expect({ refused, after, left: await records() }).toMatchObject({
      refused: { refusal: { code: 'held', who: null } },
      after: 'accepted',
      left: 2,
    })
  })

  it('is offered last while somebody is on the phone, and its own call as free', async () => {
    await holds('choir')
    const find = async (call: string | null) => {
      const found: Rows['hall.find'] = await database().read((tx) =>
        queries['hall.find'](tx, {
          from: DAY,
          until: DAY,
          weekdays: [],
          opens: '19:00',
          closes: '22:00',
          minutes: null,
          persons: null,
          places: 1,
          features: [],
          resource: null,
          call,
          now: clerk.now,
        }),
      )
      return found.options
        .filter(({ hall: { name } }) => name !== 'kita')
        .map(({ hall: { name }, held: by }) => [name, by?.by ?? null])
    }
    expect([await find(null), await find(idOf('booking choir'))]).toEqual([
      [
        ['gym', null],
        ['third', null],
        ['aula', 'Frau Egli'],
      ],
      [
        ['aula', null],
        ['gym', null],
        ['third', null],
      ],
    ])
  })

  it('has its receipt, and the history is not told', async () => {
    await holds('choir')
    const history = await database().read((tx) => queries['history.recent'](tx, { limit: 100 }))
    const receipts = await sql<{ name: string }>`
      select name from sync.receipt where name = 'reservation.hold'`.execute(database().kysely)
    expect([
      history.map((row) => row.name).includes('reservation.hold'),
      receipts.rows.length,
    ]).toEqual([false, 1])
  })
})
