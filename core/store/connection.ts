/**
 * Connection: one session of `pg`, as Kysely wants it, with savings that no caller sees.
 *
 * A statement with parameters is prepared by name from its second use on, so the server parses and plans it once;
 * and BEGIN waits for the first statement and travels with it, so a transaction costs one round trip less and an
 * empty one none. A transaction that lost before queues for the lane (below) on the same trip. Writes whose answer
 * nobody needs travel with the next statement (later.ts): what goes wrong with them is thrown by it, at the latest by
 * COMMIT. It never changes the order of statements and never hides an error of one.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import type { Duplex } from 'node:stream'
import type { PostgresPoolClient, PostgresQueryResult } from 'kysely'
import type pg from 'pg'
import { codeOf } from './failures.ts'
import { ANSWER_LATER, PLAN_EACH_TIME } from './statement.ts'

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
/** Also to a savepoint: whatever is undone need not be sent, and nobody wants to hear of it. */
const UNDO = /^rollback\b/i

/** Answered by the connection with itself. A driver of somebody else's answers it with nothing. */
export const ITSELF = 'select null as "connection" where false'

/** A statement and its parameters. */
export type Write = Readonly<{ sql: string; parameters: readonly unknown[] }>
/** Makes one statement of everything of one kind that is held. */
export type Compose<Item> = (items: readonly Item[]) => Write

/** A prepared statement whose tables have changed since; preparing it anew is all it takes. */
export function isStalePlan(error: unknown): boolean {
  return codeOf(error) === '0A000' && /cached plan/.test((error as Error).message)
}

type Nothing = 'COMMIT' | 'ROLLBACK' | 'SELECT' | 'INSERT'
const nothing = (command: Nothing): PostgresQueryResult<never> => ({
  command,
  rowCount: 0,
  rows: [],
})

const itself = (connection: Connection) => ({
  command: 'SELECT' as const,
  rowCount: 1,
  rows: [{ connection }],
})

export class Connection implements PostgresPoolClient {
  /** Statements sent, ends of transactions among them. */
  sent = 0
  readonly #client: pg.PoolClient
  readonly #seen = new Set<string>()
  readonly #names = new Map<string, string>()
  #prepared = 0
  /** A BEGIN that has not been sent yet. */
  #begin: string | undefined
  #inLane = false
  /** Writes that travel with the next statement, in their order. */
  #waiting: (() => Write | undefined)[] = []
  /** Those among the last of them that can still be taken back, by kind. */
  readonly #open = new Map<Compose<never>, Set<unknown>>()

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
    this.#dropWaiting()
    if (this.#inLane) void this.#endInLane('rollback').catch(() => {})
    this.#client.release(destroy)
  }

  /** Sends the item, with others of its kind, before the next statement of this connection. */
  hold<Item>(compose: Compose<Item>, item: Item): void {
    const kind = compose as Compose<never>
    const known = this.#open.get(kind)
    if (known) {
      known.add(item)
      return
    }
    const items = new Set<unknown>([item])
    this.#open.set(kind, items)
    this.#waiting.push(() => (items.size > 0 ? compose([...items] as Item[]) : undefined))
  }

  /** Whether nothing was sent, or queued, since the item was held. */
  holds(compose: Compose<never>, item: unknown): boolean {
    return this.#open.get(compose)?.has(item) ?? false
  }

  dropHeld(compose: Compose<never>, item: unknown): void {
    this.#open.get(compose)?.delete(item)
  }

  async #query(sql: string, parameters: ReadonlyArray<unknown>) {
    if (sql === ITSELF) return itself(this)
    const isEnd = parameters.length === 0 && END.test(sql)
    const undoes = parameters.length === 0 && UNDO.test(sql)
    if (undoes) this.#dropWaiting()
    if (parameters.length === 0 && BEGIN.test(sql)) {
      this.#begin = sql
      return nothing('SELECT')
    }
    if (isEnd && this.#begin !== undefined && this.#waiting.length === 0) {
      this.#begin = undefined
      return nothing(undoes ? 'ROLLBACK' : 'COMMIT')
    }
    this.sent += 1
    if (sql.startsWith(ANSWER_LATER)) {
      this.#waiting.push(() => ({ sql, parameters }))
      this.#open.clear()
      return nothing('INSERT')
    }
    if (this.#begin === undefined && this.#waiting.length === 0 && !this.#inLane) {
      return await this.#send(sql, parameters)
    }
    const before: Promise<unknown>[] = []
    const answer = this.#inOnePiece(() => {
      this.#sendWaiting(before)
      return isEnd && this.#inLane ? this.#endInLane(sql) : this.#send(sql, parameters)
    })
    const settled = await Promise.allSettled([...before, answer])
    const failed = settled.find(({ status }) => status === 'rejected')
    if (failed?.status === 'rejected') throw failed.reason
    return await answer
  }

  #dropWaiting(): void {
    this.#waiting = []
    this.#open.clear()
  }

  /** BEGIN with the lane, then what was held back. */
  #sendWaiting(answers: Promise<unknown>[]): void {
    if (this.#begin !== undefined) {
      if (lane.getStore()) this.#enterLane()
      answers.push(this.#client.query(this.#begin))
      this.#begin = undefined
    }
    for (const write of this.#waiting) {
      const made = write()
      if (made) answers.push(this.#send(made.sql, made.parameters))
    }
    this.#dropWaiting()
  }

  /** Everything that is sent meanwhile leaves at once: each piece would wake the server by itself. */
  #inOnePiece<T>(send: () => T): T {
    const { stream } = (this.#client as unknown as { connection: { stream: Duplex } }).connection
    stream.cork()
    try {
      return send()
    } finally {
      stream.uncork()
    }
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
