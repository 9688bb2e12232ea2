/**
 * Competes for one allocation with bare SQL until it is full: the floor of the contest. Started as a process of its
 * own, `bare-competitor RESOURCE QUOTA URL`, it begins at the first line of its input and ends with one line of JSON.
 *
 * All statements of a booking go in one message; the lock lets one in at a time, so that each sees what the one
 * before has taken.
 */
import { randomUUID } from 'node:crypto'
import { mirrorUuids } from '../../../core/domain/uuid.ts'
import type { Score } from '../../harness/compete.ts'
import { BOOK_PLACE } from './floors.ts'
import { bareClient, FIRST, stamp } from './ground.ts'

const [resource = '', quota = '1', url = ''] = process.argv.slice(2)
const client = await bareClient(url)
await client.query('set default_transaction_isolation to "read committed"')
process.stdout.write('ready\n')
await new Promise((resolve) => process.stdin.once('data', resolve))

const keys = [resource, ...mirrorUuids(resource, Number(quota))]
const text = (token: string) =>
  BOOK_PLACE.replaceAll('$1', `'{${keys.join(',')}}'`)
    .replaceAll('$2', `'${token}'`)
    .replaceAll('$3', `'${stamp(FIRST)}'`)
const score: Score = { won: 0, refused: 0, busy: 0, errors: [] }
while (score.refused === 0 && score.errors.length === 0) {
  try {
    const results = await client.query(
      `begin; select pg_advisory_xact_lock(1); ${text(randomUUID())}; commit`,
    )
    const [, , written] = results as unknown as readonly { rowCount: number }[]
    if (written?.rowCount === 1) score.won += 1
    else score.refused += 1
  } catch (error) {
    score.errors.push(String(error))
  }
}
await client.end()
process.stdout.write(`${JSON.stringify(score)}\n`)
process.exit()
