/** The desk's own uuid: made at the first start, kept in the data folder, part of every receipt. */
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import type { Uuid } from '../domain/time.ts'
import { uuid7 } from '../domain/uuid.ts'

const stored = z.object({ id: z.guid() })

export async function deskIdentity(
  folder: string,
  random: () => Uint8Array,
  now: number,
): Promise<Uuid> {
  const path = join(folder, 'desk.json')
  try {
    return stored.parse(JSON.parse(await readFile(path, 'utf8'))).id
  } catch {
    // Missing or damaged: a new desk. Its earlier receipts stay valid under the old id.
    const id = uuid7(now, random())
    await writeFile(`${path}.new`, JSON.stringify({ id }))
    await rename(`${path}.new`, path)
    return id
  }
}
