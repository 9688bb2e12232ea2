/**
 * How many statements a call sends. Times depend on the machine, these numbers do not: a call that grows with its
 * rows is found here.
 */
import { expect, it } from 'vitest'
import type { Scheduler } from '../../core/scheduler/scheduler.ts'
import { schedulerOn } from '../../core/scheduler/scheduler-on.ts'
import type { Database } from '../../core/store/database.ts'
import { eachDatabase } from '../harness/databases.ts'
import { sentDuring } from '../harness/sent.ts'

const DAY_MS = 86_400_000
const FIRST_MS = Date.UTC(2027, 5, 1, 6)

/** So many dates of four hours, one a day. */
const days = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => {
    const start = FIRST_MS + (from + index) * DAY_MS
    return { start, end: start + 4 * 3_600_000 }
  })

/** Does the work in one transaction and says how many statements went to the database between BEGIN and COMMIT. */
async function counted(
  database: Database,
  work: (scheduler: Scheduler) => Promise<unknown>,
  blockingNames: readonly string[] = [],
): Promise<number> {
  const sent = await sentDuring(() =>
    database.transact((tx) =>
      work(
        schedulerOn(tx, {
          context: 'ctx',
          name: 'room',
          timezone: 'Europe/Zurich',
          blockingNames,
          now: FIRST_MS,
        }),
      ),
    ),
  )
  return sent.length
}

/** The same call on a little and on a lot. */
async function onBoth(call: (size: number) => Promise<number>): Promise<[number, number]> {
  return [await call(2), await call(40)]
}

