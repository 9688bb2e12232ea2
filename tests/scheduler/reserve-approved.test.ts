/**
 * One breath or two: `reserveApproved`, and `approveReservations` right after `reserve`, must write and refuse what the
 * two do when they are apart and everything is read again. Every step of a seeded story is done each way, on halls with
 * the same fate. Set ALLMEND_SEED to repeat one.
 */
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { dice } from '../../core/sample/dice.ts'
import { LibresError } from '../../core/scheduler/errors.ts'
import { createEvents } from '../../core/scheduler/events.ts'
import type { Scheduler } from '../../core/scheduler/scheduler.ts'
import { schedulerOn } from '../../core/scheduler/scheduler-on.ts'
import type { Database, Tx } from '../../core/store/database.ts'
import { eachDatabase } from '../harness/databases.ts'

const MINUTE = 60_000
const DAY_MS = 24 * 60 * MINUTE
const MORNING = Date.UTC(2027, 5, 1, 6)
const STEPS = 40

/** The rows of one hall and its part in words that do not name ids, tokens or the hall. */
async function rowsOf(tx: Tx, names: readonly Scheduler[]): Promise<unknown> {
  const own = names.map((one) => one.resource)
  const { rows: slots } = await sql`
    select array_position(${own}::uuid[], a.mirror_of) as hall, a.quota, s.start::text, s."end"::text,
           dense_rank() over (order by s.source_id) as record,
           dense_rank() over (order by a.id) as place
      from reserved_slots s join allocations a on a.id = s.allocation_id
     where a.mirror_of = any(${own}::uuid[]) order by 1, 3, record, place`.execute(tx)
  const { rows: records } = await sql`
    select array_position(${own}::uuid[], resource) as hall, start::text, "end"::text, status, quota,
           target_type, dense_rank() over (order by id) as record
      from reservations where resource = any(${own}::uuid[]) order by id`.execute(tx)
  return { slots, records }
}

async function story(database: Database, seed: number): Promise<void> {
  const die = dice(seed)
  const pair = (world: string) => (tx: Tx) =>
    ['whole', 'part'].map((name, index) =>
      schedulerOn(tx, {
        context: world,
        name,
        timezone: 'Europe/Zurich',
        blockingNames: [index === 0 ? 'part' : 'whole'],
        now: MORNING,
      }),
    ) as [Scheduler, Scheduler]
  const ways = ['one breath', 'two steps', 'two steps apart'] as const
  const worlds = ways.map((way) => pair(`${way} ${seed}`))
  const each = async (
    step: (pairOfHalls: [Scheduler, Scheduler], way: (typeof ways)[number]) => Promise<unknown>,
  ) => {
    const said: string[] = []
    for (const [index, world] of worlds.entries()) {
      try {
        await database.transact((tx) => step(world(tx), ways[index] as (typeof ways)[number]))
        said.push('done')
      } catch (error) {
        if (!(error instanceof LibresError)) throw error
        said.push(error.name)
      }
    }
    return said
  }
  for (const hall of [0, 1] as const) {
    const quota = die.pick([1, 1, 2, 3])
    const raster = die.pick([15, 30, 60])
    const partlyAvailable = die.roll() < 0.8
    const grouped = !partlyAvailable && die.roll() < 0.5
    const dates = [0, 1, 2].map((day) => ({
      start: MORNING + day * DAY_MS,
      end: MORNING + day * DAY_MS + 8 * 60 * MINUTE,
    }))
    const options = { quota, raster, partlyAvailable, grouped, approveManually: die.roll() < 0.3 }
    await each(([...halls]) => (halls[hall] as Scheduler).allocate(dates, options))
  }
  for (let step = 0; step < STEPS; step++) {
    const hall = die.between(0, 1)
    const unit = die.pick([30, 30, 60, 7]) * MINUTE
    const wishes = Array.from({ length: die.pick([1, 1, 2]) }, () => {
      const start = MORNING + die.between(0, 2) * DAY_MS + die.between(0, 12) * unit
      return { start, end: start + die.between(1, 5) * unit }
    })
    const quota = die.pick([1, 1, 1, 2])
    const said = await each(async (halls, way) => {
      const one = halls[hall] as Scheduler
      const wish = { dates: wishes, quota }
      if (way === 'one breath') return one.reserveApproved('a@example.org', wish)
      const token = await one.reserve('a@example.org', wish)
      if (way === 'two steps apart') await one.managedBlockers()
      return one.approveReservations(token)
    })
    expect(said, `seed ${seed}, step ${step}`).toEqual(ways.map(() => said[2]))
  }
  const rows: unknown[] = []
  await database.read(async (tx) => {
    for (const world of worlds) rows.push(await rowsOf(tx, world(tx)))
  })
  expect(rows, `seed ${seed}`).toEqual(ways.map(() => rows[2]))
  expect((rows[2] as { slots: unknown[] }).slots.length, `seed ${seed}`).toBeGreaterThan(0)
}

