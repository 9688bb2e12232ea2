/**
 * Commands a second from many desks at once, and the same transactions without receipts, history and feed: what being
 * safe costs. Both from one process, in turns.
 */
import { definition } from '../../../core/commands/index.ts'
import type { Database } from '../../../core/store/database.ts'
import { openPostgres } from '../../../core/store/postgres.ts'
import { enterServer } from '../../../core/store/shared/moment.ts'
import { decide } from '../../../core/sync/decide.ts'
import { idOf } from '../../harness/authority.ts'
import type { SharedServer } from '../../harness/shared-server.ts'
import { type Measured, median } from '../measured.ts'
import { authorityOn, envelopeOf, MUNICIPALITY, nextBooking } from './shared.ts'

const DESKS = [1, 8, 32]
const RUNS = 3
const RUN_MS = 3000

/** Nothing of ours around the rules: one transaction that books. */
async function bare(database: Database, desk: string): Promise<void> {
  const call = nextBooking()
  const { handle, args } = definition(call.name)
  const outcome = await database.transact((tx) =>
    handle(
      {
        tx,
        now: Date.now(),
        actor: { name: 'Bench', desk: idOf(desk) },
        commandId: call.id,
        municipality: MUNICIPALITY,
      },
      args.parse(call.args) as never,
    ),
  )
  if (outcome.status !== 'accepted') throw new Error('refused')
}

let seq = 1_000_000

async function whole(database: Database, desk: string): Promise<void> {
  const authority = { ...authorityOn(database, desk), enter: enterServer }
  const envelope = envelopeOf(nextBooking(), ++seq)
  const outcome = await decide(authority, { envelope, now: Date.now() })
  if (outcome.status !== 'accepted') throw new Error('refused')
}

/** A second. */
async function rate(
  databases: readonly Database[],
  work: (database: Database, desk: string) => Promise<void>,
): Promise<number> {
  let done = 0
  const until = performance.now() + RUN_MS
  await Promise.all(
    databases.map(async (database, index) => {
      while (performance.now() < until) {
        await work(database, `desk ${index}`)
        done += 1
      }
    }),
  )
  return done / (RUN_MS / 1000)
}

/** `plain` has the tables only, `shared` is prepared for desks. */
export async function measureMany(
  plain: Readonly<{ url: string }>,
  shared: SharedServer,
): Promise<readonly Measured[]> {
  const results: Measured[] = []
  for (const desks of DESKS) {
    const open = (connectionString: string) =>
      Promise.all(
        Array.from({ length: desks }, () => openPostgres({ connectionString, connections: 1 })),
      )
    const [ours, floor] = [await open(shared.deskUrl), await open(plain.url)]
    const rates = { ours: [] as number[], floor: [] as number[] }
    for (let run = -1; run < RUNS; run++) {
      const [one, other] = [await rate(ours, whole), await rate(floor, bare)]
      if (run < 0) continue
      rates.ours.push(one)
      rates.floor.push(other)
    }
    for (const database of [...ours, ...floor]) await database.close()
    const [with_, without] = [median(rates.ours), median(rates.floor)]
    results.push({
      name: `${desks} ${desks === 1 ? 'desk' : 'desks'} at once, time for each command over the bare one`,
      value: without / with_,
      unit: '×',
      goal: 2,
      note: `${with_.toFixed(0)} a second, bare ${without.toFixed(0)}`,
    })
  }
  return results
}
