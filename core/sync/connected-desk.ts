/**
 * Connected desk: a desk that shares a server with others. Commands go up through its journal, changes come down into
 * its replica, and both go on by themselves after any loss.
 *
 * What is read is the replica, at any time. What is in it was committed by the server; what only waits is not in it, but
 * in a guess beside it.
 */
import type { CommandCall } from '../commands/calls.ts'
import type { Outcome } from '../commands/command.ts'
import type { Instant, Span, Uuid } from '../domain/time.ts'
import type { Ports } from '../ports.ts'
import type { Database, Tx } from '../store/database.ts'
import type { EngineThread } from '../store/pglite-thread.ts'
import { highestSeq, outcomesOf } from '../store/receipts.ts'
import { type ServerTrouble, serverTrouble } from '../store/server-trouble.ts'
import { readMunicipality } from '../store/settings.ts'
import { compactFeed } from '../store/shared/compaction.ts'
import { type DeskSeen, desksSeen } from '../store/shared/condition.ts'
import { enterServer, type Position } from '../store/shared/moment.ts'
import type { Tls } from '../store/tls.ts'
import { backoff, Pause } from './backoff.ts'
import { compactJournal } from './compact-journal.ts'
import type { Envelope } from './envelope.ts'
import { openGround } from './ground.ts'
import { describe } from './line.ts'
import { Outbox } from './outbox.ts'
import { type Pulled, Puller } from './puller.ts'
import { type Rehearsed, rehearse } from './rehearsal.ts'
import { Sender } from './sender.ts'

export interface ConnectedPlace {
  readonly dataFolder: string
  readonly preparedImage?: string
  /** A thread for the embedded database that runs already. */
  readonly thread?: EngineThread
  /** Of the server: `postgresql://…`. */
  readonly address: string
  readonly tls?: Tls
  /** What the administrator calls this desk. */
  readonly label: string
  readonly actor: () => string
  /** How often it looks whether something changed that it was not told of, and a connection may say nothing. */
  readonly every?: number
}

export interface Heard<T = undefined> {
  /** The replica is another snapshot now. */
  pulled?(pulled: Pulled): void
  /** A command has its outcome, at once or long after it was given (`late`). */
  settled?(envelope: Envelope, outcome: Outcome<unknown>, late: boolean): unknown
  /** What `connection()` answers is another now. */
  connection?(): unknown
  /** What waits, or what it would do, is another now. */
  guessed?(): void
  /** What is wanted of a replica on which the waiting commands were tried; see `rehearse`. */
  look?(tx: Tx, waiting: readonly Envelope[], before: T | null): Promise<T>
}

export type Connection = Readonly<{
  /** It follows the server, or it does not. */
  connected: boolean
  since: Instant
  /** The snapshot that the replica is; null before the first. */
  position: Position | null
  /** Commands without an outcome. */
  waiting: number
  /** Why the desk is cut off or stands still; null while it follows. */
  trouble: ServerTrouble | null
}>

export interface ConnectedDesk<T = undefined> {
  readonly id: Uuid
  /** For reading only. */
  readonly replica: Database
  municipality(): Readonly<{ name: string; zone: string; context: string }> | null
  readonly outbox: Outbox
  give(call: CommandCall): Promise<Outcome<unknown> | 'queued'>
  withdraw(id: Uuid): Promise<void>
  confirm(id: Uuid): Promise<void>
  handled(id: Uuid): Promise<void>
  /** Resolves when the replica is what the server is now. Throws where the server cannot be reached. */
  pull(): Promise<Pulled>
  /** Resolves when the replica reaches over this span of time as well. Throws where the server cannot be reached. */
  reach(span: Span): Promise<void>
  /** Somebody says that the network is back. */
  tryNow(): void
  /** What the waiting commands would do to the replica; null where none waits. */
  guess(): Rehearsed<T> | null
  /** Asks the replica as the waiting commands would leave it. */
  tryOut<R>(look: (tx: Tx) => Promise<R>): Promise<R>
  /** Those that share the server, as it knows them. Throws where it cannot be reached. */
  desks(): Promise<readonly DeskSeen[]>
  connection(): Connection
  close(): Promise<void>
}

