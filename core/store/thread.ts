/** Thread: starts a module of ours in a thread of its own, built or as source. */
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'

/**
 * The module of that name beside `here` (`import.meta.url`): built, or as source, which a thread of Node 20 can only read
 * through tsx.
 */
export function startThread(name: string, here: string, workerData?: unknown): Worker {
  for (const ending of ['cjs', 'mjs', 'js']) {
    const file = new URL(`${name}.${ending}`, here)
    if (existsSync(fileURLToPath(file))) return new Worker(file, { workerData })
  }
  const source = new URL(`${name}.ts`, here).href
  const tsx = new URL(
    'dist/esm/api/index.mjs',
    pathToFileURL(createRequire(import.meta.url).resolve('tsx/package.json')),
  ).href
  const code = `import(${JSON.stringify(tsx)}).then(({ tsImport }) => tsImport(${JSON.stringify(source)}, ${JSON.stringify(source)}))`
  return new Worker(code, { eval: true, workerData })
}
