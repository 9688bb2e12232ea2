import { calls } from '../../core/contract.ts'
import { type LaunchedDesk, launchDesk } from '../harness/electron.ts'
import { expect, test } from '../harness/test.ts'

let desk: LaunchedDesk
test.beforeAll(async () => {
  desk = await launchDesk()
})
test.afterAll(() => desk.quit())

type Window = {
  desk: {
    invoke(call: string, argument?: unknown): Promise<{ ok: boolean; error?: { code: string } }>
  }
}

test('every call of the contract passes the preload script, and no other', async () => {
  const answers = await desk.page.evaluate(
    async (names) => {
      const { invoke } = (globalThis as unknown as Window).desk
      // A symbol fits no schema and can be sent by no bridge: only the preload's own list answers before that.
      const codes = await Promise.all(
        names.map(
          async (name) =>
            [name, (await invoke(name, { 'no such': 'argument' })).error?.code ?? 'ok'] as const,
        ),
      )
      return Object.fromEntries(codes)
    },
    [...Object.keys(calls), 'eval', 'constructor', '__proto__', 'desk', 'sql'],
  )
  const {
    eval: a,
    constructor: b,
    __proto__: c,
    desk: d,
    sql: e,
    ...known
  } = answers as Record<string, string>
  expect({
    unknown: [a, b, d, e],
    refused: Object.values(known).filter((code) => code === 'unknown-call'),
  }).toEqual({
    unknown: ['unknown-call', 'unknown-call', 'unknown-call', 'unknown-call'],
    refused: [],
  })
  expect(c).not.toBe('ok')
})

test('bad arguments are refused as data', async () => {
  const codes = await desk.page.evaluate(async () => {
    const { invoke } = (globalThis as unknown as Window).desk
    const tried = [
      invoke('query', { name: 'resource.all', args: {}, extra: 1 }),
      invoke('query', 'select * from booking'),
      invoke('dispatch', { id: '1', name: 'undo', args: {} }),
      invoke('found', { as: 'sample' }),
      invoke('dismissNotice', { index: '0' }),
    ]
    return (await Promise.all(tried)).map(({ error }) => error?.code)
  })
  expect(codes).toEqual([
    'bad-arguments',
    'bad-arguments',
    'bad-arguments',
    'bad-arguments',
    'bad-arguments',
  ])
})

test('an unfounded desk says so instead of failing', async () => {
  const reply = await desk.page.evaluate(() =>
    (globalThis as unknown as Window).desk.invoke('query', { name: 'resource.all', args: {} }),
  )
  expect(reply).toEqual({ ok: false, error: { code: 'not-ready', detail: 'first-start' } })
})

test('main itself refuses a sub-frame, another window and another origin', async () => {
  const codes = await desk.app.evaluate(async ({ BrowserWindow, ipcMain }) => {
    const [ours] = BrowserWindow.getAllWindows()
    if (!ours) throw new Error('no window')
    // Electron keeps the handlers here; asking them is what a forged message would do.
    const handlers = (
      ipcMain as unknown as {
        _invokeHandlers: Map<
          string,
          (...args: unknown[]) => Promise<{ ok: boolean; error?: { code: string } }>
        >
      }
    )._invokeHandlers
    const ask = async (sender: unknown, senderFrame: unknown) => {
      const reply = await handlers.get('desk')?.({ sender, senderFrame }, 'status', undefined)
      return reply?.ok ? 'answered' : reply?.error?.code
    }
    const { mainFrame } = ours.webContents
    const stranger = new BrowserWindow({ show: false })
    const asked = {
      ours: await ask(ours.webContents, mainFrame),
      subFrame: await ask(ours.webContents, { url: mainFrame.url }),
      gone: await ask(ours.webContents, null),
      window: await ask(stranger.webContents, stranger.webContents.mainFrame),
      mixed: await ask(stranger.webContents, mainFrame),
      channels: [...handlers.keys()],
    }
    stranger.destroy()
    return asked
  })
  expect(codes).toEqual({
    ours: 'answered',
    subFrame: 'forbidden',
    gone: 'forbidden',
    window: 'forbidden',
    mixed: 'forbidden',
    channels: ['desk'],
  })
})

test('a frame inside the page has no desk', async () => {
  const inside = await desk.page.evaluate(async () => {
    const frame = document.createElement('iframe')
    frame.srcdoc = '<p>inside</p>'
    document.body.append(frame)
    await new Promise((resolve) => setTimeout(resolve, 500))
    const found =
      frame.contentWindow === null
        ? 'none'
        : typeof (frame.contentWindow as unknown as { desk?: unknown }).desk
    frame.remove()
    return found
  })
  expect(inside).toBe('undefined')
})
