/** The cases that write: allocating, reserving with approving, and changing a quota. */
import { randomUUID } from 'node:crypto'
import { mirrorUuids } from '../../../core/domain/uuid.ts'
import type { AllocateOptions } from '../../../core/scheduler/allocate.ts'
import type { Case, Side, Size } from './case.ts'
import { ALLOCATE, BOOK, BOOK_PLACE, bareRun, SHRINK } from './floors.ts'
import { days, type Ground, stamp, stampOfEnd } from './ground.ts'

type Dates = readonly Readonly<{ start: number; end: number }>[]

function allocating(ground: Ground, count: number): Size {
  const dates = days(count)
  const starts = dates.map(({ start }) => stamp(start))
  const ends = dates.map(({ end }) => stampOfEnd(end))
  return {
    name: `${count} dates`,
    ours: {
      run: async () => {
        await ground.at(ground.fresh(), (hall) => hall.allocate(dates))
      },
    },
    floor: {
      run: async () => {
        const resource = ground.resource(ground.fresh())
        await bareRun(ground.bare, 'allocate', ALLOCATE, [resource, starts, ends], count)
      },
    },
  }
}

/** How our API books: the two calls of libres, or both in one. */
export type Way = 'two calls' | 'one call'

async function book(ground: Ground, name: string, dates: Dates, way: Way): Promise<void> {
  await ground.at(name, async (hall) => {
    const wish = { dates: [...dates] }
    if (way === 'one call') {
      await hall.reserveApproved('a@example.ch', wish)
      return
    }
    await hall.approveReservations(await hall.reserve('a@example.ch', wish))
  })
}

/** Each run takes the next so many days of a room that is open on thousands. */
function booking(
  ground: Ground,
  name: string,
  size: Readonly<{ dates: number; hours: number; rows: number; way: Way }>,
  options: AllocateOptions,
): Size {
  const side = (run: (room: string, dates: Dates) => Promise<void>): Side => {
    let room: string | undefined
    let next = 0
    return {
      async before() {
        if (room) return
        room = ground.fresh()
        await ground.at(room, (hall) => hall.allocate(days(3000, 10), options))
        await ground.settle()
      },
      async run() {
        const dates = days(size.dates, size.hours, next)
        next += size.dates
        await run(room as string, dates)
      },
    }
  }
  return {
    name,
    ours: side((room, dates) => book(ground, room, dates, size.way)),
    floor: side(async (room, dates) => {
      const starts = dates.map(({ start }) => stamp(start))
      const ends = dates.map(({ end }) => stampOfEnd(end))
      const values = [ground.resource(room), randomUUID(), starts, ends]
      await bareRun(ground.bare, 'book', BOOK, values, size.rows)
    }),
  }
}

/** One place after the other of one allocation; a new allocation when it is full. */
function bookingPlaces(ground: Ground, quota: number, way: Way): Size {
  const [date] = days(1) as [Readonly<{ start: number; end: number }>]
  const side = (run: (room: string) => Promise<void>): Side => {
    let room = ''
    let taken = quota
    return {
      async before() {
        if (taken < quota) return
        taken = 0
        room = ground.fresh()
        await ground.at(room, (hall) => hall.allocate([date], { quota }))
        await ground.settle()
      },
      async run() {
        taken += 1
        await run(room)
      },
    }
  }
  return {
    name: `${quota} places`,
    ours: side((room) => book(ground, room, [date], way)),
    floor: side(async (room) => {
      const resource = ground.resource(room)
      const keys = [resource, ...mirrorUuids(resource, quota)]
      const values = [keys, randomUUID(), stamp(date.start)]
      await bareRun(ground.bare, 'book a place', BOOK_PLACE, values, 1)
    }),
  }
}

/** An allocation with all places taken but every fifth, and a fifth of the places to go. */
function shrinking(ground: Ground, quota: number): Size {
  const gaps = quota / 5
  const [date] = days(1) as [Readonly<{ start: number; end: number }>]
  const side = (run: (room: string, id: number) => Promise<void>): Side => {
    let room = ''
    let id = 0
    return {
      async before() {
        room = ground.fresh()
        id = await ground.at(room, async (hall) => {
          const [allocation] = await hall.allocate([date], { quota })
          const tokens: string[] = []
          for (let place = 0; place < quota; place++) {
            const token = randomUUID()
            tokens.push(token)
            await hall.reserveApproved('a@example.ch', { dates: [date], token })
          }
          for (let gap = 0; gap < gaps; gap++) {
            await hall.removeReservation(tokens[gap * 5] as string)
          }
          return allocation?.id ?? 0
        })
        await ground.settle()
      },
      run: () => run(room, id),
    }
  }
  return {
    name: `${quota} → ${quota - gaps}, ${gaps} gaps`,
    ours: side((room, id) => ground.at(room, (hall) => hall.changeQuota(id, quota - gaps))),
    floor: side(async (room) => {
      const resource = ground.resource(room)
      const keys = [resource, ...mirrorUuids(resource, quota)]
      const values = [keys, quota - gaps, stamp(date.start)]
      await bareRun(ground.bare, 'shrink', SHRINK, values, quota - gaps)
    }),
  }
}

export function writingCases(ground: Ground): readonly Case[] {
  const plain = (way: Way): Case => ({
    name: `reserve + approve + commit, plain, ${way}`,
    libres: 9.1,
    named: 0,
    goal: 10,
    overFloor: 2,
    runs: 150,
    warmUps: 30,
    sizes: [
      booking(ground, '1 date', { dates: 1, hours: 10, rows: 1, way }, {}),
      booking(ground, '10 dates', { dates: 10, hours: 10, rows: 10, way }, {}),
    ],
  })
  const partly = (way: Way): Case => {
    const options = { partlyAvailable: true, raster: 5 }
    return {
      name: `the same, partly available, ${way}`,
      libres: 12.7,
      named: 0,
      goal: 10,
      runs: 150,
      warmUps: 30,
      sizes: [
        booking(ground, '30 min, 6 steps', { dates: 1, hours: 0.5, rows: 6, way }, options),
        booking(ground, '5 h, 60 steps', { dates: 1, hours: 5, rows: 60, way }, options),
      ],
    }
  }
  const places = (way: Way): Case => ({
    name: `the same, one allocation of many places, ${way}`,
    libres: 21,
    goal: 15,
    runs: 150,
    warmUps: 50,
    sizes: [bookingPlaces(ground, 25, way), bookingPlaces(ground, 50, way)],
  })
  return [
    {
      name: 'allocate in one call',
      libres: 2820,
      goal: 25,
      runs: 9,
      sizes: [allocating(ground, 1825), allocating(ground, 3650)],
    },
    plain('two calls'),
    plain('one call'),
    partly('two calls'),
    partly('one call'),
    places('two calls'),
    places('one call'),
    {
      name: 'changeQuota with gaps',
      libres: 133,
      goal: 20,
      runs: 9,
      sizes: [shrinking(ground, 25), shrinking(ground, 50)],
    },
  ]
}
