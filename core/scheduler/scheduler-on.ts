/**
 * A scheduler bound to one transaction, for commands: everything that may vary between two runs is given, so that
 * a replay writes the same rows. Making one costs no statement.
 */
import type { Instant, Uuid } from '../domain/time.ts'
import { LIBRES_NAMESPACE } from '../domain/uuid.ts'
import type { Tx } from '../store/database.ts'
import { Context } from './context.ts'
import { createEvents, type Events } from './events.ts'
import { everythingExposed } from './exposure.ts'
import { plainJson } from './plain-json.ts'
import { randomUuid } from './random-uuid.ts'
import { derivedUuids } from './registry.ts'
import { Scheduler } from './scheduler.ts'
import { FixedSession } from './session.ts'

/** What a scheduler on one transaction is made of. */
export type SchedulerOn = Readonly<{
  /** The libres context and the name below it, from which the uuid of the resource is derived. */
  context: string
  name: string
  /** IANA zone. */
  timezone: string
  /** Names in the same context that have to be free, too. */
  blockingNames?: readonly string[]
  /** Their uuids, where they are known and need not be those of the names. */
  resource?: Uuid
  blockingResources?: readonly Uuid[]
  namespace?: Uuid
  /** UTC milliseconds. */
  now: Instant | (() => Instant)
  /** Names groups and reservations; random without it. */
  uuids?: () => Uuid
  /** libres' own check without it: something before and after an @, and a dot. */
  emailValidator?: (email: string) => boolean
  events?: Events
}>

export function schedulerOn(tx: Tx, options: SchedulerOn): Scheduler {
  const { now, uuids = randomUuid, emailValidator } = options
  const context = new Context(options.context)
  context.setSetting('uuidNamespace', options.namespace ?? LIBRES_NAMESPACE)
  context.setService('sessionProvider', () => new FixedSession(tx))
  context.setService('clock', () => (typeof now === 'number' ? () => now : now))
  context.setService('uuidGenerator', () => uuids)
  context.setService('resourceUuid', () => derivedUuids(context))
  context.setService('events', () => options.events ?? createEvents())
  context.setService('jsonSerializer', () => plainJson)
  context.setService('warning', () => () => {})
  context.setService('exposure', () => everythingExposed)
  context.setService('emailValidator', () => emailValidator ?? libresEmail)
  return new Scheduler({
    context,
    name: options.name,
    timezone: options.timezone,
    blockingNames: options.blockingNames ?? [],
    resource: options.resource,
    blockingResources: options.blockingResources,
  })
}

/** A prefix of the address is enough for libres: `a@b.c@d` passes. */
export function libresEmail(email: string): boolean {
  return /^[^@]+@[^@]+\.[^@]+/.test(email)
}
