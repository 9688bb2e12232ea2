import { sql } from 'kysely'
import { expect, it } from 'vitest'
import type { Database } from '../../core/store/database.ts'
import { eachDatabase } from '../harness/databases.ts'

const HALL = '4acbea03-265b-5dfe-b6a8-a13bb36faf29'
const MIRRORS = [
  '96391947-2747-5b95-b650-e6fb07cf4b32',
  '08434a67-d2e5-5b85-bc53-bc1308fb3629',
] as const
const GROUP = '00000000-0000-4000-8000-000000000001'
const TOKEN = '00000000-0000-4000-8000-000000000002'
const OUTSIDE = { code: '23514', constraint: 'allmend_slot_inside_allocation' }
const TOO_MANY = { code: '23514', constraint: 'allmend_mirrors_within_quota' }

/** An allocation in the words that libres sends. */
const insertAllocation = (database: Database, resource: string, quota = 2) =>
  sql<{ id: number }>`
    insert into allocations (resource, type, mirror_of, "group", quota, quota_limit,
      partly_available, approve_manually, timezone, data, _start, _end, _raster, created)
    values (${resource}, 'generic', ${HALL}, ${GROUP}, ${quota}, 0, true, false, 'Europe/Zurich', '{}',
      '2027-06-01 08:00', '2027-06-01 09:59:59.999999', 30, now()::timestamp)
    returning id`.execute(database.kysely)

const insertSlots = (database: Database, id: number, resource: string, starts: readonly string[]) =>
  sql`
    insert into reserved_slots (resource, start, "end", allocation_id, source_type,
      reservation_token, source_id, created)
    select ${resource}, start, start + interval '30 minutes' - interval '1 microsecond', ${id},
      'reservation', ${TOKEN}, 1, now()::timestamp
    from unnest(${starts}::timestamp[]) as starts (start)`.execute(database.kysely)

eachDatabase('the guards of the database', (database) => {
  const slots = async () =>
    (
      await sql`select resource, start from reserved_slots order by resource, start`.execute(
        database().kysely,
      )
    ).rows
  const found = async () => (await insertAllocation(database(), HALL)).rows[0]?.id ?? 0

  it('let slots in that fill their allocation from end to end', async () => {
    const id = await found()
    const starts = ['08:00', '08:30', '09:00', '09:30'].map((time) => `2027-06-01 ${time}:00`)
    await insertSlots(database(), id, HALL, starts)
    expect(await slots()).toEqual(starts.map((start) => ({ resource: HALL, start })))
  })

  it.each([
    ['before', '2027-06-01 07:30'],
    ['after', '2027-06-01 10:00'],
    ['across the end of', '2027-06-01 09:45'],
  ])('refuse a slot %s its allocation, and all that came with it', async (_where, start) => {
    const id = await found()
    const wrong = insertSlots(database(), id, HALL, ['2027-06-01 08:00', start])
    await expect(wrong).rejects.toMatchObject(OUTSIDE)
    expect(await slots()).toEqual([])
  })

  it('let the last step of libres reach beyond an end with seconds, by less than a step', async () => {
    const id = await found()
    await sql`update allocations set _end = '2027-06-01 09:40:29.999999'::timestamp`.execute(
      database().kysely,
    )
    await insertSlots(database(), id, HALL, ['2027-06-01 09:30'])
    const wrong = insertSlots(database(), id, HALL, ['2027-06-01 10:00'])
    await expect(wrong).rejects.toMatchObject(OUTSIDE)
    expect(await slots()).toEqual([{ resource: HALL, start: '2027-06-01 09:30:00' }])
  })

  it('refuse a slot of another resource than its allocation', async () => {
    const id = await found()
    const wrong = insertSlots(database(), id, MIRRORS[0], ['2027-06-01 08:00'])
    await expect(wrong).rejects.toMatchObject(OUTSIDE)
  })

  it('refuse to move a slot out of its allocation', async () => {
    const id = await found()
    await insertSlots(database(), id, HALL, ['2027-06-01 08:00'])
    const wrong = sql`update reserved_slots set start = start - interval '1 day'`.execute(
      database().kysely,
    )
    await expect(wrong).rejects.toMatchObject(OUTSIDE)
  })

  it('let libres move slots to another place of the same allocation when a quota shrinks', async () => {
    await found()
    const mirror = (await insertAllocation(database(), MIRRORS[0])).rows[0]?.id ?? 0
    await insertSlots(database(), mirror, MIRRORS[0], ['2027-06-01 08:00', '2027-06-01 08:30'])
    const { rows } = await sql<{ id: number }>`
      select id from allocations where resource = mirror_of`.execute(database().kysely)
    await database().transact(async (tx) => {
      await sql`update allocations set quota = 1`.execute(tx)
      await sql`update reserved_slots set resource = ${HALL}, allocation_id = ${rows[0]?.id}
        where resource = ${MIRRORS[0]} and start = '2027-06-01 08:00'`.execute(tx)
      await sql`update reserved_slots set resource = ${HALL}, allocation_id = ${rows[0]?.id}
        where resource = ${MIRRORS[0]} and start = '2027-06-01 08:30'`.execute(tx)
      await sql`delete from allocations where id = ${mirror}`.execute(tx)
    })
    expect(await slots()).toEqual([
      { resource: HALL, start: '2027-06-01 08:00:00' },
      { resource: HALL, start: '2027-06-01 08:30:00' },
    ])
  })

  it('let as many places in as the quota of the master, and not one more', async () => {
    await found()
    await insertAllocation(database(), MIRRORS[0])
    await expect(insertAllocation(database(), MIRRORS[1])).rejects.toMatchObject(TOO_MANY)
  })

  it('go by the quota of the master, not by the stale one of its mirrors', async () => {
    await found()
    await sql`update allocations set quota = 3 where resource = mirror_of`.execute(
      database().kysely,
    )
    await insertAllocation(database(), MIRRORS[0], 2)
    await insertAllocation(database(), MIRRORS[1], 2)
    const { rows } = await sql`select count(*) as places from allocations`.execute(
      database().kysely,
    )
    expect(rows).toEqual([{ places: 3 }])
  })

  it('never read a whole table', async () => {
    await found()
    await sql`analyze allocations`.execute(database().kysely)
    const scans = async () =>
      database().transact(async (tx) => {
        await sql`set local enable_seqscan = off`.execute(tx)
        await sql`insert into reserved_slots (resource, start, "end", allocation_id, source_type,
          reservation_token, source_id, created)
          select ${HALL}, '2027-06-01 08:00', '2027-06-01 08:29:59.999999', id, 'reservation',
            ${TOKEN}, 1, now()::timestamp from allocations where resource = ${HALL}`.execute(tx)
        const { rows } = await sql<{ locks: string }>`
          select string_agg(distinct relation::regclass || ' ' || case when page is null and tuple is null
            then 'whole' else 'part' end, ', ') as locks
          from pg_locks where mode = 'SIReadLock' and relation::regclass::text = 'allocations'
            and pid = pg_backend_pid()`.execute(tx)
        return rows[0]?.locks ?? 'none'
      })
    expect(await scans()).toBe('allocations part')
  })
})
