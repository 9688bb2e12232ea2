/** Requests and the waiting list: asked, decided and put back, on every database. */
import { sql } from 'kysely'
import { beforeEach, expect, it } from 'vitest'
import type { ArgsOf } from '../../core/commands/calls.ts'
import type { Outcome } from '../../core/commands/command.ts'
import type { Refusal } from '../../core/domain/refusal.ts'
import { queries } from '../../core/queries/index.ts'
import { at, Clerk, hall, idOf } from '../harness/authority.ts'
import { eachDatabase } from '../harness/databases.ts'

const DAY = '2027-06-12'
const WEEK = { start: at('2027-06-07', '00:00'), end: at('2027-06-14', '00:00') }
const tokenOf = (title: string) => idOf(`booking ${title}`)

type Decision = ArgsOf<'request.decide'>['decisions'][number]
type As = Decision['as']

eachDatabase('requests', (database) => {
  let clerk: Clerk
  beforeEach(async () => {
    clerk = new Clerk(database())
    await clerk.founds()
    await clerk.addHall('aula')
    await clerk.addHall('kita', { kind: 'nursery' })
    await clerk.open('aula')
    await clerk.open('kita', { places: 2, byStaff: true, step: null })
  })

  const asks = (
    title: string,
    more: Partial<ArgsOf<'reservation.request'>> = {},
    id?: string,
    [key, from, to] = ['aula', '19:00', '22:00'],
  ) => {
    clerk.now += 60_000
    return clerk.gives(
      'reservation.request',
      {
        token: tokenOf(title),
        resource: hall(key as string),
        during: { start: at(DAY, from as string), end: at(DAY, to as string) },
        places: 1,
        title,
        publicTitle: '',
        note: '',
        persons: null,
        person: {
          id: idOf(`person of ${title}`),
          name: `Frau ${title}`,
          organisation: '',
          phone: '',
          email: '',
        },
        waiting: false,
        ...more,
      },
      id,
    )
  }
  const child = (title: string, more: Partial<ArgsOf<'reservation.request'>> = {}) =>
    asks(title, more, undefined, ['kita', '08:00', '22:00'])
  const decide = (titles: readonly string[], as: As, more: Partial<Decision> = {}, id?: string) =>
    clerk.gives(
      'request.decide',
      {
        decisions: titles.map((title) => ({
          token: tokenOf(title),
          as,
          since: null,
          reason: '',
          ifLost: false,
          ...more,
        })),
      },
      id,
    )
  const queue = async () => {
    const rows = await database().read((tx) => queries['request.queue'](tx, {}))
    return rows.map(
      (row) =>
        `${row.title} ${row.waitingSince === null ? 'open' : 'waiting'} ${row.places}/${row.free}`,
    )
  }
  const line = async () => {
    const rows = await database().read((tx) => queries['request.queue'](tx, {}))
    return rows
      .filter((row) => row.waitingSince !== null)
      .sort((a, b) => (a.waitingSince ?? 0) - (b.waitingSince ?? 0))
      .map((row) => row.title)
  }
  const stateOf = async (title: string) => {
    const row = await database().read((tx) => queries['booking.one'](tx, { token: tokenOf(title) }))
    return row?.state
  }
  const slots = async () => {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from reserved_slots`.execute(database().kysely)
    return rows[0]?.count
  }
  const refusalOf = (outcome: Outcome<unknown>): Refusal => {
    if (outcome.status !== 'refused') throw new Error('expected a refusal')
    return outcome.refusal
  }

  it('are taken with a number, several for the same time, and take no slot', async () => {
    const outcomes = [await asks('Chor'), await asks('Lesung'), await asks('Theater')]
    const rows = await database().read((tx) => queries['calendar.range'](tx, WEEK))
    expect({
      numbers: outcomes.map((one) => one.status === 'accepted' && one.result.number),
      queue: await queue(),
      slots: await slots(),
      shown: rows.booked.map((row) => `${row.title} ${row.state}`),
      state: await stateOf('Chor'),
    }).toEqual({
      numbers: [1000, 1001, 1002],
      queue: ['Chor open 1/1', 'Lesung open 1/1', 'Theater open 1/1'],
      slots: 0,
      shown: ['Chor request', 'Lesung request', 'Theater request'],
      state: 'request',
    })
  })

  it('sent twice happen once, with the same receipt', async () => {
    const id = idOf('asked twice')
    const first = await asks('Chor', {}, id)
    clerk.now += 1
    expect([await asks('Chor', {}, id), await queue()]).toEqual([first, ['Chor open 1/1']])
  })

  it('for a taken time are refused with who has it; the waiting list takes them', async () => {
    await clerk.books('aula', DAY, '19:00', '22:00', 'Jubiläum')
    const refusal = refusalOf(await asks('Chor'))
    const waits = await asks('Chor', { waiting: true })
    expect([
      refusal.code === 'taken' && refusal.by.map((one) => one.title),
      waits.status,
      await queue(),
      await stateOf('Chor'),
    ]).toEqual([['Jubiläum'], 'accepted', ['Chor waiting 1/0'], 'waiting'])
  })

  it('need availability, an end after the start, and no used token', async () => {
    const early = await asks('Früh', {}, undefined, ['aula', '05:00', '07:00'])
    const never = await asks('Nie', {}, undefined, ['aula', '12:00', '12:00'])
    await asks('Chor')
    const again = await asks('Chor')
    expect([early, never, again].map((one) => refusalOf(one).code)).toEqual([
      'not-available',
      'end-before-start',
      'exists',
    ])
  })

  it('for a piece of what is only given whole are refused with the whole', async () => {
    const piece = await asks('Halbtags', {}, undefined, ['kita', '08:00', '12:00'])
    expect(refusalOf(piece)).toMatchObject({
      code: 'only-whole',
      whole: { start: at(DAY, '08:00'), end: at(DAY, '22:00') },
    })
  })

  it('are undone by withdrawing and redone as what they were', async () => {
    await asks('Chor', { waiting: true }, idOf('asked'))
    await clerk.gives('undo', { command: idOf('asked') }, idOf('undone'))
    const withdrawn = [await stateOf('Chor'), await queue()]
    await clerk.gives('undo', { command: idOf('undone') })
    expect([withdrawn, await stateOf('Chor'), await queue(), await slots()]).toEqual([
      ['cancelled', []],
      'waiting',
      ['Chor waiting 1/1'],
      0,
    ])
  })

  it('are approved into slots; who was refused meanwhile learns who is in the way', async () => {
    await asks('Chor')
    await asks('Lesung')
    const first = await decide(['Chor'], 'booked')
    const second = refusalOf(await decide(['Lesung'], 'booked'))
    expect([
      first.status,
      await stateOf('Chor'),
      second.code === 'taken' && second.by.map((one) => one.title),
      second.code === 'taken' && second.alternatives.length > 0,
      await queue(),
    ]).toEqual(['accepted', 'booked', ['Chor'], true, ['Lesung open 1/0']])
  })

  it('are denied with a reason and come back to open', async () => {
    await asks('Chor')
    await decide(['Chor'], 'denied', { reason: 'voll' })
    const denied = await database().read((tx) =>
      queries['booking.one'](tx, { token: tokenOf('Chor') }),
    )
    const gone = await queue()
    const twice = refusalOf(await decide(['Chor'], 'denied'))
    await decide(['Chor'], 'open')
    expect([denied?.state, denied?.cancelReason, gone, twice, await queue()]).toEqual([
      'denied',
      'voll',
      [],
      { code: 'already-decided', number: expect.any(Number), title: 'Chor', as: 'denied' },
      ['Chor open 1/1'],
    ])
  })

  it('of competitors go with the approval in one command, and come back with one undo', async () => {
    await asks('Chor')
    await asks('Lesung')
    await asks('Wartend', { waiting: true })
    await asks('Mittag', {}, undefined, ['aula', '12:00', '13:00'])
    const rivals = ['Lesung', 'Wartend', 'Mittag'].map(
      (title): Decision => ({
        token: tokenOf(title),
        as: 'denied',
        since: null,
        reason: 'vergeben',
        ifLost: true,
      }),
    )
    const approve: Decision = {
      token: tokenOf('Chor'),
      as: 'booked',
      since: null,
      reason: '',
      ifLost: false,
    }
    await clerk.gives('request.decide', { decisions: [approve, ...rivals] }, idOf('decided'))
    const states = async () =>
      Promise.all(['Chor', 'Lesung', 'Wartend', 'Mittag'].map((title) => stateOf(title)))
    const after = await states()
    await clerk.gives('undo', { command: idOf('decided') }, idOf('undone'))
    const undone = [await states(), await slots(), await line()]
    const redone = await clerk.gives('undo', { command: idOf('undone') })
    expect([after, undone, redone.status, await states()]).toEqual([
      // At noon nobody lost anything, so that request stays as it is.
      ['booked', 'denied', 'denied', 'request'],
      [['request', 'request', 'waiting', 'request'], 0, ['Wartend']],
      'accepted',
      ['booked', 'denied', 'denied', 'request'],
    ])
  })

  it('all stay as they were where one approval of several cannot be', async () => {
    await asks('Chor')
    await asks('Lesung')
    const both = await decide(['Chor', 'Lesung'], 'booked')
    expect([both.status, await queue(), await slots()]).toEqual([
      'refused',
      ['Chor open 1/1', 'Lesung open 1/1'],
      0,
    ])
  })

  it('on the waiting list keep their order, also after an undo', async () => {
    for (const title of ['Anna', 'Beat', 'Carla']) await child(title, { waiting: true })
    clerk.now += 60_000
    await decide(['Anna'], 'open', {}, idOf('reopened'))
    await clerk.gives('undo', { command: idOf('reopened') })
    const kept = await line()
    clerk.now += 60_000
    await decide(['Anna'], 'open')
    clerk.now += 60_000
    await decide(['Anna'], 'waiting')
    expect([kept, await line()]).toEqual([
      ['Anna', 'Beat', 'Carla'],
      ['Beat', 'Carla', 'Anna'],
    ])
  })

  it('show what is free for each, place by place, and again when one is cancelled', async () => {
    for (const title of ['Anna', 'Beat', 'Carla']) await child(title)
    const before = await queue()
    await decide(['Anna', 'Beat'], 'booked')
    await decide(['Carla'], 'waiting')
    const full = await queue()
    await clerk.gives('reservation.cancel', { token: tokenOf('Anna'), reason: '' })
    expect([before, full, await queue()]).toEqual([
      ['Anna open 1/2', 'Beat open 1/2', 'Carla open 1/2'],
      ['Carla waiting 1/0'],
      ['Carla waiting 1/1'],
    ])
  })

  it('for a whole see the parts that are taken', async () => {
    await clerk.addHall('drittel', { parent: hall('aula'), sharesSpace: true })
    await clerk.open('drittel')
    await asks('Chor')
    await clerk.books('drittel', DAY, '20:00', '21:00', 'Turnen')
    expect([await queue(), refusalOf(await decide(['Chor'], 'booked')).code]).toEqual([
      ['Chor open 1/0'],
      'taken',
    ])
  })

  it('that were withdrawn or never made are not decided', async () => {
    await asks('Chor')
    await clerk.gives('reservation.cancel', { token: tokenOf('Chor'), reason: '' })
    expect([
      refusalOf(await decide(['Chor'], 'booked')).code,
      refusalOf(await decide(['Niemand'], 'booked')).code,
    ]).toEqual(['already-cancelled', 'gone'])
  })

  it('decided twice by the same command have one outcome', async () => {
    await asks('Chor')
    const first = await decide(['Chor'], 'booked', {}, idOf('decided'))
    expect(await decide(['Chor'], 'booked', {}, idOf('decided'))).toEqual(first)
  })

  it('never take a slot, whatever is done with them short of approving', async () => {
    const titles = ['Anna', 'Beat', 'Carla', 'Dora']
    for (const [index, title] of titles.entries()) await child(title, { waiting: index % 2 === 0 })
    const ways: As[] = ['open', 'waiting', 'denied']
    // A fixed walk over every change of one standing into another.
    for (let step = 0; step < 36; step++) {
      const title = titles[step % titles.length] as string
      await decide([title], ways[(step * 7 + Math.floor(step / 4)) % ways.length] as As)
      expect(await slots()).toBe(0)
    }
  })
})

eachDatabase('dates that are given only together', (database) => {
  it('are asked for, approved and cancelled as one, and come back as one', async () => {
    const clerk = new Clerk(database())
    await clerk.founds()
    await clerk.addHall('kurs')
    await clerk.open('kurs', { weekdays: [2, 4], step: null, together: true })
    const slots = async () => {
      const { rows } = await sql<{ count: number }>`
        select count(*)::int as count from reserved_slots`.execute(database().kysely)
      return rows[0]?.count
    }
    const token = tokenOf('Kurs')
    const booked = await clerk.books('kurs', '2027-06-08', '08:00', '22:00', 'Kurs')
    const taken = await slots()
    await clerk.gives('reservation.cancel', { token, reason: '' })
    const freed = await slots()
    await clerk.gives('reservation.restore', { token })
    expect([booked.status, taken, freed, await slots()]).toEqual(['accepted', 2, 0, 2])
  })
})

eachDatabase('what is said of a booking', (database) => {
  it('changes without touching its slots, and back', async () => {
    const clerk = new Clerk(database())
    await clerk.founds()
    await clerk.addHall('aula')
    await clerk.open('aula')
    await clerk.books('aula', DAY, '19:00', '22:00', 'Jubiläum')
    const token = tokenOf('Jubiläum')
    const told = async () => {
      const row = await database().read((tx) => queries['booking.one'](tx, { token }))
      return [row?.title, row?.note, row?.persons, row?.publicTitle, row?.state]
    }
    const facts = { title: 'Jubiläum 50', note: 'Schlüssel bei Egli', persons: 80 }
    const changed = await clerk.gives('reservation.change', { token, facts }, idOf('changed'))
    const after = await told()
    await clerk.gives('reservation.change', { token, facts: { persons: null } })
    const unsaid = await told()
    await clerk.gives('undo', { command: idOf('changed') })
    const gone = await clerk.gives('reservation.change', { token: idOf('nobody'), facts: {} })
    expect([changed, after, unsaid, await told(), gone]).toEqual([
      {
        status: 'accepted',
        result: {
          before: { title: 'Jubiläum', note: '', persons: null },
          number: 1000,
          title: 'Jubiläum 50',
        },
      },
      ['Jubiläum 50', 'Schlüssel bei Egli', 80, '', 'booked'],
      ['Jubiläum 50', 'Schlüssel bei Egli', null, '', 'booked'],
      ['Jubiläum', '', null, '', 'booked'],
      { status: 'refused', refusal: { code: 'gone', what: 'booking' } },
    ])
  })
})