eachDatabase('the statements of a call', (database) => {
  const count = (work: (scheduler: Scheduler) => Promise<unknown>) => counted(database(), work)

  it('are two for reserve and approve: at most four round trips with BEGIN and COMMIT', async () => {
    await count((hall) => hall.allocate(days(2)))
    const twoCalls = await count(async (hall) => {
      const token = await hall.reserve('a@b.ch', { dates: days(1) })
      await hall.approveReservations(token)
    })
    const oneCall = await count((hall) => hall.reserveApproved('a@b.ch', { dates: days(1, 1) }))
    expect([twoCalls, oneCall]).toEqual([2, 2])
  })

  it('are four where something else is asked between the two calls, or others decide later', async () => {
    await count((hall) => hall.allocate(days(2)))
    let token = ''
    const between = await count(async (hall) => {
      const made = await hall.reserve('a@b.ch', { dates: days(1) })
      await hall.managedBlockers()
      await hall.approveReservations(made)
    })
    const reserved = await count(async (hall) => {
      token = await hall.reserve('a@b.ch', { dates: days(1, 1) })
    })
    const approved = await count((hall) => hall.approveReservations(token))
    expect([between, reserved, approved]).toEqual([5, 2, 2])
  })

  it('do not grow with the quota, nor with the places that get a row', async () => {
    await count((hall) => hall.allocate(days(1), { quota: 50, partlyAvailable: true, raster: 5 }))
    const book = (quota: number) => () =>
      count(async (hall) => {
        const token = await hall.reserve('a@b.ch', { dates: days(1), quota })
        await hall.approveReservations(token)
      })
    expect([await book(1)(), await book(30)()]).toEqual([2, 2])
  })

  it('do not grow with the dates of one call', async () => {
    let from = 0
    const all = await onBoth(async (size) => {
      const dates = days(size, from)
      from += size
      const allocated = await count((hall) => hall.allocate(dates))
      const reserved = await count(async (hall) => {
        const token = await hall.reserve('a@b.ch', { dates })
        await hall.approveReservations(token)
      })
      return allocated * 100 + reserved
    })
    expect(all).toEqual([202, 202])
  })

  it('do not grow with the members of a group', async () => {
    let from = 0
    const all = await onBoth(async (size) => {
      const dates = days(size, from)
      from += size
      return count(async (hall) => {
        const [first] = await hall.allocate(dates, { grouped: true })
        const token = await hall.reserve('a@b.ch', { group: first?.group })
        await hall.approveReservations(token)
      })
    })
    expect(all).toEqual([6, 6])
  })

  it('are two at most for removing, denying and refusing', async () => {
    await count((hall) => hall.allocate(days(20)))
    const made: string[] = []
    await count(async (hall) => {
      for (let copy = 0; copy < 2; copy++)
        made.push(await hall.reserve('a@b.ch', { dates: days(20) }))
      await hall.approveReservations(made[0] as string)
    })
    expect([
      await count((hall) => hall.denyReservation(made[1] as string)),
      await count((hall) => hall.removeReservation(made[0] as string)),
    ]).toEqual([1, 1])
  })

  it('do not grow with the places that change over when the quota shrinks', async () => {
    const shrink = async (quota: number, day: number) => {
      const dates = days(1, day)
      await count(async (hall) => {
        await hall.allocate(dates, { quota })
        const tokens: string[] = []
        for (let place = 0; place < quota; place++) {
          const token = await hall.reserve('a@b.ch', { dates })
          await hall.approveReservations(token)
          tokens.push(token)
        }
        for (let place = 0; place < quota; place += 2) {
          await hall.removeReservation(tokens[place] as string)
        }
      })
      return count(async (hall) => {
        const { start, end } = dates[0] as { start: number; end: number }
        const [master] = await hall.allocationsInRange(start, end)
        if (master) await hall.changeQuota(master, quota / 2)
      })
    }
    const [few, many] = [await shrink(4, 0), await shrink(20, 1)]
    expect([few, many]).toEqual([many, few])
  })

  it('do not grow with what a search finds, whatever it asks', async () => {
    let from = 0
    const all = await onBoth(async (size) => {
      const dates = days(size, from)
      from += size
      await count((hall) => hall.allocate(dates, { quota: 3, partlyAvailable: true }))
      await count(async (hall) => {
        const token = await hall.reserve('a@b.ch', { dates })
        await hall.approveReservations(token)
      })
      const [first, last] = [dates[0], dates.at(-1)]
      return count((hall) =>
        hall.searchAllocations(first?.start ?? 0, last?.end ?? 0, {
          availableOnly: true,
          minspots: 1,
        }),
      )
    })
    expect(all[1]).toBe(all[0])
  })

  it('do not grow with the days of an overview', async () => {
    let from = 0
    const all = await onBoth(async (size) => {
      const dates = days(size, from)
      from += size
      await count((hall) => hall.allocate(dates, { quota: 3, partlyAvailable: true }))
      return count(async (hall) => {
        const [first, last] = [dates[0]?.start ?? 0, dates.at(-1)?.end ?? 0]
        await hall.queries.availabilityByDay(first, last, [hall.resource])
        await hall.availability(first, last)
        await hall.allocationsWithAvailabilityByRange(first, last)
      })
    })
    expect(all).toEqual([4, 4])
  })

  it('do not grow with the allocations whose partitions are read', async () => {
    let from = 0
    const all = await onBoth(async (size) => {
      const dates = days(size, from)
      from += size
      await count((hall) => hall.allocate(dates, { partlyAvailable: true }))
      return count(async (hall) => {
        const found = await hall.allocationsInRange(dates[0]?.start ?? 0, dates.at(-1)?.end ?? 0)
        for (const allocation of found) await allocation.availabilityPartitions()
      })
    })
    expect(all).toEqual([2, 2])
  })

  it('do not grow with what is blocked', async () => {
    let from = 0
    const all = await onBoth(async (size) => {
      const dates = days(size, from)
      from += size
      await count((hall) => hall.allocate(dates, { quota: 5 }))
      return count((hall) => hall.addBlocker({ dates, reason: 'cleaning' }))
    })
    expect(all).toEqual([4, 4])
  })

  it('are the same with resources that have to be free too', async () => {
    await count((hall) => hall.allocate(days(1)))
    const statements = await counted(
      database(),
      async (hall) => {
        const token = await hall.reserve('a@b.ch', { dates: days(1) })
        await hall.approveReservations(token)
      },
      ['half', 'other half'],
    )
    expect(statements).toBe(2)
  })
})
