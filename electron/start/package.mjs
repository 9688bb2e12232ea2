/**
 * `npm run package`: installers by electron-builder; `-- --dir` makes the unpacked program only. It works
 * offline with whatever Electron there is: the version is read from the distribution that was found.
 */
import './node-version.mjs'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBuilt } from './built.mjs'
import { runChild } from './child.mjs'
import { root } from './folders.mjs'
import { ensurePackages } from './packages.mjs'
import { ensureRuntime } from './runtime/index.mjs'
import { run, say, step } from './say.mjs'

await run(async () => {
  await ensurePackages()
  const runtime = await ensureRuntime()
  await ensureBuilt()
  const version = readFileSync(join(runtime.folder, 'version'), 'utf8').trim().replace(/^v/, '')
  if (runtime.kind === 'electron-substitute') {
    say(
      'This package is for trying out only: it holds the substitute runtime, not the current Electron.',
    )
  }
  const script = join(root, 'node_modules', 'electron-builder', 'cli.js')
  const args = [
    script,
    ...process.argv.slice(2),
    '--publish',
    'never',
    `-c.electronDist=${runtime.folder}`,
    `-c.electronVersion=${version}`,
  ]
  return step('Packaging', async () => (await runChild(process.execPath, args)).code)
})
