/**
 * Kept: when each target was last published from this computer, beside the data and not in it: it is a fact of this
 * desk and its folders. A file that cannot be read only costs the memory of it.
 */
import * as z from 'zod'
import type { PublishProblem } from '../contract.ts'
import type { Disk } from '../ports.ts'

const problem = z.object({
  code: z.string(),
  detail: z.string(),
}) as unknown as z.ZodType<PublishProblem>
const kept = z.record(
  z.string(),
  z.object({ at: z.number().nullable(), problem: problem.nullable(), waiting: z.boolean() }),
)
export type Kept = z.infer<typeof kept>

export async function readKept(disk: Disk, path: string): Promise<Kept> {
  try {
    return kept.parse(JSON.parse(Buffer.from(await disk.read(path)).toString('utf8')))
  } catch {
    return {}
  }
}

export function writeKept(disk: Disk, path: string, state: Kept): Promise<void> {
  return disk.replace(path, Buffer.from(`${JSON.stringify(state, null, 1)}\n`))
}
