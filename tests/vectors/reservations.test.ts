/**
 * The golden vectors of libres that are kept with the source. The named ones are played on every database, each of
 * the random ones on one of them: `npm run vectors -- reservations DIR` plays any folder whole, on all.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { eachDatabase, kinds } from '../harness/databases.ts'
import { type Played, play, type Vector } from './reservations/play.ts'

const FOLDER = fileURLToPath(new URL('given/reservations/', import.meta.url))
const WITHIN_MS = 900_000

const vectors = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(`${FOLDER}${name}`, 'utf8')) as Vector)

function failure(vector: Vector, { failure: failed }: Played) {
  return failed ? [{ vector: vector.name, step: failed.index, ...failed.difference }] : []
}

/** Random vectors are named by a number. */
const isRandom = ({ name }: Vector) => /^r\d+$/.test(name)
const random = vectors.filter(isRandom)

eachDatabase('the scheduler decides as libres does', (database, kind) => {
  it(
    'in the golden vectors',
    async () => {
      const share = kinds.indexOf(kind)
      const own = random.filter((_, index) => index % kinds.length === share)
      const failures: unknown[] = []
      for (const vector of [...vectors.filter((each) => !isRandom(each)), ...own]) {
        failures.push(...failure(vector, await play(database(), vector)))
      }
      expect(failures).toEqual([])
    },
    WITHIN_MS,
  )
})

it('there are vectors to play', () => {
  expect([vectors.length > 250, random.length > 100]).toEqual([true, true])
})
