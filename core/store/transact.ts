/**
 * Transact: the table of what is tried again, and how often.
 *
 * Every try is a new SERIALIZABLE transaction of the same work. Serialization failures, deadlocks and lock
 * timeouts wait a random time that doubles; a unique or exclusion violation is tried once more, so that the rule
 * of the core and not the name of an index says no. On the keys over which bookings race it is a conflict like the others.
 * Everything else is thrown on as it came.
 */
import type { Kysely } from 'kysely'
import type { Clock, Random } from '../ports.ts'
import { isStalePlan, lane } from './connection.ts'
import { Busy, type TransactOptions, type Tx } from './database.ts'
import { codeOf, DiskFull, isViolation } from './failures.ts'
import type { Schema } from './schema.ts'

const TRIES = 8
/** The longest wait of the first retry; doubled for each further one. */
const FIRST_WAIT_MS = 10
/** Half a second is where a clerk begins to notice. */
const LONGEST_WAIT_MS = 500

/** serialization_failure, deadlock_detected, lock_not_available: another transaction won; ours may win now. */
const CONFLICTS = new Set(['40001', '40P01', '55P03'])
/**
 * The keys of slots and of places. Whoever writes them has looked before, so meeting them is a lost race, however often it
 * happens in a row.
 */
const RACED = new Set(['reserved_slots_pkey', 'resource_start_ix'])

function isLostRace(error: unknown): boolean {
  return isViolation(error) && RACED.has(String((error as { constraint?: unknown }).constraint))
}

/** disk_full of the server, and the system's own word for it. */
const DISK_FULL = new Set(['53100', 'ENOSPC'])

/** What the waits need of the world; simulations give their own. */
export interface Waiting {
  readonly random: Random
  wait(milliseconds: number): Promise<void>
}

export const realWaiting: Waiting = {
  random: { bytes: (length) => crypto.getRandomValues(new Uint8Array(length)) },
  wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
}

/** Waiting by the ports given; without a `wait` of its own a clock cannot wait, so real timers do. */
export function waitingBy(ports: {
  random?: Random | undefined
  clock?: Clock | undefined
}): Waiting {
  return { ...realWaiting, ...(ports.random ? { random: ports.random } : {}) }
}

/** Full jitter: anything between nothing and the doubled limit, so that losers of one fight do not meet again. */
export function waitBefore(retry: number, random: Random): number {
  const limit = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** retry)
  const [high = 0, low = 0] = random.bytes(2)
  return (limit * (high * 256 + low)) / 65_536
}

/**
 * After a lost fight so many transactions of this desk queue from the start: fights come in rows, and one that stays
 * outside makes those inside lose. Queueing costs next to nothing where nobody else queues.
 */
const TURNS_IN_LANE = 32

/** What the transactions of one database share. */
export interface Traffic {
  readonly waiting: Waiting
  /** Whether others can be in the way at all. */
  readonly shared: boolean
  turnsInLane: number
}

export async function transact<T>(
  kysely: Kysely<Schema>,
  traffic: Traffic,
  work: (tx: Tx) => Promise<T>,
  options: TransactOptions = {},
): Promise<T> {
  const tries = options.tries ?? TRIES
  const { waiting } = traffic
  let violated = false
  let queue = traffic.turnsInLane > 0
  if (queue) traffic.turnsInLane -= 1
  for (let attempt = 0; ; attempt++) {
    try {
      return await lane.run(queue, () =>
        kysely.transaction().setIsolationLevel('serializable').execute(work),
      )
    } catch (error) {
      const code = codeOf(error)
      if (code === undefined) throw error
      if (DISK_FULL.has(code)) throw new DiskFull(error)
      if (isStalePlan(error) && attempt < tries) continue
      // SERIALIZABLE may show a violation before it shows the row that causes it.
      const again = isViolation(error) && !violated
      if (!again && !CONFLICTS.has(code) && !isLostRace(error)) throw error
      if (traffic.shared) {
        queue = true
        traffic.turnsInLane = TURNS_IN_LANE
      }
      if (again) {
        violated = true
        continue
      }
      if (attempt + 1 >= tries) throw new Busy(`lost ${tries} times in a row`, { cause: error })
    }
    await waiting.wait(waitBefore(attempt, waiting.random))
  }
}
