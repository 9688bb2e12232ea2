/**
 * `npm run build`: `out/` from the sources, where it is stale.
 */
import './node-version.mjs'
import { ensureBuilt, isBuilt } from './built.mjs'
import { ensurePackages } from './packages.mjs'
import { run, say } from './say.mjs'

await run(async () => {
  await ensurePackages()
  if (isBuilt()) say('Nothing has changed since the last build.')
  else await ensureBuilt()
})
