/**
 * The reservations core against bare SQL and against libres: every case through our API and as its floor, in turns,
 * on one PostgreSQL with every wait for the disk in place, from one process.
 */
import { embeddedBinaries } from '../harness/binaries.ts'
import { withDatabases } from '../harness/kinds.ts'
import { type Case, measure, type Taken } from './core/case.ts'
import { competitors, contest } from './core/contest.ts'
import { type Ground, groundOn } from './core/ground.ts'
import { memoryOfYear } from './core/memory.ts'
import { readingCases } from './core/reading.ts'
import { writingCases } from './core/writing.ts'

const time = (ms: number) => (ms < 100 ? `${ms.toFixed(1)} ms` : `${ms.toFixed(0)} ms`)
const times = (ratio: number) => `${ratio.toFixed(ratio < 10 ? 1 : 0)}×`

function row(cells: readonly string[]): string {
  const [name = '', ...rest] = cells
  return [name.padEnd(34), ...rest.map((cell) => cell.padStart(12))].join(' ')
}

/** libres' own number is of one of the two sizes: the one that its case names. What counts is the median. */
function verdict({ libres, goal, overFloor }: Case, { ours, floor, least }: Taken): string {
  const missed: string[] = []
  if (libres / ours < goal) {
    const once = libres / least.ours < goal ? '' : ', met by the quickest run'
    missed.push(`goal ${goal}×${once}`)
  }
  if (overFloor !== undefined && ours / floor > overFloor)
    missed.push(`goal ${overFloor}× the floor`)
  return missed.length === 0 ? `reached (${goal}×)` : `missed: ${missed.join(', ')}`
}

async function print(each: Case): Promise<void> {
  console.log(`\n${each.name}`)
  const taken = await measure(each)
  for (const [index, one] of taken.entries()) {
    const compared = index === (each.named ?? 1)
    const cells = [
      `  ${one.size}`,
      time(one.ours),
      time(one.floor),
      times(one.ours / one.floor),
      time(one.least.ours),
      time(one.least.floor),
    ]
    if (compared) cells.push(time(each.libres), times(each.libres / one.ours), verdict(each, one))
    console.log(row(cells))
  }
}

async function printContests(ground: Ground): Promise<void> {
  const programs = await competitors()
  try {
    await print({
      name: '8 processes, one allocation, until full',
      libres: 17_800,
      goal: 100,
      runs: 5,
      warmUps: 0,
      sizes: [contest(ground, programs, 50), contest(ground, programs, 100)],
    })
  } finally {
    await programs.remove()
  }
}

export async function measureCore(): Promise<void> {
  await withDatabases(
    async (kinds) => {
      const kind = kinds.find(({ id }) => id === 'embedded')
      if (!kind) throw new Error('npm brought no PostgreSQL')
      const { database, url, drop } = await kind.create({ connections: 1 })
      const ground = await groundOn(database, url ?? '')
      try {
        console.log(
          `PostgreSQL ${embeddedBinaries().version}, waiting for the disk; medians, and the least`,
        )
        console.log(
          row(['', 'ours', 'bare SQL', 'ratio', 'ours, least', 'bare, least', 'libres', 'faster']),
        )
        // First what is read, while the tables hold nothing else.
        const { rooms, cases } = await readingCases(ground)
        for (const each of cases) await print(each)
        const { after, grown } = await memoryOfYear(
          ground.url,
          rooms.map((name) => ground.resource(name)),
        )
        console.log(
          `  the year in a process of its own: ${grown.toFixed(0)} MB more, ` +
            `${after.toFixed(0)} MB with Node and the program; libres 446 MB, goal 100 MB`,
        )
        for (const each of writingCases(ground)) await print(each)
        await printContests(ground)
      } finally {
        await ground.bare.end()
        await drop()
      }
    },
    { durable: true },
  )
}
