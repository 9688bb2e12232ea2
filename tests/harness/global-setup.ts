/**
 * Global setup: one set of servers for a whole run of Vitest.
 *
 * Test files run in processes of their own and ask here, over loopback, for a server; the first one to ask starts
 * it. A run of pure tests starts none. What is missing on this machine is said at the end, by name.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestProject } from 'vitest/node'
import type { ServerKind } from './binaries.ts'
import { missingKinds, Servers } from './kinds.ts'

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const servers = new Servers()
  let asked = false
  const desk = createServer((request, response) => {
    asked = true
    servers.urlOf((request.url ?? '').slice(1) as ServerKind).then(
      (url) => response.end(url),
      (error: unknown) => {
        response.statusCode = 500
        response.end(String(error))
      },
    )
  })
  await new Promise<void>((resolve) => desk.listen(0, '127.0.0.1', resolve))
  project.provide('serverDesk', `http://127.0.0.1:${(desk.address() as AddressInfo).port}`)
  return async () => {
    desk.closeAllConnections()
    await new Promise((resolve) => desk.close(resolve))
    await servers.stop()
    if (!asked) return
    for (const missing of missingKinds()) console.warn(`not tested on ${missing}`)
  }
}
