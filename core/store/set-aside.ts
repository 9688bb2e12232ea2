/** Set aside: a database that cannot be opened is renamed, never deleted: it may hold the only copy of a booking. */
import { existsSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import path from 'node:path'
import type { Instant } from '../domain/time.ts'

/** Renames `folder` to `broken-<date>` beside it and returns the new path. The folder must not be open. */
export async function setAside(folder: string, now: Instant): Promise<string> {
  const stamp = new Date(now).toISOString().slice(0, 19).replaceAll(':', '')
  const base = path.join(path.dirname(folder), `broken-${stamp}`)
  let name = base
  for (let next = 2; existsSync(name); next++) name = `${base}-${next}`
  await rename(folder, name)
  return name
}
