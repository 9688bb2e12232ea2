/**
 * Built: whether `out/` is what the sources say, and making it so. The stamp is a hash of every source file's
 * content, so that a checkout, a touched file or a copied folder alone never costs a build.
 */
import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { runChild } from './child.mjs'
import { exclusively } from './exclusive.mjs'
import { root } from './folders.mjs'
import { writeLicences } from './licences.mjs'
import { Stop, step } from './say.mjs'

const SOURCES = [
  'core',
  'electron',
  'renderer',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
]
const out = join(root, 'out')
const stamp = join(out, 'stamp')

/**
 * @param {import('node:crypto').Hash} hash
 * @param {string} path below the root
 */
function add(hash, path) {
  const full = join(root, path)
  let entries
  try {
    entries = readdirSync(full, { withFileTypes: true })
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error)
    if (code === 'ENOENT') return
    if (code !== 'ENOTDIR') throw error
    hash.update(path).update('\0').update(readFileSync(full)).update('\0')
    return
  }
  for (const { name } of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    // These scripts run the build and are no part of it.
    if (path === 'electron' && name === 'start') continue
    add(hash, `${path}/${name}`)
  }
}

function hashOfSources() {
  const hash = createHash('sha256')
  for (const path of SOURCES) add(hash, path)
  return hash.digest('hex')
}

export function isBuilt() {
  try {
    return readFileSync(stamp, 'utf8') === hashOfSources()
  } catch {
    return false
  }
}

async function build() {
  const wanted = hashOfSources()
  rmSync(stamp, { force: true })
  await step('Building the desk', async () => {
    const script = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
    const { code, output } = await runChild(process.execPath, [script, 'build'], { quiet: true })
    if (code !== 0) {
      process.stderr.write(output)
      throw new Stop(
        /ENOSPC/.test(output)
          ? 'The disk is full: the desk could not be built.'
          : 'The desk could not be built: see above.',
      )
    }
    cpSync(join(root, 'electron', 'icon', 'icon.png'), join(out, 'icon.png'))
    writeLicences(join(out, 'licences.json'))
  })
  const prepare = join(root, 'core', 'store', 'prepare', 'build.ts')
  await step('Preparing an empty database', async () => {
    const tsx = join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs')
    mkdirSync(join(out, 'prepared'), { recursive: true })
    const image = join(out, 'prepared', 'database.tar.gz')
    const { code, output } = await runChild(process.execPath, [tsx, prepare, image], {
      quiet: true,
    })
    if (code !== 0) {
      process.stderr.write(output)
      throw new Stop('The empty database could not be prepared: see above.')
    }
  })
  writeFileSync(`${stamp}.new`, wanted)
  renameSync(`${stamp}.new`, stamp)
}

/** Builds what is stale; does nothing otherwise. */
export async function ensureBuilt() {
  if (isBuilt()) return
  await exclusively(
    join(root, 'node_modules', '.allmend-build.lock'),
    'Another start is building; waiting for it …',
    async () => {
      if (!isBuilt()) await build()
    },
  )
}

export function buildExists() {
  return existsSync(join(out, 'main', 'index.cjs'))
}
