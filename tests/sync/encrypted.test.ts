/** A link that nobody else reads: encrypted, to a server that is who it says it is, or not at all. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Core, createCore } from '../../core/core.ts'
import { serverKinds } from '../harness/databases.ts'
import { addressOf, until } from '../harness/joining.ts'
import { type Kind, preparedForTests } from '../harness/kinds.ts'
import { testPorts } from '../harness/ports.ts'
import { type SharedServer, sharedServer } from '../harness/shared-server.ts'
import { CA, OTHER_CA, TlsProxy } from '../harness/tls-proxy.ts'

let server: SharedServer
let folder: string
let core: Core
const proxies: TlsProxy[] = []

beforeAll(async () => {
  server = await sharedServer(serverKinds[0] as Kind)
  folder = await mkdtemp(join(tmpdir(), 'allmend-encrypted-'))
  core = createCore(testPorts(), {
    dataFolder: join(folder, 'desk'),
    preparedImage: await preparedForTests(),
    actor: () => 'Anna',
  })
  await core.opened
})
afterAll(async () => {
  await core.close()
  for (const proxy of proxies) await proxy.close()
  await server.drop()
  await rm(folder, { recursive: true, force: true })
})

async function asked(at: string, host: string, ca: string): Promise<string> {
  const proxy = await TlsProxy.before(server.deskUrl, at)
  proxies.push(proxy)
  const address = addressOf(server.deskUrl, 'Schalter 1')
  const answer = await core.sharing.test({ ...address, host, port: proxy.port, tls: true, ca })
  return answer.ok ? answer.state : answer.problem.code
}

it('trusts the authority that was chosen for the very name or address, and nobody else', async () => {
  const found = [
    await asked('127.0.0.1', 'localhost', CA),
    await asked('127.0.0.1', '127.0.0.1', CA),
    // Signed by the right one, and made out to another address.
    await asked('127.0.0.2', '127.0.0.2', CA),
    await asked('127.0.0.1', 'localhost', OTHER_CA),
    await asked('127.0.0.1', 'localhost', ''),
  ]
  expect(found).toEqual(['empty', 'empty', 'not-trusted', 'not-trusted', 'not-trusted'])
})

it('follows the server that way, and hears it', async () => {
  const proxy = await TlsProxy.before(server.deskUrl)
  proxies.push(proxy)
  const address = addressOf(server.deskUrl, 'Schalter 1')
  await core.sharing.connect({
    server: { ...address, port: proxy.port, tls: true, ca: CA },
    send: false,
    found: { name: 'Musterwil', context: 'allmend' },
  })
  await until('it is followed', () => core.status().mode === 'connected')
  expect(core.status()).toMatchObject({ phase: 'ready', municipality: 'Musterwil' })
})
