/** How soon a desk hears what another one did, how long the first reading of a server takes, and a line of waiting notes. */
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Uuid } from '../../../core/domain/time.ts'
import type { Database } from '../../../core/store/database.ts'
import { Exchangeable } from '../../../core/store/exchange.ts'
import { openPostgres } from '../../../core/store/postgres.ts'
import { enterServer } from '../../../core/store/shared/moment.ts'
import { decide } from '../../../core/sync/decide.ts'
import { Puller } from '../../../core/sync/puller.ts'
import { HostileProxy } from '../../harness/hostile-proxy.ts'
import { memoryShelf } from '../../harness/memory-shelf.ts'
import { ask, type SharedServer } from '../../harness/shared-server.ts'
import { type Measured, median, spread } from '../measured.ts'
import { authorityOn, envelopeOf, nextBooking, openDesk } from './shared.ts'

const BOOKINGS = 200
const LINK_BOOKINGS = 30
/** There and back. */
const LINK_MS = 20
const NOTES = 50
const ANEW = 3

const until = async (holds: () => boolean) => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 1))
}

/** From the word of the server that it is done to the replica of another desk that has it. */
export async function measureSight({ deskUrl }: SharedServer): Promise<readonly Measured[]> {
  const told = new Map<Uuid, number>()
  const seen = new Map<Uuid, number>()
  const one = await openDesk(deskUrl, {
    settled: ({ args }) => told.set((args as { token: Uuid }).token, performance.now()),
  })
  const other = await openDesk(deskUrl, {
    pulled: ({ tables }) => {
      const now = performance.now()
      for (const { table, keys } of tables) {
        if (table === 'allmend.booking') for (const key of keys ?? []) seen.set(key, now)
      }
    },
  })
  await Promise.all([one.pull(), other.pull()])
  const took: number[] = []
  for (let count = 0; count < BOOKINGS; count++) {
    const call = nextBooking()
    const { token } = call.args as { token: Uuid }
    await one.give(call)
    await until(() => seen.has(token))
    took.push((seen.get(token) as number) - (told.get(token) as number))
  }
  await one.close()
  await other.close()
  const sorted = [...took].sort((a, b) => a - b)
  return [
    {
      name: 'done on desk A to in the replica of desk B, median',
      value: median(took),
      unit: 'ms',
      goal: 150,
      note: spread(took),
    },
    { name: 'the same, 99 of 100', value: sorted[Math.floor(took.length * 0.99)] ?? 0, unit: 'ms' },
  ]
}

/** A booking over a link on which each round trip takes 20 ms, and how many it takes. */
export async function measureLink({ deskUrl }: SharedServer): Promise<readonly Measured[]> {
  const proxy = await HostileProxy.before(deskUrl)
  const told = new Map<Uuid, number>()
  const desk = await openDesk(proxy.address, {
    settled: ({ id }) => told.set(id, performance.now()),
  })
  await desk.pull()
  // The first bookings prepare statements.
  for (let count = 0; count < 5; count++) await desk.give(nextBooking())
  await desk.pull()
  proxy.delay = LINK_MS / 2
  const took: number[] = []
  for (let count = 0; count < LINK_BOOKINGS; count++) {
    const call = nextBooking()
    const began = performance.now()
    await desk.give(call)
    took.push((told.get(call.id) as number) - began)
  }
  await desk.close()
  const trips = await tripsOfBooking(proxy)
  await proxy.close()
  return [
    {
      name: `a booking on a link of ${LINK_MS} ms, to the word that it is done`,
      value: median(took),
      unit: 'ms',
      note: spread(took),
    },
    { name: 'its round trips', value: trips, unit: '', goal: 6 },
  ]
}

/** Counted by the proxy, on a connection that nobody else uses. */
async function tripsOfBooking(proxy: HostileProxy): Promise<number> {
  const database = await openPostgres({ connectionString: proxy.address, connections: 1 })
  const authority = { ...authorityOn(database, 'trips'), enter: enterServer }
  let trips = 0
  for (let count = 0; count < 5; count++) {
    proxy.trips = 0
    await decide(authority, { envelope: envelopeOf(nextBooking(), count + 1), now: Date.now() })
    trips = proxy.trips
  }
  await database.close()
  return trips
}

/** Everything of the server, into a folder that is empty, and once more beside what is shown. */
export async function measureReading(
  server: SharedServer,
  bookings: number,
): Promise<readonly Measured[]> {
  const first: number[] = []
  const again: number[] = []
  for (let run = 0; run < ANEW; run++) {
    const began = performance.now()
    const desk = await openDesk(server.deskUrl)
    await until(() => desk.connection().position !== null)
    first.push(performance.now() - began)
    await ask(server.url, 'update sync.epoch set id = gen_random_uuid()')
    const anew = performance.now()
    await desk.pull()
    again.push(performance.now() - anew)
    await desk.close()
  }
  return [
    {
      name: `a new desk reads ${bookings} bookings in 60 halls`,
      value: median(first) / 1000,
      unit: 's',
      goal: 10,
      note: `${first.length} runs, with making its database`,
    },
    { name: 'the same beside what is shown', value: median(again) / 1000, unit: 's', goal: 10 },
  ]
}

/** Notes of a desk that was cut off, from the moment the cable is in. */
export async function measureNotes({ deskUrl }: SharedServer): Promise<readonly Measured[]> {
  const results: Measured[] = []
  for (const delay of [0, LINK_MS / 2]) {
    const proxy = await HostileProxy.before(deskUrl)
    const folder = await mkdtemp(join(tmpdir(), 'allmend-bench-'))
    const desk = await openDesk(proxy.address, {}, folder)
    await desk.pull()
    proxy.unplug()
    await Promise.all(Array.from({ length: NOTES }, () => desk.give(nextBooking())))
    proxy.heal()
    proxy.delay = delay
    const began = performance.now()
    desk.tryNow()
    await until(() => {
      if (desk.connection().waiting > 0) desk.tryNow()
      return desk.connection().waiting === 0
    })
    const took = (performance.now() - began) / 1000
    await desk.close()
    await proxy.close()
    const name = `${NOTES} notes are sent`
    results.push(
      delay === 0
        ? { name, value: took, unit: 's', goal: 1 }
        : { name: `${name} on a link of ${LINK_MS} ms`, value: took, unit: 's' },
    )
  }
  return results
}

/** What each booking costs the server for each desk that follows: the reading of what has changed. */
export async function measurePull({ url, deskUrl }: SharedServer): Promise<readonly Measured[]> {
  const clerk = await openPostgres({ connectionString: url, connections: 1 })
  const reader = await openPostgres({ connectionString: deskUrl, connections: 1 })
  const desk = authorityOn(clerk, 'pull')
  const replica = await Exchangeable.open(memoryShelf(), (error) => {
    throw error
  })
  let reading = 0
  const timed: Database = {
    ...reader,
    async read(work, options) {
      const began = performance.now()
      const result = await reader.read(work, options)
      reading = performance.now() - began
      return result
    },
  }
  const puller = await Puller.open({ server: timed, replica, desk: { id: desk.desk, label: '' } })
  await puller.pull()
  const took: number[] = []
  for (let count = 0; count < BOOKINGS; count++) {
    const envelope = envelopeOf(nextBooking(), 2_000_000 + count)
    await decide(desk, { envelope, now: Date.now() })
    await puller.pull()
    took.push(reading)
  }
  await clerk.close()
  await reader.close()
  await replica.close()
  return [
    {
      name: 'a desk asks the server what a booking has changed',
      value: median(took),
      unit: 'ms',
      note: `${spread(took)}; each desk that follows, for each commit`,
    },
  ]
}
