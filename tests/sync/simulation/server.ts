/**
 * Simulated server: one embedded database that serves many connections like a Postgres, as far as desks can tell. One
 * transaction at a time has it, whoever comes meanwhile waits.
 *
 * What a server does to its clients happens here as well: it fails commits that could not be serialized, ends sessions that
 * are idle in a transaction, and is started anew in the middle of everything.
 */
import type { Engine } from '../../../core/store/pglite-engine.ts'
import { said } from './machine.ts'
import { failure, GREETING, Groups, query, statusOf } from './postgres-wire.ts'
import type { World } from './world.ts'

/** What desks ask a server for. */
const IDLE_WITHIN_MS = 10_000
export interface Client {
  readonly name: string
  answer(bytes: Buffer): void
  /** The server has ended it. */
  ended(): void
}

interface Listening {
  readonly hear: () => void
  readonly end: () => void
}

interface Session {
  readonly client: Client
  readonly groups: Groups
  readonly waiting: { bytes: Buffer; text: string }[]
  gone: boolean
}

export class SimulatedServer {
  /** Of commits: how many cannot be serialized. */
  conflicts = 0
  readonly #engine: Engine
  readonly #world: World
  readonly #sessions = new Map<Client, Session>()
  readonly #listeners = new Set<Listening>()
  #owner: Session | null = null
  #idle: { cancelled: boolean } | undefined
  #count = 0

  constructor(engine: Engine, world: World) {
    this.#engine = engine
    this.#world = world
    this.#exec(query('rollback'))
    this.#exec(query('discard all'))
  }

  receive(client: Client, bytes: Buffer): void {
    const session = this.#sessionOf(client)
    for (const group of session.groups.take(bytes)) {
      if (group.ends) this.leave(client)
      else session.waiting.push(group)
    }
    this.#work()
  }

  /** The connection is closed, or the server has noticed that it is. */
  leave(client: Client): void {
    const session = this.#sessions.get(client)
    if (!session) return
    session.gone = true
    this.#sessions.delete(client)
    if (this.#owner === session) {
      this.#exec(query('rollback'))
      this.#release()
    }
    this.#work()
  }

  /** `hear` is called after each commit, as if there had been a NOTIFY; `end` when the server ends. */
  listen(hear: () => void, end: () => void): () => void {
    const listening = { hear, end }
    this.#listeners.add(listening)
    return () => this.#listeners.delete(listening)
  }

  /** Like `-m immediate`: what was not committed has never been. */
  crash(): void {
    for (const client of [...this.#sessions.keys()]) {
      this.leave(client)
      client.ended()
    }
    for (const { end } of this.#listeners) end()
    this.#listeners.clear()
  }

  #sessionOf(client: Client): Session {
    const known = this.#sessions.get(client)
    if (known) return known
    this.#count += 1
    const made = { client, groups: new Groups(`c${this.#count}_`), waiting: [], gone: false }
    this.#sessions.set(client, made)
    return made
  }

  #exec(bytes: Buffer): Buffer {
    return this.#world.outside(() => said(this.#engine, bytes))
  }

  #work(): void {
    for (let next = this.#next(); next; next = this.#next()) {
      const group = next.waiting.shift() as Session['waiting'][number]
      if (group.bytes.length === 0) {
        next.client.answer(GREETING)
        continue
      }
      const fails = group.text === 'commit' && this.#world.dice.next() < this.conflicts
      const answer = fails ? this.#conflict() : this.#exec(group.bytes)
      if (statusOf(answer) === 'I') this.#release()
      else this.#hold(next)
      if (group.text === 'commit' && !fails) for (const { hear } of this.#listeners) hear()
      next.client.answer(answer)
    }
  }

  /** Whoever is in a transaction goes on; otherwise chance decides who comes next. */
  #next(): Session | undefined {
    if (this.#owner) return this.#owner.waiting.length > 0 ? this.#owner : undefined
    const waiting = [...this.#sessions.values()].filter((one) => one.waiting.length > 0)
    return waiting.length === 0 ? undefined : this.#world.dice.one(waiting)
  }

  #conflict(): Buffer {
    this.#exec(query('rollback'))
    return failure('40001', 'could not serialize access')
  }

  #hold(session: Session): void {
    this.#release()
    this.#owner = session
    this.#idle = this.#world.later(IDLE_WITHIN_MS, null, `idle ${session.client.name}`, () => {
      this.leave(session.client)
      session.client.ended()
    })
  }

  #release(): void {
    this.#owner = null
    if (this.#idle) this.#idle.cancelled = true
  }
}
