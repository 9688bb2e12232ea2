/** What the year of availability takes in memory, in a process of its own so that nothing else is counted. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { bundled } from '../../harness/bundle.ts'

const PROGRAM = fileURLToPath(new URL('year-process.ts', import.meta.url))

/** Megabytes: the whole process after the query, and how much of it came with the query. */
export type MemoryUse = Readonly<{ after: number; grown: number }>

export async function memoryOfYear(url: string, resources: readonly string[]): Promise<MemoryUse> {
  const program = await bundled(PROGRAM)
  try {
    const args = [program.file, url, ...resources]
    const { stdout } = await promisify(execFile)(process.execPath, args)
    return JSON.parse(stdout) as MemoryUse
  } finally {
    await program.remove()
  }
}
