/** The dates of a booking: one more, one less, and the way back, on every database. */
import { sql } from 'kysely'
import { beforeEach, expect, it } from 'vitest'
import type { Outcome } from '../../core/commands/command.ts'
import { queries } from '../../core/queries/index.ts'
import { at, Clerk, hall, idOf } from '../harness/authority.ts'
import { eachDatabase } from '../harness/databases.ts'

const SATURDAY = '2027-06-12'
const SUNDAY = '2027-06-13'
const token = idOf('booking Jubiläum')

eachDatabase('the dates of a booking', (database) => {
  let clerk: Clerk
  beforeEach(async () => {
    clerk = new Clerk(database())
    await clerk.founds()
    for (const key of ['aula', 'kueche']) {
      await clerk.addHall(key)
      await clerk.open(key)
    }
    await clerk.addHall('kita', { kind: 'nursery' })
    await clerk.open('kita', { step: null, places: 2, together: true })
    await clerk.books('aula', SATURDAY, '18:00', '22:00', 'Jubiläum')
  })

  const add = (key: string, day: string, from: string, to: string, id?: string, of = token) =>
    clerk.gives(
      'reservation.add',
      {
        token: of,
        resource: hall(key),
        during: { start: at(day, from), end: at(day, to) },
        places: 1,
      },
      id,
    )
  const drop = (key: string, day: string, from: string, reason = '', id?: string, of = token) =>
    clerk.gives(
      'reservation.drop',
      { token: of, from: { resource: hall(key), start: at(day, from) }, reason },
      id,
    )
  const undo = (command: string, id?: string) => clerk.gives('undo', { command }, id)
  const dates = async (of = token) => {
    const row = await database().read((tx) => queries['booking.one'](tx, { token: of }))
    return row?.dates.map(
      (date) =>
        `${date.resourceName} ${new Date(date.start + 7_200_000).toISOString().slice(8, 16)}`,
    )
  }
  /** Steps taken by the booking, of whichever hall. */
  const slots = async (of = token) => {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from reserved_slots where reservation_token = ${of}::uuid
    `.execute(database().kysely)
    return rows[0]?.count
  }
  const codeOf = (outcome: Outcome<unknown>) =>
    outcome.status === 'refused' ? outcome.refusal.code : outcome.status

  it('a kitchen and a Sunday come under the same number, in the order of their times', async () => {
    const kitchen = await add('kueche', SATURDAY, '18:00', '22:00')
    // Inside the steps, so that it is widened: nothing that was taken before is taken twice.
    const sunday = await add('aula', SUNDAY, '09:10', '11:20')
    const row = await database().read((tx) => queries['booking.one'](tx, { token }))
    expect({
      kitchen: codeOf(kitchen),
      sunday: sunday.status === 'accepted' && sunday.result.date.end - sunday.result.date.start,
      number: row?.number,
      dates: await dates(),
      slots: await slots(),
    }).toEqual({
      kitchen: 'accepted',
      sunday: 2.5 * 3_600_000,
      number: 1000,
      dates: ['aula 12T18:00', 'kueche 12T18:00', 'aula 13T09:00'],
      slots: 8 + 8 + 5,
    })
  })

  it('one of several is cancelled with a reason, and undo and redo bring it back and take it again', async () => {
    await add('kueche', SATURDAY, '18:00', '22:00', idOf('add'))
    await drop('aula', SATURDAY, '18:00', 'Saal zu gross', idOf('drop'))
    const without = [await dates(), await slots()]
    await undo(idOf('drop'), idOf('undo'))
    const back = [await dates(), await slots()]
    await undo(idOf('undo'))
    const again = [await dates(), await slots()]
    expect({ without, back, again }).toEqual({
      without: [['kueche 12T18:00'], 8],
      back: [['kueche 12T18:00', 'aula 12T18:00'], 16],
      again: [['kueche 12T18:00'], 8],
    })
  })

  it('what was added is taken back, and a date that somebody else has meanwhile does not come back', async () => {
    await add('kueche', SATURDAY, '18:00', '22:00', idOf('add'))
    await undo(idOf('add'))
    const alone = await dates()
    await add('kueche', SATURDAY, '18:00', '22:00')
    await drop('kueche', SATURDAY, '18:00', '', idOf('drop'))
    await clerk.books('kueche', SATURDAY, '20:00', '21:00', 'Kochkurs')
    const outcome = await undo(idOf('drop'))
    const refusal = outcome.status === 'refused' ? outcome.refusal : null
    expect({
      alone,
      refused: refusal?.code === 'taken' && refusal.by.map((one) => one.title),
      dates: await dates(),
    }).toEqual({ alone: ['aula 12T18:00'], refused: ['Kochkurs'], dates: ['aula 12T18:00'] })
  })

  it('is refused where it is taken, closed, there already, the last one, or the booking is cancelled', async () => {
    await clerk.books('kueche', SATURDAY, '20:00', '21:00', 'Kochkurs')
    const found = {
      taken: codeOf(await add('kueche', SATURDAY, '18:00', '22:00')),
      closed: codeOf(await add('kueche', SATURDAY, '22:00', '23:00')),
      same: codeOf(await add('aula', SATURDAY, '20:00', '22:00')),
      reversed: codeOf(await add('kueche', SATURDAY, '12:00', '11:00')),
      last: codeOf(await drop('aula', SATURDAY, '18:00')),
      wrong: codeOf(await drop('aula', SUNDAY, '18:00')),
      nobody: codeOf(await add('aula', SUNDAY, '08:00', '09:00', undefined, idOf('nobody'))),
    }
    await clerk.gives('reservation.cancel', { token, reason: '' })
    expect({
      ...found,
      cancelled: codeOf(await add('kueche', SUNDAY, '18:00', '22:00')),
      dates: await dates(),
      slots: await slots(),
    }).toEqual({
      taken: 'taken',
      closed: 'not-available',
      same: 'exists',
      reversed: 'end-before-start',
      last: 'last-date',
      wrong: 'gone',
      nobody: 'gone',
      cancelled: 'already-cancelled',
      dates: ['aula 12T18:00'],
      slots: 0,
    })
  })

  it('a request asks for one more and takes nothing; approved, it has both', async () => {
    const asked = idOf('request')
    await clerk.gives('reservation.request', {
      token: asked,
      resource: hall('aula'),
      during: { start: at(SUNDAY, '10:00'), end: at(SUNDAY, '12:00') },
      places: 1,
      title: 'Matinee',
      publicTitle: '',
      note: '',
      persons: null,
      person: { id: idOf('p'), name: 'Ruth Meier', organisation: '', phone: '', email: '' },
      waiting: false,
    })
    await add('kueche', SUNDAY, '09:00', '12:00', undefined, asked)
    await add('kueche', SUNDAY, '14:00', '15:00', undefined, asked)
    await drop('kueche', SUNDAY, '14:00', '', undefined, asked)
    const before = await slots(asked)
    const decided = await clerk.gives('request.decide', {
      decisions: [{ token: asked, as: 'booked', since: null, reason: '', ifLost: false }],
    })
    expect({
      before,
      decided: codeOf(decided),
      dates: await dates(asked),
      slots: await slots(asked),
    }).toEqual({
      before: 0,
      decided: 'accepted',
      dates: ['kueche 13T09:00', 'aula 13T10:00'],
      slots: 6 + 4,
    })
  })

  it('dates that are only given together come and go together', async () => {
    const child = await clerk.books('kita', SATURDAY, '08:00', '22:00', 'Anna')
    const anna = idOf('booking Anna')
    await add('aula', SUNDAY, '08:00', '09:00', undefined, anna)
    expect([
      codeOf(child),
      codeOf(await drop('kita', SATURDAY, '08:00', '', undefined, anna)),
      codeOf(await drop('aula', SUNDAY, '08:00', '', undefined, anna)),
    ]).toEqual(['accepted', 'only-together', 'accepted'])
  })

  it('given twice it happens once', async () => {
    const id = idOf('twice')
    await add('kueche', SATURDAY, '18:00', '22:00', id)
    await add('kueche', SATURDAY, '18:00', '22:00', id)
    expect([await dates(), await slots()]).toEqual([['aula 12T18:00', 'kueche 12T18:00'], 16])
  })
})
