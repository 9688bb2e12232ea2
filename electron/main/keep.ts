/**
 * Keep: a small JSON file with a schema. It is written to a new file and renamed, so that a crash leaves the
 * old or the new one and never half of each; one that cannot be read counts as absent.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type * as z from 'zod'

export function readKept<T>(path: string, schema: z.ZodType<T>): T | undefined {
  try {
    const read = schema.safeParse(JSON.parse(readFileSync(path, 'utf8')))
    return read.success ? read.data : undefined
  } catch {
    return undefined
  }
}

/** Throws what the disk throws. */
export function keep(path: string, value: unknown): void {
  mkdirSync(dirname(path), { recursive: true })
  const fresh = `${path}.${process.pid}.new`
  writeFileSync(fresh, `${JSON.stringify(value, null, 2)}\n`)
  renameSync(fresh, path)
}
