/**
 * Connection: one session of `pg`, as Kysely wants it, with savings that no caller sees.
 *
 * A statement with parameters is prepared by name from its second use on, so the server parses and plans it once;
 * and BEGIN waits for the first statement and travels with it, so a transaction costs one round trip less and an
 * empty one none. A transaction that lost before queues for the lane (below) on the same trip. It never changes the
 * order of statements and never hides an error of one.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import type { PostgresPoolClient, PostgresQueryResult } from 'kysely'
import type pg from 'pg'
import { codeOf } from './failures.ts'
import { PLAN_EACH_TIME } from './statement.ts'

/** Beyond this many, texts are sent whole: a session keeps each prepared plan in memory until it ends. */
const MOST_PREPARED = 300
/** Texts seen once are remembered up to here, so that lists of changing length cannot grow the memory for ever. */
const MOST_REMEMBERED = 2000

/**
 * The lane: transactions that begin inside `lane.run(true, …)` go one after the other, across all desks. Those that
 * fight for the same rows would otherwise abort each other again and again: 32 desks at one allocation needed twenty
 * times as long as one desk alone. Waiting is bounded by `lock_timeout`; whoever waited that long goes beside it.
 */
export const lane = new AsyncLocalStorage<boolean>()
/** Before BEGIN, because a transaction sees the database as it was when its first statement came. */
const ENTER_LANE = "select pg_advisory_lock(hashtext('allmend.lane'))"
const LEAVE_LANE = "select pg_advisory_unlock(hashtext('allmend.lane'))"

const BEGIN = /^(begin|start transaction)\b/i
const END = /^(commit|rollback)$/i

/** A prepared statement whose tables have changed since; preparing it anew is all it takes. */
export function isStalePlan(error: unknown): boolean {
  return codeOf(error) === '0A000' && /cached plan/.test((error as Error).message)
}

const nothing = (command: 'COMMIT' | 'ROLLBACK' | 'SELECT'): PostgresQueryResult<never> => ({
  command,
  rowCount: 0,
  rows: [],
})

export class Connection implements PostgresPoolClient {
  readonly #client: pg.PoolClient
  readonly #seen = new Set<string>()
  readonly #names = new Map<string, string>()
  #prepared = 0
  /** A BEGIN that has not been sent yet. */
  #begin: string | undefined
  #inLane = false

  constructor(client: pg.PoolClient) {
    this.#client = client
  }

  get processID(): number {
    return (this.#client as unknown as { processID: number }).processID
  }

  query(sql: unknown, parameters?: ReadonlyArray<unknown>): never {
    return this.#query(sql as string, parameters ?? []) as never
  }

  release(destroy?: boolean): void {
    this.#begin = undefined
    if (this.#inLane) void this.#endInLane('rollback').catch(() => {})
    this.#client.release(destroy)
  }

  async #query(sql: string, parameters: ReadonlyArray<unknown>) {
    if (parameters.length === 0) {
      if (BEGIN.test(sql)) {
        this.#begin = sql
        return nothing('SELECT')
      }
      if (this.#begin !== undefined && END.test(sql)) {
        this.#begin = undefined
        return nothing(sql.toLowerCase() === 'commit' ? 'COMMIT' : 'ROLLBACK')
      }
    }
    if (this.#begin === undefined) {
      if (this.#inLane && END.test(sql)) return await this.#endInLane(sql)
      return await this.#send(sql, parameters)
    }
    if (lane.getStore()) this.#enterLane()
    const begun = this.#client.query(this.#begin)
    this.#begin = undefined
    const [first, second] = await Promise.allSettled([begun, this.#send(sql, parameters)])
    if (first.status === 'rejected') throw first.reason
    if (second.status === 'rejected') throw second.reason
    return second.value
  }

  #enterLane(): void {
    this.#inLane = true
    // Not got in time: the transaction takes its chances like any other.
    this.#client.query(ENTER_LANE).catch(() => {
      this.#inLane = false
    })
  }

  /** Leaves on the same trip, and is out before its caller goes on. */
  async #endInLane(sql: string): Promise<pg.QueryResult> {
    this.#inLane = false
    const [ended] = await Promise.allSettled([
      this.#client.query(sql),
      this.#client.query(LEAVE_LANE),
    ])
    if (ended.status === 'rejected') throw ended.reason
    return ended.value
  }

  async #send(sql: string, parameters: ReadonlyArray<unknown>): Promise<pg.QueryResult> {
    if (parameters.length === 0) return await this.#client.query(sql)
    const name = this.#nameOf(sql)
    const values = parameters as unknown[]
    if (name === undefined) return await this.#client.query({ text: sql, values })
    try {
      return await this.#client.query({ name, text: sql, values })
    } catch (error) {
      if (!isStalePlan(error)) throw error
      this.#names.delete(sql)
      // Inside a transaction everything is lost with the statement; `transact` begins it again.
      if (this.#client.getTransactionStatus() !== 'I') throw error
      return await this.#client.query({ text: sql, values })
    }
  }

  #nameOf(sql: string): string | undefined {
    if (sql.startsWith(PLAN_EACH_TIME)) return undefined
    const known = this.#names.get(sql)
    if (known !== undefined) return known
    if (this.#prepared >= MOST_PREPARED) return undefined
    if (!this.#seen.has(sql)) {
      if (this.#seen.size >= MOST_REMEMBERED) this.#seen.clear()
      this.#seen.add(sql)
      return undefined
    }
    this.#seen.delete(sql)
    this.#prepared += 1
    const name = `s${this.#prepared}`
    this.#names.set(sql, name)
    return name
  }
}
