/** The cases that read: the availability of a year, a search, and partitions. */
import { sql } from 'kysely'
import type { Case, Size } from './case.ts'
import { bareRead, SEARCH, STEPS, YEAR } from './floors.ts'
import { DAY_MS, DAYS, days, FIRST, type Ground, stamp, YEAR_END, yearByDay } from './ground.ts'

const A_DAY = 10

/** Rooms with ten allocations a day for a year, three in ten of them taken. */
async function openYear(ground: Ground, rooms: number): Promise<readonly string[]> {
  const names = Array.from({ length: rooms }, () => ground.fresh())
  await sql`with opened as (
      insert into allocations (resource, mirror_of, type, timezone, quota, quota_limit,
        partly_available, approve_manually, _raster, data, created, "group", _start, _end)
      select room, room, 'generic', 'Europe/Zurich', 1, 0, false, false, 5, '{}', now(),
        gen_random_uuid(), at, at + interval '1 hour' - interval '1 microsecond'
      from unnest(${names.map((name) => ground.resource(name))}::uuid[]) room,
        lateral (select ${stamp(FIRST)}::timestamp + (n / ${A_DAY}) * interval '1 day'
          + (n % ${A_DAY}) * interval '1 hour' as at
          from generate_series(0, ${DAYS * A_DAY - 1}) n) times
      returning *),
    taken as (select * from opened where id % 10 < 3),
    records as (insert into reservations (token, target, target_type, type, resource, start, "end",
        timezone, status, data, email, quota, created)
      select gen_random_uuid(), "group", 'allocation', 'generic', resource, _start, _end, timezone,
        'approved', '{}', 'a@example.ch', 1, now() from taken returning id, token, target)
    insert into reserved_slots (resource, start, "end", allocation_id, source_type,
      reservation_token, source_id, created)
    select t.resource, t._start, t._end, t.id, 'reservation', r.token, r.id, now()
    from taken t join records r on r.target = t."group"`.execute(ground.database.kysely)
  return names
}

function year(ground: Ground, names: readonly string[]): Size {
  const resources = names.map((name) => ground.resource(name))
  const values = [resources, stamp(FIRST), stamp(YEAR_END)]
  return {
    name: `${names.length} resources, ${names.length * DAYS * A_DAY} allocations`,
    ours: { run: () => yearByDay(ground, resources) },
    floor: {
      run: async () => {
        await bareRead(ground.bare, YEAR, values, DAYS)
      },
    },
  }
}

async function searching(ground: Ground, count: number): Promise<Size> {
  const room = ground.fresh()
  await ground.at(room, (hall) => hall.allocate(days(count)))
  const end = FIRST + count * DAY_MS - 1000
  const values = [ground.resource(room), stamp(FIRST), stamp(end), '06:00', '22:00']
  return {
    name: `${count} allocations`,
    ours: {
      run: async () => {
        const first = new Date(FIRST).toISOString().slice(0, 10)
        const last = new Date(end).toISOString().slice(0, 10)
        const found = await ground.reading(room, (hall) =>
          hall.searchAllocations(`${first}T06:00`, `${last}T22:00`),
        )
        if (found.length !== count) throw new Error(`found ${found.length}`)
      },
    },
    floor: {
      run: async () => {
        await bareRead(ground.bare, SEARCH, values, count)
      },
    },
  }
}

/** Allocations of ten hours in steps of a quarter, each with two bookings. */
async function partitioning(ground: Ground, count: number): Promise<Size> {
  const room = ground.fresh()
  const ids = await ground.at(room, async (hall) => {
    const made = await hall.allocate(days(count, 10), { partlyAvailable: true, raster: 15 })
    for (const hours of [1, 5]) {
      const dates = days(count, 2).map(({ start, end }) => ({
        start: start + hours * 3_600_000,
        end: end + hours * 3_600_000,
      }))
      await hall.reserveApproved('a@example.ch', { dates })
    }
    return made.map(({ id }) => id)
  })
  return {
    name: `${count} allocations`,
    ours: {
      run: async () => {
        const runs = await ground.reading(room, async (hall) => {
          const found = await hall.allocationsByIds(ids)
          return await Promise.all(found.map((each) => each.availabilityPartitions()))
        })
        if (runs.flat().length !== count * 5) throw new Error(`${runs.flat().length} runs`)
      },
    },
    floor: {
      run: async () => {
        await bareRead(ground.bare, STEPS, [ids], count)
      },
    },
  }
}

/** The cases, and the rooms of the year. */
export async function readingCases(
  ground: Ground,
): Promise<Readonly<{ rooms: readonly string[]; cases: readonly Case[] }>> {
  const rooms = await openYear(ground, 20)
  const cases: Case[] = [
    {
      name: 'availabilityByDay, a year',
      libres: 7380,
      goal: 200,
      runs: 15,
      sizes: [year(ground, rooms.slice(0, 10)), year(ground, rooms)],
    },
    {
      name: 'searchAllocations',
      libres: 2150,
      goal: 80,
      runs: 15,
      sizes: [await searching(ground, 1825), await searching(ground, 3650)],
    },
    {
      name: 'partitions of partly available allocations',
      libres: 160,
      goal: 10,
      runs: 15,
      sizes: [await partitioning(ground, 250), await partitioning(ground, 500)],
    },
  ]
  await ground.settle()
  return { rooms, cases }
}
