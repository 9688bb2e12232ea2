/**
 * The ground of the core's bench: one real server with every wait for the disk in place, our door to it and, beside
 * it from the same process, a bare client for the floors.
 */
import { sql } from 'kysely'
import pg from 'pg'
import { textOf } from '../../../core/domain/micros.ts'
import type { Instant } from '../../../core/domain/time.ts'
import type { Scheduler } from '../../../core/scheduler/scheduler.ts'
import { schedulerOn } from '../../../core/scheduler/scheduler-on.ts'
import type { Database } from '../../../core/store/database.ts'
import { SESSION_SETTINGS } from '../../../core/store/session-settings.ts'

export const DAY_MS = 86_400_000
export const HOUR_MS = 3_600_000
/** 1 June 2027, 08:00 in Zurich. */
export const FIRST = Date.UTC(2027, 5, 1, 6)

export interface Ground {
  readonly database: Database
  readonly bare: pg.Client
  readonly url: string
  /** Work with the scheduler of one resource, in a transaction of its own. */
  at<T>(name: string, work: (scheduler: Scheduler) => Promise<T>): Promise<T>
  /** The same that only reads. */
  reading<T>(name: string, work: (scheduler: Scheduler) => Promise<T>): Promise<T>
  /** The uuid of a resource. */
  resource(name: string): string
  /** A name that nobody had. */
  fresh(): string
  /** What autovacuum does of itself a minute after many rows came. */
  settle(): Promise<void>
}

export async function bareClient(url: string): Promise<pg.Client> {
  const options = Object.entries(SESSION_SETTINGS).map(([name, value]) => `-c ${name}=${value}`)
  const client = new pg.Client({ connectionString: url, options: options.join(' ') })
  await client.connect()
  return client
}

const sure = { context: 'bench', timezone: 'Europe/Zurich', now: Date.now }

export async function groundOn(database: Database, url: string): Promise<Ground> {
  let names = 0
  return {
    database,
    url,
    bare: await bareClient(url),
    at: (name, work) => database.transact((tx) => work(schedulerOn(tx, { ...sure, name }))),
    reading: (name, work) => database.read((tx) => work(schedulerOn(tx, { ...sure, name }))),
    // Nothing is asked of the database for it.
    resource: (name) => schedulerOn(undefined as never, { ...sure, name }).resource,
    fresh() {
      names += 1
      return `room ${names}`
    },
    async settle() {
      await sql`vacuum analyze allocations, reserved_slots, reservations`.execute(database.kysely)
    },
  }
}

/** As a `timestamp` of the tables, in UTC. */
export const stamp = (at: Instant) => textOf(at * 1000)
/** The same for an end: one microsecond before. */
export const stampOfEnd = (at: Instant) => textOf(at * 1000 - 1)

/** So many dates of some hours, one a day. */
export const days = (count: number, hours = 4, from = 0) =>
  Array.from({ length: count }, (_, index) => {
    const start = FIRST + (from + index) * DAY_MS
    return { start, end: start + hours * HOUR_MS }
  })

export const DAYS = 365
export const YEAR_END = FIRST + DAYS * DAY_MS

export async function yearByDay(ground: Ground, resources: readonly string[]): Promise<void> {
  // Any scheduler has the queries of its context.
  const found = await ground.reading('room 1', (hall) =>
    hall.queries.availabilityByDay(FIRST, YEAR_END, resources),
  )
  if (found.size !== DAYS) throw new Error(`${found.size} days instead of ${DAYS}`)
}
