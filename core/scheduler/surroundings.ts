/**
 * Surroundings: what the parts of a scheduler have in common. Its services are asked for once and kept until
 * `clearCache`, as in libres: a service that is replaced afterwards is not noticed before.
 */
import { require } from '../domain/failure.ts'
import { type Micros, microsOfInstant } from '../domain/micros.ts'
import type { Uuid } from '../domain/time.ts'
import { mirrorUuids } from '../domain/uuid.ts'
import type { JsonObject } from '../store/allocations.ts'
import type { Tx } from '../store/database.ts'
import type { Context, Exposure, KnownServices } from './context.ts'
import type { Events } from './events.ts'
import type { Fresh } from './fresh.ts'
import type { Models } from './models.ts'
import type { SessionProvider } from './session.ts'

export interface SurroundingsOptions {
  readonly context: Context
  readonly name: string
  /** IANA zone. */
  readonly timezone: string
  /** Names in the same context that have to be free, too. One-directional: each side must list the other. */
  readonly blockingNames?: readonly string[] | undefined
  /** The uuid of the resource where it is known and need not be that of the name; the same of the blocking ones. */
  readonly resource?: Uuid | undefined
  readonly blockingResources?: readonly Uuid[] | undefined
}

/** The services that are asked for once. */
type Remembered = 'clock' | 'uuidGenerator' | 'emailValidator' | 'exposure' | 'jsonSerializer'

export class Surroundings {
  readonly context: Context
  readonly name: string
  readonly timezone: string
  readonly blockingNames: readonly string[]
  readonly events: Events
  readonly resource: Uuid
  readonly blockingResources: readonly Uuid[]
  /** Own resource first, then the blocking ones. */
  readonly visibleResources: readonly [Uuid, ...Uuid[]]
  readonly models: Models
  /** What was reserved last, as long as it can be approved without reading it again. */
  fresh: Fresh | undefined
  #session: SessionProvider | undefined
  #services: Partial<KnownServices> = {}
  readonly #keys = new Map<Uuid, readonly Uuid[]>()

  constructor(options: SurroundingsOptions, models: Models) {
    const { context, name, blockingNames = [] } = options
    require(typeof options.timezone === 'string' &&
      options.timezone, 'The time zone must be named.')
    const uuidOf = context.getService('resourceUuid')
    this.context = context
    this.name = name
    this.timezone = options.timezone
    this.blockingNames = [...blockingNames]
    this.events = context.getService('events')
    this.resource = options.resource ?? uuidOf(name)
    this.blockingResources = options.blockingResources ?? blockingNames.map((each) => uuidOf(each))
    this.visibleResources = [this.resource, ...this.blockingResources]
    this.models = models
  }

  /** The transaction of the caller. */
  tx(): Tx {
    this.#session ??= this.context.getService('sessionProvider')
    return this.#session.session()
  }

  now(): Micros {
    return microsOfInstant(this.#service('clock')())
  }

  newUuid(): Uuid {
    return this.#service('uuidGenerator')()
  }

  isEmail(email: string): boolean {
    return Boolean(this.#service('emailValidator')(email))
  }

  /** `data` as it is to be written. */
  dump(data: JsonObject | null | undefined): JsonObject {
    return this.#service('jsonSerializer').dump(data ?? {})
  }

  /** `data` as it was before it was written. */
  load(data: JsonObject): JsonObject {
    return this.#service('jsonSerializer').load(data)
  }

  get exposure(): Exposure {
    return this.#service('exposure')
  }

  clearCache(): void {
    this.#services = {}
  }

  /** The uuids of all places of a resource: itself, then its mirrors. */
  keys(resource: Uuid, quota: number): readonly Uuid[] {
    const known = this.#keys.get(resource)
    if (known && known.length >= quota) return known.slice(0, Math.max(1, quota))
    const made = [resource, ...mirrorUuids(resource, quota)]
    this.#keys.set(resource, made)
    return made
  }

  #service<Name extends Remembered>(name: Name): KnownServices[Name] {
    const kept = this.#services[name] ?? this.context.getService(name)
    this.#services[name] = kept
    return kept as KnownServices[Name]
  }
}
