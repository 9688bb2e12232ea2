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
import type { Uuid } from '../domain/time.ts'
import type { Ports } from '../ports.ts'
import { Busy } from '../store/database.ts'
import { type ServerTrouble, serverTrouble } from '../store/server-trouble.ts'
import { backoff, LONGEST_MS, Pause } from './backoff.ts'
import { type Authority, decide } from './decide.ts'
import type { Envelope } from './envelope.ts'
import type { Journal } from './journal.ts'
import { describe } from './line.ts'

/** Longer than a clerk wants to look at a button that does nothing. */
const PATIENCE_MS = 1500

export interface Sending {
  readonly ports: Ports
  readonly journal: Journal
  /** Noted commands without an outcome, in their order. The sender keeps it up to date. */
  readonly unsettled: Map<Uuid, Envelope>
  /** The place of the next command in this desk's line. */
  nextSeq: number
  readonly actor: () => string
  /** Null while the municipality of the server is not known yet. */
  readonly authority: () => Authority | null
  /** Every outcome, those that a clerk has waited for and those that came later. */
  readonly settled: (envelope: Envelope, outcome: Outcome<unknown>) => void
}

export class Sender {
  readonly #with: Sending
  readonly #pause = new Pause()
  readonly #heard = new Map<Uuid, (outcome: Outcome<unknown>) => void>()
  #running: Promise<void> = Promise.resolve()
  #runs = false
  #failures = 0
  #trouble: ServerTrouble | null = null
  #closed = false

  constructor(sending: Sending) {
    this.#with = sending
    this.#run()
  }

  /** Why the line stands; null while it moves. */
  trouble(): ServerTrouble | null {
    return this.#trouble
  }

  waiting(): number {
    return this.#with.unsettled.size
  }

  /**
   * Notes one command and sends it. `queued` means: it is safe on this desk, and nobody has decided it yet.
   * Throws `DiskFull` when it could not even be noted.
   */
  async give(call: CommandCall): Promise<Outcome<unknown> | 'queued'> {
    const { ports, journal, unsettled, actor } = this.#with
    const { id, name, args } = call
    const envelope: Envelope = {
      id,
      seq: this.#with.nextSeq++,
      name,
      version: definition(name).version,
      args,
      actor: actor(),
      issuedAt: ports.clock.now(),
    }
    await journal.append({ kind: 'command', ...envelope })
    unsettled.set(id, envelope)
    const outcome = new Promise<Outcome<unknown>>((resolve) => this.#heard.set(id, resolve))
    this.#run()
    let timer: NodeJS.Timeout | undefined
    const impatient = new Promise<'queued'>((resolve) => {
      timer = setTimeout(resolve, PATIENCE_MS, 'queued')
    })
    const answer = await Promise.race([outcome, impatient])
    clearTimeout(timer)
    return answer
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
      const [next] = this.#with.unsettled.values()
      if (!authority || !next) return
      const outcome = await this.#send(authority, next)
      if (outcome) {
        this.#failures = 0
        this.#trouble = null
        this.#settle(next, outcome)
      } else {
        this.#failures += 1
        await this.#pause.for(this.#wait())
      }
    }
  }

  /** What only a person can put right is tried rarely; the command is kept, and nothing passes it meanwhile. */
  #wait(): number {
    const soon = this.#trouble === null || this.#trouble.code === 'unreachable'
    return soon ? backoff(this.#failures, this.#with.ports.random) : LONGEST_MS
  }

  async #send(authority: Authority, envelope: Envelope): Promise<Outcome<unknown> | null> {
    const { ports } = this.#with
    try {
      return await decide(authority, { envelope, now: ports.clock.now() })
    } catch (error) {
      if (error instanceof Busy) return null
      const before = this.#trouble?.code
      this.#trouble = serverTrouble(error)
      const { code } = this.#trouble
      if (code !== before) {
        const facts = { name: envelope.name, code, error: describe(error) }
        ports.log.write(
          code === 'unreachable' ? 'info' : 'error',
          'a command could not be sent',
          facts,
        )
      }
      return null
    }
  }

  #settle(envelope: Envelope, outcome: Outcome<unknown>): void {
    const { ports, journal, unsettled, settled } = this.#with
    const { id } = envelope
    unsettled.delete(id)
    // Without this line the command is sent once more after a start, and the receipt answers the same.
    journal
      .append({ kind: 'outcome', id, outcome, at: ports.clock.now() })
      .catch((error: unknown) => {
        ports.log.write('warn', 'an outcome could not be noted', { error: describe(error) })
      })
    this.#heard.get(id)?.(outcome)
    this.#heard.delete(id)
    settled(envelope, outcome)
  }
}
