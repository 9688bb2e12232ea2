/**
 * `npm run screens`: a picture of every screen, light and dark, in two sizes, into the ignored `screens/`.
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
