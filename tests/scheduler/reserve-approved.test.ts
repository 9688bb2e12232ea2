/**
 * One breath or two: `reserveApproved` must write what `reserve` and `approveReservations` write, and refuse what
 * they refuse. Every step of a seeded story is done both ways, on two halls with the same fate. Set
 * ALLMEND_SEED to repeat one.
 */
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { dice } from '../../core/sample/dice.ts'
import { LibresError } from '../../core/scheduler/errors.ts'
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
  const worlds = [pair(`one breath ${seed}`), pair(`two steps ${seed}`)] as const
  const both = async (
    step: (pairOfHalls: [Scheduler, Scheduler], world: number) => Promise<unknown>,
  ) => {
    const said: string[] = []
    for (const [index, world] of worlds.entries()) {
      try {
        await database.transact((tx) => step(world(tx), index))
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
    await both(([...halls]) => (halls[hall] as Scheduler).allocate(dates, options))
  }
  for (let step = 0; step < STEPS; step++) {
    const hall = die.between(0, 1)
    const unit = die.pick([30, 30, 60, 7]) * MINUTE
    const wishes = Array.from({ length: die.pick([1, 1, 2]) }, () => {
      const start = MORNING + die.between(0, 2) * DAY_MS + die.between(0, 12) * unit
      return { start, end: start + die.between(1, 5) * unit }
    })
    const quota = die.pick([1, 1, 1, 2])
    const said = await both(async (halls, world) => {
      const one = halls[hall] as Scheduler
      const wish = { dates: wishes, quota }
      if (world === 0) return one.reserveApproved('a@example.org', wish)
      return one.approveReservations(await one.reserve('a@example.org', wish))
    })
    expect(said[0], `seed ${seed}, step ${step}`).toBe(said[1])
  }
  const [one, two] = await database.read(async (tx) => [
    await rowsOf(tx, worlds[0](tx)),
    await rowsOf(tx, worlds[1](tx)),
  ])
  expect(one, `seed ${seed}`).toEqual(two)
  expect((one as { slots: unknown[] }).slots.length, `seed ${seed}`).toBeGreaterThan(0)
}

const given = process.env.ALLMEND_SEED
const seeds = given ? [Number(given)] : [1, 2, 3, 4, 5, 6]

eachDatabase('reserving and approving in one breath', (database) => {
  it.each(seeds)('writes and refuses what the two steps do: seed %i', async (seed) => {
    await story(database(), seed)
  })

  it('costs three statements', async () => {
    let sent = 0
    const hall = (tx: Tx): Scheduler =>
      schedulerOn(tx, { context: 'ctx', name: 'room', timezone: 'UTC', now: MORNING })
    const span = { start: MORNING, end: MORNING + 60 * MINUTE }
    await database().transact((tx) =>
      hall(tx).allocate([{ start: MORNING, end: MORNING + DAY_MS / 2 }], { partlyAvailable: true }),
    )
    await database().transact((tx) => {
      const counting = tx.withPlugin({
        transformQuery: ({ node }) => node,
        transformResult: async ({ result }) => {
          sent += 1
          return result
        },
      })
      return hall(counting as Tx).reserveApproved('a@example.org', { dates: span })
    })
    expect(sent).toBe(3)
  })
})
