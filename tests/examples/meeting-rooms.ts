/**
 * Meeting rooms: nobody decides. Whoever asks first has the room, and knows it at once.
 *
 * A booking is `reserve` and `approveReservations` in one transaction. A room that is taken says so by an error
 * that names what stands in the way, and the program offers the next room.
 */
import { AlreadyReservedError } from '../../core/scheduler/errors.ts'
import { createRegistry } from '../../core/scheduler/registry.ts'
import { Scheduler } from '../../core/scheduler/scheduler.ts'
import type { Database } from '../../core/store/database.ts'
import { hoursOf, type Say } from './say.ts'

const DAYS = ['2027-04-05', '2027-04-06', '2027-04-07', '2027-04-08', '2027-04-09']

export async function meetingRooms(database: Database, say: Say): Promise<void> {
  const context = createRegistry(database).registerContext('office')
  const session = context.getService('sessionProvider')
  const [eiger, jungfrau] = ['Eiger', 'Jungfrau'].map(
    (name) => new Scheduler({ context, name, timezone: 'Europe/Zurich' }),
  ) as [Scheduler, Scheduler]

  // A week of office hours, to be taken in quarters of an hour.
  const week = DAYS.map((day) => [`${day}T08:00`, `${day}T18:00`])
  await session.run(async () => {
    for (const room of [eiger, jungfrau]) {
      await room.allocate(week, { partlyAvailable: true, raster: 15 })
    }
  })
  say('Two rooms are open from Monday to Friday, 08:00 to 18:00.')

  /** The whole booking or nothing: what throws inside `run` is rolled back. */
  const book = (room: Scheduler, email: string, start: string, end: string) =>
    session.run(async () => {
      const token = await room.reserve(email, { dates: [start, end] })
      await room.approveReservations(token)
      return token
    })

  const annas = await book(eiger, 'anna@example.ch', '2027-04-05T09:00', '2027-04-05T10:30')
  say('Anna has the Eiger on Monday, 09:00 to 10:30.')

  const wish = ['2027-04-05T10:00', '2027-04-05T11:00'] as const
  try {
    await book(eiger, 'beat@example.ch', ...wish)
  } catch (error) {
    if (!(error instanceof AlreadyReservedError)) throw error
    const { free, taken } = error.inTheWay
    say(`Beat wants it at 10:00: ${free} places free, ${taken.length} quarters of it are taken.`)
    await book(jungfrau, 'beat@example.ch', ...wish)
    say('Beat takes the Jungfrau.')
  }

  // Anna's meeting will be shorter. The record keeps its token and its id.
  await session.run(async () => {
    const [record] = await eiger.reservationsByToken(annas)
    if (!record) throw new Error('Anna has no reservation')
    const [start, end] = ['2027-04-05T09:00', '2027-04-05T10:00']
    const changed = await eiger.changeReservation(annas, record.id, start, end)
    if (changed) say(`Anna needs it only ${hoursOf(changed)}.`)
  })

  await session.run(async () => {
    const monday = ['2027-04-05T08:00', '2027-04-05T18:00'] as const
    for (const room of [eiger, jungfrau]) {
      say(`${room.name}: ${await room.availability(...monday)} % of Monday is free.`)
    }
    await eiger.removeReservation(annas)
    say(`Anna cancels; the Eiger is ${await eiger.availability(...monday)} % free.`)
  })
}
