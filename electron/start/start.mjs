/**
 * `npm start`: from a fresh clone to the open desk. Every step is skipped where nothing has changed, so that a
 * later start spends its time on the window alone.
 */
import './node-version.mjs'
import { join } from 'node:path'
import { ensureBuilt } from './built.mjs'
import { runChild } from './child.mjs'
import { ensureDataFolder } from './data.mjs'
import { hasDisplay } from './display.mjs'
import { HELP, readFlags } from './flags.mjs'
import { root } from './folders.mjs'
import { ensurePackages } from './packages.mjs'
import { ensureRuntime } from './runtime/index.mjs'
import { howToHaveSandbox, machineFlags, sandboxOf } from './sandbox.mjs'
import { run, Stop, say } from './say.mjs'
import { ensureLibraries } from './system.mjs'
import { usualDataFolder } from './usual-data-folder.mjs'

const OR_WEB = '\nOr use the desk in a browser: npm start -- --web'

/** How many of Chromium's own lines are kept for the case that it ends badly. */
const KEPT_LINES = 8

/**
 * Chromium tells a terminal what only its developers want to know: it is held back, and told after all where
 * no window came of it. Our own sentences and crashes are shown at once.
 */
function holdBack() {
  /** @type {string[]} */
  const held = []
  let shown = 0
  const isNoise = (/** @type {string} */ line) =>
    /^\[\d+(:\d+)?[:/][\d/.]+:(VERBOSE|INFO|WARNING|ERROR)|^(libva|MESA|dconf|Warning:)|-WARNING \*\*|^\s*$/.test(
      line,
    )
  return {
    keepLine(/** @type {string} */ line) {
      if (process.env.ALLMEND_VERBOSE || !isNoise(line)) {
        shown++
        return true
      }
      if (line.trim()) held.push(line)
      if (held.length > KEPT_LINES) held.shift()
      return false
    },
    tellWhy() {
      if (shown > 0) return
      process.stderr.write(
        `The window could not be opened. Electron said:\n${held.join('\n')}${OR_WEB}\n`,
      )
    },
  }
}

/** @param {import('./flags.mjs').Flags} flags @param {string[]} forDesk */
async function openWindow(flags, forDesk) {
  if (flags.port !== undefined)
    throw new Stop('--port is for the desk in a browser: use it together with --web.')
  const runtime = await ensureRuntime()
  await ensureLibraries(runtime.executable, OR_WEB)
  await ensureBuilt()
  if (sandboxOf(runtime.folder) === 'missing') {
    say(
      `This system gives Chromium no sandbox, so it runs without. To have one: ${howToHaveSandbox(runtime.folder)}`,
    )
  }
  say(
    runtime.kind === 'electron'
      ? 'Opening the desk.'
      : 'Opening the desk, in the substitute runtime.',
  )
  const noise = holdBack()
  const { code } = await runChild(
    runtime.executable,
    [...machineFlags(runtime.folder), root, ...forDesk],
    {
      env: { ALLMEND_TERMINAL: '1' },
      keepLine: noise.keepLine,
    },
  )
  if (code !== 0) noise.tellWhy()
  return code
}

/** @param {import('./flags.mjs').Flags} flags @param {string[]} forDesk */
async function serveDesk(flags, forDesk) {
  await ensureBuilt()
  if (!flags.web) say('There is no display here, so the desk is served to a browser.')
  const port = flags.port === undefined ? [] : ['--port', String(flags.port)]
  const { code } = await runChild(process.execPath, [
    join(root, 'out', 'main', 'web.cjs'),
    ...forDesk,
    ...port,
  ])
  return code
}

await run(async () => {
  const flags = readFlags(process.argv.slice(2))
  if (flags.help) {
    say(HELP)
    return 0
  }
  const forDesk = ['--data', ensureDataFolder(flags.data ?? usualDataFolder())]
  if (flags.demo) forDesk.push('--demo')
  await ensurePackages()
  return flags.web || !hasDisplay() ? serveDesk(flags, forDesk) : openWindow(flags, forDesk)
})
