/**
 * Sums made by the database must be those that the rules come to row by row. An exposure of its own makes the
 * scheduler count by the rules; that is the other side of the comparison.
 */
import { expect, it } from 'vitest'
import { createRegistry } from '../../core/scheduler/registry.ts'
import { Scheduler } from '../../core/scheduler/scheduler.ts'
import { eachDatabase } from '../harness/databases.ts'

const FROM = '2027-03-01T00:00Z'
const UNTIL = '2027-12-01T00:00Z'

eachDatabase('availability by day', (database) => {
  it('is the same whether the database adds up or the rules do', async () => {
    const registry = createRegistry(database())
    const context = registry.registerContext('ctx')
    const halls = ['one', 'two', 'three'].map(
      (name) => new Scheduler({ context, name, timezone: 'Europe/Zurich' }),
    )
    const session = context.getService('sessionProvider')
    const [whole, partly, places] = halls as [Scheduler, Scheduler, Scheduler]
    const dates = Array.from({ length: 40 }, (_, index) => {
      const start = Date.UTC(2027, 2, 1 + index * 6, 7)
      return { start, end: start + 4 * 3_600_000 }
    })
    await session.run(async () => {
      await whole.allocate(dates)
      await partly.allocate(dates, { partlyAvailable: true, raster: 15 })
      await places.allocate(dates, { partlyAvailable: true, raster: 30, quota: 3 })
      // Shorter than one step: nothing of it can be left.
      const [short] = await partly.allocate(['2027-11-01T08:00', '2027-11-01T08:30'], {
        partlyAvailable: true,
      })
      if (short) {
        await partly.moveAllocation(short.id, {
          start: '2027-11-01T08:00',
          end: '2027-11-01T08:00',
        })
      }
      for (const [index, { start, end }] of dates.entries()) {
        const part = { start: start + (index % 3) * 1_800_000, end: end - (index % 2) * 3_600_000 }
        if (index % 3 === 0) await whole.addBlocker({ dates: { start, end } })
        if (index % 4 === 1) await partly.addBlocker({ dates: { start, end: start + 3_600_000 } })
        for (const hall of [whole, partly, places]) {
          if (hall === whole && index % 3 !== 1) continue
          if (hall === partly && index % 4 === 1) continue
          const token = await hall.reserve('a@b.ch', { dates: part })
          await hall.approveReservations(token)
        }
      }
    })
    const resources = halls.map((hall) => hall.resource)
    const overview = async () => {
      const days = await whole.queries.availabilityByDay(FROM, UNTIL, resources)
      const shares = [
        await whole.queries.availabilityByRange(FROM, UNTIL, resources),
        ...(await Promise.all(halls.map((hall) => hall.availability()))),
      ]
      return {
        days: [...days].map(([day, each]) => [
          day,
          Math.round(each.availability * 1e9) / 1e9,
          [...each.resources].sort(),
        ]),
        shares: shares.map((share) => Math.round(share * 1e9) / 1e9),
      }
    }
    const added = await session.run(overview)
    context.setService('exposure', () => ({ isAllocationExposed: () => true }))
    for (const hall of halls) hall.queries.clearCache()
    expect(await session.run(overview)).toEqual(added)
    expect(added.days.length).toBe(41)
  })
})
