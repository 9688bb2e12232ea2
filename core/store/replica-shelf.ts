/** Replica shelf: the embedded databases that hold a copy of a server, in folders beside each other. */
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock, Random } from '../ports.ts'
import type { Shelf } from './exchange.ts'
import { codeOf } from './failures.ts'
import { migrateToLatest } from './migrate.ts'
import { openPglite } from './pglite.ts'
import type { EngineThread } from './pglite-thread.ts'

export interface ReplicaPlace {
  readonly folder: string
  readonly prepared?: string | undefined
  readonly clock?: Clock
  readonly random?: Random
  /** One that runs already, for the first that is opened. */
  readonly thread?: EngineThread | undefined
}

/** Names the folder in use. */
const CURRENT = 'current'

/** The folder belongs to one process: whoever calls holds its lock. */
export function replicaShelf(place: ReplicaPlace): Shelf {
  const { folder, prepared, clock, random } = place
  let { thread } = place
  const pointer = join(folder, CURRENT)
  return {
    async current() {
      try {
        const name = (await readFile(pointer, 'utf8')).trim()
        return /^\d+$/.test(name) ? name : null
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return null
        throw error
      }
    },
    async open(name) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const running = thread
      thread = undefined
      const database = await openPglite({
        folder: join(folder, name),
        thread: running,
        lock: false,
        ...(prepared === undefined ? {} : { prepared }),
        ...(clock ? { clock } : {}),
        ...(random ? { random } : {}),
      })
      try {
        await migrateToLatest(database)
        return database
      } catch (error) {
        await database.close()
        throw error
      }
    },
    async appoint(name) {
      // What a crash leaves here is the old name, and with it the old copy: it is followed from where it was.
      await writeFile(`${pointer}.new`, name)
      await rename(`${pointer}.new`, pointer)
    },
    async clear(name) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      for (const other of await readdir(folder)) {
        if (other !== name && other !== CURRENT) {
          await rm(join(folder, other), { recursive: true, force: true })
        }
      }
    },
  }
}
