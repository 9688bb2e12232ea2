/** Engines: the embedded databases that histories are simulated on, made once, because making one takes a second. */
import type { Database } from '../../../core/store/database.ts'
import type { Engine } from '../../../core/store/pglite-engine.ts'
import type { Link } from '../../../core/store/pglite-link.ts'
import { installFeed } from '../../../core/store/shared/feed.ts'
import { BROKEN_OFF } from '../../chaos/broken.ts'
import { foundTown } from '../../chaos/town.ts'
import { EMPTY } from '../../harness/kinds.ts'
import { databaseOn, newEngine, said } from './machine.ts'
import { query } from './postgres-wire.ts'

export interface Engines {
  readonly server: Engine
  /** Empty ones, for the desks. */
  readonly spare: Engine[]
  close(): Promise<void>
}

/** For so many desks; each needs another one while it reads a server anew. */
export async function openEngines(desks: number): Promise<Engines> {
  const engines = await Promise.all(Array.from({ length: desks + 2 }, newEngine))
  const [server, ...spare] = engines as [Engine, ...Engine[]]
  return {
    server,
    spare,
    async close() {
      for (const engine of engines) await engine.close()
    },
  }
}

/** The server's database beside the simulation: for founding it, and for looking at it when nobody works. */
export function besides({ server }: Engines): Database {
  const link: Link = {
    send: (bytes) => queueMicrotask(() => server.exec(bytes, (piece) => link.onAnswer(piece))),
    onAnswer: () => {},
    onGone: () => {},
    gone: undefined,
    close: async () => {},
  }
  return databaseOn(link, { bytes: (length) => new Uint8Array(length) })
}

/** The town as it is before a history begins; what earlier ones left is gone. */
export async function foundAnew(engines: Engines): Promise<Database> {
  for (const text of ['rollback', 'discard all', BROKEN_OFF, EMPTY]) {
    said(engines.server, query(text))
  }
  const database = besides(engines)
  await database.transact(installFeed)
  await foundTown(database)
  return database
}
