/** The history of one hall, person or booking, and of one clerk, on every database. */
import { sql } from 'kysely'
import { beforeEach, expect, it } from 'vitest'
import { queries } from '../../core/queries/index.ts'
import { decide } from '../../core/sync/decide.ts'
import { at, Clerk, hall, idOf } from '../harness/authority.ts'
import { eachDatabase } from '../harness/databases.ts'

const DAY = '2027-06-12'

eachDatabase('the history', (database) => {
  let clerk: Clerk
  beforeEach(async () => {
    clerk = new Clerk(database())
    await clerk.founds()
    for (const key of ['aula', 'gym']) {
      await clerk.addHall(key)
      clerk.now += 60_000
      await clerk.open(key)
      clerk.now += 60_000
    }
    await clerk.books('aula', DAY, '10:00', '12:00', 'choir')
    await clerk.books('gym', DAY, '10:00', '12:00', 'yoga')
    clerk.now += 60_000
    await clerk.gives(
      'reservation.cancel',
      { token: idOf('booking choir'), reason: 'ill' },
      idOf('cancels'),
    )
    clerk.now += 60_000
    await clerk.gives('undo', { command: idOf('cancels') })
    clerk.now += 60_000
    // Moving names the booking, and not whose it is.
    const envelope = clerk.envelope('reservation.move', {
      token: idOf('booking yoga'),
      from: { resource: hall('gym'), start: at(DAY, '10:00') },
      to: { resource: hall('gym'), start: at(DAY, '14:00'), end: at(DAY, '16:00') },
    })
    await decide(clerk.authority, { envelope: { ...envelope, actor: 'Herr Frei' }, now: clerk.now })
  })

  const told = async (more: { about?: string; actor?: string }) =>
    (await database().read((tx) => queries['history.recent'](tx, { limit: 50, ...more }))).map(
      (row) => row.name,
    )

  it('of a hall is what was done to it and to its bookings, undone or not', async () => {
    expect(await told({ about: hall('aula') })).toEqual([
      'undo',
      'reservation.cancel',
      'reservation.book',
      'availability.add',
      'resource.add',
    ])
  })

  it('of a person is what was done to the bookings, though it names nobody', async () => {
    expect([
      await told({ about: idOf('person of yoga') }),
      await told({ about: idOf('booking choir') }),
      await told({ about: idOf('nobody') }),
    ]).toEqual([
      ['reservation.move', 'reservation.book'],
      ['undo', 'reservation.cancel', 'reservation.book'],
      [],
    ])
  })

  it('of a newer program is told without its words, and nobody takes it back', async () => {
    const command = idOf('a command of next year')
    await database().transact((tx) =>
      sql`insert into allmend.history (command, at, actor, desk, name, version, args, result, subjects)
        values (${command}::uuid, ${clerk.now + 3_600_000}::int8, 'Frau Egli', ${idOf('desk')}::uuid,
          'moon.book', 7, '{"crater": 1}', '{}', array[]::uuid[])`.execute(tx),
    )
    const [row] = await database().read((tx) => queries['history.recent'](tx, { limit: 1 }))
    expect([row, await clerk.gives('undo', { command })]).toMatchObject([
      { command, name: 'newer', args: null, result: null, canUndo: false },
      { status: 'refused', refusal: { code: 'cannot-undo' } },
    ])
  })

  it('of a clerk is what she did, and all are known by name', async () => {
    const actors = await database().read((tx) => queries['history.actors'](tx, {}))
    expect([await told({ actor: 'Herr Frei' }), actors]).toEqual([
      ['reservation.move'],
      ['Frau Egli', 'Herr Frei'],
    ])
  })
})
