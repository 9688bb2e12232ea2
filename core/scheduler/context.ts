/**
 * Context: a named set of settings and services, with a parent to fall back to.
 *
 * A program that runs several things on one database gives each its context; what none of them says, the master
 * says. It never opens anything by itself: services are made when they are first asked for.
 */
import type { Uuid } from '../domain/time.ts'
import type { JsonObject } from '../store/allocations.ts'
import { ContextIsLocked, UnknownService } from './errors.ts'
import type { Events } from './events.ts'
import type { SessionProvider } from './session.ts'

/** What `get` answers for a key that nobody in the chain has set; not the same as null. */
export const missing: unique symbol = Symbol('missing')

/** Makes a service for the context that asks. */
export type ServiceFactory<T = unknown> = (asking: Context) => T

/** A service that has something to close; told so when it is replaced. */
export interface StoppableService {
  /** Lets go of whatever it holds; nobody will ask it again. */
  stopService(): void
}

/** The services that the scheduler itself uses. */
export interface KnownServices {
  emailValidator: (email: string) => unknown
  sessionProvider: SessionProvider
  exposure: Exposure
  /** Names tokens and groups. */
  uuidGenerator: () => Uuid
  /** The uuid of a resource by the name of its scheduler (libres calls this one `uuid_generator`). */
  resourceUuid: (name: string) => Uuid
  /** How `data` is kept: what cannot be said in JSON is turned into what can, and back. */
  jsonSerializer: JsonSerializer
  /** The lists of handlers of the program. */
  events: Events
  /** Hears of calls that are probably mistakes. */
  warning: (message: string) => void
  /** UTC milliseconds: `created`, `modified`, expiry of sessions. */
  clock: () => number
}

/** Both ways for the `data` of allocations and reservations. */
export interface JsonSerializer {
  /** What is written: only what JSON can say. */
  dump(data: JsonObject): JsonObject
  /** What was given to `dump`. */
  load(data: JsonObject): JsonObject
}

/** Says which allocations searches and sums may show. */
export interface Exposure {
  /** Asked of masters and mirrors alike, once for each row that is read. */
  isAllocationExposed(allocation: import('./allocation.ts').Allocation): boolean
}

/** An instance is to be kept when one is made. */
const required: unique symbol = Symbol('required')

function isStoppable(value: unknown): value is StoppableService {
  return typeof value === 'object' && value !== null && 'stopService' in value
}

export class Context {
  readonly name: string
  readonly parent: Context | null
  readonly #values = new Map<string, unknown>()
  #locked = false

  constructor(name: string, parent: Context | null = null) {
    this.name = name
    this.parent = parent
  }

  /** Whether settings and services may no longer be set. */
  get locked(): boolean {
    return this.#locked
  }

  /** From now on setting anything is `ContextIsLocked`. */
  lock(): void {
    this.#locked = true
  }

  /** Lets settings and services be set again. */
  unlock(): void {
    this.#locked = false
  }

  /** The value here, else the parent's, else `missing`. */
  get(key: string): unknown {
    if (this.#values.has(key)) return this.#values.get(key)
    return this.parent ? this.parent.get(key) : missing
  }

  /** A stoppable service that is replaced is stopped first. `ContextIsLocked` on a locked context. */
  set(key: string, value: unknown): void {
    if (this.#locked) throw new ContextIsLocked(`Context ${this.name} is locked.`)
    const replaced = this.#values.get(key)
    if (isStoppable(replaced)) replaced.stopService()
    this.#values.set(key, value)
  }

  /** A setting of this context or of the nearest above it that has one; `missing` where none has. */
  getSetting(name: string): unknown {
    return this.get(`settings.${name}`)
  }

  /** `ContextIsLocked` on a locked context. */
  setSetting(name: string, value: unknown): void {
    this.set(`settings.${name}`, value)
  }

  /**
   * The service, made by the nearest factory. A cached service is kept on the context that asked first; as long
   * as a kept instance is inherited, a factory set further down without `cache` is not asked. `UnknownService`;
   * `ContextIsLocked` where an instance would have to be kept on a locked context: ask from a context of your own.
   */
  getService<Name extends keyof KnownServices>(name: Name): KnownServices[Name]
  getService(name: string): unknown
  getService(name: string): unknown {
    const factory = this.get(`service/${name}`)
    if (factory === missing) throw new UnknownService(`No service ${name}.`)
    const kept = this.get(`service/${name}/cache`)
    if (kept !== missing && kept !== required) return kept
    const made = (factory as ServiceFactory)(this)
    if (kept === required) this.set(`service/${name}/cache`, made)
    return made
  }

  /** @param options `cache`: keep the first instance; setting it again forgets the one that is kept. */
  setService<Name extends keyof KnownServices>(
    name: Name,
    factory: ServiceFactory<KnownServices[Name]>,
    options?: Readonly<{ cache?: boolean }>,
  ): void
  setService(name: string, factory: ServiceFactory, options?: Readonly<{ cache?: boolean }>): void
  setService(
    name: string,
    factory: ServiceFactory,
    options: Readonly<{ cache?: boolean }> = {},
  ): void {
    this.set(`service/${name}`, factory)
    if (options.cache) this.set(`service/${name}/cache`, required)
  }
}
