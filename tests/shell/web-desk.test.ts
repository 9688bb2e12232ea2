import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { get, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { openWebDesk, type WebDesk } from '../../electron/web/server.ts'

let folder = ''
let desk: WebDesk
let key = ''

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'allmend-web-'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Allmend</title>')
  desk = await openWebDesk({
    folder,
    port: 0,
    answer: async (name, argument) => ({ ok: true, value: { name, argument } }),
    log: { write: () => {} },
  })
  key = new URL(desk.address).searchParams.get('key') ?? ''
})
afterAll(async () => {
  await desk.close()
  rmSync(folder, { recursive: true, force: true })
})

function ask(path: string, headers: Record<string, string> = {}): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port: desk.port, path, headers, agent: false }, (response) => {
      response.resume()
      resolve(response)
    }).once('error', reject)
  })
}

/** `open`, or the status with which the server refused. */
function knock(path: string, headers: Record<string, string>): Promise<string | number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${desk.port}${path}`, { headers })
    socket.once('open', () => {
      socket.terminate()
      resolve('open')
    })
    socket.once('unexpected-response', (_, response) => {
      resolve(response.statusCode ?? 0)
      socket.terminate()
    })
    socket.once('error', () => {})
  })
}

const own = () => `http://127.0.0.1:${desk.port}`

describe('the web desk', () => {
  it('gives its page to who knows the key, with the content policy, and knows the page again', async () => {
    const page = await ask(`/?key=${key}`)
    const [cookie = ''] = page.headers['set-cookie'] ?? []
    const again = await ask('/', { cookie: cookie.split(';')[0] ?? '' })
    expect({
      first: page.statusCode,
      again: again.statusCode,
      policy: String(page.headers['content-security-policy']).split(';')[0],
      cookie: cookie.replace(key, 'KEY'),
    }).toEqual({
      first: 200,
      again: 200,
      policy: "default-src 'none'",
      cookie: `allmend-${desk.port}=KEY; HttpOnly; SameSite=Strict; Path=/`,
    })
  })

  it('has a key that nobody guesses', () => {
    expect(Buffer.from(key, 'base64url')).toHaveLength(32)
  })

  it.each([
    ['without a key', '/', {}],
    ['with a wrong key', '/?key=wrong', {}],
    ['with an empty key', '/?key=', {}],
    ['for a file without a key', '/index.html', {}],
    ['with the cookie of another desk', '/', { cookie: 'allmend-1=KEY' }],
  ])('refuses a request %s', async (_, path, headers) => {
    const response = await ask(path, headers as Record<string, string>)
    expect(response.statusCode).toBe(403)
  })

  it.each([
    ['under a foreign name (DNS rebinding)', { host: 'desk.example.com' }],
    ['under a foreign name with the right port', { host: 'desk.example.com:PORT' }],
    ['from a page of another site', { origin: 'https://example.com' }],
    ['from a page of another port', { origin: 'http://127.0.0.1:1' }],
    ['from a page without an origin', { origin: 'null' }],
    ['that a foreign site has sent', { 'sec-fetch-site': 'cross-site' }],
  ])('refuses a request %s, even with the right key', async (_, headers) => {
    const given = Object.entries(headers as Record<string, string>).map(([name, value]) => [
      name,
      value.replace('PORT', String(desk.port)),
    ])
    const response = await ask(`/?key=${key}`, Object.fromEntries(given))
    expect(response.statusCode).toBe(403)
  })

  it('answers nothing but reading', async () => {
    const response = await fetch(desk.address, { method: 'POST', body: 'x' })
    expect(response.status).toBe(405)
  })

  it('opens a socket for its own page only', async () => {
    expect({
      own: await knock(`/desk?key=${key}`, { origin: own() }),
      wrongKey: await knock('/desk?key=wrong', { origin: own() }),
      foreign: await knock(`/desk?key=${key}`, { origin: 'https://example.com' }),
      noOrigin: await knock(`/desk?key=${key}`, {}),
      host: await knock(`/desk?key=${key}`, { origin: own(), host: 'desk.example.com' }),
      elsewhere: await knock(`/other?key=${key}`, { origin: own() }),
    }).toEqual({
      own: 'open',
      wrongKey: 403,
      foreign: 403,
      noOrigin: 403,
      host: 403,
      elsewhere: 403,
    })
  })

  it('carries calls and events, and hangs up on what is no call', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${desk.port}/desk?key=${key}`, {
      headers: { origin: own() },
    })
    await new Promise((resolve) => socket.once('open', resolve))
    const heard: unknown[] = []
    const closed = new Promise<number>((resolve) => socket.once('close', resolve))
    const two = new Promise<void>((resolve) => {
      socket.on('message', (data) => {
        heard.push(JSON.parse(String(data)))
        if (heard.length === 2) resolve()
      })
    })
    socket.send(JSON.stringify({ n: 1, call: 'status' }))
    desk.send({ type: 'changed', changed: { queries: ['resource.all'] } })
    await two
    socket.send('not a call')
    expect({ heard: new Set(heard), closed: await closed }).toEqual({
      heard: new Set([
        { n: 1, reply: { ok: true, value: { name: 'status' } } },
        { event: { type: 'changed', changed: { queries: ['resource.all'] } } },
      ]),
      closed: 1007,
    })
  })

  it('listens on the loopback address and on no other', async () => {
    const others = Object.values(networkInterfaces())
      .flat()
      .flatMap((each) => (each && !each.internal && each.family === 'IPv4' ? [each.address] : []))
    const reached = await Promise.all(
      ['127.0.0.2', ...others].map(
        (host) =>
          new Promise<boolean>((resolve) => {
            const socket = connect({ host, port: desk.port, timeout: 2000 })
            const settle = (open: boolean) => {
              socket.destroy()
              resolve(open)
            }
            socket.once('connect', () => settle(true))
            socket.once('error', () => settle(false))
            socket.once('timeout', () => settle(false))
          }),
      ),
    )
    expect(reached.filter(Boolean)).toEqual([])
  })

  it('says which port is taken', async () => {
    const second = openWebDesk({
      folder,
      port: desk.port,
      answer: async () => ({ ok: true, value: null }),
      log: { write: () => {} },
    })
    await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })
})
