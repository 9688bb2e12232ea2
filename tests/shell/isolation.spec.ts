import { readFileSync } from 'node:fs'
import { ensureRuntime } from '../../electron/start/runtime/index.mjs'
import { sandboxOf } from '../../electron/start/sandbox.mjs'
import { type LaunchedDesk, launchDesk } from '../harness/electron.ts'
import { expect, test } from '../harness/test.ts'

let desk: LaunchedDesk
test.beforeAll(async () => {
  desk = await launchDesk()
})
test.afterAll(() => desk.quit())

test('every window is isolated and sandboxed, and none may have Node', async () => {
  const windows = await desk.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map(({ webContents }) => {
      const {
        sandbox,
        contextIsolation,
        nodeIntegration,
        nodeIntegrationInSubFrames,
        webviewTag,
        webSecurity,
      } =
        // Not in Electron's types, and the only place where the effective ones can be read.
        (
          webContents as unknown as { getLastWebPreferences(): Record<string, unknown> }
        ).getLastWebPreferences()
      return {
        sandbox,
        contextIsolation,
        nodeIntegration,
        nodeIntegrationInSubFrames,
        webviewTag,
        webSecurity,
      }
    }),
  )
  expect(windows).toEqual([
    {
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
    },
  ])
})

test('where the system has a sandbox, the page is really in it', async () => {
  const wanted = sandboxOf((await ensureRuntime()).folder) === 'on'
  const { off, pid } = await desk.app.evaluate(({ app, BrowserWindow }) => ({
    off: app.commandLine.hasSwitch('no-sandbox'),
    pid: BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
  }))
  // 2 = the kernel filters the system calls of the page's process; only Linux tells.
  const filtered =
    process.platform === 'linux'
      ? /^Seccomp:\s+2$/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
      : wanted
  expect({ off, filtered }).toEqual({ off: !wanted, filtered: wanted })
})

test('the page sees the desk and nothing of Node or Electron', async () => {
  const seen = await desk.page.evaluate(() => {
    const names = [
      'require',
      'process',
      'module',
      'exports',
      'global',
      'Buffer',
      '__dirname',
      'setImmediate',
      'electron',
      'ipcRenderer',
    ]
    return {
      node: names.filter((name) => name in globalThis),
      desk: Object.keys((globalThis as unknown as { desk: object }).desk).sort(),
      opener: window.opener,
      frozen: (() => {
        try {
          Object.assign((globalThis as unknown as { desk: object }).desk, { invoke: 1 })
          return typeof (globalThis as unknown as { desk: { invoke: unknown } }).desk.invoke
        } catch {
          return 'function'
        }
      })(),
    }
  })
  expect(seen).toEqual({ node: [], desk: ['invoke', 'on'], opener: null, frozen: 'function' })
})

test('the page is drawn in the zone of the municipality, whatever the system says', async () => {
  const abroad = await launchDesk({ env: { TZ: 'America/New_York' } })
  const zones = [
    await abroad.page.evaluate(() => new Date(Date.UTC(2027, 6, 1, 12)).getHours()),
    await abroad.app.evaluate(() => new Date(Date.UTC(2027, 6, 1, 12)).getHours()),
  ]
  await abroad.quit()
  expect(zones).toEqual([14, 14])
})
