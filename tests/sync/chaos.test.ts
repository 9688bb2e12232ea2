/**
 * A short run of `npm run chaos`, and proof that it finds what is built wrong. Long runs with unseen seeds are made by
 * hand and by night.
 */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Arena, openArena } from '../chaos/arena.ts'
import { BROKEN, type Broken, LEADS_TO } from '../chaos/broken.ts'
import { chaos, faultsOf } from '../chaos/chaos.ts'
import { VIOLATIONS } from '../chaos/checker.ts'

/** Starting processes on a busy machine takes most of it. */
const WITHIN_MS = 300_000
/** Two towns beside each other on one server: together a minute of faults. */
const RUNS = [
  { seed: 2, seconds: 30, desks: 3 },
  { seed: 5, seconds: 30, desks: 3 },
]
/** What is wrong shows when two meet, and whether they meet lies with the machine as well: so many schedules are tried. */
const SCHEDULES = 8

let arena: Arena
beforeAll(async () => {
  arena = await openArena()
}, WITHIN_MS)
afterAll(() => arena.close())

/** One that fails leaves no other behind that would torment the next test. */
async function allOf<T>(runs: readonly Promise<T>[]): Promise<readonly T[]> {
  await Promise.allSettled(runs)
  return Promise.all(runs)
}

it('keeps every promise through cuts, kills, crashes and silence', {
  timeout: WITHIN_MS,
}, async () => {
  const results = await allOf(RUNS.map((plan) => chaos(arena, plan)))
  for (const { found, did } of results) {
    console.log(did)
    expect(found).toEqual(Object.fromEntries(VIOLATIONS.map((name) => [name, []])))
    const missed = Object.entries(did).filter(([, count]) => count === 0)
    expect(missed).toEqual([])
  }
})

async function violations(broken: Broken): Promise<readonly string[]> {
  const until = LEADS_TO[broken]
  // What replicas lack is seen at rest only; the others end as soon as they are found.
  const seconds = broken === 'naive-cursor' ? 4 : 20
  // Two who decide at the same moment: the more there are, the sooner they meet.
  const desks = broken === 'read-committed' ? 4 : 2
  for (let seed = 7; seed < 7 + SCHEDULES; seed++) {
    const { found } = await chaos(arena, { seed, seconds, desks, broken, until })
    if (found[until].length > 0) return found[until]
  }
  return []
}

it('finds what is built wrong, each of three ways', { timeout: WITHIN_MS }, async () => {
  const found = await allOf(BROKEN.map(violations))
  expect(found.map((all) => all.length > 0)).toEqual(BROKEN.map(() => true))
})

it('does the same for the same seed', () => {
  const plan = { seed: 3, seconds: 20, desks: 4 }
  expect(faultsOf(plan)).toEqual(faultsOf(plan))
  expect(faultsOf(plan)).not.toEqual(faultsOf({ ...plan, seed: 4 }))
  expect(new Set(faultsOf(plan).map((fault) => fault.kind)).size).toBe(8)
})
