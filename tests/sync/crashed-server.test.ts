/**
 * A server that crashes forgets the numbers of transactions that left nothing on the disk, and gives them away again.
 * The cursor of a desk may count such a number among what is over: what comes under it later is not to be missed. And
 * what a desk has seen is on the disk.
 */
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Binaries, embeddedBinaries, oldestBinaries } from '../harness/binaries.ts'
import { kindsOfDatabase } from '../harness/kinds.ts'
import { type Follower, followerOf, rowsOf } from '../harness/puller.ts'
import { type Server, startServer } from '../harness/servers.ts'
import { ask, type SharedServer, sharedServer } from '../harness/shared-server.ts'

/** So many numbers are given away, to be forgotten. */
const FORGOTTEN = 8

const SERVERS = (
  [
    ['embedded', embeddedBinaries()],
    ['oldest', oldestBinaries()],
  ] as const
).flatMap(([id, binaries]): [string, Binaries][] => (binaries ? [[id, binaries]] : []))

/** Transactions that end without a trace, or go on: each takes numbers, also for its savepoints. */
const UNDER_WAY: readonly [string, (client: pg.Client) => Promise<unknown>][] = [
  [
    'of what was rolled back',
    async (client) => {
      for (let count = 0; count < FORGOTTEN; count++) {
        await client.query(`begin; insert into allmend.setting values ('never', '1'); rollback`)
      }
    },
  ],
  [
    'of the savepoints of what was under way',
    async (client) => {
      const url = `${client.host}:${client.port}/${client.database}`
      await client.query('begin')
      for (let count = 1; count < FORGOTTEN; count++) {
        await client.query(
          `savepoint here; insert into allmend.setting values ('never ${count}', '1')`,
        )
      }
      // What began later is over: without it they would not be counted at all.
      await ask(
        `postgresql://postgres@${url}`,
        `begin; insert into allmend.setting values ('over', '1'); rollback`,
      )
    },
  ],
]

describe.each(SERVERS)('a crash of the %s server', (id, binaries) => {
  let server: Server
  let shared: SharedServer
  let desk: Follower
  let settings = 0

  const write = async (first = '') => {
    await ask(shared.url, `${first}insert into allmend.setting values ('key ${++settings}', '1')`)
  }
  /** What was pooled is lost with the server; the next try connects anew. */
  const again = async <T>(work: () => Promise<T>): Promise<T> => {
    for (let tries = 1; ; tries++) {
      try {
        return await work()
      } catch (error) {
        if (tries === 20) throw error
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
    }
  }
  const pull = () => again(() => desk.puller.pull())
  const settingsOf = async () => {
    const truth = await rowsOf(shared.database, desk.puller.position()?.window)
    const held = await rowsOf(desk.replica)
    return { truth: truth['allmend.setting'], held: held['allmend.setting'] }
  }
  const nextNumber = async () => {
    const [row] = await ask<{ next: string }>(
      shared.url,
      'select pg_snapshot_xmax(pg_current_snapshot())::text as next',
    )
    return Number(row?.next)
  }
  /** The server puts on the disk by itself what nobody waits for, now and then: then it is tried again. */
  const crashAfter = async (work: (client: pg.Client) => Promise<unknown>) => {
    for (let tries = 1; tries <= 20; tries++) {
      await write()
      await pull()
      const client = new pg.Client({ connectionString: shared.url })
      client.on('error', () => {})
      await client.connect()
      await work(client)
      await pull()
      const seen = await nextNumber()
      await server.crash()
      await client.end().catch(() => {})
      if (seen - (await nextNumber()) >= FORGOTTEN - 1) return
    }
    throw new Error('the server remembers every number')
  }

  beforeAll(async () => {
    server = await startServer(binaries, { durable: 'crash' })
    const kind = kindsOfDatabase({ urlOf: async () => server.url }).find((one) => one.id === id)
    if (!kind) throw new Error(`no database of ${id}`)
    shared = await sharedServer(kind)
    desk = await followerOf(shared)
  })
  afterAll(async () => {
    await desk.close()
    await server.stop()
  })

  it.each(UNDER_WAY)('hides nothing that came under the numbers %s', async (_whose, work) => {
    await crashAfter(work)
    // Until the server is past what the desk knows: then nothing tells any more that it was behind.
    for (let count = 0; count < 2 * FORGOTTEN; count++) await write()
    const { anew } = await pull()
    const { truth, held } = await settingsOf()
    expect(held).toEqual(truth)
    expect(anew).toBe(false)
  })

  it('takes nothing back that a desk has seen, of a writer who does not wait for the disk either', async () => {
    for (let count = 0; count < 5; count++) {
      await write('set synchronous_commit = off; ')
      await pull()
      await server.crash()
      const { truth, held } = await again(settingsOf)
      expect([truth?.length, held]).toEqual([settings, truth])
    }
  })
})
