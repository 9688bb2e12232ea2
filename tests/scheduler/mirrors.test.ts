/**
 * What is meant for masters, asked of their mirrors: libres takes any row of the resource (`3-reservations.md` 7, 11), so a
 * program that passes the id of a mirror must not see anything else here.
 */
import { expect, it } from 'vitest'
import { PreconditionFailed } from '../../core/domain/failure.ts'
import type { Allocation } from '../../core/scheduler/allocation.ts'
import {
  AffectedReservationError,
  NotFound,
  OverlappingAllocationError,
} from '../../core/scheduler/errors.ts'
import type { Scheduler } from '../../core/scheduler/scheduler.ts'
import { schedulerOn } from '../../core/scheduler/scheduler-on.ts'
import { eachDatabase } from '../harness/databases.ts'

const DATES = ['2027-06-01T08:00', '2027-06-01T12:00'] as const
const ELSEWHERE = { start: '2027-06-02T08:00', end: '2027-06-02T12:00' }

eachDatabase('a mirror', (database) => {
  const at = <T>(work: (hall: Scheduler) => Promise<T>): Promise<T> =>
    database().transact((tx) =>
      work(schedulerOn(tx, { context: 'ctx', name: 'hall', timezone: 'Europe/Zurich', now: 0 })),
    )
  const thrownBy = (work: Promise<unknown>) =>
    work.then(
      () => undefined,
      (error: Error) => error.constructor,
    )
  /** Places of one allocation of four, of which the first so many are taken; two mirrors have rows. */
  async function places(hall: Scheduler): Promise<Allocation[]> {
    const [master] = await hall.allocationsInRange(...DATES)
    return (master as Allocation).siblings()
  }
  async function open(taken: readonly number[]): Promise<void> {
    await at(async (hall) => {
      await hall.allocate([...DATES], { quota: 4 })
      const tokens: string[] = []
      for (let place = 0; place < 3; place++) {
        const token = await hall.reserve('a@b.ch', { dates: [...DATES] })
        await hall.approveReservations(token)
        tokens.push(token)
      }
      for (const [place, token] of tokens.entries()) {
        if (!taken.includes(place)) await hall.removeReservation(token)
      }
    })
  }
  const starts = () =>
    at(async (hall) =>
      (await hall.managedAllocations()).map((row) => [
        row.displayStart().at / 86_400_000_000,
        row.isMaster,
        row.quota,
      ]),
    ).then((rows) =>
      rows.map(([day, isMaster, quota]) => [Math.floor(day as number), isMaster, quota]),
    )
  const DAY = Math.floor(Date.UTC(2027, 5, 1) / 86_400_000)

  it('is moved with the other mirrors and without its master', async () => {
    await open([])
    await at(async (hall) => {
      const [, mirror] = await places(hall)
      await hall.moveAllocation((mirror as Allocation).id, ELSEWHERE)
    })
    expect(await starts()).toEqual([
      [DAY, true, 4],
      [DAY + 1, false, 4],
      [DAY + 1, false, 4],
    ])
  })

  it('is not moved where its master is in the way, nor with a reservation on any mirror', async () => {
    await open([2])
    const move = (change: { start: string; end: string }) =>
      thrownBy(
        at(async (hall) => {
          const [, mirror] = await places(hall)
          await hall.moveAllocation((mirror as Allocation).id, change)
        }),
      )
    expect([
      await move({ start: DATES[0], end: '2027-06-01T13:00' }),
      await move(ELSEWHERE),
    ]).toEqual([OverlappingAllocationError, AffectedReservationError])
  })

  it('passes new rules on to all masters of its group', async () => {
    await open([])
    await at(async (hall) => {
      const [, mirror] = await places(hall)
      await hall.moveAllocation((mirror as Allocation).id, {
        ...ELSEWHERE,
        quota: 6,
        quotaLimit: 2,
      })
    })
    const rows = await at(async (hall) =>
      (await hall.managedAllocations()).map((row) => [row.isMaster, row.quota, row.quotaLimit]),
    )
    expect(rows).toEqual([
      [true, 6, 2],
      [false, 4, 0],
      [false, 4, 0],
    ])
  })

  it('is removed with the other mirrors and without its master', async () => {
    await open([0])
    await at(async (hall) => {
      const [, , mirror] = await places(hall)
      await hall.removeAllocation({ id: (mirror as Allocation).id })
    })
    expect(await starts()).toEqual([[DAY, true, 4]])
  })

  it('is not removed where any mirror is taken, or somebody waits for the group', async () => {
    await open([1])
    const remove = () =>
      thrownBy(
        at(async (hall) => {
          const [, , mirror] = await places(hall)
          await hall.removeAllocation({ id: (mirror as Allocation).id })
        }),
      )
    const taken = await remove()
    await at(async (hall) => {
      for (const slot of await hall.managedReservedSlots()) {
        await hall.removeReservation(slot.reservationToken)
      }
      await hall.reserve('a@b.ch', { dates: [...DATES] })
    })
    expect([taken, (await remove())?.name]).toEqual([
      AffectedReservationError,
      'AffectedPendingReservationError',
    ])
  })

  it('has its own copy of the quota, which may grow and says nothing', async () => {
    await open([0, 1, 2])
    const change = (quota: number, place = 1) =>
      thrownBy(
        at(async (hall) => hall.changeQuota((await places(hall))[place] as Allocation, quota)),
      )
    const said = [await change(4), await change(9), await change(0), await change(3)]
    expect([said, await starts()]).toEqual([
      [undefined, undefined, PreconditionFailed, AffectedReservationError],
      [
        [DAY, true, 4],
        [DAY, false, 9],
        [DAY, false, 4],
      ],
    ])
    // One without a row has nothing to change; fewer make no sense of any.
    expect([await change(9, 3), await change(3, 3)]).toEqual([undefined, PreconditionFailed])
  })

  it('finds the master first, and counts itself in place of it', async () => {
    await open([1])
    const [spot, count, ofMaster] = await at(async (hall) => {
      const [master, taken, free] = (await places(hall)) as [Allocation, Allocation, Allocation]
      return [
        (await taken.findSpot(...DATES))?.isMaster,
        [
          await hall.freeAllocationsCount(taken, ...DATES),
          await hall.freeAllocationsCount(free, ...DATES),
        ],
        await hall.freeAllocationsCount(master, ...DATES),
      ]
    })
    expect([spot, count, ofMaster]).toEqual([true, [2, 3], 3])
  })

  it('without a row knows nothing of the others', async () => {
    await open([])
    const asked = await at(async (hall) => {
      const last = (await places(hall))[3] as Allocation
      return [
        last.isTransient,
        await last.isAvailable(),
        ...(await Promise.all(
          [
            last.findSpot(...DATES),
            last.freeAllocationsCount(...DATES),
            last.quotaLeft(),
            last.siblings(),
            last.siblings(false),
            last.pendingReservations(),
          ].map(thrownBy),
        )),
      ]
    })
    expect(asked).toEqual([true, true, ...Array<unknown>(6).fill(PreconditionFailed)])
  })

  it('is found by its id like any other row, and an unknown one is not', async () => {
    await open([1])
    const said = await at(async (hall) => {
      const [, mirror] = (await places(hall)) as [Allocation, Allocation]
      return [
        (await hall.allocationById(mirror.id)).resource === mirror.resource,
        (await hall.allocationsByIds([mirror.id, 999_999])).length,
        (await hall.reservationsByAllocation(mirror.id)).length,
        await thrownBy(hall.moveAllocation(999_999, ELSEWHERE)),
        await thrownBy(hall.removeAllocation({ id: 999_999 })),
      ]
    })
    expect(said).toEqual([true, 1, 1, NotFound, NotFound])
  })
})
