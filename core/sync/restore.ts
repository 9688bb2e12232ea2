/** Restore: puts a backup in the place of the data. Runs under the folder's lock. */
import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Instant } from '../domain/time.ts'
import { unpack } from '../store/tar.ts'
import { PARTS } from './backup-file.ts'
import { exchangeParts, freeName } from './parts.ts'

/** Unpacks, then exchanges; answers the folder in which the former data lie now. */
export async function exchange(dataFolder: string, archive: Buffer, now: Instant): Promise<string> {
  const fresh = path.join(dataFolder, 'restoring')
  await rm(fresh, { recursive: true, force: true })
  await unpack(archive, fresh)
  return exchangeParts(dataFolder, { fresh, take: PARTS, drop: [], why: 'restore' }, now)
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
