/**
 * One database, two programs: every call of a libres client keeps working beside what our migrations add, and
 * each program goes on from what the other has written.
 */
import { readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import pg from 'pg'
import { expect, it } from 'vitest'
import { textOf } from '../../core/domain/micros.ts'
import { AlreadyReservedError } from '../../core/scheduler/errors.ts'
import type { Scheduler } from '../../core/scheduler/scheduler.ts'
import { schedulerOn } from '../../core/scheduler/scheduler-on.ts'
import type { Tx } from '../../core/store/database.ts'
import { migrateToLatest } from '../../core/store/migrate.ts'
import { eachDatabase, type OpenDatabase } from '../harness/databases.ts'
import * as client from './libres/client.ts'

const { GROUP, KEYS } = client
const token = (n: number) => `00000000-0000-4000-8000-0000000001${String(n).padStart(2, '0')}`
const SESSION = '00000000-0000-4000-8000-000000000099'
const time = (micros: number | null) => (micros === null ? null : textOf(micros).slice(11, 16))
/** Local times in Zurich; 08:00 in the tables. */
const DATES = { '08:00': ['2027-06-01T10:00', '2027-06-01T10:30'] } as const
const WHOLE = ['2027-06-01T10:00', '2027-06-01T14:00'] as const

/** What the table of slots holds: place, time, kind and owner. */
async function slotsSeen(room: Scheduler) {
  const slots = await room.managedReservedSlots()
  return slots
    .map(({ resource, start, sourceType, sourceId }) => {
      const place = KEYS.indexOf(resource as (typeof KEYS)[number])
      return `${place} ${time(start)} ${sourceType} ${sourceId}`
    })
    .sort()
}

async function seen(room: Scheduler) {
  const rows = await room.managedAllocations()
  const master = rows.find((row) => row.isMaster)
  return {
    places: rows.map((row) => `${KEYS.indexOf(row.resource as never)} of ${row.quota}`).sort(),
    slots: await slotsSeen(room),
    left: await master?.quotaLeft(),
    availability: await room.availability(),
  }
}

/** Both programs, each in transactions of its own. */
function programs(database: OpenDatabase) {
  const libres = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    database().kysely.transaction().setIsolationLevel('serializable').execute(work)
  const ours = <T>(work: (room: Scheduler) => Promise<T>): Promise<T> =>
    database().transact((tx) =>
      work(
        schedulerOn(tx, {
          context: 'ctx',
          name: 'room',
          timezone: 'Europe/Zurich',
          now: Date.now,
        }),
      ),
    )
  const book = () =>
    ours(async (room) => {
      const made = await room.reserve('desk@example.ch', { dates: DATES['08:00'] })
      await room.approveReservations(made)
      return made
    })
  /** libres reserves and approves a half hour on a place, which it inserts in the same flush if it has no row. */
  const approve = (
    n: number,
    place: number,
    allocation: number | { quota: number },
    at = '08:00',
  ) =>
    libres(async (tx) => {
      const until = `${at.slice(0, 3)}30`
      const id = await client.insertReservation(tx, { token: token(n), from: at, until })
      const [row = 0] =
        typeof allocation === 'number'
          ? [allocation]
          : await client.insertPlaces(tx, [place], allocation.quota)
      const source = { type: 'reservation', token: token(n), id } as const
      await client.insertSlots(tx, [{ place, allocation: row, at }], source)
      await client.setApproved(tx, id)
      return { id, row }
    })
  /** A master with so many places. */
  const open = async (quota: number) =>
    (await libres((tx) => client.insertPlaces(tx, [0], quota)))[0] ?? 0
  return { libres, ours, book, approve, open }
}

eachDatabase('a libres client', (database, kind, test) => {
  const { libres, ours, book, approve, open } = programs(database)

  it('allocates, and we find what it made', async () => {
    await open(3)
    expect(await ours(seen)).toEqual({ places: ['0 of 3'], slots: [], left: 3, availability: 100 })
  })

  it('writes a mirror together with its first slot, between two of ours', async () => {
    await open(3)
    await book()
    await approve(1, 1, { quota: 3 })
    await book()
    expect((await ours(seen)).slots).toEqual([
      '0 08:00 reservation 1',
      '1 08:00 reservation 2',
      '2 08:00 reservation 3',
    ])
    await expect(book()).rejects.toBeInstanceOf(AlreadyReservedError)
  })

  it('approves what we reserved, and we approve what it reserved', async () => {
    const master = await open(2)
    const mine = await ours((room) => room.reserve('a@example.ch', { dates: DATES['08:00'] }))
    await libres(async (tx) => {
      const source = { type: 'reservation', token: mine, id: 1 } as const
      await client.insertSlots(tx, [{ place: 0, allocation: master, at: '08:00' }], source)
      await client.setApproved(tx, 1)
      await client.insertReservation(tx, { token: token(2), from: '08:00', until: '08:30' })
    })
    await ours((room) => room.approveReservations(token(2)))
    const status = await ours(async (room) =>
      (await room.managedReservations()).map((each) => each.status),
    )
    expect([status, (await ours(seen)).slots]).toEqual([
      ['approved', 'approved'],
      ['0 08:00 reservation 1', '1 08:00 reservation 2'],
    ])
  })

  it('takes a quota back: the master first, then slots into the gap, then mirrors', async () => {
    const master = await open(3)
    const first = await approve(1, 0, master)
    const second = await approve(2, 1, { quota: 3 })
    const third = await approve(3, 2, { quota: 3 })
    await libres((tx) => client.removeReservation(tx, token(2), second.id))
    await libres(async (tx) => {
      for (const id of [master, second.row, third.row]) await client.setQuota(tx, id, 2)
      const from = { place: 2, allocation: third.row, at: '08:00' }
      await client.moveSlot(tx, from, { ...from, place: 1, allocation: second.row })
      await client.deleteMirrors(tx, [2], master)
    })
    expect(await ours(seen)).toEqual({
      places: ['0 of 2', '1 of 2'],
      slots: [`0 08:00 reservation ${first.id}`, `1 08:00 reservation ${third.id}`],
      left: 0,
      availability: 87.5,
    })
  })

  it('raises a quota on the master alone and adds a mirror beside one with the old number', async () => {
    const master = await open(2)
    await approve(1, 0, master)
    await approve(2, 1, { quota: 2 })
    await libres((tx) => client.setQuota(tx, master, 3))
    await approve(3, 2, { quota: 3 })
    expect((await ours(seen)).places).toEqual(['0 of 3', '1 of 2', '2 of 3'])
  })

  it('goes on after we closed the gap of a smaller quota', async () => {
    const master = await open(3)
    await approve(1, 0, master)
    const second = await approve(2, 1, { quota: 3 })
    await approve(3, 2, { quota: 3 })
    await ours((room) => room.removeReservation(token(2)))
    await ours((room) => room.changeQuota(master, 2))
    await approve(4, 1, second.row, '09:00')
    expect((await ours(seen)).slots).toEqual([
      '0 08:00 reservation 1',
      '1 08:00 reservation 3',
      '1 09:00 reservation 4',
    ])
  })

  it('moves master and mirrors row by row around slots that stay', async () => {
    const master = await open(2)
    await approve(1, 0, master)
    const mirror = await approve(2, 1, { quota: 2 })
    await libres((tx) => client.movePlaces(tx, [master, mirror.row], '07:00', '10:00'))
    const found = await ours(async (room) =>
      (await room.managedAllocations()).map(({ start, end }) => [time(start), time(end + 1)]),
    )
    expect([found, (await ours(seen)).slots]).toEqual([
      [
        ['07:00', '10:00'],
        ['07:00', '10:00'],
      ],
      ['0 08:00 reservation 1', '1 08:00 reservation 2'],
    ])
  })

  it('changes a time in a savepoint: away, anew, and the old id back', async () => {
    const master = await open(1)
    const { id } = await approve(1, 0, master)
    await libres(async (tx) => {
      await sql`savepoint sa_savepoint_1`.execute(tx)
      await client.removeReservation(tx, token(1), id)
      const anew = await client.insertReservation(tx, {
        token: token(2),
        from: '09:00',
        until: '10:00',
      })
      await sql`update reservations set id = ${id}, token = ${token(1)}::uuid
        where reservations.id = ${anew}`.execute(tx)
      const cells = ['09:00', '09:30'].map((at) => ({ place: 0, allocation: master, at }))
      await client.insertSlots(tx, cells, { type: 'reservation', token: token(1), id })
      await client.setApproved(tx, id)
      await sql`release savepoint sa_savepoint_1`.execute(tx)
    })
    const changed = await ours((room) =>
      room.changeReservation(token(1), id, '2027-06-01T11:30', '2027-06-01T12:00'),
    )
    expect([time(changed?.start ?? null), (await ours(seen)).slots]).toEqual([
      '09:30',
      [`0 09:30 reservation ${id}`],
    ])
  })

  it('blocks all places at once, and we keep off until the blocker is gone', async () => {
    const master = await open(2)
    const blocker = { token: token(1), from: '08:00', until: '08:30' }
    await libres(async (tx) => {
      const id = await client.insertBlocker(tx, blocker)
      const [mirror = 0] = await client.insertPlaces(tx, [1], 2)
      const cells = [
        { place: 0, allocation: master, at: '08:00' },
        { place: 1, allocation: mirror, at: '08:00' },
      ]
      await client.insertSlots(tx, cells, { type: 'blocker', token: token(1), id })
    })
    await expect(book()).rejects.toBeInstanceOf(AlreadyReservedError)
    await ours((room) => room.removeBlocker(token(1)))
    await book()
    // The one that was refused had drawn an id, too.
    expect((await ours(seen)).slots).toEqual(['0 08:00 reservation 2'])
  })

  it('fills carts that we see, and clears those that expired, with all they held', async () => {
    await open(1)
    const dates = { from: '08:00', until: '08:30', session: SESSION }
    await libres((tx) =>
      client.insertReservation(tx, { ...dates, token: token(1), age: '20 minutes' }),
    )
    const expired = await ours((room) => room.queries.findExpiredReservationSessions())
    await libres(async (tx) => {
      await sql`delete from reservations where session_id = any(${[SESSION]}::uuid[])`.execute(tx)
      await sql`delete from reserved_slots where reservation_token = any(${[token(1)]}::uuid[])
        and source_type = 'reservation'`.execute(tx)
    })
    const left = await ours((room) => room.queries.reservationsBySession(SESSION))
    expect([expired, left]).toEqual([[SESSION], []])
  })

  it('removes reservations, allocations and all of a resource', async () => {
    const master = await open(2)
    const { id } = await approve(1, 0, master)
    await approve(2, 1, { quota: 2 })
    const emptied = await libres(async (tx) => {
      await client.removeReservation(tx, token(1), id)
      await sql`delete from reservations where resource = ${KEYS[0]}::uuid`.execute(tx)
      await sql`delete from reservation_blockers where resource = ${KEYS[0]}::uuid`.execute(tx)
      await sql`delete from reserved_slots where resource in
        (select resource from allocations where mirror_of = ${KEYS[0]}::uuid)`.execute(tx)
      return await sql`delete from allocations where mirror_of = ${KEYS[0]}::uuid`.execute(tx)
    })
    expect([emptied.numAffectedRows, await ours(seen)]).toEqual([
      2n,
      { places: [], slots: [], left: undefined, availability: 0 },
    ])
  })

  it('needs rights on the booking tables only', async () => {
    const role = `libres_client_${process.pid}`
    const master = await open(2)
    await libres(async (tx) => {
      await sql
        .raw(
          `create role ${role}; grant all on all tables in schema public to ${role};
          grant usage on all sequences in schema public to ${role}; set local role ${role}`,
        )
        .execute(tx)
      const [mirror = 0] = await client.insertPlaces(tx, [1], 2)
      const id = await client.insertReservation(tx, {
        token: token(1),
        from: '08:00',
        until: '08:30',
      })
      const source = { type: 'reservation', token: token(1), id } as const
      const cell = { place: 0, allocation: master, at: '08:00' }
      await client.insertSlots(tx, [cell], source)
      await client.moveSlot(tx, cell, { ...cell, place: 1, allocation: mirror })
      await sql.raw(`reset role; drop owned by ${role}; drop role ${role}`).execute(tx)
    })
    expect((await ours(seen)).slots).toEqual(['1 08:00 reservation 1'])
  })

  if (kind.id !== 'pglite') {
    /** A client of its own, in the middle of an approval it has not committed. */
    const midway = async (work: (rival: pg.Client) => Promise<void>) => {
      const master = await open(1)
      const rival = new pg.Client({ connectionString: test().url ?? '' })
      await rival.connect()
      try {
        await rival.query('begin isolation level serializable')
        await rival.query('select count(*) from reserved_slots where allocation_id = $1', [master])
        await work(rival)
      } finally {
        await rival.end()
      }
    }
    const take = (rival: pg.Client) =>
      rival.query(`insert into reserved_slots (resource, start, "end", allocation_id, source_type,
          reservation_token, source_id, created)
        select resource, _start, _start + interval '30 minutes' - interval '1 microsecond', id,
          'reservation', '${token(1)}', 99, now() from allocations`)

    it('that was first keeps the place, and we say so in the words of the rule', () =>
      midway(async (rival) => {
        await take(rival)
        const second = expect(book()).rejects.toBeInstanceOf(AlreadyReservedError)
        await rival.query('commit')
        await second
        expect((await ours(seen)).slots).toEqual(['0 08:00 reservation 99'])
      }))

    it('that was second is told by the errors it knows, and nothing of it stays', () =>
      midway(async (rival) => {
        await book()
        const code = await take(rival).then(
          () => rival.query('commit'),
          (error: { code: string }) => error.code,
        )
        expect(['23505', '40001']).toContain(code)
        expect((await ours(seen)).slots).toEqual(['0 08:00 reservation 1'])
      }))
  }
})

/** A database of its own: the types that the tables of the other one refer to are dropped here. */
eachDatabase('a database that libres founded', (database) => {
  const { ours, book, approve, open } = programs(database)

  it('is worked on by both, after we moved in', async () => {
    const dump = await readFile(new URL('libres/database.sql', import.meta.url), 'utf8')
    await sql
      .raw('drop schema if exists public, allmend, sync cascade; create schema public')
      .execute(database().kysely)
    await sql.raw(dump).execute(database().kysely)
    await migrateToLatest(database())
    const before = await sql<{ slots: number }>`
      select count(*) as slots from reserved_slots`.execute(database().kysely)
    await approve(1, 0, await open(1))
    await expect(book()).rejects.toBeInstanceOf(AlreadyReservedError)
    const after = await sql<{ slots: number; group: string }>`
      select count(*) as slots from reserved_slots`.execute(database().kysely)
    expect(after.rows[0]?.slots).toBe((before.rows[0]?.slots ?? 0) + 1)
    expect(await ours((room) => room.availability(...WHOLE))).toBe(87.5)
    expect(await ours((room) => room.allocationsByGroup(GROUP))).toHaveLength(1)
  })
})
