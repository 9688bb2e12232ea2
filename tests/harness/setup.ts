/**
 * Before the first Playwright test: a runtime, a current build and a display, so that one test file can be run
 * by itself with `npx playwright test`.
 */
import { ensureBuilt } from '../../electron/start/built.mjs'
import { hasDisplay, startDisplay } from '../../electron/start/display.mjs'
import { ensureRuntime } from '../../electron/start/runtime/index.mjs'

export default async function setup(): Promise<(() => void) | undefined> {
  await ensureRuntime()
  if (!process.env.ALLMEND_NOBUILD) await ensureBuilt()
  return hasDisplay() ? undefined : startDisplay()
}
