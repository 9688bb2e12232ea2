/**
 * `npm run dev`: for those who carry on. The renderer reloads while it is written, main restarts when it
 * changes, and the data is a scratch folder with the sample municipality, kept between runs.
 */
import './node-version.mjs'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBuilt } from './built.mjs'
import { runChild } from './child.mjs'
import { hasDisplay } from './display.mjs'
import { root } from './folders.mjs'
import { ensurePackages } from './packages.mjs'
import { ensureRuntime } from './runtime/index.mjs'
import { machineFlags } from './sandbox.mjs'
import { run, Stop, say } from './say.mjs'
import { ensureLibraries } from './system.mjs'

await run(async () => {
  if (!hasDisplay())
    throw new Stop('npm run dev needs a display: set DISPLAY, or use npm start -- --web.')
  await ensurePackages()
  const runtime = await ensureRuntime()
  await ensureLibraries(runtime.executable)
  // For the prepared database and the worker, which the development server does not make.
  await ensureBuilt()
  const data = join(root, '.allmend', 'dev-data')
  mkdirSync(data, { recursive: true })
  say(`Scratch data: ${data}`)
  const script = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const flags = machineFlags(runtime.folder)
  const { code } = await runChild(
    process.execPath,
    [
      script,
      'dev',
      '--watch',
      ...(flags.includes('--no-sandbox') ? ['--noSandbox'] : []),
      '--',
      '--demo',
      '--data',
      data,
    ],
    { env: { ELECTRON_EXEC_PATH: runtime.executable, ALLMEND_TERMINAL: '1' } },
  )
  return code
})
