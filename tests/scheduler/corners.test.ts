/** Corners of the rules of libres that its golden vectors do not reach (`3-reservations.md` 5, 11, 12). */
import { expect, it } from 'vitest'
import { PreconditionFailed } from '../../core/domain/failure.ts'
import { OverlappingAllocationError } from '../../core/scheduler/errors.ts'
import type { Scheduler } from '../../core/scheduler/scheduler.ts'
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
})
