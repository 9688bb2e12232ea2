/**
 * A server that is set back or replaced under its desks: its disk is put back to an earlier copy, and the standby takes over
 * for a server that has died. Each desk notices by itself, whatever happened before it came back.
 */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { openPostgres } from '../../core/store/postgres.ts'
import { embeddedBinaries } from '../harness/binaries.ts'
import { HostileProxy } from '../harness/hostile-proxy.ts'
import { kindsOfDatabase } from '../harness/kinds.ts'
import { type Follower, followerOf, rowsOf } from '../harness/puller.ts'
import { type Server, startServer } from '../harness/servers.ts'
import { ask, asUser, type SharedServer, sharedServer } from '../harness/shared-server.ts'

let server: Server
let shared: SharedServer
let proxy: HostileProxy
let desk: Follower
const others: Server[] = []

const settings = async (url: string, from: number, to: number) => {
  for (let number = from; number < to; number++) {
    await ask(
      url,
      `insert into allmend.setting values ('key ${number}', '1')
                    on conflict (key) do update set value = '2'`,
    )
  }
}
/** At the server that the proxy leads to. */
const same = async (url: string) => {
  const database = await openPostgres({ connectionString: url, connections: 1 })
  const [replica, truth] = [
    await rowsOf(desk.replica),
    await rowsOf(database, desk.puller.position()?.window),
  ]
  await database.close()
  expect(replica).toEqual(truth)
  return replica['allmend.setting']?.length
}
/** What was pooled is lost with the server; the next try connects anew. */
const pull = async () => {
  for (let tries = 0; ; tries++) {
    try {
      return await desk.puller.pull()
    } catch (error) {
      if (tries === 20) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}

beforeAll(async () => {
  server = await startServer(embeddedBinaries(), { durable: 'crash' })
  const kind = kindsOfDatabase({ urlOf: async () => server.url }).find(
    ({ id }) => id === 'embedded',
  )
  if (!kind) throw new Error('npm brought no PostgreSQL')
  shared = await sharedServer(kind)
  proxy = await HostileProxy.before(shared.deskUrl)
  desk = await followerOf({ ...shared, deskUrl: proxy.address })
})
afterEach(async () => {
  for (const other of others.splice(0)) await other.stop()
})
afterAll(async () => {
  await desk.close()
  await proxy.close()
  await server.stop()
})

it.each([
  ['and nobody has written since', 0],
  ['and others have written more since than was lost', 40],
])('a copy of the disk is put back, %s', async (_when, more) => {
  await settings(shared.url, 0, 3)
  await desk.puller.pull()
  await desk.puller.report()
  const putBack = await server.keep()
  await settings(shared.url, 10, 15)
  await pull()
  await desk.puller.report()
  const before = await same(shared.url)
  await putBack()
  await settings(shared.url, 20, 20 + more)
  const { anew } = await pull()
  const after = await same(shared.url)
  expect([anew, before, after]).toEqual([true, 8, 3 + more])
  await desk.puller.report()
  expect((await pull()).anew).toBe(false)
})

it('a backup is restored into another database under the same name', async () => {
  await pull()
  await desk.puller.report()
  const name = new URL(shared.url).pathname.slice(1)
  const admin = new URL(shared.url)
  admin.pathname = '/postgres'
  await shared.database.close()
  await ask(
    admin.href,
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1`,
    [name],
  )
  await ask(admin.href, `create database "${name}_backup" template "${name}"`)
  await settings(shared.url, 90, 92)
  await pull()
  await ask(
    admin.href,
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1`,
    [name],
  )
  await ask(admin.href, `drop database "${name}" with (force)`)
  await ask(admin.href, `alter database "${name}_backup" rename to "${name}"`)
  const { anew } = await pull()
  await same(shared.url)
  expect(anew).toBe(true)
})

it('the standby takes over for a server that has died with what it had not passed on', async () => {
  const standby = await server.standby()
  others.push(standby)
  const other = (user: string) => {
    const url = new URL(shared.url)
    url.host = new URL(standby.url).host
    return asUser(url.href, user)
  }
  await settings(shared.url, 200, 203)
  await pull()
  await desk.puller.report()
  const arrived = async () => {
    const [row] = await ask<{ count: number }>(
      other('postgres'),
      `select count(*)::int as count from allmend.setting where key in ('key 202')`,
    ).catch(() => [])
    return row?.count === 1
  }
  while (!(await arrived())) await new Promise((resolve) => setTimeout(resolve, 50))
  const refused = await (async () => {
    proxy.lead(other(new URL(shared.deskUrl).username))
    for (let tries = 0; ; tries++) {
      const code = await desk.puller.pull().catch((error: { code?: string }) => error.code)
      if (code === '25006' || tries === 20) return code
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  })()
  proxy.lead(shared.deskUrl)
  await pull()
  await server.die()
  await ask(other('postgres'), 'select pg_promote()')
  proxy.lead(other(new URL(shared.deskUrl).username))
  const { anew } = await pull()
  await same(other('postgres'))
  await desk.puller.report()
  expect([refused, anew, (await pull()).anew]).toEqual(['25006', true, false])
})
