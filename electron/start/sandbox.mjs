/**
 * Sandbox: whether this machine lets an ordinary user have Chromium's, and the flags for where it does not.
 * Pages of the desk stay isolated in every case; without it a broken page would be held back less well.
 */
import { execFileSync } from 'node:child_process'
import { statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Chromium keeps its pictures in shared memory; containers often have only 64 MB of it. */
const SMALLEST_SHARED_MEMORY_BYTES = 256 * 1024 * 1024

/** @param {string} runtimeFolder */
function helperIsSet(runtimeFolder) {
  try {
    const { uid, mode } = statSync(join(runtimeFolder, 'chrome-sandbox'))
    return uid === 0 && (mode & 0o4000) !== 0
  } catch {
    return false
  }
}

function namespacesWork() {
  try {
    execFileSync('unshare', ['--user', '--map-root-user', 'true'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/**
 * @param {string} runtimeFolder
 * @returns {'on' | 'root' | 'missing'}
 */
export function sandboxOf(runtimeFolder) {
  if (process.platform !== 'linux') return 'on'
  if (process.getuid?.() === 0) return 'root'
  return helperIsSet(runtimeFolder) || namespacesWork() ? 'on' : 'missing'
}

/**
 * @param {string} runtimeFolder
 * @returns {string[]} flags that Electron needs on this machine
 */
export function machineFlags(runtimeFolder) {
  if (process.platform !== 'linux') return []
  const flags = sandboxOf(runtimeFolder) === 'on' ? [] : ['--no-sandbox']
  try {
    const { bsize, blocks } = statfsSync('/dev/shm')
    if (bsize * blocks < SMALLEST_SHARED_MEMORY_BYTES) flags.push('--disable-dev-shm-usage')
  } catch {
    flags.push('--disable-dev-shm-usage')
  }
  return flags
}

/** @param {string} runtimeFolder */
export function howToHaveSandbox(runtimeFolder) {
  const helper = join(runtimeFolder, 'chrome-sandbox')
  return `sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'`
}
