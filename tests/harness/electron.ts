/**
 * The real desk in the real Electron, driven by Playwright. Needs a build (`npm run build`) and a display;
 * under `playwright test` both are seen to.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type ElectronApplication, errors, type Page } from '@playwright/test'
import { root } from '../../electron/start/folders.mjs'
import { ensureRuntime } from '../../electron/start/runtime/index.mjs'
import { machineFlags } from '../../electron/start/sandbox.mjs'

export type LaunchedDesk = Readonly<{
  app: ElectronApplication
  page: Page
  /** The data folder; give it to a second launch to meet the same data. */
  data: string
  /** Quits as a clerk would, and waits until everything is written. */
  quit(): Promise<void>
  /** As power would: nothing gets a chance. */
  kill(): Promise<void>
}>

export interface LaunchOptions {
  /** A fresh one is made, and removed after `quit`, where none is given. */
  data?: string
  /** Flags of the desk, for example `--demo`. */
  args?: readonly string[]
  env?: Readonly<Record<string, string>>
}

/** Those launched in this process that have not been closed by their test. */
export const openDesks = new Set<LaunchedDesk>()

export async function scratchFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'allmend-'))
}

/** Chromium opens no window before Playwright is there to see it. */
const HOLD_READY = ['-r', join(root, 'tests', 'harness', 'hold-ready.cjs')]

/**
 * Once in several hundred launches Playwright's connection to Chromium never answers, on a desk that runs well.
 * That says nothing about the desk, so it is tried a second time, and said; a second silence fails.
 */
async function attach(
  options: Parameters<typeof _electron.launch>[0],
): Promise<ElectronApplication> {
  try {
    return await _electron.launch(options)
  } catch (error) {
    if (!(error instanceof errors.TimeoutError)) throw error
    console.warn(`Playwright did not attach; a second try follows.\n${error.message}`)
    return _electron.launch(options)
  }
}

export async function launchDesk(options: LaunchOptions = {}): Promise<LaunchedDesk> {
  const { args = [], env = {} } = options
  const data = options.data ?? (await scratchFolder())
  const runtime = await ensureRuntime()
  const flags = machineFlags(runtime.folder)
  const app = await attach({
    executablePath: runtime.executable,
    args: [...flags, ...HOLD_READY, root, '--data', data, ...args],
    // Playwright turns it off unless it is asked not to; where the machine has one, it is tested.
    chromiumSandbox: !flags.includes('--no-sandbox'),
    cwd: root,
    env: { ...(process.env as Record<string, string>), ALLMEND_TERMINAL: '1', ...env },
    timeout: 40_000,
  })
  const gone = new Promise<void>((resolve) => app.process().once('exit', () => resolve()))
  const page = await app.firstWindow()
  const clear = async () => {
    if (options.data === undefined) await rm(data, { recursive: true, force: true })
  }
  const desk: LaunchedDesk = {
    app,
    page,
    data,
    async quit() {
      await app.close()
      await gone
      openDesks.delete(desk)
      await clear()
    },
    async kill() {
      app.process().kill('SIGKILL')
      await gone
      openDesks.delete(desk)
      await clear()
    },
  }
  openDesks.add(desk)
  return desk
}

/** The desk in a browser: a window without preload script, on the address that the web desk printed. */
export async function openBrowser(address: string): Promise<LaunchedDesk> {
  const data = await scratchFolder()
  const runtime = await ensureRuntime()
  const app = await attach({
    executablePath: runtime.executable,
    args: [
      ...machineFlags(runtime.folder),
      ...HOLD_READY,
      join(root, 'tests', 'harness', 'browser'),
      address,
    ],
    env: { ...(process.env as Record<string, string>), BROWSER_PROFILE: data },
    timeout: 40_000,
  })
  const close = async () => {
    await app.close()
    await rm(data, { recursive: true, force: true })
  }
  return { app, page: await app.firstWindow(), data, quit: close, kill: close }
}
