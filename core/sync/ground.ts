/**
 * Ground: what a desk that shares a server stands on: its journal and replica on this computer, the way to the server.
 * Everything above it works on any ground, a simulated one too.
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Uuid } from '../domain/time.ts'
import type { Ports } from '../ports.ts'
import type { Database } from '../store/database.ts'
import { Exchangeable } from '../store/exchange.ts'
import { type Listener, listen } from '../store/listen.ts'
import { lockFolder } from '../store/lock.ts'
import type { EngineThread } from '../store/pglite-thread.ts'
import { postgresAt } from '../store/postgres.ts'
import { replicaShelf } from '../store/replica-shelf.ts'
import type { Tls } from '../store/tls.ts'
import { deskIdentity } from './desk-identity.ts'
import { type Journal, openJournal } from './journal.ts'
import { describe } from './line.ts'
import { nodeDisk } from './node-disk.ts'

export interface Ground {
  readonly id: Uuid
  readonly journal: Journal
  readonly replica: Exchangeable
  readonly server: Database
  /** Resolves when it hears what is committed from then on. */
  listen(wake: () => void): Promise<Listener>
  close(): Promise<void>
}

export interface GroundPlace {
  readonly dataFolder: string
  readonly preparedImage?: string
  /** A thread for the embedded database that runs already. */
  readonly thread?: EngineThread
  readonly address: string
  readonly tls?: Tls
  /** A connection that is asked and says nothing for a third of it is lost. */
  readonly every: number
}

/** A statement of ours that takes longer has met a wall. */
const STATEMENT_WITHIN_MS = 5000

/** A data folder, which is this process's own until it is closed, and a server, which need not be there. */
export async function openGround(ports: Ports, place: GroundPlace): Promise<Ground> {
  const { dataFolder, preparedImage: prepared, thread, address, tls, every } = place
  const { clock, random } = ports
  await mkdir(dataFolder, { recursive: true, mode: 0o700 })
  const lock = await lockFolder(dataFolder)
  const opened: { close(): Promise<void> }[] = []
  const close = async () => {
    for (const one of opened.reverse()) await one.close()
    await lock.release()
  }
  try {
    const journal = await openJournal(nodeDisk(), join(dataFolder, 'journal.ndjson'))
    opened.push(journal)
    const folder = join(dataFolder, 'replica')
    const shelf = replicaShelf({ folder, prepared, clock, random, thread })
    const replica = await Exchangeable.open(shelf, (error) =>
      ports.log.write('error', 'the replica cannot be used', { error: describe(error) }),
    )
    opened.push(replica)
    const id = await deskIdentity(dataFolder, () => random.bytes(16), clock.now())
    const applicationName = `allmend desk ${id}`
    const encrypted = tls ? { tls } : {}
    const server = postgresAt({
      connectionString: address,
      ...encrypted,
      // One for commands, one for reading: neither waits for the other.
      connections: 2,
      applicationName,
      statementTimeout: STATEMENT_WITHIN_MS,
      silence: 2 * STATEMENT_WITHIN_MS,
      random,
    })
    opened.push(server)
    const heartbeat = every / 3
    return {
      id,
      journal,
      replica,
      server,
      listen: (wake) =>
        listen({ connectionString: address, ...encrypted, applicationName, heartbeat }, wake),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
