/**
 * A short run of `npm run chaos`, and proof that it finds what is built wrong. Long runs with unseen seeds are made by
 * hand and by night.
 */
import { expect, it } from 'vitest'
import { BROKEN, LEADS_TO } from '../chaos/broken.ts'
import { chaos, faultsOf } from '../chaos/chaos.ts'
import { VIOLATIONS } from '../chaos/checker.ts'
import { serverKinds } from '../harness/databases.ts'

const kind = serverKinds[0] as (typeof serverKinds)[number]

it('keeps every promise through cuts, kills and silence', async () => {
  const { found, did } = await chaos(kind, { seed: 1291, seconds: 6, desks: 3 })
  expect(found).toEqual(Object.fromEntries(VIOLATIONS.map((name) => [name, []])))
  for (const fault of ['cuts', 'kills', 'terminated', 'unplugged', 'accepted', 'refused']) {
    expect([fault, (did[fault] ?? 0) > 0]).toEqual([fault, true])
  }
})

it.each(BROKEN)('fails where it is built wrong: %s', async (broken) => {
  const { found } = await chaos(kind, { seed: 7, seconds: 3, desks: 2, broken })
  expect(found[LEADS_TO[broken]]).not.toEqual([])
})

it('does the same for the same seed', () => {
  const plan = { seed: 3, seconds: 20, desks: 4 }
  expect(faultsOf(plan)).toEqual(faultsOf(plan))
  expect(faultsOf(plan)).not.toEqual(faultsOf({ ...plan, seed: 4 }))
  expect(new Set(faultsOf(plan).map((fault) => fault.kind)).size).toBe(5)
})
