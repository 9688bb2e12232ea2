/**
 * Checks: all that can be said of the sources without running the product. Each one is a name, a sentence of
 * what it found, and yes or no; they run side by side, because each alone leaves a core idle.
 */
import { join } from 'node:path'
import { runChild } from './child.mjs'
import { root } from './folders.mjs'
import { wrongImports } from './layers.mjs'
import { say } from './say.mjs'

/** @typedef {{ name: string, passed: boolean, output: string }} Found */

/** @param {string} name @param {string[]} path of the script inside node_modules @param {string[]} args */
async function tool(name, path, args) {
  const { code, output } = await runChild(
    process.execPath,
    [join(root, 'node_modules', ...path), ...args],
    { quiet: true },
  )
  return { name, passed: code === 0, output }
}

async function layers() {
  const { modules, wrong } = await wrongImports(['core', 'electron', 'renderer'])
  // Reading nothing must not pass for finding nothing.
  const passed = wrong.length === 0 && modules > 50
  return {
    name: 'layers',
    passed,
    output: modules > 50 ? wrong.join('\n') : `only ${modules} modules were read`,
  }
}

/** @param {() => Promise<Found>} check */
async function timed(check) {
  const began = performance.now()
  const found = await check()
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  say(`  ${found.passed ? '✓' : '✗'} ${found.name} (${seconds} s)`)
  if (!found.passed) process.stdout.write(`${found.output.trimEnd()}\n`)
  return found
}

/** @returns {Promise<Found[]>} */
export async function checkSources() {
  say('Checking the sources …')
  return Promise.all(
    [
      () => tool('types', ['typescript', 'bin', 'tsc'], ['--noEmit', '-p', root]),
      () =>
        tool(
          'lint',
          ['@biomejs', 'biome', 'bin', 'biome'],
          ['check', '--error-on-warnings', '--max-diagnostics=40', root],
        ),
      layers,
      () => tool('unused code', ['knip', 'bin', 'knip.js'], ['--no-progress', '--directory', root]),
    ].map(timed),
  )
}
