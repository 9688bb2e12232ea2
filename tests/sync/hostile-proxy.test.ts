/** The network of the tests is bad, but it is one: what is said first arrives first, also when the line gets quicker. */
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { expect, it } from 'vitest'
import { HostileProxy } from '../harness/hostile-proxy.ts'

it('lets nothing overtake what was said before it', async () => {
  const heard: string[] = []
  let desk: Socket | undefined
  const server = createServer((socket) => {
    desk = socket
    socket.on('data', (bytes) => heard.push(String(bytes)))
    socket.on('error', () => {})
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  const proxy = await HostileProxy.before(`postgres://127.0.0.1:${port}/town`)
  const line = connect(Number(new URL(proxy.address).port), '127.0.0.1')
  line.setNoDelay(true)
  await once(line, 'connect')
  const pieces = async (count: number) => {
    await expect.poll(() => proxy.pieces).toBe(count)
  }
  proxy.delay = 120
  line.write('first ')
  await pieces(1)
  proxy.delay = 40
  line.write('second ')
  await pieces(2)
  proxy.delay = 0
  line.write('third ')
  await expect.poll(() => heard.join('')).toBe('first second third ')
  line.write('fourth')
  await expect.poll(() => heard.join('')).toBe('first second third fourth')
  desk?.destroy()
  await proxy.close()
  await new Promise((closed) => server.close(closed))
})
