/**
 * Postgres: a shared server as a `Database`.
 *
 * Connections are made when they are needed and kept. A connection that breaks while idle is dropped silently;
 * one that breaks in use fails its statement, and the sender decides what that means.
 */
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import pg from 'pg'
import type { Clock, Random } from '../ports.ts'
import type { Database } from './database.ts'
import { databaseOver } from './session.ts'
import { SESSION_SETTINGS } from './session-settings.ts'
import { sslOf, type Tls } from './tls.ts'
import { waitingBy } from './transact.ts'
import { types } from './values.ts'

export interface PostgresOptions {
  readonly connectionString: string
  /** Absent: as the connection string says, which is without TLS where it says nothing. */
  readonly tls?: Tls
  /** Most connections at once; 4 by default. */
  readonly connections?: number
  readonly applicationName?: string
  /** How long one statement may take, in milliseconds; 0 (the default) is for ever. */
  readonly statementTimeout?: number
  /** A connection that was asked and says nothing for so long is lost, in milliseconds; by default it is waited for. */
  readonly silence?: number
  /** What connects in place of a socket: the network of a simulation. */
  readonly network?: () => Duplex
  readonly clock?: Clock
  readonly random?: Random
}

/** A desk that has fallen asleep with a lock in its hand holds nobody longer than this. */
const LOCK_WITHIN_MS = 2000
/** And its transaction is ended by the server after this. */
const IDLE_WITHIN_MS = 10_000
/** A half-open network must not hold a clerk: connecting gives up after this. */
const CONNECT_WITHIN_MS = 10_000

/** A half-open network swallows everything: only the waiting tells. Connections that nobody uses may be silent. */
function endSilent(pool: pg.Pool, silence: number): void {
  const used = new WeakSet<pg.PoolClient>()
  pool.on('acquire', (client) => used.add(client))
  pool.on('release', (_, client) => used.delete(client))
  pool.on('connect', (client) => {
    const { stream } = (client as unknown as { connection: { stream: Socket } }).connection
    stream.setTimeout(silence)
    stream.on('timeout', () => {
      if (used.has(client)) stream.destroy(new Error('Connection terminated: the server is silent'))
    })
  })
}

/** A pool that connects when it is first used. */
export function postgresAt(options: PostgresOptions): Database {
  const settings = Object.entries(SESSION_SETTINGS).map(([name, value]) => `-c ${name}=${value}`)
  const pool = new pg.Pool({
    connectionString: options.connectionString,
    ...sslOf(options.tls),
    max: options.connections ?? 4,
    application_name: options.applicationName ?? 'allmend',
    statement_timeout: options.statementTimeout ?? 0,
    lock_timeout: LOCK_WITHIN_MS,
    idle_in_transaction_session_timeout: IDLE_WITHIN_MS,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    idleTimeoutMillis: 0,
    keepAlive: true,
    options: settings.join(' '),
    types,
    pipeline: true,
    ...(options.network ? { stream: options.network as () => never } : {}),
  })
  if (options.silence !== undefined) endSilent(pool, options.silence)
  return databaseOver({ kind: 'postgres', pool, waiting: waitingBy(options) })
}

/** Opens a pool and proves that the server answers; throws the driver's error if it does not. */
export async function openPostgres(options: PostgresOptions): Promise<Database> {
  const database = postgresAt(options)
  try {
    await database.version()
  } catch (error) {
    await database.close()
    throw error
  }
  return database
}
