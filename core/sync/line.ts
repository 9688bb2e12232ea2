/**
 * Line: the commands of one desk, in order. Journal first, then the authority, then the outcome into the journal.
 *
 * It promises that nothing is tried that is not on disk, that commands are decided one after the other in the
 * order in which they were given, and that one without an outcome is tried again at the next start.
 */
import type { CommandCall, CommandName } from '../commands/calls.ts'
import type { Outcome } from '../commands/command.ts'
import { definition } from '../commands/index.ts'
import type { Uuid } from '../domain/time.ts'
import { uuid7 } from '../domain/uuid.ts'
import type { Ports } from '../ports.ts'
import { Busy } from '../store/database.ts'
import { DatabaseStopped, DiskFull } from '../store/failures.ts'
import { type Authority, type Case, decide, decideMany, IdClash } from './decide.ts'
import type { Envelope } from './envelope.ts'
import { type FoundingStep, stepOf } from './founding-step.ts'
import type { OpenDesk } from './open-desk.ts'

/** Commands of one transaction when many are given at once: large enough to save commits, small enough to show progress. */
const BATCH = 500

export class Line {
  readonly #ports: Ports
  readonly #desk: OpenDesk
  readonly #actor: () => string
  /** The end of the queue; never rejects. */
  #last: Promise<unknown> = Promise.resolve()
  /** The last outcome on its way into the journal, which takes them in order; never rejects. */
  #written: Promise<void> = Promise.resolve()

  constructor(ports: Ports, desk: OpenDesk, actor: () => string) {
    this.#ports = ports
    this.#desk = desk
    this.#actor = actor
  }

  newId(): Uuid {
    return uuid7(this.#ports.clock.now(), this.#ports.random.bytes(16))
  }

  /** Commands in the journal without an outcome. */
  waiting(): number {
    return this.#desk.outbox.size()
  }

  /** Does some work between two commands; those given meanwhile wait. */
  between<T>(work: () => Promise<T>): Promise<T> {
    return this.#next(work)
  }

  /** Resolves when everything given so far has an outcome in the journal or is known to wait. */
  async settled(): Promise<void> {
    await this.#last
    await this.#written
  }

  /**
   * Gives one command. `queued` means: it is safe in the journal, and nobody decided it yet.
   * Throws `DiskFull` when it could not even be noted, and on bugs.
   */
  give(call: CommandCall): Promise<Outcome<unknown> | 'queued'> {
    return this.#next(async () => {
      const envelope = this.#envelope(call)
      await this.#note([envelope])
      return this.#decide({ envelope, now: this.#ports.clock.now() })
    })
  }

  /** A concern is dealt with. */
  handled(id: Uuid): Promise<void> {
    return this.#next(async () => {
      const entry = { kind: 'handled', id, at: this.#ports.clock.now() } as const
      await this.#desk.journal.append(entry)
      this.#desk.outbox.add(entry)
    })
  }

  /** Gives many commands, noted together and decided in batches. Throws at the first that is refused. */
  giveMany(
    calls: readonly CommandCall[],
    progress: (step: FoundingStep, done: number) => void,
  ): Promise<void> {
    return this.#next(async () => {
      const envelopes = calls.map((call) => this.#envelope(call))
      await this.#note(envelopes)
      const batches = inBatches(envelopes)
      const settling: Promise<void>[] = []
      let done = 0
      for (const batch of batches) {
        progress(stepOf((batch[0] as Envelope).name), done / envelopes.length)
        const now = this.#ports.clock.now()
        const cases = batch.map((envelope): Case => ({ envelope, now }))
        const outcomes = await decideMany(this.#authority(), cases)
        for (const [index, outcome] of outcomes.entries()) {
          const { id, name } = (cases[index] as Case).envelope
          settling.push(this.#settle(id, outcome, now))
          if (outcome.status === 'accepted' && name === 'municipality.found') {
            this.#desk.municipality = (cases[index] as Case).envelope.args as never
          }
          if (outcome.status === 'refused') {
            throw new Error(`${name} was refused while founding: ${outcome.refusal.code}`)
          }
        }
        done += batch.length
      }
      await Promise.all(settling)
    })
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(work)
    this.#last = mine.catch(() => undefined)
    return mine
  }

  #envelope(call: CommandCall): Envelope {
    const { id, name, args } = call
    const { version } = definition(name)
    const issuedAt = this.#ports.clock.now()
    return { id, seq: this.#desk.nextSeq++, name, version, args, actor: this.#actor(), issuedAt }
  }

  async #note(envelopes: readonly Envelope[]): Promise<void> {
    const { journal, outbox } = this.#desk
    const entries = envelopes.map((envelope) => ({ kind: 'command', ...envelope }) as const)
    await Promise.all(entries.map((entry) => journal.append(entry)))
    for (const entry of entries) outbox.add(entry)
  }

  #authority(): Authority {
    return authorityOf(this.#desk)
  }

  async #decide(one: Case): Promise<Outcome<unknown> | 'queued'> {
    const { id, name } = one.envelope
    try {
      const outcome = await decide(this.#authority(), one)
      this.#settle(id, outcome, one.now)
      if (outcome.status === 'accepted' && name === 'municipality.found') {
        this.#desk.municipality = one.envelope.args as never
      }
      return outcome
    } catch (error) {
      if (error instanceof Busy || error instanceof DiskFull) return 'queued'
      // Whether it committed before it stopped is known at the next start, by its receipt.
      if (error instanceof DatabaseStopped) throw error
      this.#ports.log.write('error', 'a command failed', { name, error: describe(error) })
      if (error instanceof IdClash || this.#desk.database.kind === 'pglite') {
        // The embedded database rolled back, for certain: the command has its outcome, and it is a fault of ours.
        const outcome = { status: 'refused', refusal: { code: 'failed' } } as const
        this.#settle(id, outcome, one.now)
        return outcome
      }
      throw error
    }
  }

  /** The outcome is committed already; the line in the journal only spares a question at the next start. */
  #settle(id: Uuid, outcome: Outcome<unknown>, at: number): Promise<void> {
    const entry = { kind: 'outcome', id, outcome, at } as const
    this.#desk.outbox.add(entry)
    this.#written = this.#desk.journal.append(entry).catch((error) => {
      this.#ports.log.write('warn', 'an outcome could not be noted', { error: describe(error) })
    })
    return this.#written
  }
}

export function authorityOf(desk: OpenDesk): Authority {
  // Before founding only `municipality.found` can be decided, and it brings its own.
  const municipality = desk.municipality ?? { context: '', zone: 'UTC' }
  return { database: desk.database, municipality, desk: desk.id }
}

/** Groups of one kind, so that the municipality is known before its halls, and never longer than a batch. */
export function inBatches(envelopes: readonly Envelope[]): Envelope[][] {
  const batches: Envelope[][] = []
  let current: CommandName | undefined
  for (const envelope of envelopes) {
    const last = batches.at(-1)
    if (!last || current !== envelope.name || last.length >= BATCH) batches.push([envelope])
    else last.push(envelope)
    current = envelope.name
  }
  return batches
}

/** Class and message of an error without its values: statements of ours carry none, so no personal data leaks. */
export function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : 'not an error object'
}
