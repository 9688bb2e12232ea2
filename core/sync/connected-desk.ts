/**
 * Connected desk: a desk that shares a server with others. Commands go up through its journal, changes come down into
 * its replica, and both go on by themselves after any loss.
 *
 * What is read is the replica, at any time. What is in it was committed by the server; what only waits is not in it.
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { CommandCall } from '../commands/calls.ts'
import type { Outcome } from '../commands/command.ts'
import type { Uuid } from '../domain/time.ts'
import type { Ports } from '../ports.ts'
import type { Database } from '../store/database.ts'
import { listen } from '../store/listen.ts'
import { lockFolder } from '../store/lock.ts'
import { migrateToLatest } from '../store/migrate.ts'
import { openPglite } from '../store/pglite.ts'
import { postgresAt } from '../store/postgres.ts'
import { highestSeq } from '../store/receipts.ts'
import { prepareReplica } from '../store/replica.ts'
import { type ServerTrouble, serverTrouble } from '../store/server-trouble.ts'
import { readMunicipality } from '../store/settings.ts'
import { enterServer, type Position, reportDesk } from '../store/shared/moment.ts'
import { backoff, Pause } from './backoff.ts'
import { deskIdentity } from './desk-identity.ts'
import type { Envelope } from './envelope.ts'
import { openJournal } from './journal.ts'
import { describe } from './line.ts'
import { nodeDisk } from './node-disk.ts'
import { type Pulled, Puller } from './puller.ts'
import { Sender } from './sender.ts'
import { unsettledIn } from './unsettled.ts'

export interface ConnectedPlace {
  readonly dataFolder: string
  readonly preparedImage?: string
  /** Of the server: `postgresql://…`. */
  readonly address: string
  /** What the administrator calls this desk. */
  readonly label: string
  readonly actor: () => string
  /** How often it looks whether something changed that it was not told of, and a connection may say nothing. */
  readonly every?: number
}

export interface Heard {
  /** The replica is another snapshot now. */
  pulled?(pulled: Pulled): void
  /** A command has its outcome, at once or long after it was given. */
  settled?(envelope: Envelope, outcome: Outcome<unknown>): void
}

export type Connection = Readonly<{
  /** The snapshot that the replica is; null before the first. */
  position: Position | null
  /** Commands without an outcome. */
  waiting: number
  /** Why the desk is cut off or stands still; null while it follows. */
  trouble: ServerTrouble | null
}>

export interface ConnectedDesk {
  readonly id: Uuid
  /** For reading only. */
  readonly replica: Database
  give(call: CommandCall): Promise<Outcome<unknown> | 'queued'>
  /** Resolves when the replica is what the server is now. Throws where the server cannot be reached. */
  pull(): Promise<Pulled>
  connection(): Connection
  close(): Promise<void>
}

/** Looking by itself assures what waking promises. */
const EVERY_MS = 15_000
/** Changes come in rows: one pull for all that come within this. */
const TOGETHER_MS = 20
/** A statement of ours that takes longer has met a wall. */
const STATEMENT_WITHIN_MS = 5000

/** Opens what is there, without the server if it must be. */
export async function openConnectedDesk(
  ports: Ports,
  place: ConnectedPlace,
  heard: Heard = {},
): Promise<ConnectedDesk> {
  const { dataFolder, preparedImage, address, label } = place
  const every = place.every ?? EVERY_MS
  await mkdir(dataFolder, { recursive: true, mode: 0o700 })
  const lock = await lockFolder(dataFolder)
  const opened: { close(): Promise<void> }[] = []
  const closeAll = async () => {
    for (const one of opened.reverse()) await one.close()
    await lock.release()
  }
  try {
    const journal = await openJournal(nodeDisk(), join(dataFolder, 'journal.ndjson'))
    opened.push(journal)
    const replica = await openPglite({
      folder: join(dataFolder, 'replica'),
      lock: false,
      ...(preparedImage === undefined ? {} : { prepared: preparedImage }),
    })
    opened.push(replica)
    await migrateToLatest(replica)
    const columns = await prepareReplica(replica)
    const id = await deskIdentity(dataFolder, () => ports.random.bytes(16), ports.clock.now())
    const applicationName = `allmend desk ${id}`
    const server = postgresAt({
      connectionString: address,
      // One for commands, one for reading: neither waits for the other.
      connections: 2,
      applicationName,
      statementTimeout: STATEMENT_WITHIN_MS,
      silence: 2 * STATEMENT_WITHIN_MS,
      random: ports.random,
    })
    opened.push(server)
    const { unsettled, noted } = unsettledIn(journal.entries())
    let municipality = await replica.read(readMunicipality)
    const given = await replica.read((tx) => highestSeq(tx, id))
    const sender = new Sender({
      ports,
      journal,
      unsettled,
      nextSeq: Math.max(noted, given) + 1,
      actor: place.actor,
      authority: () =>
        municipality && { database: server, municipality, desk: id, enter: enterServer },
      settled: (envelope, outcome) => heard.settled?.(envelope, outcome),
    })
    const puller = new Puller(server, replica, columns)
    let position: Position | null = null
    let trouble: ServerTrouble | null = null
    let reported = Number.NEGATIVE_INFINITY
    /** Since the last snapshot that came. */
    let failures = 0

    const pull = async (): Promise<Pulled> => {
      const pulled = await puller.pull()
      position = pulled.position
      municipality ??= await replica.read(readMunicipality)
      trouble = null
      failures = 0
      heard.pulled?.(pulled)
      sender.tryNow()
      return pulled
    }
    const report = async (): Promise<void> => {
      if (!position || ports.clock.now() - reported < every) return
      const { cursor } = position
      await server.transact((tx) => reportDesk(tx, { id, label, cursor }))
      reported = ports.clock.now()
    }

    let closed = false
    const pause = new Pause()
    /** Listens first and looks then: nothing falls between. Returns when the connection is lost. */
    const follow = async (): Promise<void> => {
      let there = true
      const listener = await listen(
        { connectionString: address, applicationName, heartbeat: every / 3 },
        () => pause.now(),
      )
      try {
        void listener.gone.then(() => {
          there = false
          pause.now()
        })
        while (there && !closed) {
          await pull()
          await report()
          await pause.for(every)
          if (!closed) await new Promise((resolve) => setTimeout(resolve, TOGETHER_MS))
        }
      } finally {
        await listener.close()
      }
    }
    const run = async (): Promise<void> => {
      while (!closed) {
        try {
          await follow()
        } catch (error) {
          failures += 1
          trouble = serverTrouble(error)
          const facts = { code: trouble.code, error: describe(error) }
          if (failures === 1) ports.log.write('warn', 'the server cannot be followed', facts)
        }
        if (!closed) await pause.for(backoff(Math.max(1, failures), ports.random))
      }
    }
    const running = run()

    return {
      id,
      replica,
      give: (call) => sender.give(call),
      pull,
      connection: () => ({
        position,
        waiting: sender.waiting(),
        trouble: trouble ?? sender.trouble(),
      }),
      async close() {
        closed = true
        pause.stop()
        await sender.close()
        await running
        await closeAll()
      },
    }
  } catch (error) {
    await closeAll()
    throw error
  }
}
