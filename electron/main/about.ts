/**
 * About: what runs here, for the screen of that name and for the first line of the log.
 */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import * as z from 'zod'
import type { About } from '../../core/contract.ts'
import type { Core } from '../../core/core.ts'

/** Beside the executable of the substitute runtime; `npm start` put it there. */
const SUBSTITUTE = 'allmend-substitute.json'

const licences = z.array(z.object({ name: z.string(), version: z.string(), licence: z.string() }))

export function runtimeKind(): About['runtime'] {
  if (!process.versions.electron) return 'browser'
  return existsSync(join(dirname(process.execPath), SUBSTITUTE))
    ? 'electron-substitute'
    : 'electron'
}

/** Made by the build from the installed packages; absent only in development. */
export function readLicences(outFolder: string): About['licences'] {
  try {
    return licences.parse(JSON.parse(readFileSync(join(outFolder, 'licences.json'), 'utf8')))
  } catch {
    return []
  }
}

export async function describeDesk(
  core: Core,
  about: Readonly<{ version: string; dataFolder: string; outFolder: string }>,
): Promise<About> {
  await core.opened
  return {
    version: about.version,
    runtime: runtimeKind(),
    electron: process.versions.electron ?? '',
    chrome: process.versions.chrome ?? '',
    node: process.versions.node,
    database: core.status().phase === 'failed' ? '' : await core.databaseVersion(),
    dataFolder: about.dataFolder,
    licences: readLicences(about.outFolder),
  }
}
