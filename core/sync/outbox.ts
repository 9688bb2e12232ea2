/**
 * Outbox: what the entries of a journal mean for the commands in it: which have no outcome yet and whose turn it is,
 * and what a person has still to be told.
 *
 * It knows nothing that is not in the journal, so that after a start it is what it was before.
 */
import { definition } from '../commands/index.ts'
import type { Refusal } from '../domain/refusal.ts'
import type { Instant, Uuid } from '../domain/time.ts'
import type { Envelope } from './envelope.ts'
import type { JournalEntry } from './journal-line.ts'

/** A command without an outcome. */
export type Noted = Readonly<{
  envelope: Envelope
  withdrawn: boolean
  confirmed: boolean
  /** Its result when it was accepted by a server that does not know it any more; absent: it never was. */
  missed?: Readonly<{ result: unknown }>
}>

/** A command that was accepted, with what came of it. */
export type Done = Readonly<{ envelope: Envelope; result: unknown }>

/** An outcome that nobody waited for, and that wants somebody to do something. */
export type Concern = Readonly<{
  envelope: Envelope
  at: Instant
  /** Null: it was done after all although it had been taken back. */
  refusal: Refusal | null
}>

/** What is to be done with the command whose turn it is. */
export type Turn = Readonly<
  /** `recorded`: the result that it had already once, so that a number that was read out stays. */
  | { do: 'send'; envelope: Envelope; recorded?: unknown }
  /** It gets this outcome without a look at the rules. */
  | { do: 'refuse'; envelope: Envelope; refusal: Refusal }
  /** It is too old to be sent; but it may have been, and have an outcome. */
  | { do: 'ask'; envelope: Envelope }
>

export class Outbox {
  readonly #noted = new Map<Uuid, Noted>()
  readonly #concerns = new Map<Uuid, Concern>()
  readonly #done = new Map<Uuid, Done>()
  /** Nothing may rest on these. */
  readonly #refused = new Set<Uuid>()
  #lastSeq = 0

  constructor(entries: readonly JournalEntry[] = []) {
    for (const entry of entries) this.add(entry)
  }

  /** Called with every entry, in the order of the journal. */
  add(entry: JournalEntry): void {
    const noted = this.#noted.get(entry.id)
    switch (entry.kind) {
      case 'command': {
        const { kind: _, ...envelope } = entry
        this.#lastSeq = Math.max(this.#lastSeq, entry.seq)
        const fresh = { envelope: envelope as Envelope, withdrawn: false, confirmed: false }
        this.#noted.set(entry.id, fresh)
        return
      }
      case 'outcome':
        this.#noted.delete(entry.id)
        if (entry.outcome.status === 'refused') this.#refused.add(entry.id)
        else if (noted) {
          this.#done.set(entry.id, { envelope: noted.envelope, result: entry.outcome.result })
        }
        if (noted && entry.late) this.#concern(noted, entry)
        return
      case 'missed': {
        const done = this.#done.get(entry.id)
        if (!done) return
        const { envelope, result } = done
        this.#done.delete(entry.id)
        const missed = { envelope, withdrawn: false, confirmed: false, missed: { result } }
        this.#noted.set(entry.id, missed)
        return
      }
      case 'withdrawn':
        if (noted) this.#noted.set(entry.id, { ...noted, withdrawn: true })
        return
      case 'confirmed':
        if (noted) this.#noted.set(entry.id, { ...noted, confirmed: true })
        return
      case 'handled':
        this.#concerns.delete(entry.id)
    }
  }

  #concern(
    { envelope, withdrawn }: Noted,
    { outcome, at }: Extract<JournalEntry, { kind: 'outcome' }>,
  ): void {
    if (definition(envelope.name).passing) return
    if (outcome.status === 'accepted') {
      if (withdrawn) this.#concerns.set(envelope.id, { envelope, at, refusal: null })
    } else if (!withdrawn) {
      this.#concerns.set(envelope.id, { envelope, at, refusal: outcome.refusal })
    }
  }

  /** The last place in the desk's line that was given out; 0 before the first. */
  get lastSeq(): number {
    return this.#lastSeq
  }

  /** In the order in which they were given. */
  noted(): readonly Noted[] {
    return [...this.#noted.values()]
  }

  /** Accepted, in the order in which they were given. */
  done(): readonly Done[] {
    return [...this.#done.values()]
  }

  size(): number {
    return this.#noted.size
  }

  has(id: Uuid): boolean {
    return this.#noted.has(id)
  }

  find(id: Uuid): Noted | undefined {
    return this.#noted.get(id)
  }

  /** Oldest first. */
  concerns(): readonly Concern[] {
    return [...this.#concerns.values()]
  }

  /** Not to be sent without a person's word: too old, or known to be done by a server that has forgotten it. */
  isStale({ envelope, confirmed, withdrawn, missed }: Noted, now: Instant): boolean {
    if (confirmed || withdrawn) return false
    return missed !== undefined || (envelope.expiresAt !== undefined && envelope.expiresAt < now)
  }

  /**
   * Whose turn it is. What is stale and was `asked` about stands aside, and what rests on it; everything else keeps its
   * order. Undefined: nothing can be done now.
   */
  turn(now: Instant, asked: ReadonlySet<Uuid>): Turn | undefined {
    return this.#turns(now, asked).next().value ?? undefined
  }

  /**
   * Those at the head of the line that are simply sent, at most so many: they may go together. One that rests on another
   * waits for its outcome and ends them.
   */
  line(now: Instant, asked: ReadonlySet<Uuid>, most: number): readonly Envelope[] {
    const line: Envelope[] = []
    for (const turn of this.#turns(now, asked)) {
      const { envelope } = turn
      const rests = line.some(({ id }) => envelope.dependsOn?.includes(id))
      if (turn.do !== 'send' || turn.recorded !== undefined || rests) break
      line.push(envelope)
      if (line.length === most) break
    }
    return line
  }

  /** One after the other, as if each were accepted. */
  *#turns(now: Instant, asked: ReadonlySet<Uuid>): Generator<Turn, void> {
    const aside = new Set<Uuid>()
    for (const noted of this.#noted.values()) {
      const { envelope, withdrawn, missed } = noted
      const { id, dependsOn = [] } = envelope
      if (withdrawn) yield { do: 'refuse', envelope, refusal: { code: 'withdrawn' } }
      else if (dependsOn.some((other) => this.#refused.has(other))) {
        yield { do: 'refuse', envelope, refusal: { code: 'rests-on-refused' } }
      } else if (dependsOn.some((other) => aside.has(other))) aside.add(id)
      else if (!this.isStale(noted, now)) {
        yield { do: 'send', envelope, ...(missed ? { recorded: missed.result } : {}) }
      } else if (!asked.has(id)) yield { do: 'ask', envelope }
      else aside.add(id)
    }
  }
}
