/**
 * What is free, asked of every database after random stories (late, lost, broken, called off), against what is counted
 * over all rows in memory: for windows behind us, around now and ahead.
 *
 * `LENDABLE_SEED=… npx vitest run tests/operations/lendable.test.ts` repeats a run.
 */
import { expect, it } from 'vitest'
import { free } from '../../core/operations/replan.ts'
import { dice } from '../../core/sample/dice.ts'
import type { Database, Tx } from '../../core/store/database.ts'
import { insertClaims } from '../../core/store/operations-claims.ts'
import { insertPlaces, writeOperations } from '../../core/store/operations-write.ts'
import { eachDatabase } from '../harness/databases.ts'
import { furnish, idFor } from './house.ts'
import type { MemoryHouse } from './memory-house.ts'
import { CHAIR, GRID_MS, Run } from './planner-run.ts'

const RUNS = 24
const EVENTS = 60
/** After so many events the database is asked. */
const EACH = 12
const WINDOWS = 25
const first = Number(process.env.LENDABLE_SEED ?? Math.floor(Math.random() * 2 ** 31))

class Done extends Error {}

async function writeHouse(tx: Tx, house: MemoryHouse): Promise<void> {
  const none = { changed: [], removed: [] }
  for (const { id, quantity } of house.claims.values()) {
    await tx
      .insertInto('allmend.booking')
      .values({
        token: id,
        number: Number.parseInt(id.slice(0, 6), 16),
        title: `${quantity} chairs`,
        public_title: '',
        note: '',
        persons: null,
        person: null,
        dates: '[]',
        created_at: house.now,
        created_by: 'test',
        cancelled_at: null,
        cancel_reason: '',
      })
      .execute()
  }
  await insertClaims(tx, [...house.claims.values()])
  await writeOperations(tx, {
    operations: { made: [...house.operations.values()], ...none },
    avatars: { made: [...house.avatars.values()], ...none },
    items: { made: [...house.items.values()], ...none },
    inputs: { made: [...house.inputs.values()], removed: [] },
    bereft: [],
  })
}

/** Free in each window, asked and counted; nothing stays in the database. */
async function compare(database: Database, house: MemoryHouse, seed: number) {
  const die = dice(seed)
  const windows = Array.from({ length: WINDOWS }, () => {
    const from = house.now + die.between(-40, 40) * GRID_MS
    return { from, until: from + die.between(1, 60) * GRID_MS }
  })
  const asked: number[] = []
  await database
    .transact(async (tx) => {
      await writeHouse(tx, house)
      asked.length = 0
      for (const { from, until } of windows) {
        asked.push(await free(tx, CHAIR, from, until, house.now))
      }
      throw new Done()
    })
    .catch((error) => {
      if (!(error instanceof Done)) throw error
    })
  return { asked, counted: windows.map(({ from, until }) => house.free(from, until)) }
}

console.log(`lendable: ${RUNS} runs of ${EVENTS} events, LENDABLE_SEED=${first}`)

eachDatabase('what is free', (database) => {
  it('is the same asked of the database as counted over everything', async () => {
    await database().transact(async (tx) => {
      await furnish(tx)
      await insertPlaces(
        tx,
        ['gym', 'park'].map((name) => ({
          id: idFor(name),
          name,
          parent: null,
          tag: null,
          resource: null,
          borrower: null,
        })),
      )
    })
    let unlike = 0
    for (let number = 0; number < RUNS; number++) {
      const seed = first + number
      const run = new Run(seed, number % 4 !== 0)
      for (let event = 1; event <= EVENTS; event++) {
        run.event()
        if (event % EACH !== 0) continue
        const { asked, counted } = await compare(database(), run.house, seed + event)
        expect(asked, `LENDABLE_SEED=${seed}: ${run.story.join(', ')}`).toEqual(counted)
        if (new Set(counted).size > 2) unlike += 1
      }
    }
    // Windows that all say the same would compare nothing.
    expect(unlike).toBeGreaterThan(RUNS)
  }, 120_000)
})
