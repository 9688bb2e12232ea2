/**
 * Sender: the commands of a desk that shares a server. Journal, server, outcome into the journal; in their order.
 *
 * It promises that nothing is sent that is not on disk, that a command is sent again, with its id, until its outcome
 * is known, and that a later one waits for an earlier one. Whether a commit happened whose answer was lost, the
 * receipt says: sending again asks, and never does it twice.
 */
import type { CommandCall } from '../commands/calls.ts'
import type { Outcome } from '../commands/command.ts'
import { definition } from '../commands/index.ts'
import type { Instant, Uuid } from '../domain/time.ts'
import type { Ports } from '../ports.ts'
import { raiseBookingNumber } from '../store/bookings.ts'
import { Busy } from '../store/database.ts'
import { type ServerTrouble, serverTrouble } from '../store/server-trouble.ts'
import { backoff, LONGEST_MS, Pause } from './backoff.ts'
import { type Authority, decide, decideMany, knownOutcome } from './decide.ts'
import type { Envelope } from './envelope.ts'
import type { Journal, JournalEntry } from './journal.ts'
import { describe } from './line.ts'
import type { Outbox, Turn } from './outbox.ts'
import { restsOn } from './rests-on.ts'

/** Longer than a clerk wants to look at a button that does nothing. */
const PATIENCE_MS = 1500
/** What could not be sent a moment ago will hardly be sent now; a clerk who knows is not kept waiting. */
const PATIENCE_CUT_OFF_MS = 300
/** From so many on, what waits goes in one transaction: on a thin line each one costs its round trips. */
const FEWEST_TOGETHER = 3
/** The longer a transaction, the more are in its way. */
const MOST_TOGETHER = 50
/** A wish of yesterday may not be one any more. */
const FRESH_FOR_MS = 12 * 3_600_000

export interface Sending {
  readonly ports: Ports
  readonly journal: Journal
  /** Of that journal. The sender keeps it up to date. */
  readonly outbox: Outbox
  /** The last place in this desk's line that the server has a receipt of. */
  readonly lastSeq: number
  readonly actor: () => string
  /** Null while the municipality of the server is not known yet. */
  readonly authority: () => Authority | null
  /** Every outcome; `late`: nobody waited for it any more. */
  readonly settled: (envelope: Envelope, outcome: Outcome<unknown>, late: boolean) => void
  /** The line stands, or moves again: `trouble` tells why. */
  readonly stands?: () => void
}

export class Sender {
  readonly #with: Sending
  readonly #pause = new Pause()
  readonly #heard = new Map<Uuid, (outcome: Outcome<unknown>) => void>()
  /** Stale ones that the server has no receipt of. */
  readonly #asked = new Set<Uuid>()
  #nextSeq: number
  /** The end of the queue; never rejects. */
  #noting: Promise<void> = Promise.resolve()
  #running: Promise<void> = Promise.resolve()
  #runs = false
  #failures = 0
  #trouble: ServerTrouble | null = null
  #closed = false

  constructor(sending: Sending) {
    this.#with = sending
    this.#nextSeq = Math.max(sending.lastSeq, sending.outbox.lastSeq) + 1
    this.#run()
  }

  /** Why the line stands; null while it moves. */
  trouble(): ServerTrouble | null {
    return this.#trouble
  }

  /**
   * Notes one command and sends it. `queued` means: it is safe on this desk, and nobody has decided it yet.
   * Throws `DiskFull` when it could not even be noted.
   */
  async give(call: CommandCall): Promise<Outcome<unknown> | 'queued'> {
    const { id } = call
    const outcome = new Promise<Outcome<unknown>>((resolve) => this.#heard.set(id, resolve))
    try {
      await this.#note(call)
    } catch (error) {
      this.#heard.delete(id)
      throw error
    }
    const patience = this.#trouble ? PATIENCE_CUT_OFF_MS : PATIENCE_MS
    this.tryNow()
    let timer: NodeJS.Timeout | undefined
    const impatient = new Promise<'queued'>((resolve) => {
      timer = setTimeout(() => {
        this.#heard.delete(id)
        resolve('queued')
      }, patience)
    })
    const answer = await Promise.race([outcome, impatient])
    clearTimeout(timer)
    return answer
  }

  /** The clerk takes a waiting command back. It gets the outcome of that from the server, like every other. */
  async withdraw(id: Uuid): Promise<void> {
    if (!this.#with.outbox.has(id)) return
    await this.#append({ kind: 'withdrawn', id, at: this.#now() })
    this.tryNow()
  }

  /** A stale command is still meant. */
  async confirm(id: Uuid): Promise<void> {
    if (!this.#with.outbox.has(id)) return
    await this.#append({ kind: 'confirmed', id, at: this.#now() })
    this.tryNow()
  }

  /** The server accepted these once, and does not know them any more: a person says what becomes of them. */
  async missed(ids: readonly Uuid[]): Promise<void> {
    const at = this.#now()
    await Promise.all(ids.map((id) => this.#append({ kind: 'missed', id, at })))
  }

  /** A concern is dealt with. */
  handled(id: Uuid): Promise<void> {
    return this.#append({ kind: 'handled', id, at: this.#now() })
  }

  /** Its outcome came on another way. */
  learn(id: Uuid, outcome: Outcome<unknown>): void {
    const noted = this.#with.outbox.find(id)
    if (noted) this.#settle(noted.envelope, outcome)
  }

  /** The network is back, or somebody says so: tries at once. */
  tryNow(): void {
    if (this.#trouble?.code === 'unreachable') this.#pause.now()
    this.#run()
  }

  /** What is under way is waited for; what waits is sent after the next start. */
  async close(): Promise<void> {
    this.#closed = true
    this.#pause.stop()
    await this.#running
  }

  #now(): Instant {
    return this.#with.ports.clock.now()
  }

  #envelope({ id, name, args }: CommandCall): Envelope {
    const issuedAt = this.#now()
    const waiting = this.#with.outbox.noted().map(({ envelope }) => envelope)
    const dependsOn = restsOn(args, waiting)
    return {
      id,
      seq: this.#nextSeq++,
      name,
      version: definition(name).version,
      args,
      actor: this.#with.actor(),
      issuedAt,
      expiresAt: expiryOf(args, issuedAt),
      ...(dependsOn.length > 0 ? { dependsOn } : {}),
    }
  }

  /** One after the other: what a command rests on is noted before it. */
  #note(call: CommandCall): Promise<void> {
    const mine = this.#noting.then(() => this.#append({ kind: 'command', ...this.#envelope(call) }))
    this.#noting = mine.catch(() => undefined)
    return mine
  }

  async #append(entry: JournalEntry): Promise<void> {
    await this.#with.journal.append(entry)
    this.#with.outbox.add(entry)
  }

  #run(): void {
    if (this.#runs || this.#closed) return
    this.#runs = true
    this.#running = this.#sendAll().finally(() => {
      this.#runs = false
    })
  }

