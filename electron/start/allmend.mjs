/**
 * `npm run allmend`: the command line of the desk, built first where the sources are newer.
 */
import './node-version.mjs'
import { join } from 'node:path'
import { ensureBuilt } from './built.mjs'
import { runChild } from './child.mjs'
import { root } from './folders.mjs'
import { ensurePackages } from './packages.mjs'
import { run } from './say.mjs'

await run(async () => {
  await ensurePackages()
  await ensureBuilt()
  const { code } = await runChild(process.execPath, [
    join(root, 'out', 'main', 'cli.cjs'),
    ...process.argv.slice(2),
  ])
  return code
})
