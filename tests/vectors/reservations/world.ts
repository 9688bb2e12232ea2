/** A world: what one vector plays in. A registry, its schedulers by letter, local names, and the events heard. */
import type { Context } from '../../../core/scheduler/context.ts'
import type { EventArgs, EventName, Events } from '../../../core/scheduler/events.ts'
import { createRegistry, type Registry } from '../../../core/scheduler/registry.ts'
import type { Reservation } from '../../../core/scheduler/reservation.ts'
import { Scheduler } from '../../../core/scheduler/scheduler.ts'
import type { Database } from '../../../core/store/database.ts'
import { Names } from './names.ts'
import { Records } from './records.ts'
import { local, maybeUtc, utc } from './times.ts'

export type Step = Readonly<Record<string, unknown>>

export class World {
  readonly database: Database
  readonly registry: Registry
  readonly names = new Names()
  readonly records = new Records(this.names)
  readonly schedulers = new Map<string, Scheduler>()
  /** What fired in the step that runs. */
  heard: unknown[] = []

  constructor(database: Database) {
    this.database = database
    this.registry = createRegistry(database)
    const { masterContext } = this.registry
    // One session for all contexts: the master keeps it.
    masterContext.unlock()
    masterContext.getService('sessionProvider')
    masterContext.lock()
    const events = masterContext.getService('events')
    for (const name of Object.keys(EVENTS) as EventName[]) this.#listen(events, name)
  }

  context(name: string): Context {
    const context = this.registry.getContext(name, { autocreate: true })
    context.setService('warning', () => () => {})
    return context
  }

  scheduler(step: Step): Scheduler {
    const found = this.schedulers.get(step.on as string)
    if (!found) throw new Error(`No scheduler ${String(step.on)}.`)
    return found
  }

  addScheduler(step: Step): Scheduler {
    const context = this.context((step.context as string | undefined) ?? 'ctx')
    if (step.uuid_namespace) context.setSetting('uuidNamespace', step.uuid_namespace)
    const made = new Scheduler({
      context,
      name: step.name as string,
      timezone: (step.timezone as string | undefined) ?? 'Europe/Zurich',
      blockingNames: (step.blocking as string[] | undefined) ?? [],
    })
    this.schedulers.set(step.on as string, made)
    return made
  }

  /** Services were replaced: nobody may remember the old ones. */
  forgetServices(): void {
    for (const scheduler of this.schedulers.values()) {
      scheduler.clearCache()
      scheduler.queries.clearCache()
    }
  }

  #listen(events: Events, name: EventName): void {
    const handlers = events[name] as ((context: Context, ...args: never[]) => void)[]
    handlers.push((context, ...args) => {
      const facts = this.#factsOf(name, args as unknown as EventArgs[typeof name])
      this.heard.push({ event: EVENTS[name], context: context.name, ...facts })
    })
  }

  #factsOf(name: EventName, args: EventArgs[EventName]): object {
    if (name === 'onReservationTimeChanged') {
      const [change] = args as EventArgs['onReservationTimeChanged']
      return {
        reservation: this.names.reservation(change.reservation.id),
        old_time: change.oldTime.map(local),
        new_time: change.newTime.map(local),
      }
    }
    if (name === 'onAllocationsAdded') {
      const [added] = args as EventArgs['onAllocationsAdded']
      return { count: added.length, starts: added.map((row) => utc(row.start)) }
    }
    const [rows, session] = args as EventArgs['onReservationsConfirmed']
    if (name === 'onReservationsRemoved') return { count: rows.length }
    const facts = { count: rows.length, reservations: rows.map(eventRow).sort(byText) }
    if (name !== 'onReservationsConfirmed') return facts
    return { ...facts, session: this.names.session(session) }
  }
}

function eventRow(row: Reservation) {
  return {
    start: maybeUtc(row.start),
    end: maybeUtc(row.end),
    target_type: row.targetType,
    status: row.status,
    quota: row.quota,
    email: row.email,
  }
}

export function byText(one: unknown, other: unknown): number {
  const [text, otherText] = [JSON.stringify(one), JSON.stringify(other)]
  return text < otherText ? -1 : text > otherText ? 1 : 0
}

const EVENTS: Record<EventName, string> = {
  onAllocationsAdded: 'on_allocations_added',
  onReservationsMade: 'on_reservations_made',
  onReservationsConfirmed: 'on_reservations_confirmed',
  onReservationsApproved: 'on_reservations_approved',
  onReservationsDenied: 'on_reservations_denied',
  onReservationsRemoved: 'on_reservations_removed',
  onReservationTimeChanged: 'on_reservation_time_changed',
}