  async #sendAll(): Promise<void> {
    while (!this.#closed) {
      const authority = this.#with.authority()
      const turn = this.#with.outbox.turn(this.#now(), this.#asked)
      if (!authority || !turn) return
      if (await this.#sendTogether(authority)) continue
      const answer = await this.#take(authority, turn)
      if (answer === 'none') {
        this.#failures += 1
        await this.#pause.for(this.#wait())
        continue
      }
      this.#failures = 0
      this.#say(null)
      if (answer === 'undecided') this.#asked.add(turn.envelope.id)
      else this.#settle(turn.envelope, answer)
    }
  }

  /** False where few wait, or it did not work: then they go one by one, and who has to be told is told. */
  async #sendTogether(authority: Authority): Promise<boolean> {
    const line = this.#with.outbox.line(this.#now(), this.#asked, MOST_TOGETHER)
    // After a failure one goes ahead and sees whether the way is free.
    if (line.length < FEWEST_TOGETHER || this.#failures > 0) return false
    const now = this.#now()
    const cases = line.map((envelope) => ({ envelope, now }))
    const outcomes = await decideMany(authority, cases).catch(() => [])
    for (const [index, outcome] of outcomes.entries()) {
      this.#settle(line[index] as Envelope, outcome)
    }
    return outcomes.length > 0
  }

  /** What only a person can put right is tried rarely; the command is kept, and nothing passes it meanwhile. */
  #wait(): number {
    const soon = this.#trouble === null || this.#trouble.code === 'unreachable'
    return soon ? backoff(this.#failures, this.#with.ports.random) : LONGEST_MS
  }

  async #take(authority: Authority, turn: Turn): Promise<Outcome<unknown> | 'undecided' | 'none'> {
    const { ports } = this.#with
    const { envelope } = turn
    try {
      if (turn.do === 'ask') return (await knownOutcome(authority, envelope)) ?? 'undecided'
      const one = { envelope, now: ports.clock.now() }
      if (turn.do === 'refuse') return await decide(authority, { ...one, refusal: turn.refusal })
      const outcome = await decide(authority, { ...one, recorded: turn.recorded })
      // The number that stays is above those that the server has handed out since.
      if (turn.recorded !== undefined) await authority.database.transact(raiseBookingNumber)
      return outcome
    } catch (error) {
      if (error instanceof Busy) return 'none'
      const before = this.#trouble?.code
      const trouble = serverTrouble(error)
      const { code } = trouble
      if (code !== before) {
        const facts = { name: envelope.name, code, error: describe(error) }
        ports.log.write(
          code === 'unreachable' ? 'info' : 'error',
          'a command could not be sent',
          facts,
        )
      }
      this.#say(trouble)
      return 'none'
    }
  }

  #say(trouble: ServerTrouble | null): void {
    const other = this.#trouble?.code !== trouble?.code
    this.#trouble = trouble
    if (other) this.#with.stands?.()
  }

  #settle(envelope: Envelope, outcome: Outcome<unknown>): void {
    const { ports, journal, outbox, settled } = this.#with
    const { id } = envelope
    // It came on two ways.
    if (!outbox.has(id)) return
    const waits = this.#heard.get(id)
    this.#heard.delete(id)
    const late = waits ? {} : ({ late: true } as const)
    const entry: JournalEntry = { kind: 'outcome', id, outcome, at: ports.clock.now(), ...late }
    outbox.add(entry)
    // Without this line the command is sent once more after a start, and the receipt answers the same.
    journal.append(entry).catch((error: unknown) => {
      ports.log.write('warn', 'an outcome could not be noted', { error: describe(error) })
    })
    settled(envelope, outcome, waits === undefined)
    waits?.(outcome)
  }
}

/** Half a day, or until the wanted time begins. */
function expiryOf(args: unknown, issuedAt: Instant): Instant {
  const { during } = args as { during?: { start?: unknown } }
  const begins = typeof during?.start === 'number' ? during.start : Number.POSITIVE_INFINITY
  const latest = issuedAt + FRESH_FOR_MS
  return begins > issuedAt ? Math.min(begins, latest) : latest
}
