/**
 * Count: what the runners of the tests reported, read from their own files. A run that wrote none, or ended
 * badly without naming a failed test, counts as one failure: silence is no success.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runChild } from './child.mjs'
import { root } from './folders.mjs'
import { say } from './say.mjs'

/** Longest run of one runner; a test that hangs must not hang the proof. */
const LONGEST_RUN_MS = 20 * 60_000

/** `again`: how many of those that passed did so only at the second try. @typedef {{ passed: number, failed: number, again?: number }} Count */

/** @param {readonly Count[]} counts @returns {Count} */
export function sum(counts) {
  return counts.reduce(
    (all, each) => ({
      passed: all.passed + each.passed,
      failed: all.failed + each.failed,
      again: (all.again ?? 0) + (each.again ?? 0),
    }),
    { passed: 0, failed: 0, again: 0 },
  )
}

/** @param {any} report of Vitest @returns {Count} */
export function ofVitest({ numPassedTests, numFailedTests, testResults }) {
  // A file that could not be loaded, or whose set-up failed, need not hold a test that failed.
  const brokenFiles = testResults.filter(
    (/** @type {any} */ file) =>
      file.status === 'failed' &&
      !file.assertionResults.some((/** @type {any} */ test) => test.status === 'failed'),
  ).length
  return { passed: numPassedTests, failed: numFailedTests + brokenFiles }
}

/**
 * A window may fail once for reasons that lie in the machine; it is tried again, and that is said at the end.
 *
 * @param {any} report of Playwright @returns {Count}
 */
export function ofPlaywright({ stats, errors }) {
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    again: stats.flaky,
  }
}

/**
 * @param {string[]} script
 * @param {(file: string) => { args: string[], env: NodeJS.ProcessEnv }} reporting
 * @param {(report: any) => Count} read
 */
async function counted(script, reporting, read) {
  const folder = mkdtempSync(join(tmpdir(), 'allmend-report-'))
  const file = join(folder, 'report.json')
  try {
    const { args, env } = reporting(file)
    const { code, timedOut } = await runChild(
      process.execPath,
      [join(root, 'node_modules', ...script), ...args],
      {
        env,
        limitMs: LONGEST_RUN_MS,
      },
    )
    if (timedOut) say(`It did not end within ${LONGEST_RUN_MS / 60_000} minutes and was stopped.`)
    let count = { passed: 0, failed: 0 }
    try {
      count = read(JSON.parse(readFileSync(file, 'utf8')))
    } catch {
      say('It left no report.')
    }
    return code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @param {readonly string[]} filters @param {NodeJS.ProcessEnv} env */
export function runVitest(filters, env) {
  return counted(
    ['vitest', 'vitest.mjs'],
    (file) => ({
      args: ['run', ...filters, '--reporter=dot', '--reporter=json', `--outputFile.json=${file}`],
      env,
    }),
    ofVitest,
  )
}

/** @param {readonly string[]} projects @param {NodeJS.ProcessEnv} [env] */
export function runPlaywright(projects, env = {}) {
  return counted(
    ['@playwright', 'test', 'cli.js'],
    (file) => ({
      args: ['test', ...projects.map((project) => `--project=${project}`)],
      env: { ...env, ALLMEND_REPORT: file },
    }),
    ofPlaywright,
  )
}
