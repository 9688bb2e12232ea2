/**
 * One at a time: two starts side by side must not both install, build or fetch. A folder is the lock (making
 * one is atomic everywhere); it names its holder, and a holder that is gone holds nothing.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { say } from './say.mjs'

/** How often a waiting start looks again. */
const LOOK_EVERY_MS = 200
/** A lock without a name after this time was left by a process that died while making it. */
const NAMELESS_AFTER_MS = 5000

/** @param {string} lock */
function holderIsAlive(lock) {
  try {
    const pid = Number(readFileSync(join(lock, 'pid'), 'utf8'))
    process.kill(pid, 0)
    return true
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error)
    if (code === 'EPERM') return true
    if (code !== 'ENOENT') return false
    try {
      return Date.now() - statSync(lock).mtimeMs < NAMELESS_AFTER_MS
    } catch {
      return false
    }
  }
}

/**
 * Moved aside before it is removed: between looking and removing, another waiter may have taken it over.
 * @param {string} lock
 */
function clearDead(lock) {
  const aside = `${lock}.${process.pid}`
  try {
    renameSync(lock, aside)
    if (holderIsAlive(aside)) renameSync(aside, lock)
    else rmSync(aside, { recursive: true, force: true })
  } catch {
    // Somebody else was quicker; the next look tells.
  }
}

/**
 * @template T
 * @param {string} lock path of the lock
 * @param {string} waiting said once, when somebody else holds it
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function exclusively(lock, waiting, work) {
  mkdirSync(dirname(lock), { recursive: true })
  for (let said = false; ; ) {
    try {
      mkdirSync(lock)
      break
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error
    }
    if (!holderIsAlive(lock)) {
      clearDead(lock)
      continue
    }
    if (!said) say(waiting)
    said = true
    await wait(LOOK_EVERY_MS)
  }
  const release = () => rmSync(lock, { recursive: true, force: true })
  process.once('exit', release)
  try {
    writeFileSync(join(lock, 'pid'), String(process.pid))
    return await work()
  } finally {
    process.off('exit', release)
    release()
  }
}
