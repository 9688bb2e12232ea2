import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../../electron/start/folders.mjs'
import { ensureRuntime } from '../../electron/start/runtime/index.mjs'
import { machineFlags } from '../../electron/start/sandbox.mjs'
import { type LaunchedDesk, launchDesk, scratchFolder } from '../harness/electron.ts'
import { expect, test } from '../harness/test.ts'

let data = ''
test.beforeEach(async () => {
  data = await scratchFolder()
})
test.afterEach(() => rm(data, { recursive: true, force: true }))

type Window = {
  desk: {
    invoke(
      call: string,
      argument?: unknown,
    ): Promise<{ ok: boolean; value: Record<string, unknown> }>
  }
}

function invoke({ page }: LaunchedDesk, call: string, argument?: unknown) {
  return page.evaluate(
    ([name, given]) => (globalThis as unknown as Window).desk.invoke(name as string, given),
    [call, argument],
  )
}

/** Starts the desk as a person would a second time, and waits for its end. */
async function startAgain(): Promise<{ code: number; said: string }> {
  const runtime = await ensureRuntime()
  const child = spawn(runtime.executable, [...machineFlags(runtime.folder), root, '--data', data], {
    env: { ...process.env, ALLMEND_TERMINAL: '1' },
  })
  let said = ''
  child.stderr.on('data', (chunk) => {
    said += chunk
  })
  child.stdout.on('data', (chunk) => {
    said += chunk
  })
  const [code] = await once(child, 'close')
  return { code, said }
}

test('a second start on the same data brings the first window to the front', async () => {
  const desk = await launchDesk({ data })
  await desk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide())
  const second = await startAgain()
  const windows = await desk.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => window.isVisible()),
  )
  await desk.quit()
  expect({ code: second.code, told: second.said.includes('already open'), windows }).toEqual({
    code: 0,
    told: true,
    windows: [true],
  })
})

test('two desks with data of their own run side by side', async () => {
  const [one, other] = await Promise.all([launchDesk({ data }), launchDesk()])
  const folders = await Promise.all([invoke(one, 'about'), invoke(other, 'about')])
  await Promise.all([one.quit(), other.quit()])
  expect(new Set(folders.map(({ value }) => value.dataFolder)).size).toBe(2)
})

test('the window comes back where it was, in the chosen language and theme', async () => {
  const first = await launchDesk({ data })
  await first.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 60, y: 40, width: 1100, height: 700 }),
  )
  await invoke(first, 'setPreferences', { theme: 'dark', language: 'fr-CH' })
  await first.quit()

  const second = await launchDesk({ data })
  const found = await second.app.evaluate(({ BrowserWindow, nativeTheme }) => {
    const window = BrowserWindow.getAllWindows()[0]
    return {
      size: window?.getSize(),
      ground: window?.getBackgroundColor(),
      dark: nativeTheme.shouldUseDarkColors,
    }
  })
  const { value } = await invoke(second, 'preferences')
  await second.quit()
  expect({ ...found, language: value.language }).toEqual({
    size: [1100, 700],
    ground: '#161816',
    dark: true,
    language: 'fr-CH',
  })
})

test('quitting closes the journal and the database, and frees the data', async () => {
  const desk = await launchDesk({ data })
  await invoke(desk, 'found', { as: 'empty', name: 'Musterwil' })
  const process = desk.app.process()
  await desk.quit()
  const log = readFileSync(join(data, 'logs', 'allmend.log'), 'utf8')
    .trim()
    .split('\n')
  const last = JSON.parse(log.at(-1) ?? '{}')
  expect({
    code: process.exitCode,
    last: last.message,
    locked: existsSync(join(data, 'lock')),
  }).toEqual({ code: 0, last: 'closed', locked: false })

  const again = await launchDesk({ data })
  const { value } = await invoke(again, 'about')
  const status = await invoke(again, 'status')
  await again.quit()
  expect({
    municipality: status.value.municipality,
    database: String(value.database).includes('PostgreSQL'),
  }).toEqual({ municipality: 'Musterwil', database: true })
})

test('the log is lines of JSON, and holds nobody', async () => {
  const desk = await launchDesk({ data })
  await invoke(desk, 'found', { as: 'empty', name: 'Geheimwil' })
  await invoke(desk, 'setPreferences', { actor: 'Rosa Brunner' })
  await invoke(desk, 'reportError', {
    message: 'no row for rosa.brunner@example.ch, 044 123 45 67',
    stack: 'at "Rosa Brunner"',
  })
  await invoke(desk, 'dispatch', {
    id: '018f2c4e-7a1b-7c3d-8e4f-0123456789ab',
    name: 'reservation.book',
    args: { person: { name: 'Rosa Brunner' } },
  })
  await desk.quit()
  const text = readFileSync(join(data, 'logs', 'allmend.log'), 'utf8')
  const lines = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter(({ level }) => level !== 'debug')
  const personal = ['Brunner', 'brunner', '123 45 67', 'Geheimwil'].filter((word) =>
    text.includes(word),
  )
  expect({ personal, first: lines[0].message, runtime: typeof lines[0].runtime }).toEqual({
    personal: [],
    first: 'starting',
    runtime: 'string',
  })
})

test('a page that has crashed is offered again, and works', async () => {
  const desk = await launchDesk({ data })
  await desk.app.evaluate(({ dialog }) => {
    const said: string[] = []
    Object.assign(globalThis, { said })
    dialog.showMessageBox = (async (
      _: unknown,
      { message, buttons }: { message: string; buttons: string[] },
    ) => {
      said.push(message, ...buttons)
      return { response: 0, checkboxChecked: false }
    }) as typeof dialog.showMessageBox
  })
  const back = desk.app.evaluate(
    ({ BrowserWindow }) =>
      new Promise<string>((resolve) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents
        contents?.once('did-finish-load', () => {
          contents
            .executeJavaScript('desk.invoke("about").then((reply) => reply.value.dataFolder)')
            .then(resolve)
        })
        contents?.forcefullyCrashRenderer()
      }),
  )
  expect(await back).toBe(data)
  const said = await desk.app.evaluate(() => (globalThis as unknown as { said: string[] }).said)
  await desk.quit()
  expect(said).toEqual(['Die Ansicht ist abgestürzt.', 'Neu laden', 'Beenden'])
})
