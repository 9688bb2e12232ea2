/**
 * Competes for one allocation until it is full: reserve and approve, one place at a time, as fast as it goes.
 *
 * Imported by a test for a database within one process, and started as a process of its own for servers: `compete serve`.
 * Each contest is two lines of its input: the address of the database, answered with `ready`, and `go`, answered with
 * one line of JSON.
 */
import { createInterface } from 'node:readline'
import { AlreadyReservedError } from '../../core/scheduler/errors.ts'
import { schedulerOn } from '../../core/scheduler/scheduler-on.ts'
import { Busy, type Database } from '../../core/store/database.ts'
import { openPostgres } from '../../core/store/postgres.ts'

export const HALL = { context: 'allmend', name: 'aula', timezone: 'Europe/Zurich', now: 0 } as const
export const DATES = ['2027-06-01T08:00', '2027-06-01T22:00']

export interface Score {
  won: number
  /** "It is full", in words of the rule. */
  refused: number
  /** Lost too often in a row and asked to try again: what a desk shows as busy. */
  busy: number
  /** Anything else: there must be none. */
  errors: string[]
}

export async function compete(database: Database): Promise<Score> {
  const score: Score = { won: 0, refused: 0, busy: 0, errors: [] }
  while (score.refused === 0 && score.errors.length === 0) {
    try {
      await database.transact(async (tx) => {
        const scheduler = schedulerOn(tx, HALL)
        const token = await scheduler.reserve('chor@example.org', { dates: [DATES] })
        await scheduler.approveReservations(token)
      })
      score.won += 1
    } catch (error) {
      if (error instanceof AlreadyReservedError) score.refused += 1
      else if (error instanceof Busy) score.busy += 1
      else score.errors.push(`${(error as { code?: string }).code ?? ''} ${String(error)}`)
    }
  }
  return score
}

/** One contest after the other, as the lines come. */
async function serve(): Promise<void> {
  let database: Database | undefined
  for await (const line of createInterface({ input: process.stdin })) {
    if (line !== 'go') {
      database = await openPostgres({ connectionString: line, connections: 1 })
      process.stdout.write('ready\n')
    } else if (database) {
      const score = await compete(database)
      await database.close()
      process.stdout.write(`${JSON.stringify(score)}\n`)
    }
  }
  process.exit()
}

if (process.argv[2] === 'serve') void serve()