/** Looking by itself assures what waking promises. */
const EVERY_MS = 15_000
/** Changes come in rows: one pull for all that come within this. */
const TOGETHER_MS = 20
/** Somebody has to; the server sees to it that it is not everybody. */
const COMPACT_EVERY_MS = 600_000
/** Receipts are here from a certain moment on, and a desk's clock may differ from the server's. */
const DAY_MS = 86_400_000
/** A clerk sees what was booked with the word that it is; longer than this the word does not wait for the sight. */
const SEEN_WITHIN_MS = 1000

/** Opens what is there, without the server if it must be. */
export async function openConnectedDesk<T = undefined>(
  ports: Ports,
  place: ConnectedPlace,
  heard: Heard<T> = {},
  open: typeof openGround = openGround,
): Promise<ConnectedDesk<T>> {
  const { label } = place
  const every = place.every ?? EVERY_MS
  const { id, journal, replica, server, listen, close } = await open(ports, { ...place, every })
  try {
    const puller = await Puller.open({ server, replica, desk: { id, label } })
    const outbox = new Outbox(journal.entries())
    await compactJournal(journal, outbox, ports.clock.now())
    let { municipality, lastSeq } = await replica.read(async (tx) => ({
      municipality: await readMunicipality(tx),
      lastSeq: await highestSeq(tx, id),
    }))
    /** Accepted, and not in the replica yet: the guess holds them until they are. */
    const arriving = new Map<Uuid, Envelope>()
    const sender = new Sender({
      ports,
      journal,
      outbox,
      lastSeq,
      actor: place.actor,
      authority: () =>
        municipality && { database: server, municipality, desk: id, enter: enterServer },
      settled(envelope, outcome, late) {
        if (outcome.status === 'accepted') arriving.set(envelope.id, envelope)
        heard.settled?.(envelope, outcome, late)
        if (late) pullSoon()
      },
      stands: () => heard.connection?.(),
    })

    let connected = false
    let since = ports.clock.now()
    let trouble: ServerTrouble | null = null
    let reported = Number.NEGATIVE_INFINITY
    let compacted = Number.NEGATIVE_INFINITY
    /** Since the last snapshot that came. */
    let failures = 0
    const stand = (now: boolean) => {
      if (connected !== now) since = ports.clock.now()
      connected = now
      heard.connection?.()
    }

    let guess: Rehearsed<T> | null = null
    let guessing: Promise<void> = Promise.resolve()
    let guessAgain = false
    const undecided = (): readonly Envelope[] => [
      ...arriving.values(),
      ...outbox
        .noted()
        .filter(({ withdrawn }) => !withdrawn)
        .map(({ envelope }) => envelope),
    ]
    const onReplica = () => ({
      database: replica,
      municipality: municipality ?? { context: '', zone: 'UTC' },
      desk: id,
    })
    const rehearseAll = async (): Promise<void> => {
      guessAgain = false
      const { look } = heard
      const envelopes = undecided()
      guess =
        !municipality || !look || envelopes.length === 0
          ? null
          : await rehearse(onReplica(), envelopes, ports.clock.now(), (tx, before) =>
              look(tx, envelopes, before),
            )
      heard.guessed?.()
    }
    /** One at a time, and never more than one waits. */
    const guessAnew = (): Promise<void> => {
      if (guessAgain) return guessing
      guessAgain = true
      guessing = guessing.then(rehearseAll).catch((error: unknown) => {
        ports.log.write('error', 'what waits could not be tried', { error: describe(error) })
      })
      return guessing
    }

    /** Receipts that came down tell what a lost answer did not. */
    const learn = async (): Promise<void> => {
      const waiting = outbox.noted().map(({ envelope }) => envelope.id)
      if (waiting.length === 0) return
      for (const [done, outcome] of await replica.read((tx) => outcomesOf(tx, waiting))) {
        sender.learn(done, outcome as Outcome<unknown>)
      }
    }

    /** A server that was put back to an earlier state has forgotten what it had accepted since. */
    const miss = async ({ position: { window } }: Pulled): Promise<void> => {
      const done = outbox.done().filter(({ envelope }) => envelope.issuedAt > window.since + DAY_MS)
      if (done.length === 0) return
      const ids = done.map(({ envelope }) => envelope.id)
      const there = await replica.read((tx) => outcomesOf(tx, ids))
      const missed = ids.filter((one) => !there.has(one))
      if (missed.length === 0) return
      ports.log.write('warn', 'the server has forgotten commands', { count: missed.length })
      await sender.missed(missed)
    }

    const pullOnce = async (): Promise<Pulled> => {
      const settled = [...arriving.keys()]
      const pulled = await puller.pull()
      for (const one of settled) arriving.delete(one)
      municipality ??= await replica.read(readMunicipality)
      trouble = pulled.outdated ? { code: 'outdated', detail: '' } : null
      failures = 0
      if (pulled.anew) await miss(pulled)
      await learn()
      if (outbox.size() > 0 || arriving.size > 0 || guess) await guessAnew()
      heard.pulled?.(pulled)
      sender.tryNow()
      return pulled
    }
    let queued: Promise<Pulled> | undefined
    let last: Promise<unknown> = Promise.resolve()
    /** A pull that has not begun serves everybody who asks for one. */
    const pull = (): Promise<Pulled> => {
      queued ??= last.then(() => {
        queued = undefined
        return pullOnce()
      })
      last = queued.catch(() => undefined)
      return queued
    }
    const pullSoon = () => pause.now()
    const report = async (): Promise<void> => {
      const now = ports.clock.now()
      if (now - reported < every) return
      await puller.report()
      reported = now
      if (now - compacted < COMPACT_EVERY_MS) return
      compacted = now
      // Another desk will; what is wrong with the server shows elsewhere.
      await compactFeed(server).catch(() => undefined)
    }

    let closed = false
    const pause = new Pause()
    /** Listens first and looks then: nothing falls between. Returns when the connection is lost. */
    const follow = async (): Promise<void> => {
      let there = true
      const listener = await listen(() => pause.now())
      try {
        void listener.gone.then(() => {
          there = false
          pause.now()
        })
        while (there && !closed) {
          await pull()
          stand(true)
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
        if (closed) return
        stand(false)
        await pause.for(backoff(Math.max(1, failures), ports.random))
      }
    }
    void guessAnew()
    const running = run()

    return {
      id,
      replica,
      outbox,
      municipality: () => municipality,
      async give(call) {
        const answer = await sender.give(call)
        if (answer === 'queued') await guessAnew()
        else if (answer.status === 'accepted') {
          const seen = pull().then(
            () => undefined,
            () => undefined,
          )
          await Promise.race([seen, new Promise((resolve) => setTimeout(resolve, SEEN_WITHIN_MS))])
        }
        return answer
      },
      async withdraw(one) {
        await sender.withdraw(one)
        await guessAnew()
      },
      async confirm(one) {
        await sender.confirm(one)
        await guessAnew()
      },
      async handled(one) {
        await sender.handled(one)
        heard.guessed?.()
      },
      pull,
      reach: (span) => puller.reach(span),
      tryNow() {
        pause.now()
        sender.tryNow()
      },
      guess: () => guess,
      async tryOut(look) {
        const { seen } = await rehearse(onReplica(), undecided(), ports.clock.now(), look)
        return seen
      },
      desks: () => server.read(desksSeen),
      connection: () => ({
        connected,
        since,
        position: puller.position(),
        waiting: outbox.size(),
        trouble: trouble ?? sender.trouble(),
      }),
      async close() {
        closed = true
        pause.stop()
        await sender.close()
        await running
        await last
        await guessing
        await close()
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}
