/**
 * Packages: that `node_modules` is what the lockfile says. A stamp inside of it holds the lockfile's hash, so
 * that looking costs a millisecond; without one, npm's own record is compared before anything is installed.
 */
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runNpm } from './child.mjs'
import { exclusively } from './exclusive.mjs'
import { root } from './folders.mjs'
import { Stop, step } from './say.mjs'

const modules = join(root, 'node_modules')
const stamp = join(modules, '.allmend-lock')

function wantedStamp() {
  const lock = readFileSync(join(root, 'package-lock.json'))
  // Some packages hold binaries of one system: a folder copied from another one is not installed here.
  return `${createHash('sha256').update(lock).digest('hex')} ${process.platform} ${process.arch}\n`
}

function isStamped() {
  try {
    return readFileSync(stamp, 'utf8') === wantedStamp()
  } catch {
    return false
  }
}

/** Installed by hand with `npm install` or `npm ci`: the same packages in the same versions. */
function isInstalledAnyway() {
  try {
    const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
    const there = JSON.parse(readFileSync(join(modules, '.package-lock.json'), 'utf8')).packages
    const fits = (/** @type {string[] | undefined} */ names, /** @type {string} */ ours) =>
      names === undefined || names.includes(ours)
    return Object.entries(wanted).every(
      ([path, { version, optional, os, cpu }]) =>
        path === '' ||
        there[path]?.version === version ||
        (optional &&
          !(os && cpu && fits(os, process.platform) && fits(cpu, process.arch) && there[path])),
    )
  } catch {
    return false
  }
}

/** @param {string} output of npm */
function reasonOf(output) {
  if (/ENOSPC/.test(output)) return 'The disk is full: the packages could not be installed.'
  if (/ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN|ENETUNREACH/.test(output)) {
    return 'The npm registry cannot be reached: the packages could not be installed.'
  }
  if (/EACCES|EPERM/.test(output))
    return `The folder ${modules} may not be written: the packages could not be installed.`
  return 'The packages could not be installed: see above.'
}

export async function ensurePackages() {
  if (isStamped()) return
  await exclusively(
    join(root, '.allmend', 'install.lock'),
    'Another start is installing; waiting for it …',
    async () => {
      if (isStamped()) return
      if (!isInstalledAnyway()) {
        await step(
          'Installing the packages from the npm registry (about a minute, once)',
          async () => {
            const { code, output } = await runNpm(
              ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'],
              { quiet: true },
            )
            if (code !== 0) {
              process.stderr.write(output)
              throw new Stop(reasonOf(output))
            }
          },
        )
      }
      writeFileSync(stamp, wantedStamp())
    },
  )
}
