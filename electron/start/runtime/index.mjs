/**
 * Finds the Electron that runs the desk: one given by `ELECTRON_OVERRIDE_DIST_PATH`, else Electron's own
 * binary, fetched by its own package, else the substitute. A download that failed is remembered, so that a
 * later start does not wait for it again.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runChild } from '../child.mjs'
import { exclusively } from '../exclusive.mjs'
import { cacheFolder, root } from '../folders.mjs'
import { Stop, say, step } from '../say.mjs'
import { ensureSubstitute, MARKER, substituteIsPossible, substituteIsThere } from './substitute.mjs'

/** Longest wait for the first answer of the server that holds Electron. */
const REACH_WITHIN_MS = 8000
/** Longest wait for the download itself, about 120 MB. */
const DOWNLOAD_WITHIN_MS = 10 * 60_000
/** A failure is remembered this long; then it is worth another try. */
const REMEMBER_FAILURE_MS = 7 * 24 * 3_600_000

/** @typedef {{ kind: 'electron' | 'electron-substitute', folder: string, executable: string }} Runtime */

/** @returns {string} path of the executable inside a distribution */
function executableIn() {
  if (process.platform === 'darwin') return join('Electron.app', 'Contents', 'MacOS', 'Electron')
  return process.platform === 'win32' ? 'electron.exe' : 'electron'
}

/** @param {string} folder @returns {Runtime} */
function describe(folder) {
  return {
    kind: existsSync(join(folder, MARKER)) ? 'electron-substitute' : 'electron',
    folder,
    executable: join(folder, executableIn()),
  }
}

const ownPackage = join(root, 'node_modules', 'electron')
const ownFolder = join(ownPackage, 'dist')

function ownVersion() {
  return JSON.parse(readFileSync(join(ownPackage, 'package.json'), 'utf8')).version
}

function ownIsThere() {
  try {
    const there = readFileSync(join(ownFolder, 'version'), 'utf8').trim().replace(/^v/, '')
    return there === ownVersion() && existsSync(join(ownFolder, executableIn()))
  } catch {
    return false
  }
}

function failureFile() {
  return join(cacheFolder(), 'runtimes', `electron-${ownVersion()}.failed`)
}

function failedLately() {
  try {
    return Date.now() - statSync(failureFile()).mtimeMs < REMEMBER_FAILURE_MS
  } catch {
    return false
  }
}

/** A server that does not even answer is not waited for; a mirror or proxy of the user's own is believed. */
async function canBeReached() {
  const { env } = process
  const own = [
    'ELECTRON_MIRROR',
    'npm_config_electron_mirror',
    'ELECTRON_GET_USE_PROXY',
    'HTTPS_PROXY',
    'https_proxy',
  ]
  if (own.some((name) => env[name])) return true
  try {
    await fetch(
      `https://github.com/electron/electron/releases/download/v${ownVersion()}/SHASUMS256.txt`,
      {
        method: 'HEAD',
        redirect: 'manual',
        signal: AbortSignal.timeout(REACH_WITHIN_MS),
      },
    )
    return true
  } catch {
    return false
  }
}

/** @returns {Promise<boolean>} whether Electron's own binary is there now */
async function fetchOwn() {
  return exclusively(
    join(cacheFolder(), 'runtimes', 'own.lock'),
    'Another start is fetching Electron; waiting for it …',
    async () => {
      if (ownIsThere()) return true
      if (failedLately()) return false
      const fetched = await step(`Fetching Electron ${ownVersion()}`, async () => {
        if (!(await canBeReached())) return false
        const { code } = await runChild(process.execPath, [join(ownPackage, 'install.js')], {
          quiet: true,
          limitMs: DOWNLOAD_WITHIN_MS,
        })
        return code === 0 && ownIsThere()
      })
      if (fetched) rmSync(failureFile(), { force: true })
      else {
        say('  it cannot be had here')
        mkdirSync(join(cacheFolder(), 'runtimes'), { recursive: true })
        writeFileSync(failureFile(), `${new Date().toISOString()}\n`)
      }
      return fetched
    },
  )
}

/** @returns {Promise<Runtime>} */
export async function ensureRuntime() {
  const given = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (given) {
    if (!existsSync(join(given, executableIn())))
      throw new Stop(`ELECTRON_OVERRIDE_DIST_PATH names ${given}, but no Electron is there.`)
    return describe(given)
  }
  if (ownIsThere()) return describe(ownFolder)
  if (!substituteIsPossible()) {
    rmSync(failureFile(), { force: true })
    if (await fetchOwn()) return describe(ownFolder)
    throw new Stop(
      'Electron could not be fetched, and there is no substitute for this system. Try again later, or use the desk in a browser: npm start -- --web',
    )
  }
  if (!(failedLately() && substituteIsThere()) && (await fetchOwn())) return describe(ownFolder)
  return describe(await ensureSubstitute())
}
