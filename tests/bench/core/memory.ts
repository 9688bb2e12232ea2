/**
 * What the year of availability takes in memory: asked in a process of its own, `memory.ts URL RESOURCE…`, so that
 * nothing else is counted. It answers with one line of JSON.
 */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { openPostgres } from '../../../core/store/postgres.ts'
import { groundOn } from './ground.ts'
import { yearByDay } from './reading.ts'

const OWN = fileURLToPath(import.meta.url)

/** Megabytes: the process at its highest, and how much of it came with the query. */
export type MemoryUse = Readonly<{ peak: number; grown: number }>

export async function memoryOfYear(url: string, resources: readonly string[]): Promise<MemoryUse> {
  const run = promisify(execFile)
  const { stdout } = await run(process.execPath, ['--import', 'tsx', OWN, url, ...resources])
  return JSON.parse(stdout) as MemoryUse
}

const [file, url, ...resources] = process.argv.slice(1)
if (file === OWN && url) {
  const database = await openPostgres({ connectionString: url, connections: 1 })
  const ground = await groundOn(database, url)
  const highest = () => process.resourceUsage().maxRSS / 1024
  const before = highest()
  await yearByDay(ground, resources)
  const peak = highest()
  process.stdout.write(JSON.stringify({ peak, grown: peak - before }))
  await ground.bare.end()
  await database.close()
}
