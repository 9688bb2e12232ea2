/**
 * Community hall: citizens call, the staff book, and the website shows a calendar that it cannot change.
 *
 * Bar and hall share their space, so each blocks the other. The website is another program on the same database:
 * the same names lead to the same rows, it reads in a read-only transaction, and its exposure hides what is
 * internal. Titles are data of ours; the library keeps them and never reads them.
 */

import type { Exposure } from '../../core/scheduler/context.ts'
import { AlreadyReservedError } from '../../core/scheduler/errors.ts'
import { createRegistry } from '../../core/scheduler/registry.ts'
import { Scheduler } from '../../core/scheduler/scheduler.ts'
import { FixedSession } from '../../core/scheduler/session.ts'
import type { Database } from '../../core/store/database.ts'
import { dayOf, hoursOf, type Say } from './say.ts'

const HALL = { name: 'hall', blockingNames: ['bar'], timezone: 'Europe/Zurich' }
const BAR = { name: 'bar', blockingNames: ['hall'], timezone: 'Europe/Zurich' }
const WEEKEND = ['2027-05-01', '2027-05-02', '2027-05-03']

/** What the staff keeps to itself is no part of the public calendar. */
const publicOnly: Exposure = {
  isAllocationExposed: ({ data }) => (data as { internal?: boolean }).internal !== true,
}

export async function communityHall(database: Database, say: Say): Promise<void> {
  const context = createRegistry(database).registerContext('village')
  const session = context.getService('sessionProvider')
  const hall = new Scheduler({ context, ...HALL })
  const bar = new Scheduler({ context, ...BAR })

  await session.run(async () => {
    const days = WEEKEND.map((day) => [`${day}T08:00`, `${day}T23:00`])
    for (const room of [hall, bar]) {
      await room.allocate(days, { partlyAvailable: true, raster: 30 })
    }
    await hall.allocate(['2027-05-04T06:00', '2027-05-04T12:00'], { data: { internal: true } })
    await hall.addBlocker({ dates: ['2027-05-03T08:00', '2027-05-03T12:00'], reason: 'Floor' })
  })
  say('Hall and bar are open for three days; on Monday morning the floor is polished.')

  const phone = (room: Scheduler, start: string, end: string, title: string, email: string) =>
    session.run(async () => {
      const token = await room.reserve(email, { dates: [start, end], data: { title } })
      await room.approveReservations(token)
    })
  const concert = ['2027-05-01T19:00', '2027-05-01T22:00'] as const
  await phone(hall, ...concert, 'Spring concert', 'band@example.ch')
  await phone(bar, '2027-05-02T10:00', '2027-05-02T12:00', 'Aperitif', 'club@example.ch')
  try {
    await phone(bar, ...concert, 'Quiz night', 'quiz@example.ch')
  } catch (error) {
    if (!(error instanceof AlreadyReservedError)) throw error
    const where = error.inTheWay.resource === hall.resource ? 'the hall' : 'the bar'
    say(`No quiz in the bar on Saturday evening: ${where} is taken.`)
  }

  // ── The website, which may be another process on another machine ──────────────────────────────
  await database.read(async (tx) => {
    const website = createRegistry().registerContext('village')
    website.setService('sessionProvider', () => new FixedSession(tx))
    website.setService('exposure', () => publicOnly)
    const calendar = new Scheduler({ context: website, ...HALL })

    say('Public calendar of the hall:')
    for (const { allocation } of await calendar.searchAllocations(
      '2027-05-01',
      '2027-05-31T23:59',
    )) {
      say(`  ${dayOf(allocation)} open ${hoursOf(allocation)}`)
      for (const taken of await calendar.reservationsByGroup(allocation.group)) {
        if (taken.status !== 'approved') continue
        say(`    ${hoursOf(taken)} ${(taken.data as { title: string }).title}`)
      }
      for (const closed of await calendar.blockersByGroup(allocation.group)) {
        say(`    ${hoursOf(closed)} closed: ${closed.reason}`)
      }
    }
  })
}
