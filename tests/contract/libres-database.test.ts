/**
 * A database that libres made and wrote, taken over: of every resource in it we say what libres said of it
 * (`libres/database.json`, recorded by libres itself), before and after our migrations, and no row is touched.
 */
import { readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { isoOf } from '../../core/domain/zone.ts'
import type { Allocation } from '../../core/scheduler/allocation.ts'
import { createRegistry } from '../../core/scheduler/registry.ts'
import { Scheduler } from '../../core/scheduler/scheduler.ts'
import type { Database } from '../../core/store/database.ts'
import { migrateToLatest } from '../../core/store/migrate.ts'
import { eachDatabase } from '../harness/databases.ts'

const read = (name: string) => readFile(new URL(`libres/${name}`, import.meta.url), 'utf8')

/** What libres says of one resource. */
type Said = Readonly<{
  resource: string
  allocations: number
  masters: number
  reservations: number
  approved: number
  slots: number
  blockers: number
  /** Percent. */
  availability: number
  /** Places wholly free, by the local start of each allocation that has several. */
  quotaLeft: Readonly<Record<string, number>>
  /** Pending reservations, by the local start of each allocation that somebody waits for. */
  waitinglist: Readonly<Record<string, number>>
}>

const startOf = (allocation: Allocation) => isoOf(allocation.displayStart()).replace('.000000', '')

async function counted(
  allocations: readonly Allocation[],
  count: (allocation: Allocation) => Promise<number>,
): Promise<Record<string, number>> {
  const entries = allocations.map(async (each) => [startOf(each), await count(each)] as const)
  return Object.fromEntries(await Promise.all(entries))
}

async function say(room: Scheduler): Promise<Said> {
  const allocations = await room.managedAllocations()
  const masters = allocations.filter((each) => each.isMaster)
  const reservations = await room.managedReservations()
  const waiting = await counted(masters, (each) => each.waitinglistLength())
  return {
    resource: room.resource,
    allocations: allocations.length,
    masters: masters.length,
    reservations: reservations.length,
    approved: reservations.filter((each) => each.status === 'approved').length,
    slots: (await room.managedReservedSlots()).length,
    blockers: (await room.managedBlockers()).length,
    availability: await room.availability(),
    quotaLeft: await counted(
      masters.filter((each) => each.quota > 1),
      (each) => each.quotaLeft(),
    ),
    waitinglist: Object.fromEntries(Object.entries(waiting).filter(([, length]) => length > 0)),
  }
}

/** What we say of the resources named, in transactions of our own. */
async function sayAll(database: Database, names: readonly string[]): Promise<Record<string, Said>> {
  const context = createRegistry(database).registerContext('gemeinde')
  const said: Record<string, Said> = {}
  for (const name of names) {
    const room = new Scheduler({ context, name, timezone: 'Europe/Zurich' })
    said[name] = await context.getService('sessionProvider').run(() => say(room))
  }
  return said
}

/** Every row, with the hidden place where it lies and who wrote it last: an update would move it. */
async function rowsOf(database: Database): Promise<unknown[]> {
  const tables = ['allocations', 'reservations', 'reserved_slots', 'reservation_blockers']
  const rows = tables.map((table) =>
    sql`select ctid::text, xmin::text, t::text from ${sql.id('public', table)} t order by ctid`
      .execute(database.kysely)
      .then((found) => found.rows),
  )
  return await Promise.all(rows)
}

/** A database of its own: the types that the tables of the other one refer to are dropped here. */
eachDatabase('of the database that libres wrote', (database) => {
  it('we say what libres says, before and after we moved in, and leave every row alone', async () => {
    const expected = JSON.parse(await read('database.json')) as Record<string, Said>
    await sql
      .raw('drop schema if exists public, allmend, sync cascade; create schema public')
      .execute(database().kysely)
    await sql.raw(await read('database.sql')).execute(database().kysely)

    const rows = await rowsOf(database())
    const before = await sayAll(database(), Object.keys(expected))
    await migrateToLatest(database())
    const after = await sayAll(database(), Object.keys(expected))

    expect(before).toEqual(expected)
    expect(after).toEqual(expected)
    expect(await rowsOf(database())).toEqual(rows)
  })
})
