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

  it('is the same for more halls than bits, and where the range cuts through what is taken', async () => {
    const registry = createRegistry(database())
    const context = registry.registerContext('ctx')
    const halls = Array.from(
      { length: 34 },
      (_, index) => new Scheduler({ context, name: `hall ${index}`, timezone: 'Europe/Zurich' }),
    )
    const session = context.getService('sessionProvider')
    const hour = 3_600_000
    const at = (day: number) => Date.UTC(2027, 4, 1 + day, 8)
    await session.run(async () => {
      for (const [index, hall] of halls.entries()) {
        const options = {
          partlyAvailable: index % 3 === 1,
          raster: 60,
          quota: index % 5 === 2 ? 3 : 1,
        }
        const days = [0, index % 4, 5].filter((day, nth, all) => all.indexOf(day) === nth)
        await hall.allocate(
          days.map((day) => ({ start: at(day), end: at(day) + 6 * hour })),
          options,
        )
        if (index % 2 === 0) {
          const dates = { start: at(0), end: at(0) + (options.partlyAvailable ? 2 : 6) * hour }
          await hall.reserveApproved('a@b.ch', { dates })
        }
        if (index % 7 === 3) await hall.addBlocker({ dates: { start: at(5), end: at(5) + hour } })
      }
      // One without length, that begins where a range does.
      const [made] = await (halls[0] as Scheduler).allocate([
        { start: at(9), end: at(9) + 6 * hour },
      ])
      await (halls[0] as Scheduler).moveAllocation(made?.id ?? 0, {
        start: new Date(at(9)).toISOString(),
        end: new Date(at(9)).toISOString(),
      })
    })
    const ranges = [
      [at(0), at(9)],
      [at(0) + 3 * hour, at(5) + 30 * 60_000],
      [at(5) + 2 * hour, at(9)],
      [at(5) + hour, at(0) + hour],
      [at(7), at(8)],
    ] as const
    const overview = () =>
      session.run(async () => {
        const seen: unknown[] = []
        for (const [start, end] of ranges) {
          for (const some of [halls, halls.slice(0, 3), halls.slice(31)]) {
            const days = await (halls[0] as Scheduler).queries.availabilityByDay(
              start,
              end,
              some.map((hall) => hall.resource),
            )
            for (const [day, each] of days) {
              const share = Math.round(each.availability * 1e9) / 1e9
              seen.push([start, some.length, day, share, [...each.resources].sort()])
            }
          }
        }
        return seen
      })
    const added = await overview()
    context.setService('exposure', () => ({ isAllocationExposed: () => true }))
    for (const hall of halls) hall.queries.clearCache()
    expect(await overview()).toEqual(added)
    expect(added.length).toBeGreaterThan(20)
  })
})
