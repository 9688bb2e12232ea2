/**
 * Registry: all contexts of a program by name, and which one is the current one.
 *
 * The current context belongs to a flow of asynchronous calls, not to the program: two requests that are served
 * at once do not switch each other's.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { PreconditionFailed } from '../domain/failure.ts'
import type { Uuid } from '../domain/time.ts'
import { LIBRES_NAMESPACE, resourceUuid } from '../domain/uuid.ts'
import type { Database } from '../store/database.ts'
import { Context } from './context.ts'
import { ContextAlreadyExists, ContextIsLocked, UnknownContext } from './errors.ts'
import { createEvents } from './events.ts'
import { everythingExposed } from './exposure.ts'
import { plainJson } from './plain-json.ts'
import { randomUuid } from './random-uuid.ts'
import { DsnSession, FlowSession } from './session.ts'

export class Registry {
  readonly masterContext = new Context('master')
  readonly #contexts = new Map<string, Context>([['master', this.masterContext]])
  readonly #flow = new AsyncLocalStorage<{ current: Context }>()
  /** For callers outside any scope. */
  readonly #outside = { current: this.masterContext }

  get #place(): { current: Context } {
    return this.#flow.getStore() ?? this.#outside
  }

  /** The one of this flow of calls; the master where none was chosen. */
  get currentContext(): Context {
    return this.#place.current
  }

  /** Whether a context of this name is registered. */
  isExistingContext(name: string): boolean {
    return this.#contexts.has(name)
  }

  /** `UnknownContext` unless it is registered. */
  assertExists(name: string): void {
    if (!this.isExistingContext(name)) throw new UnknownContext(`No context ${name}.`)
  }

  /** `ContextAlreadyExists` where it is registered. */
  assertDoesNotExist(name: string): void {
    if (this.isExistingContext(name)) throw new ContextAlreadyExists(`Context ${name} exists.`)
  }

  /** A new context below the master. `replace` drops an existing one, unless that is locked. */
  registerContext(name: string, options: Readonly<{ replace?: boolean }> = {}): Context {
    if (!options.replace) this.assertDoesNotExist(name)
    if (this.#contexts.get(name)?.locked) throw new ContextIsLocked(`Context ${name} is locked.`)
    const made = new Context(name, this.masterContext)
    this.#contexts.set(name, made)
    return made
  }

  /** A context by its name. `UnknownContext`, unless `autocreate` registers it. */
  getContext(name: string, options: Readonly<{ autocreate?: boolean }> = {}): Context {
    const found = this.#contexts.get(name)
    if (found) return found
    if (options.autocreate) return this.registerContext(name)
    throw new UnknownContext(`No context ${name}.`)
  }

  /** Makes a context the current one of this flow (of all outside any scope, where there is none). */
  switchContext(name: string): void {
    this.#place.current = this.getContext(name)
  }

  /** Runs `work` with another current context; afterwards the old one is current again, also after an error. */
  async context<T>(name: string, work: (context: Context) => T | Promise<T>): Promise<T> {
    const context = this.getContext(name)
    return await this.#flow.run({ current: context }, () => work(context))
  }
}

/** A prefix of the address is enough for libres: `a@b.c@d` passes. */
const EMAIL_PREFIX = /^[^@]+@[^@]+\.[^@]+/

/**
 * A registry with the settings and services that every scheduler needs; its master is locked.
 *
 * @param connection where the schedulers work: an open database, or the address of a server (setting `dsn`), which is
 *   connected to when it is first needed. A context may say another: its own `dsn`, or service `sessionProvider`
 * @example
 * const registry = createRegistry(await openPostgres({ connectionString }))
 * const context = registry.registerContext('village')
 * const hall = new Scheduler({ context, name: 'hall', timezone: 'Europe/Zurich' })
 * await context.getService('sessionProvider').run(() => hall.allocate(['2027-04-01T08:00', '2027-04-01T12:00']))
 */
export function createRegistry(connection?: Database | string): Registry {
  const registry = new Registry()
  const master = registry.masterContext
  master.setSetting('dsn', typeof connection === 'string' ? connection : null)
  master.setSetting('uuidNamespace', LIBRES_NAMESPACE)
  master.setService('emailValidator', () => (email) => EMAIL_PREFIX.test(email))
  master.setService('exposure', () => everythingExposed)
  master.setService('uuidGenerator', () => randomUuid)
  master.setService('resourceUuid', (asking) => derivedUuids(asking))
  master.setService('jsonSerializer', () => plainJson)
  master.setService('clock', () => Date.now)
  master.setService('warning', () => (message) => process.emitWarning(message))
  master.setService('events', () => createEvents(), { cache: true })
  const database = typeof connection === 'object' ? connection : undefined
  master.setService('sessionProvider', (asking) => sessionFor(asking, database), { cache: true })
  // One set of lists for the whole program, as in libres; the handlers are told the context.
  master.getService('events')
  master.lock()
  return registry
}

/** As libres derives them: from the names of context and scheduler, in the namespace that the context sets. */
export function derivedUuids(context: Context): (name: string) => Uuid {
  const setting = context.getSetting('uuidNamespace')
  const namespace = typeof setting === 'string' && setting ? setting : LIBRES_NAMESPACE
  return (name) => resourceUuid(context.name, name, namespace)
}

/** On the server that the asking context names, else on the database of the program. */
function sessionFor(asking: Context, database: Database | undefined): FlowSession {
  const dsn = asking.getSetting('dsn')
  if (typeof dsn === 'string') return new DsnSession(dsn)
  if (database) return new FlowSession(database)
  throw new PreconditionFailed('Neither a database nor a dsn was given.')
}
