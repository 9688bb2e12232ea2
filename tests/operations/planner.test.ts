/**
 * The planner under thousands of random events, against what anybody can count by hand.
 *
 * Calm runs keep to the plan: then no promise is ever broken and every count is right at every date. Rough runs
 * are late, lose and break things: then nobody goes short while a piece stands idle. Both print their seed;
 * `PLANNER_SEED=… npx vitest run tests/operations/planner.test.ts` repeats one.
 */
import { expect, it } from 'vitest'
import { Run } from './planner-run.ts'

const RUNS = 40
const EVENTS = 75
const first = Number(process.env.PLANNER_SEED ?? Math.floor(Math.random() * 2 ** 31))

function play(seed: number, rough: boolean): void {
  const run = new Run(seed, rough)
  try {
    for (let event = 0; event < EVENTS; event++) {
      const before = run.trips()
      const planned = run.event()
      if (!planned) continue
      run.pieces()
      if (!rough) {
        run.counts()
        expect(planned.short).toEqual([])
      }
      run.nobodyIdle(planned)
      expect(run.house.unsettled()).toBe(0)
      for (const [trip, id] of run.trips()) expect(before.get(trip) ?? id).toBe(id)
    }
  } catch (error) {
    console.log(`PLANNER_SEED=${seed} (${rough ? 'rough' : 'calm'}): ${run.story.join(', ')}`)
    throw error
  }
}

console.log(`planner: ${RUNS} runs of ${EVENTS} events each way, PLANNER_SEED=${first}`)

it('keeps every promise and counts right at every date while everybody keeps to the plan', () => {
  for (let run = 0; run < RUNS; run++) play(first + run, false)
}, 120_000)

it('leaves nobody short while a piece stands idle, whatever is late, lost or broken', () => {
  for (let run = 0; run < RUNS; run++) play(first + run, true)
}, 120_000)

it('does not count on what has set off for somebody else before its time (regression)', () => {
  for (const seed of [221850892, 1205022219, 1820796020]) play(seed, true)
})
