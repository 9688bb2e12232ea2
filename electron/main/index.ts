/**
 * Main: the order of start and stop, and nothing else.
 *
 * Start: zone, log, one instance, window, then the core; the window paints while the database opens, and calls
 * wait for it. Stop: the window's place, the core (journal, then database), then out.
 */
import { dirname, join } from 'node:path'
import { app, type BrowserWindow, dialog, nativeTheme, session } from 'electron'
import type { Core } from '../../core/core.ts'
import { startEngineThread } from '../../core/store/pglite-thread.ts'
import { describeDesk, runtimeKind } from './about.ts'
import { chooseCertificate, chooseFolder } from './choose-folder.ts'
import { failLoudly, offerReload } from './crash.ts'
import { openDrafts } from './drafts.ts'
import { readFlags } from './flags.ts'
import { foldersOf } from './folders.ts'
import { registerCalls, sendTo } from './ipc.ts'
import { openLog } from './logs.ts'
import { offerDeveloperTools, offerEditing, offerZoom, setMenu } from './menu.ts'
import { realPorts } from './ports.ts'
import { openPreferences } from './preferences.ts'
import { ORIGIN, registerProtocol, serveDesk } from './protocol.ts'
import { openSecret } from './secrets.ts'
import { lockNavigation, lockNetwork, lockPermissions, openOutside } from './security.ts'
import { sentenceOf } from './sentences.ts'
import { followTheme, groundColor, makeWindow } from './window.ts'
import { placeOf, readWindowState, rememberWindow } from './window-state.ts'
import { sayIn } from './words.ts'

/** Longest wait for the core to close; a journal on disk makes a later start right all the same. */
const CLOSE_WITHIN_MS = 10_000

/** By far longer than painting takes. */
const SHOW_AT_LATEST_MS = 8000

/**
 * Once in some hundred starts (Electron 33 on Linux) the loop of this process slept though a file had been read, with
 * the window drawn and the database never opened. Nothing of ours was running; a timer wakes it, whatever it was.
 */
const HEARTBEAT_MS = 500
setInterval(() => {}, HEARTBEAT_MS)

const flags = readFlags(process.argv)
const folders = foldersOf(flags.data)
const outFolder = dirname(__dirname)
// Only `npm run dev` is built with it; a released build holds no other address than its own.
const devServer = import.meta.env.DEV ? process.env.ELECTRON_RENDERER_URL : undefined
const origin = devServer ? new URL(devServer).origin : ORIGIN

const state = readWindowState(folders.windowState)
// Before anything looks at a clock: react-big-calendar draws right only in the zone of the system.
process.env.TZ = state.zone

app.setPath('userData', folders.profile)
// As root, and where the system offers none, Chromium runs without; it refuses to be given both.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
registerProtocol()

const log = openLog(folders.logs)
const preferences = openPreferences(folders.preferences, log)
const drafts = openDrafts(folders.drafts, log)
const say = sayIn(() => preferences.read().language)
let exitCode = 0

failLoudly(say, log)
lockNavigation(log)

if (app.requestSingleInstanceLock()) {
  start()
} else {
  if (process.env.ALLMEND_TERMINAL) {
    process.stdout.write('Allmend is already open on this data: its window is in front now.\n')
  }
  app.exit(0)
}

