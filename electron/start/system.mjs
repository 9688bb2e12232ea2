/**
 * System: the libraries that Electron links to, and Xvfb for the tests. They are installed by apt where we are
 * root on Debian or one of its kin; otherwise the exact command is said.
 */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { runChild } from './child.mjs'
import { Stop, step } from './say.mjs'

/** Debian's names; from release 13 on, some of them end in t64. */
const LIBRARIES = [
  'libasound2',
  'libatk-bridge2.0-0',
  'libatk1.0-0',
  'libatspi2.0-0',
  'libcairo2',
  'libcups2',
  'libdbus-1-3',
  'libdrm2',
  'libexpat1',
  'libgbm1',
  'libglib2.0-0',
  'libgtk-3-0',
  'libnspr4',
  'libnss3',
  'libpango-1.0-0',
  'libudev1',
  'libx11-6',
  'libxcb1',
  'libxcomposite1',
  'libxdamage1',
  'libxext6',
  'libxfixes3',
  'libxkbcommon0',
  'libxrandr2',
]

/** @param {string} executable @returns {string[]} libraries that are not there */
function missingLibraries(executable) {
  try {
    const lines = execFileSync('ldd', [executable], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return [...lines.matchAll(/^\s*(\S+) => not found/gm)].map(([, name]) => name ?? '')
  } catch {
    // No ldd: Electron itself will say what it misses.
    return []
  }
}

/** @param {string} program */
function isInPath(program) {
  return (process.env.PATH ?? '').split(':').some((folder) => existsSync(`${folder}/${program}`))
}

/** @param {string} name */
function aptName(name) {
  try {
    const known = execFileSync('apt-cache', ['show', '--no-all-versions', `${name}t64`], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return known.length > 0 ? `${name}t64` : name
  } catch {
    return name
  }
}

/**
 * @param {string} what in words, for the line that is said
 * @param {readonly string[]} packages by Debian's names
 * @param {string} otherwise what can be done instead, or nothing
 */
async function install(what, packages, otherwise) {
  const apt = isInPath('apt-get')
  if (!apt || process.getuid?.() !== 0) {
    const how = apt
      ? `sudo apt-get install -y --no-install-recommends ${packages.map(aptName).join(' ')}`
      : `the packages that hold them; Debian calls them ${packages.join(', ')}`
    throw new Stop(`This system lacks ${what}. Install: ${how}${otherwise}`)
  }
  await step(`Installing with apt: ${what}`, async () => {
    const env = { DEBIAN_FRONTEND: 'noninteractive' }
    await runChild('apt-get', ['update', '-q'], { quiet: true, env })
    const names = packages.map(aptName)
    const { code, output } = await runChild(
      'apt-get',
      ['install', '-y', '-q', '--no-install-recommends', ...names],
      { quiet: true, env },
    )
    if (code !== 0) {
      process.stderr.write(output)
      throw new Stop(`apt could not install them: ${names.join(' ')}`)
    }
  })
}

/** @param {string} executable of Electron @param {string} [otherwise] */
export async function ensureLibraries(executable, otherwise = '') {
  if (process.platform !== 'linux') return
  const missing = missingLibraries(executable)
  if (missing.length === 0) return
  await install('libraries that Electron needs', LIBRARIES, otherwise)
  const still = missingLibraries(executable)
  if (still.length > 0)
    throw new Stop(
      `Electron still misses ${still.join(', ')}: install the packages that hold them.`,
    )
}

export async function ensureXvfb() {
  if (process.platform === 'linux' && !isInPath('Xvfb'))
    await install('Xvfb, the display of the tests', ['xvfb'], '')
}
