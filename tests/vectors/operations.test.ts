/**
 * The golden vectors of operations that are kept with the source, on every database: `npm run vectors --
 * operations DIR` plays any other folder. And the runner itself: it has to see what is wrong.
 */
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { eachDatabase } from '../harness/databases.ts'
import { emptyDatabase, emptyPglite } from '../harness/kinds.ts'
import { playVector, vectorsIn } from './operations.ts'
import { deviations } from './operations-deviations.ts'
import type { State, Vector } from './operations-format.ts'

const FOLDER = fileURLToPath(new URL('given/operations/', import.meta.url))
const WITHIN_MS = 600_000

eachDatabase('operations do as recorded', (database) => {
  it(
    'in the golden vectors, but for the deviations documented',
    async () => {
      const failures: unknown[] = []
      let met = 0
      const vectors = await vectorsIn(FOLDER)
      for (const { file, vector } of vectors) {
        await emptyDatabase(database())
        const result = await playVector(database(), vector)
        met += result.met.length
        if (result.difference !== undefined) failures.push([file, result.difference])
      }
      expect([failures, vectors.length, met]).toEqual([[], 77, deviations.length])
    },
    WITHIN_MS,
  )
})

/** A vector with the state after one of its steps changed. */
function altered(vector: Vector, step: number, change: (after: State) => State): Vector {
  const steps = vector.steps.map((one, index) =>
    index === step - 1 && one.after ? { ...one, after: change(one.after) } : one,
  )
  return { ...vector, steps }
}

it(
  'a recording that says otherwise is found, and the one thing that differs is named',
  async () => {
    const { database, drop } = await emptyPglite()
    const vectors = await vectorsIn(FOLDER)
    const vector = (id: string) => vectors.find((one) => one.vector.id === id)?.vector as Vector
    const play = async (one: Vector) => {
      await emptyDatabase(database)
      return (await playVector(database, one)).difference
    }
    try {
      const late = altered(vector('022'), 3, (after) => ({
        ...after,
        avatars: after.avatars.map((one) =>
          one.id === 'av2' ? { ...one, dt_from: '2018-01-09T00:00:00Z' } : one,
        ),
      }))
      const alone = altered(vector('020'), 2, (after) => ({
        ...after,
        operations: after.operations.map((one) => ({ ...one, followers: [] })),
      }))
      const lost = altered(vector('072'), 2, (after) => ({
        ...after,
        goods: after.goods.slice(0, -1),
      }))
      const allowed = {
        ...vector('007'),
        steps: vector('007').steps.map((one) => ({ ...one, error: null })),
      }
      const more = {
        ...vector('102'),
        final_quantities: (vector('102').final_quantities ?? []).map((row) => ({
          ...row,
          present: row.present + 1,
        })),
      }
      const found = [await play(late), await play(alone), await play(lost)]
      expect([...found, await play(allowed), await play(more)]).toEqual([
        expect.stringContaining(
          'step 3 (execute op2): avatars . av2 . dt_from: expected "2018-01-09',
        ),
        expect.stringContaining(
          'step 2 (create Move av1): operations . op1 . followers: expected []',
        ),
        expect.stringContaining('step 2 (create Unpack av1)'),
        expect.stringContaining('step 2 (cancel op1): error: expected null'),
        expect.stringContaining('final quantities . CHAIR in'),
      ])
    } finally {
      await drop()
    }
  },
  WITHIN_MS,
)
