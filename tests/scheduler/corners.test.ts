/** Corners of the rules of libres that its golden vectors do not reach (`3-reservations.md` 5, 11, 12). */
import { expect, it } from 'vitest'
import { PreconditionFailed } from '../../core/domain/failure.ts'
import {
  AlreadyReservedError,
  IntegrityError,
  OverlappingAllocationError,
} from '../../core/scheduler/errors.ts'
import type { MoveChange } from '../../core/scheduler/move.ts'
import { createRegistry } from '../../core/scheduler/registry.ts'
import { Scheduler } from '../../core/scheduler/scheduler.ts'
import { schedulerOn } from '../../core/scheduler/scheduler-on.ts'
import { eachDatabase } from '../harness/databases.ts'

eachDatabase('a scheduler', (database) => {
  const at = <T>(
    work: (hall: Scheduler) => Promise<T>,
    name = 'hall',
    blockingNames: readonly string[] = [],
  ): Promise<T> =>
    database().transact((tx) =>
      work(
        schedulerOn(tx, {
          context: 'ctx',
          name,
          timezone: 'Europe/Zurich',
          blockingNames,
          now: Date.now,
        }),
      ),
    )
  /** Which error, or none. */
  const thrownBy = (work: Promise<unknown>) =>
    work.then(
      () => undefined,
      (error: Error) => error.constructor,
    )

  it('finds an allocation of no length in the way of a new one', async () => {
    const dates = ['2027-06-01T08:00', '2027-06-01T12:00']
    await at(async (hall) => {
      const [made] = await hall.allocate(dates)
      await hall.moveAllocation(made?.id ?? 0, {
        start: '2027-06-01T08:00',
        end: '2027-06-01T08:00',
      })
    })
    expect(await thrownBy(at((hall) => hall.allocate(dates)))).toBe(OverlappingAllocationError)
    expect(await at((hall) => hall.allocate(dates, { skipOverlapping: true }))).toEqual([])
  })

  it('takes a quota of none for a mistake, unless the group is new and has no members', async () => {
    const dates = { start: '2027-06-01T08:00', end: '2027-06-01T12:00' }
    const [made] = await at((hall) => hall.allocate([dates.start, dates.end], { quota: 2 }))
    const id = made?.id ?? 0
    const refused = await thrownBy(at((hall) => hall.moveAllocation(id, { ...dates, quota: 0 })))
    expect(refused).toBe(PreconditionFailed)
    const group = '00000000-0000-4000-8000-000000000001'
    await at((hall) => hall.moveAllocation(id, { ...dates, quota: 0, group }))
    const after = await at((hall) => hall.allocationById(id))
    expect([after.group, after.quota]).toEqual([group, 2])
  })

  it('asks for the places only of what the other filters of a search leave', async () => {
    await at((hall) => hall.allocate(['2027-06-07T08:00', '2027-06-07T12:00']), 'part')
    await at(async (hall) => {
      // A Monday, which can be asked with blocking resources; and a Tuesday, which cannot.
      await hall.allocate(['2027-06-07T08:00', '2027-06-07T12:00'])
      await hall.allocate(['2027-06-08T08:00', '2027-06-08T12:00'], {
        partlyAvailable: true,
        quota: 2,
      })
    })
    const search = (days: ('mo' | 'tu')[]) =>
      at(
        (hall) =>
          hall.searchAllocations('2027-06-07T08:00', '2027-06-08T12:00', { days, minspots: 1 }),
        'hall',
        ['part'],
      )
    expect(await search(['mo'])).toHaveLength(1)
    await expect(search(['mo', 'tu'])).rejects.toThrow('with a quota and blocking resources')
  })

  it('names the earliest existing allocation, and of the dates the first that meets it', async () => {
    const day = (date: number) => [`2027-06-0${date}T08:00`, `2027-06-0${date}T12:00`]
    await at((hall) => hall.allocate([day(1), day(3)]))
    const error = await at((hall) => hall.allocate([day(3), day(2), day(1)])).catch((each) => each)
    expect([error.start, error.existing.start]).toEqual([
      Date.UTC(2027, 5, 1, 6) * 1000,
      Date.UTC(2027, 5, 1, 6) * 1000,
    ])
  })

  it('reads a range of cells from the cell it begins in to the one before its end', async () => {
    const cells = await at(async (hall) => {
      await hall.allocate(['2027-06-01T08:00', '2027-06-01T12:00'], { partlyAvailable: true })
      await hall.reserveApproved('a@b.ch', { dates: ['2027-06-01T08:00', '2027-06-01T12:00'] })
      const between = async (start: string, end: string) => {
        const { reserved } = await hall.reservedSlotsByRange(start, end)
        return [...reserved.keys()]
          .sort((one, other) => one - other)
          .map((cell) => new Date(cell / 1000).toISOString().slice(11, 16))
      }
      return [
        await between('2027-06-01T09:02', '2027-06-01T09:13'),
        await between('2027-06-01T09:00', '2027-06-01T09:10'),
        await between('2027-06-01T09:00', '2027-06-01T09:10:30'),
      ]
    })
    expect(cells).toEqual([
      ['07:00', '07:05', '07:10'],
      ['07:00', '07:05'],
      ['07:00', '07:05', '07:10'],
    ])
  })

  it('hears from the index where a blocker meets itself, or another member of the group it closes', async () => {
    const block = (dates: string[][]) => thrownBy(at((hall) => hall.addBlocker({ dates })))
    await at(async (hall) => {
      await hall.allocate(['2027-06-01T08:00', '2027-06-01T12:00'], { partlyAvailable: true })
      await hall.allocate(['2027-06-02T08:00', '2027-06-02T12:00'])
      await hall.allocate(
        [
          ['2027-06-03T08:00', '2027-06-03T12:00'],
          ['2027-06-04T08:00', '2027-06-04T12:00'],
        ],
        { grouped: true },
      )
    })
    const itself = [
      await block([
        ['2027-06-01T08:00', '2027-06-01T10:00'],
        ['2027-06-01T09:30', '2027-06-01T11:00'],
      ]),
      await block([
        ['2027-06-02T08:00', '2027-06-02T09:00'],
        ['2027-06-02T11:00', '2027-06-02T12:00'],
      ]),
    ]
    // Only on its first member: where the second is given by itself it belongs to both.
    await at(async (hall) => {
      const [, second] = await hall.allocationsInRange('2027-06-03T00:00', '2027-06-05T00:00')
      const group = '00000000-0000-4000-8000-000000000002'
      const dates = { start: '2027-06-04T08:00', end: '2027-06-04T12:00' }
      await hall.moveAllocation(second?.id ?? 0, { ...dates, group })
      await hall.reserveApproved('a@b.ch', { dates: [dates.start, dates.end] })
      const [first] = await hall.allocationsInRange('2027-06-03T08:00', '2027-06-03T12:00')
      await hall.moveAllocation(first?.id ?? 0, {
        start: '2027-06-03T08:00',
        end: '2027-06-03T12:00',
        group,
      })
    })
    const group = await block([['2027-06-03T08:00', '2027-06-03T12:00']])
    const held = await at((hall) => hall.managedBlockers())
    expect([itself, group, held]).toEqual([[IntegrityError, IntegrityError], IntegrityError, []])
    expect(new IntegrityError(undefined as never)).toBeInstanceOf(AlreadyReservedError)
  })

  it('reads no clock for a single new time, which must say its own', async () => {
    const [made] = await at((hall) => hall.allocate(['2027-06-01T08:00', '2027-06-01T12:00']))
    const id = made?.id ?? 0
    const move = (change: MoveChange) => at((hall) => hall.moveAllocation(id, change))
    const refused = [
      await thrownBy(move({ start: '2027-06-01T09:00', quota: 2 })),
      await thrownBy(move({ end: '2027-06-01T13:00', quota: 2, wholeDay: true })),
      await thrownBy(move({ start: '2027-06-01T09:00' })),
    ]
    await move({ end: '2027-06-01T11:00Z', quota: 2 })
    const after = await at((hall) => hall.allocationById(id))
    expect([refused, (after.end + 1) / 1000, after.quota]).toEqual([
      [TypeError, TypeError, PreconditionFailed],
      Date.UTC(2027, 5, 1, 11),
      2,
    ])
  })

  it('takes a microsecond off an end with seconds at each of the three times it is rasterised', async () => {
    const [made] = await at((hall) => hall.allocate(['2027-06-01T08:00', '2027-06-01T12:00:30']))
    const id = made?.id ?? 0
    await at((hall) =>
      hall.moveAllocation(id, { start: '2027-06-01T08:00', end: '2027-06-01T12:00:30' }),
    )
    const after = await at((hall) => hall.allocationById(id))
    const whole = Date.UTC(2027, 5, 1, 10, 0, 30) * 1000
    expect([made?.end, after.end].map((end) => whole - (end ?? 0))).toEqual([1, 3])
  })

  it('has no opinion on places of an allocation without length', async () => {
    const quota = await at(async (hall) => {
      const [made] = await hall.allocate(['2027-06-01T08:00', '2027-06-01T12:00'], { quota: 3 })
      const dates = { start: '2027-06-01T08:00', end: '2027-06-01T08:00' }
      await hall.moveAllocation(made?.id ?? 0, dates)
      return thrownBy(hall.changeQuota(made?.id ?? 0, 2))
    })
    expect(quota).toBe(PreconditionFailed)
  })

  it('looks at its own members of a group only where unused allocations are removed', async () => {
    const group = '00000000-0000-4000-8000-000000000003'
    const dates = ['2027-06-01T08:00', '2027-06-01T12:00']
    const join = (name: string, day: number) =>
      at(async (hall) => {
        const [made] = await hall.allocate(dates)
        await hall.moveAllocation(made?.id ?? 0, {
          start: `2027-06-0${day}T08:00`,
          end: `2027-06-0${day}T12:00`,
          group,
        })
      }, name)
    await join('hall', 1)
    await join('other', 9)
    const removed = await at((hall) =>
      hall.removeUnusedAllocations('2027-06-01', '2027-06-03', { excludeGroups: true }),
    )
    expect([
      removed,
      await at(async (hall) => (await hall.managedAllocations()).length, 'other'),
    ]).toEqual([1, 1])
  })

  it('cannot compare an expiration without a zone with any session', async () => {
    const find = () => at((hall) => hall.queries.findExpiredReservationSessions('2030-01-01T00:00'))
    const before = await find()
    await at(async (hall) => {
      await hall.allocate(['2027-06-01T08:00', '2027-06-01T12:00'])
      await hall.reserve('a@b.ch', {
        dates: ['2027-06-01T08:00', '2027-06-01T12:00'],
        sessionId: '00000000-0000-4000-8000-000000000004',
      })
    })
    expect([before, await thrownBy(find())]).toEqual([[], TypeError])
  })

  it('shows only what is exposed where resources have to be free, too', async () => {
    const registry = createRegistry(database())
    const context = registry.registerContext('ctx')
    const hall = new Scheduler({
      context,
      name: 'hall',
      timezone: 'Europe/Zurich',
      blockingNames: ['part'],
    })
    const items = await context.getService('sessionProvider').run(async () => {
      const [made] = await hall.allocate([
        ['2027-06-01T08:00', '2027-06-01T12:00'],
        ['2027-06-02T08:00', '2027-06-02T12:00'],
      ])
      context.setService('exposure', () => ({
        isAllocationExposed: ({ id }) => id === made?.id,
      }))
      const shown = await hall.allocationsWithAvailabilityByRange(
        '2027-06-01T00:00',
        '2027-06-03T00:00',
      )
      await hall.reserveApproved('a@b.ch', { dates: ['2027-06-02T08:00', '2027-06-02T12:00'] })
      return [shown.length, await hall.availability()]
    })
    expect(items).toEqual([1, 100])
  })

  it('ends the window of a search on the day of the one who searches', async () => {
    const inZone =
      (timezone: string) =>
      <T>(work: (hall: Scheduler) => Promise<T>) =>
        database().transact((tx) =>
          work(schedulerOn(tx, { context: 'ctx', name: 'hall', timezone, now: 0 })),
        )
    // 23:00 to 24:00 in Zurich is 11:00 to 12:00 of the next day in Auckland.
    await inZone('Europe/Zurich')((hall) => hall.allocate(['2027-01-10T23:00', '2027-01-11T00:00']))
    const found = (start: string, end: string) =>
      inZone('Pacific/Auckland')(async (hall) => (await hall.searchAllocations(start, end)).length)
    expect([
      await found('2027-01-10T00:00', '2027-01-12T12:30'),
      await found('2027-01-10T00:00', '2027-01-12T10:30'),
    ]).toEqual([1, 0])
  })

  it('asks the mirrors of a blocking resource, too, before it approves', async () => {
    const dates = ['2027-06-01T08:00', '2027-06-01T12:00']
    await at(async (part) => {
      await part.allocate(dates, { quota: 2 })
      const first = await part.reserve('a@b.ch', { dates })
      await part.approveReservations(first)
      await part.reserveApproved('b@b.ch', { dates })
      await part.removeReservation(first)
    }, 'part')
    const said = await at(
      async (hall) => {
        await hall.allocate(dates)
        const token = await hall.reserve('a@b.ch', { dates })
        return thrownBy(hall.approveReservations(token))
      },
      'hall',
      ['part'],
    )
    expect(said).toBe(AlreadyReservedError)
  })

  it('finds nothing left of an allocation without length where places are asked for', async () => {
    const found = await at(async (hall) => {
      const [made] = await hall.allocate(['2027-06-01T08:00', '2027-06-01T12:00'])
      const dates = { start: '2027-06-01T08:00', end: '2027-06-01T08:00' }
      await hall.moveAllocation(made?.id ?? 0, dates)
      const search = async (minspots: number) =>
        (await hall.searchAllocations('2027-06-01T06:00', '2027-06-01T18:00', { minspots })).length
      return [await search(0), await search(1)]
    })
    expect(found).toEqual([1, 0])
  })

  it('offers every reservation for a change of times where no token is named', async () => {
    const dates = ['2027-06-01T08:00', '2027-06-01T09:00']
    const candidates = await at(async (hall) => {
      await hall.allocate(['2027-06-01T08:00', '2027-06-01T12:00'], { partlyAvailable: true })
      await hall.reserveApproved('a@b.ch', { dates })
      return [
        (await hall.changeReservationTimeCandidates([])).length,
        (await hall.changeReservationTimeCandidates()).length,
        (await hall.changeReservationTimeCandidates([crypto.randomUUID()])).length,
      ]
    })
    expect(candidates).toEqual([1, 1, 0])
  })
})