const given = process.env.ALLMEND_SEED
const seeds = given ? [Number(given)] : [1, 2, 3, 4, 5, 6]

eachDatabase('reserving and approving in one breath', (database) => {
  it.each(seeds)('writes and refuses what the two steps do: seed %i', async (seed) => {
    await story(database(), seed)
  })

  const span = { start: MORNING, end: MORNING + 60 * MINUTE }
  const hall = (tx: Tx, events = createEvents()): Scheduler =>
    schedulerOn(tx, { context: 'ctx', name: 'room', timezone: 'UTC', now: MORNING, events })
  const open = (quota: number) =>
    database().transact((tx) =>
      hall(tx).allocate([{ start: MORNING, end: MORNING + DAY_MS / 2 }], {
        partlyAvailable: true,
        quota,
      }),
    )

  it('sees what a handler took between the wish and its approval', async () => {
    await open(2)
    const events = createEvents()
    const said = await database().transact(async (tx) => {
      const one = hall(tx, events)
      events.onReservationsMade.push(async (_, [made]) => {
        if (made?.email === 'a@b.ch') await hall(tx).reserveApproved('b@b.ch', { dates: span })
      })
      const token = await one.reserve('a@b.ch', { dates: span })
      const first = await one.approveReservations(token)
      const second = await one.reserveApproved('c@b.ch', { dates: span }).catch((error) => error)
      return [first.length > 0, second.constructor.name]
    })
    expect(said).toEqual([true, 'AlreadyReservedError'])
  })

  it('leaves the wish pending where its approval was refused and the caller goes on', async () => {
    await open(1)
    const statuses = await database().transact(async (tx) => {
      const one = hall(tx)
      const token = await one.reserve('a@b.ch', { dates: [span, span] })
      const refused = await one.approveReservations(token).catch((error) => error)
      const rows = await one.reservationsByToken(token)
      return [
        refused.constructor.name,
        rows.map((row) => row.status),
        await one.managedReservedSlots(),
      ]
    })
    expect(statuses).toEqual(['AlreadyReservedError', ['pending', 'pending'], []])
  })

  it('knows the ids of what it writes before it is written', async () => {
    await open(3)
    const known = await database().transact(async (tx) => {
      const one = hall(tx)
      const slots = [
        ...(await one.reserveApproved('a@b.ch', { dates: span })),
        ...(await one.reserveApproved('a@b.ch', { dates: span, quota: 2 })),
      ]
      return slots.map((slot) => [slot.allocationId, slot.sourceId, slot.start])
    })
    const stored = await database().read(async (tx) => await hall(tx).managedReservedSlots())
    const byPlace = (one: number[], other: number[]) =>
      (one[2] as number) - (other[2] as number) || (one[0] as number) - (other[0] as number)
    expect(known.sort(byPlace)).toEqual(
      stored.map((slot) => [slot.allocationId, slot.sourceId, slot.start]).sort(byPlace),
    )
  })
})
