/**
 * Display: whether there is one to open a window on, and our own, invisible one for the tests.
 */
import { spawn } from 'node:child_process'
import { Stop } from './say.mjs'

/** Large enough for the largest screenshot, with room for a frame. */
const SCREEN = '2200x1400x24'
const XVFB_WITHIN_MS = 15_000

export function hasDisplay() {
  if (process.platform !== 'linux') return true
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}

/**
 * Starts Xvfb on a free display, which it chooses itself, and sets DISPLAY for us and our children.
 * @returns {Promise<() => void>} stops it
 */
export async function startDisplay() {
  const child = spawn(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp', '-ac'],
    {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    },
  )
  const number = await new Promise((resolve, reject) => {
    let said = ''
    const late = setTimeout(() => reject(new Stop('Xvfb did not start.')), XVFB_WITHIN_MS)
    const settle = (/** @type {() => void} */ then) => {
      clearTimeout(late)
      then()
    }
    child.once('error', () =>
      settle(() => reject(new Stop('Xvfb is missing: install the package xvfb, or set DISPLAY.'))),
    )
    child.once('exit', () => settle(() => reject(new Stop('Xvfb did not start.'))))
    child.stdio[3]?.on('data', (chunk) => {
      said += chunk
      if (said.includes('\n')) settle(() => resolve(said.trim()))
    })
  })
  process.env.DISPLAY = `:${number}`
  const stop = () => child.kill()
  process.once('exit', stop)
  return () => {
    process.off('exit', stop)
    stop()
  }
}
