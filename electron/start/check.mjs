/**
 * `npm run check`: types, lint, layers, unused code and the fast tests, in under 90 seconds. What `npm test`
 * runs first, and what is worth running before every commit.
 */
import './node-version.mjs'
import { checkSources } from './checks.mjs'
import { runVitest, sum } from './count.mjs'
import { ensurePackages } from './packages.mjs'
import { run, say } from './say.mjs'

/** Pure ones and those of the shell: no database server is started for them. */
const FAST = ['tests/domain', 'tests/shell']

await run(async () => {
  await ensurePackages()
  const found = await checkSources()
  const tests = await runVitest(FAST, { TZ: 'UTC' })
  const bad = found.filter(({ passed }) => !passed).length
  const { passed, failed } = sum([{ passed: found.length - bad, failed: bad }, tests])
  say(`${passed} passed, ${failed} failed`)
  return failed === 0 ? 0 : 1
})
