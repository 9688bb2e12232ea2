/**
 * A contest: processes that compete for one allocation until it is full, through our API and, as the floor, with
 * bare SQL.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { schedulerOn } from '../../../core/scheduler/scheduler-on.ts'
import { bundled } from '../../harness/bundle.ts'
import { DATES, HALL, type Score } from '../../harness/compete.ts'
import type { Side, Size } from './case.ts'
import type { Ground } from './ground.ts'

const PROCESSES = 8
const OURS = fileURLToPath(new URL('../../harness/compete.ts', import.meta.url))
const BARE = fileURLToPath(new URL('bare-competitor.ts', import.meta.url))

class Contest {
  readonly #children: ChildProcess[] = []
  #answers: (() => Promise<string>)[] = []

  /** Starts them, says the first word where there is one, and answers when all are ready. */
  async line(up: readonly string[], first?: string): Promise<void> {
    this.#answers = Array.from({ length: PROCESSES }, () => {
      const child = spawn(process.execPath, [...up], { stdio: ['pipe', 'pipe', 'inherit'] })
      this.#children.push(child)
      if (first !== undefined) child.stdin.write(`${first}\n`)
      const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
      return async () => String((await lines.next()).value)
    })
    await Promise.all(this.#answers.map((next) => next()))
  }

  /** From the word to the last score. */
  async run(quota: number): Promise<void> {
    for (const child of this.#children.splice(0)) child.stdin?.end('go\n')
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
  await ground.settle()
}

/** The programs of both sides, each as one file. */
export async function competitors() {
  const [ours, bare] = await Promise.all([bundled(OURS), bundled(BARE)])
  return {
    ours: ours.file,
    bare: bare.file,
    remove: async () => {
      await Promise.all([ours.remove(), bare.remove()])
    },
  }
}

export function contest(
  ground: Ground,
  programs: Readonly<{ ours: string; bare: string }>,
  quota: number,
): Size {
  const resource = schedulerOn(undefined as never, HALL).resource
  const side = (up: readonly string[], first?: string): Side => {
    const run = new Contest()
    return {
      async before() {
        await clear(ground, quota)
        await run.line(up, first)
      },
      run: () => run.run(quota),
    }
  }
  return {
    name: `${quota} places`,
    ours: side([programs.ours, 'serve'], ground.url),
    floor: side([programs.bare, resource, `${quota}`, ground.url]),
  }
}
