import { type ChildProcess, spawn } from 'node:child_process'
import { on, once } from 'node:events'
import { cp, mkdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import { root } from '../../electron/start/folders.mjs'
import { ensureRuntime } from '../../electron/start/runtime/index.mjs'
import { machineFlags } from '../../electron/start/sandbox.mjs'
import { launchDesk, openBrowser, scratchFolder } from '../harness/electron.ts'
import { expect, test } from '../harness/test.ts'

let data = ''
test.beforeEach(async () => {
  data = await scratchFolder()
})
test.afterEach(() => rm(data, { recursive: true, force: true }))

function serve(...args: string[]): {
  child: ChildProcess
  said: () => string
  address: Promise<string>
  ended: Promise<number>
} {
  const child = spawn(process.execPath, [
    join(root, 'out', 'main', 'web.cjs'),
    '--data',
    data,
    ...args,
  ])
  let said = ''
  const address = new Promise<string>((resolve) => {
    const hear = (chunk: unknown) => {
      said += chunk
      const found = /http:\/\/\S+/.exec(said)
      if (found) resolve(found[0])
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
  })
  return {
    child,
    said: () => said.trim(),
    address,
    ended: once(child, 'close').then(([code]) => code),
  }
}

/** Asks the served desk over its socket, as its page would. */
async function invoke(address: string, call: string, argument?: unknown) {
  const { host, origin, searchParams } = new URL(address)
  const socket = new WebSocket(`ws://${host}/desk?key=${searchParams.get('key')}`, { origin })
  await once(socket, 'open')
  socket.send(JSON.stringify({ n: 1, call, argument }))
  // Events of the same moment come on the same socket.
  for await (const [data] of on(socket, 'message')) {
    const heard = JSON.parse(String(data))
    if (heard.n !== 1) continue
    socket.terminate()
    return heard.reply
  }
}

test('the same desk answers a browser, and ends cleanly', async () => {
  const desk = serve()
  const address = await desk.address
  const page = await fetch(address)
  const founded = await invoke(address, 'found', { as: 'empty', name: 'Musterwil' })
  const about = await invoke(address, 'about')
  desk.child.kill('SIGTERM')
  expect({
    page: [page.status, (await page.text()).includes('<div id="root">')],
    founded: founded.value.municipality,
    runtime: about.value.runtime,
    code: await desk.ended,
  }).toEqual({ page: [200, true], founded: 'Musterwil', runtime: 'browser', code: 0 })
})

test('the page works in a browser, and a reload finds its key again', async () => {
  const desk = serve()
  const browser = await openBrowser(await desk.address)
  const errors: string[] = []
  browser.page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  await browser.page.reload()
  const buttons = browser.page.getByRole('button')
  await expect(buttons.first()).toBeVisible()
  const seen = await browser.page.evaluate(() => ({
    desk: 'desk' in globalThis,
    node: 'process' in globalThis,
    text: document.body.innerText.length > 20,
  }))
  await browser.quit()
  desk.child.kill('SIGTERM')
  await desk.ended
  expect({ ...seen, errors }).toEqual({ desk: false, node: false, text: true, errors: [] })
})

test('data in use by a window are refused to the web desk, which says by whom', async () => {
  const window = await launchDesk({ data })
  await window.page.evaluate(() =>
    (globalThis as unknown as { desk: { invoke(call: string): Promise<unknown> } }).desk.invoke(
      'about',
    ),
  )
  const second = serve()
  const code = await second.ended
  const holder = window.app.process().pid
  await window.quit()
  expect({
    code,
    lines: second.said().split('\n').length,
    holder: second.said().includes(`process ${holder} on `),
  }).toEqual({ code: 1, lines: 1, holder: true })
})

test('data in use by the web desk are refused to a window, which says so and ends', async () => {
  const first = serve()
  await first.address
  const runtime = await ensureRuntime()
  const flags = machineFlags(runtime.folder)
  const window = spawn(runtime.executable, [...flags, root, '--data', data], {
    env: { ...process.env, ALLMEND_TERMINAL: '1' },
  })
  let said = ''
  window.stderr.on('data', (chunk) => {
    said += chunk
  })
  const [code] = await once(window, 'close')
  first.child.kill('SIGTERM')
  await first.ended
  const sentence = said.split('\n').find((line) => line.startsWith(`The data in ${data} `))
  expect({ code, holder: sentence?.includes(`(process ${first.child.pid} on `) }).toEqual({
    code: 1,
    holder: true,
  })
})

test('a port in use is named in one sentence', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as { port: number }
  const desk = serve('--port', String(port))
  const code = await desk.ended
  other.close()
  expect({ code, said: desk.said() }).toEqual({
    code: 1,
    said: `Port ${port} is in use by another program: name another one with --port, or none.`,
  })
})

test('a broken database is set aside and rebuilt, and what was booked is still there', async () => {
  const first = serve()
  await invoke(await first.address, 'found', { as: 'empty', name: 'Musterwil' })
  first.child.kill('SIGTERM')
  await first.ended
  await cp(join(data, 'database'), join(data, 'copy'), { recursive: true })
  await writeFile(join(data, 'database', 'global', 'pg_control'), 'broken')

  const second = serve()
  const { value } = await invoke(await second.address, 'about')
    .then(() => second.address)
    .then((address) => invoke(address, 'status'))
  second.child.kill('SIGTERM')
  await second.ended
  expect({
    phase: value.phase,
    municipality: value.municipality,
    notices: value.notices.length,
  }).toEqual({ phase: 'ready', municipality: 'Musterwil', notices: 1 })
})

test('data that are no folder of ours are refused in one sentence', async () => {
  await mkdir(join(data, 'journal.ndjson'))
  const desk = serve()
  const code = await desk.ended
  expect({
    code,
    lines: desk.said().split('\n').length,
    stack: /\n\s+at /.test(desk.said()),
  }).toEqual({ code: 1, lines: 1, stack: false })
})