function start(): void {
  let window: BrowserWindow | undefined
  let zone = state.zone
  // The database takes longest: its thread gets ready while the core is read and Chromium gets ready.
  const thread = startEngineThread()
  const made = import('../../core/core.ts').then(({ createCore }) =>
    createCore(realPorts(log), {
      dataFolder: folders.data,
      thread,
      preparedImage: join(outFolder, 'prepared', 'database.tar.gz'),
      zone: state.zone,
      actor: () => preferences.read().actor,
      demo: flags.demo,
      password: openSecret(folders.secret, log),
    }),
  )
  let core: Promise<Core> = made

  app.on('second-instance', () => {
    if (!window) return
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  })
  app.on('window-all-closed', () => app.quit())
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => app.quit())

  let closing = false
  app.on('will-quit', (event) => {
    if (closing) return
    event.preventDefault()
    closing = true
    const late = setTimeout(() => {
      log.write('error', 'the core did not close in time')
      app.exit(1)
    }, CLOSE_WITHIN_MS)
    Promise.resolve(core)
      .then((open) => open.close())
      .then(() => log.write('info', 'closed'))
      .catch((error: unknown) => {
        log.write('error', 'the core did not close', { error })
        exitCode = 1
      })
      .finally(() => {
        clearTimeout(late)
        app.exit(exitCode)
      })
  })

  app.whenReady().then(() => {
    log.write('info', 'starting', {
      version: app.getVersion(),
      runtime: runtimeKind(),
      electron: process.versions.electron,
      chrome: process.versions.chrome,
      platform: process.platform,
      zone,
    })
    setMenu()
    lockPermissions(session.defaultSession)
    const addresses = ['app://desk/', 'devtools:', 'data:', 'blob:']
    if (devServer) addresses.push(`${origin}/`, `${origin.replace('http', 'ws')}/`)
    lockNetwork(session.defaultSession, addresses)
    serveDesk(session.defaultSession, join(outFolder, 'renderer'))

    followTheme(preferences.read().theme)
    const opened = makeWindow(outFolder, placeOf(state))
    window = opened
    nativeTheme.on('updated', () => opened.setBackgroundColor(groundColor()))
    offerReload(opened, say, log)
    offerEditing(opened, say)
    offerZoom(opened)
    if (devServer) offerDeveloperTools(opened)
    // Shown when painted; a machine that paints nothing in that time must not hide the desk for ever.
    const late = setTimeout(() => opened.show(), SHOW_AT_LATEST_MS)
    opened.once('ready-to-show', () => {
      clearTimeout(late)
      opened.show()
    })
    opened.once('closed', () => clearTimeout(late))
    opened.on('close', () => rememberWindow(opened, folders.windowState, zone, log))

    core = openCore(opened)
    core.then(({ status }) => {
      zone = status().zone || zone
    })
    opened.loadURL(devServer ?? `${ORIGIN}/index.html`)
  })

  /** Connects the core with the window; calls wait until it is there. */
  async function openCore(opened: BrowserWindow): Promise<Core> {
    const calls = import('./calls.ts')
    const shell = {
      about: (core: Core) =>
        describeDesk(core, { version: app.getVersion(), dataFolder: folders.data, outFolder }),
      drafts: drafts.read,
      keepDrafts: drafts.write,
      preferences: preferences.read,
      setPreferences(part: Parameters<typeof preferences.change>[0]) {
        const changed = preferences.change(part)
        followTheme(changed.theme)
        sendTo(opened, { type: 'preferences', preferences: changed })
        return changed
      },
      chooseFolder: () => chooseFolder(opened),
      chooseCertificate: () => chooseCertificate(opened),
      openExternal: openOutside,
    }
    const answer = calls.then(({ answerCalls }) => answerCalls(() => made, shell, log))
    registerCalls(opened, origin, async (name, argument) => (await answer)(name, argument), log)

    const core = await made
    core.subscribe((event) => {
      if (event.type === 'status') zone = event.status.zone || zone
      sendTo(opened, event)
    })
    core.opened.then(() => {
      const { phase, problem } = core.status()
      log.write(problem ? 'error' : 'info', 'opened', { phase, problem: problem?.code })
      if (problem) report(problem)
    })
    return core
  }

  /** Words on the terminal, and no success for a script that started us; locked data has no screen to show. */
  function report(problem: NonNullable<ReturnType<Core['status']>['problem']>): void {
    exitCode = 1
    process.stderr.write(`${sentenceOf(problem, folders.data)}\n`)
    if (problem.code !== 'data-locked') return
    if (!process.env.ALLMEND_TERMINAL) dialog.showErrorBox(say('failed.title'), say('data-locked'))
    app.quit()
  }
}
