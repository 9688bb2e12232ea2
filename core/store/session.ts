/**
 * Session: a `Database` over a pool of `pg`, whatever the pool leads to.
 *
 * It promises that embedded and shared databases behave alike down to the text of a timestamp, and that a query
 * beside the running transaction it belongs to fails at once instead of waiting for itself for ever.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { Kysely, PostgresDialect, type PostgresPool, sql } from 'kysely'
import type pg from 'pg'
import { Connection, isStalePlan } from './connection.ts'
import type { Database, Tx } from './database.ts'
import { codeOf, DatabaseStopped } from './failures.ts'
import type { Schema } from './schema.ts'
import { type Traffic, transact, type Waiting } from './transact.ts'

interface Running {
  open: boolean
}

export interface SessionOptions {
  readonly kind: Database['kind']
  readonly pool: pg.Pool
  readonly waiting: Waiting
  /** Why the engine behind the pool is gone for good, if it is. */
  stopped?(): Error | undefined
  /** After the pool has ended. */
  afterClose?(): Promise<void>
}

/** Traffic that never leaves a gap so long is not waited for. */
const SAFE_WITHIN_MS = 5000
const CANCELED = '57014'

/** Undefined where no safe snapshot came in time, and nothing was done. */
async function safely<T>(
  kysely: Kysely<Schema>,
  work: (tx: Tx) => Promise<T>,
): Promise<{ result: T } | undefined> {
  let came = false
  try {
    return await kysely
      .transaction()
      .setIsolationLevel('serializable')
      .setAccessMode('read only')
      .execute(async (tx) => {
        await sql`set transaction deferrable`.execute(tx)
        await sql.raw(`set local statement_timeout = ${SAFE_WITHIN_MS}`).execute(tx)
        await sql`select`.execute(tx)
        came = true
        return { result: await work(tx) }
      })
  } catch (error) {
    if (!came && codeOf(error) === CANCELED) return undefined
    throw error
  }
}

export function databaseOver(options: SessionOptions): Database {
  const { kind, pool, waiting, stopped, afterClose } = options
  // Without listeners the loss of a connection, idle or in use, would end the process. Whoever waits for an answer
  // on it is told by the rejected query.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  const running = new AsyncLocalStorage<Running>()
  let closing: Promise<void> | undefined
  const connections = new WeakMap<pg.PoolClient, Connection>()
  /** A pool that is ended forgets who still waits for a connection: they are told by `close`. */
  const queue = new Set<(error: Error) => void>()
  const connected = () =>
    new Promise<pg.PoolClient>((resolve, reject) => {
      queue.add(reject)
      pool
        .connect()
        .then(resolve, reject)
        .finally(() => queue.delete(reject))
    })
  const guarded: PostgresPool = {
    options: pool.options,
    async connect() {
      if (running.getStore()?.open) {
        throw new Error('a query beside its own transaction: use the tx it was given')
      }
      if (closing) throw new DatabaseStopped('closed')
      const client = await connected()
      const known = connections.get(client)
      if (known) return known
      const made = new Connection(client)
      connections.set(client, made)
      return made
    },
    end: () => pool.end(),
  }
  const kysely = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: guarded }) })
  /** Runs one transaction so that `connect` can tell who asks from inside it. */
  const inside = async <T>(work: () => Promise<T>): Promise<T> => {
    const mark: Running = { open: true }
    try {
      return await running.run(mark, work)
    } finally {
      mark.open = false
    }
  }
  /** The first cause, where the statements and rollbacks after it only say that the connection is lost. */
  const named = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work
    } catch (error) {
      throw stopped?.() ?? error
    }
  }
  const traffic: Traffic = { waiting, shared: kind === 'postgres', turnsInLane: 0 }
  return {
    kind,
    kysely,
    transact: (work, options) =>
      named(transact(kysely, traffic, (tx) => inside(() => work(tx)), options)),
    async read(work, { safe = false } = {}) {
      if (safe && kind === 'postgres') {
        const found = await named(safely(kysely, (tx) => inside(() => work(tx))))
        if (found) return found.result
      }
      const once = () =>
        kysely
          .transaction()
          .setIsolationLevel('repeatable read')
          .setAccessMode('read only')
          .execute((tx) => inside(() => work(tx)))
      try {
        return await named(once())
      } catch (error) {
        if (isStalePlan(error)) return await named(once())
        throw error
      }
    },
    async version() {
      const { rows } = await sql<{ server_version: string }>`show server_version`.execute(kysely)
      const [number = '?'] = (rows[0]?.server_version ?? '?').split(' ')
      return `PostgreSQL ${number}${kind === 'pglite' ? ' (embedded)' : ''}`
    },
    close() {
      closing ??= (async () => {
        await kysely.destroy()
        if (!pool.ended) await pool.end()
        for (const giveUp of queue) giveUp(new DatabaseStopped('closed'))
        await afterClose?.()
      })()
      return closing
    },
  }
}
