/**
 * Parts: exchanges what lies in a data folder for something else. What was there is set aside, never deleted.
 *
 * What is under way is noted, and each step asks what is there, so that a start after a power cut finishes it. Runs
 * under the folder's lock, while nothing in it is open.
 */
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import * as z from 'zod'
import type { Instant } from '../domain/time.ts'
import { nodeDisk } from './node-disk.ts'

export const NOTE = 'exchange.json'

const noted = z.object({
  /** Where the former parts go. */
  aside: z.string(),
  /** Where the new ones come from. */
  fresh: z.string(),
  /** Parts of which a new one takes the place of the old one, where there is a new one. */
  take: z.array(z.string()),
  /** Parts that only go. */
  drop: z.array(z.string()),
})
type Noted = z.infer<typeof noted>

/** Answers the folder in which the former parts lie now. */
export async function exchangeParts(
  dataFolder: string,
  what: Readonly<{ fresh: string; take: readonly string[]; drop: readonly string[]; why: string }>,
  now: Instant,
): Promise<string> {
  const aside = freeName(path.join(dataFolder, `before-${what.why}-${stampOf(now)}`))
  await mkdir(aside, { mode: 0o700 })
  const note: Noted = { aside, fresh: what.fresh, take: [...what.take], drop: [...what.drop] }
  // From here on a start finishes what is begun.
  await nodeDisk().replace(path.join(dataFolder, NOTE), Buffer.from(JSON.stringify(note)))
  await finish(dataFolder, note)
  return aside
}

/** Finishes an exchange that a power cut stopped; null where there is none. */
export async function finishExchange(dataFolder: string): Promise<string | null> {
  const file = path.join(dataFolder, NOTE)
  if (!existsSync(file)) return null
  const note = noted.parse(JSON.parse(await readFile(file, 'utf8')))
  await finish(dataFolder, note)
  return note.aside
}

async function finish(dataFolder: string, { aside, fresh, take, drop }: Noted): Promise<void> {
  for (const part of drop) {
    const [here, former] = [path.join(dataFolder, part), path.join(aside, part)]
    if (existsSync(here) && !existsSync(former)) await rename(here, former)
  }
  for (const part of take) {
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

export function freeName(base: string): string {
  let name = base
  for (let next = 2; existsSync(name); next++) name = `${base}-${next}`
  return name
}
