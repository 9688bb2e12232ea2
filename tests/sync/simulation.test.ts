/**
 * Histories of a few desks, each decided by its seed alone: `ALLMEND_SEED=N` repeats one, `ALLMEND_SEEDS=N` tries so many
 * that nobody has seen. A seed that ever fails gets a place in `KNOWN`, with a name that says what it has found.
 */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Found, VIOLATIONS, type Violation } from '../chaos/checker.ts'
import { type Engines, openEngines } from './simulation/engines.ts'
import { type History, simulate } from './simulation/simulate.ts'

/** Desks are two or three, by the seed. */
const MOST_DESKS = 3
const SECONDS = 20
/** The same in every run, so that a failure is of the change and not of the day. */
const KNOWN = [5, 8, 13, 21, 34]
const WITHIN_MS = 120_000

const historyOf = (seed: number): History => ({ seed, desks: 2 + (seed % 2), seconds: SECONDS })

function seedsAsked(): readonly number[] {
  const { ALLMEND_SEED, ALLMEND_SEEDS } = process.env
  if (ALLMEND_SEED) return [Number(ALLMEND_SEED)]
  if (!ALLMEND_SEEDS) return KNOWN
  const first = Math.floor(Math.random() * 1e9)
  return Array.from({ length: Number(ALLMEND_SEEDS) }, (_, index) => first + index)
}

const seeds = seedsAsked()
const nothing = Object.fromEntries(VIOLATIONS.map((name) => [name, []])) as unknown as Found
const named = (found: Found) =>
  VIOLATIONS.filter((name) => found[name].length > 0) as readonly Violation[]

let engines: Engines
beforeAll(async () => {
  engines = await openEngines(MOST_DESKS)
})
afterAll(() => engines.close())

it('keeps every promise in every history', { timeout: WITHIN_MS * seeds.length }, async () => {
  const sum: Record<string, number> = {}
  for (const seed of seeds) {
    const { found, did } = await simulate(engines, historyOf(seed))
    expect({ seed, found }).toEqual({ seed, found: nothing })
    for (const [name, count] of Object.entries(did)) sum[name] = (sum[name] ?? 0) + count
  }
  console.log(sum)
  if (process.env.ALLMEND_SEED) return
  expect(Object.entries(sum).filter(([, count]) => count === 0)).toEqual([])
})

it('is one history for one seed, and another for another', { timeout: WITHIN_MS }, async () => {
  const [one, same, other] = [
    await simulate(engines, historyOf(2)),
    await simulate(engines, historyOf(2)),
    await simulate(engines, historyOf(4)),
  ]
  expect(one.trace.length).toBeGreaterThan(500)
  expect(same.trace).toEqual(one.trace)
  expect(other.trace).not.toEqual(one.trace)
})

it.each([
  ['no receipts', 'applied twice'],
  ['lying disk', 'noted but lost'],
] as const)('finds what is built wrong: %s', { timeout: WITHIN_MS }, async (wrong, violation) => {
  const { found } = await simulate(engines, { ...historyOf(2), wrong })
  expect(named(found)).toContain(violation)
})
