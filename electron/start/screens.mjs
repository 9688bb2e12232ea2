/**
 * `npm run screens`: a picture of every screen in each language, light and dark, in two sizes and at 200 %, into the
 * ignored `screens/`. Fails where a text is cut or lies on another.
 */
import './node-version.mjs'
import { runPlaywright } from './count.mjs'
import { startDisplay } from './display.mjs'
import { ensurePackages } from './packages.mjs'
import { ensureRuntime } from './runtime/index.mjs'
import { run } from './say.mjs'
import { ensureLibraries, ensureXvfb } from './system.mjs'

await run(async () => {
  await ensurePackages()
  await ensureXvfb()
  await ensureLibraries((await ensureRuntime()).executable)
  const stop = process.platform === 'linux' ? await startDisplay() : () => {}
  try {
    return (await runPlaywright(['screens'])).failed === 0 ? 0 : 1
  } finally {
    stop()
  }
})
