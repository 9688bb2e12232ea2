import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { schedulerOn } from '../../core/scheduler/scheduler-on.ts'
import type { Database } from '../../core/store/database.ts'
import { type Bundle, bundled } from '../harness/bundle.ts'
import { compete, DATES, HALL, type Score } from '../harness/compete.ts'
import { eachDatabase } from '../harness/databases.ts'

const COMPETITOR = fileURLToPath(new URL('../harness/compete.ts', import.meta.url))
const QUOTA = 100

/** Programs that wait for contests; they are started once, because that takes longer than any contest. */
const programs: { child: ChildProcess; next(): Promise<string> }[] = []
let competitor: Bundle

beforeAll(async () => {
  competitor = await bundled(COMPETITOR)
})
afterAll(async () => {
  for (const { child } of programs) child.kill('SIGKILL')
  await competitor.remove()
})

function programsFor(count: number) {
  while (programs.length < count) {
    const child = spawn(process.execPath, [competitor.file, 'serve'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    const lines = createInterface({ input: child.stdout as Readable })[Symbol.asyncIterator]()
    programs.push({ child, next: async () => String((await lines.next()).value) })
  }
  return programs.slice(0, count)
}

/** Processes that all begin at the same word. */
async function competeInProcesses(url: string, count: number): Promise<Score[]> {
  const mine = programsFor(count)
  const all = (line: string) => {
    for (const { child } of mine) child.stdin?.write(`${line}\n`)
    return Promise.all(mine.map(({ next }) => next()))
  }
  await all(url)
  return (await all('go')).map((line) => JSON.parse(line) as Score)
}

async function taken(database: Database) {
  const { rows } = await sql<Record<string, number>>`select
    (select count(*) from reserved_slots) as slots,
    (select count(distinct resource) from reserved_slots) as places,
    (select count(distinct reservation_token) from reserved_slots) as bookings,
    (select count(*) from reservations where status = 'approved') as approved,
    (select count(*) from reservations) as reservations,
    (select count(*) from allocations) as allocations`.execute(database.kysely)
  return rows[0]
}

eachDatabase('one allocation of a hundred places', (database, kind, test) => {
  it.each([8, 32])('is given to exactly a hundred of %i that compete for it', async (count) => {
    await database().transact(async (tx) => {
      await schedulerOn(tx, HALL).allocate([DATES], { quota: QUOTA })
    })
    const { url } = test()
    const scores =
      url === undefined || kind.id === 'pglite'
        ? await Promise.all(Array.from({ length: count }, () => compete(database())))
        : await competeInProcesses(url, count)
    expect({
      won: scores.reduce((sum, { won }) => sum + won, 0),
      refused: scores.map(({ refused }) => refused),
      errors: scores.flatMap(({ errors }) => errors),
    }).toEqual({ won: QUOTA, refused: scores.map(() => 1), errors: [] })
    expect(await taken(database())).toEqual({
      slots: QUOTA,
      places: QUOTA,
      bookings: QUOTA,
      approved: QUOTA,
      reservations: QUOTA,
      allocations: QUOTA,
    })
  })
})
