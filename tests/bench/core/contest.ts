/**
 * A contest: processes that compete for one allocation until it is full, through our API and, as the floor, with
 * bare SQL. Started by itself as `contest.ts RESOURCE QUOTA URL` it is one of the bare ones.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { mirrorUuids } from '../../../core/domain/uuid.ts'
import { schedulerOn } from '../../../core/scheduler/scheduler-on.ts'
import { DATES, HALL, type Score } from '../../harness/compete.ts'
import type { Size } from './case.ts'
import { BOOK_PLACE } from './floors.ts'
import { bareClient, FIRST, type Ground, stamp } from './ground.ts'

const PROCESSES = 8
const OURS = fileURLToPath(new URL('../../harness/compete.ts', import.meta.url))
const BARE = fileURLToPath(import.meta.url)

class Contest {
  readonly #children: ChildProcess[] = []
  #answers: (() => Promise<string>)[] = []

  /** Starts them, and answers when all are ready. */
  async line(up: readonly string[]): Promise<void> {
    this.#answers = Array.from({ length: PROCESSES }, () => {
      const child = spawn(process.execPath, ['--import', 'tsx', ...up], {
        stdio: ['pipe', 'pipe', 'inherit'],
      })
      this.#children.push(child)
      const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
      return async () => String((await lines.next()).value)
    })
    await Promise.all(this.#answers.map((next) => next()))
  }

  /** From the word to the last score. */
  async run(quota: number): Promise<void> {
    for (const child of this.#children.splice(0)) child.stdin?.write('go\n')
    const scores = await Promise.all(
      this.#answers.map(async (next) => JSON.parse(await next()) as Score),
    )
    const won = scores.reduce((sum, score) => sum + score.won, 0)
    const errors = scores.flatMap((score) => score.errors)
    if (won !== quota || errors.length > 0) throw new Error(`${won} won. ${errors.join(', ')}`)
  }
}

async function clear(ground: Ground, quota: number): Promise<void> {
  await ground.database.transact(async (tx) => {
    const hall = schedulerOn(tx, HALL)
    await hall.extinguishManagedRecords()
    await hall.allocate([DATES], { quota })
  })
  await sql`vacuum analyze allocations, reserved_slots, reservations`.execute(
    ground.database.kysely,
  )
}

export function contest(ground: Ground, quota: number): Size {
  const ours = new Contest()
  const bare = new Contest()
  const resource = schedulerOn(undefined as never, HALL).resource
  return {
    name: `${quota} places`,
    ours: {
      async before() {
        await clear(ground, quota)
        await ours.line([OURS, ground.url])
      },
      run: () => ours.run(quota),
    },
    floor: {
      async before() {
        await clear(ground, quota)
        await bare.line([BARE, resource, `${quota}`, ground.url])
      },
      run: () => bare.run(quota),
    },
  }
}

/**
 * One bare competitor. All statements of a booking go in one message; the lock lets one in at a time, so that each
 * sees what the one before has taken.
 */
async function compete(url: string, resource: string, quota: number): Promise<Score> {
  const client = await bareClient(url)
  await client.query('set default_transaction_isolation to "read committed"')
  process.stdout.write('ready\n')
  await new Promise((resolve) => process.stdin.once('data', resolve))
  const keys = [resource, ...mirrorUuids(resource, quota)]
  const score: Score = { won: 0, refused: 0, busy: 0, errors: [] }
  const text = (token: string) =>
    BOOK_PLACE.replaceAll('$1', `'{${keys.join(',')}}'`)
      .replaceAll('$2', `'${token}'`)
      .replaceAll('$3', `'${stamp(FIRST)}'`)
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
  return score
}

const [file, resource, quota, url] = process.argv.slice(1)
if (file === BARE && url && resource) {
  process.stdout.write(`${JSON.stringify(await compete(url, resource, Number(quota)))}\n`)
  process.exit()
}
