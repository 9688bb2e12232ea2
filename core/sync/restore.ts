/**
 * Restore: puts a backup in the place of the data, which are set aside and never deleted.
 *
 * What is under way is noted in `restoring.json`; a start after a power cut finishes it. Runs under the folder's lock.
 */
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Instant } from '../domain/time.ts'
import { unpack } from '../store/tar.ts'
import { PARTS } from './backup-file.ts'
import { nodeDisk } from './node-disk.ts'

const NOTE = 'restoring.json'
const UNPACKED = 'restoring'

/** Unpacks, then exchanges; answers the folder in which the former data lie now. */
export async function exchange(dataFolder: string, archive: Buffer, now: Instant): Promise<string> {
  const fresh = path.join(dataFolder, UNPACKED)
  await rm(fresh, { recursive: true, force: true })
  await unpack(archive, fresh)
  const aside = freeName(path.join(dataFolder, `before-restore-${stampOf(now)}`))
  await mkdir(aside, { mode: 0o700 })
  // From here on a start finishes what is begun.
  await nodeDisk().replace(path.join(dataFolder, NOTE), Buffer.from(JSON.stringify({ aside })))
  await finish(dataFolder, aside)
  return aside
}

/** Finishes an exchange that a power cut stopped; null where there is none. */
export async function finishExchange(dataFolder: string): Promise<string | null> {
  const note = path.join(dataFolder, NOTE)
  if (!existsSync(note)) return null
  const { aside } = JSON.parse(await readFile(note, 'utf8')) as { aside: string }
  await finish(dataFolder, aside)
  return aside
}

/** Puts the former data back in their place; the backup that did not open is set aside in turn. */
export async function exchangeBack(dataFolder: string, aside: string): Promise<void> {
  const failed = freeName(`${aside}-failed`)
  await mkdir(failed, { mode: 0o700 })
  for (const part of PARTS) {
    const here = path.join(dataFolder, part)
    if (existsSync(here)) await rename(here, path.join(failed, part))
    const former = path.join(aside, part)
    if (existsSync(former)) await rename(former, here)
  }
}

/** Each step asks what is there, so that it can be begun again at any of them. */
async function finish(dataFolder: string, aside: string): Promise<void> {
  const fresh = path.join(dataFolder, UNPACKED)
  for (const part of PARTS) {
    const [here, there, former] = [
      path.join(dataFolder, part),
      path.join(fresh, part),
      path.join(aside, part),
    ]
    if (!existsSync(there)) continue
    if (existsSync(here)) await rename(here, former)
    await rename(there, here)
  }
  await rm(fresh, { recursive: true, force: true })
  await rm(path.join(dataFolder, NOTE), { force: true })
}

function stampOf(now: Instant): string {
  return new Date(now).toISOString().slice(0, 19).replaceAll(':', '')
}

function freeName(base: string): string {
  let name = base
  for (let next = 2; existsSync(name); next++) name = `${base}-${next}`
  return name
}
