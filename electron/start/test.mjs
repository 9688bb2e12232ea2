/**
 * `npm test`: the whole proof, from a fresh clone. It sets up what it needs, runs everything even where
 * something has failed, and ends with one line that sums it all up.
 */
import './node-version.mjs'
import { ensureBuilt } from './built.mjs'
import { checkSources } from './checks.mjs'
import { runPlaywright, runVitest, sum } from './count.mjs'
import { startDisplay } from './display.mjs'
import { ensurePackages } from './packages.mjs'
import { ensureRuntime } from './runtime/index.mjs'
import { sandboxOf } from './sandbox.mjs'
import { run, Stop, say } from './say.mjs'
import { ensureLibraries, ensureXvfb } from './system.mjs'

/** Everything that reckons with days and clocks runs once more where a day ends at another time. */
const WITH_CLOCKS = ['tests/domain']
const ANOTHER_ZONE = 'America/New_York'
/** Many processes and short times: by itself, so that it torments the desks and not the other tests. */
const CHAOS = 'tests/sync/chaos.test.ts'

/** @typedef {import('./count.mjs').Count} Count */

/** @returns {Promise<Count>} */
async function sources() {
  const found = await checkSources()
  const passed = found.filter((each) => each.passed).length
  return { passed, failed: found.length - passed }
}

/** The tests in real windows, on a display of our own, so that nothing of the user's is touched. @returns {Promise<Count>} */
async function windows() {
  try {
    await ensureBuilt()
  } catch (error) {
    if (!(error instanceof Stop)) throw error
    say(error.message)
    return { passed: 0, failed: 1 }
  }
  const stop = process.platform === 'linux' ? await startDisplay() : () => {}
  try {
    return await runPlaywright(['shell', 'ui'], { TZ: 'UTC' })
  } finally {
    stop()
  }
}

await run(async () => {
  const began = performance.now()
  await ensurePackages()
  await ensureXvfb()
  const runtime = await ensureRuntime()
  await ensureLibraries(runtime.executable)
  if (sandboxOf(runtime.folder) === 'missing') {
    say('This system gives Chromium no sandbox; the windows are tested without it.')
  }

  const counts = [await sources()]
  say('\nTesting the core …')
  counts.push(await runVitest(['--exclude', CHAOS], { TZ: 'UTC' }))
  say('\nTesting desks on one server, with everything that can go wrong …')
  counts.push(await runVitest([CHAOS], { TZ: 'UTC' }))
  say(`\nTesting days and clocks once more, in ${ANOTHER_ZONE} …`)
  counts.push(await runVitest(WITH_CLOCKS, { TZ: ANOTHER_ZONE }))
  say('\nTesting the desk in real windows …')
  counts.push(await windows())

  const { passed, failed, again } = sum(counts)
  say(`\nAll of it took ${((performance.now() - began) / 60_000).toFixed(1)} minutes.`)
  if (again)
    say(`${again} of the windows passed only at the second try: what failed first stands above.`)
  say(`${passed} passed, ${failed} failed`)
  return failed === 0 ? 0 : 1
})
