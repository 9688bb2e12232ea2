/**
 * Events: seven lists of handlers, called in order, with the context first.
 *
 * They fire before anything is committed: a handler may see a change that is rolled back later. What a handler
 * throws is thrown on, and the caller rolls back. Nothing fires for moves, quotas, removed allocations, blockers,
 * and the removal or expiry of sessions (`3-reservations.md` 14).
 */
import type { Uuid } from '../domain/time.ts'
import type { ZonedTime } from '../domain/zone.ts'
import type { Allocation } from './allocation.ts'
import type { Context } from './context.ts'
import type { Reservation } from './reservation.ts'

/** Called with the context whose scheduler fires, then what the event has to say. */
export type Handler<Args extends readonly unknown[]> = (
  context: Context,
  ...args: Args
) => void | Promise<void>

/** Local times, the end being the nominal one. */
export type DisplayTimes = readonly [start: ZonedTime, end: ZonedTime]

/** What each event says, after the context. */
export interface EventArgs {
  /** Fires with an empty list where every date was skipped. */
  onAllocationsAdded: [allocations: readonly Allocation[]]
  /** Before the rows are written: their ids are not known yet (0). */
  onReservationsMade: [reservations: readonly Reservation[]]
  onReservationsConfirmed: [reservations: readonly Reservation[], sessionId: Uuid]
  /** All records of the token, also where it has none. */
  onReservationsApproved: [reservations: readonly Reservation[]]
  /** The pending records only, after they are gone. */
  onReservationsDenied: [reservations: readonly Reservation[]]
  /** After they are gone. */
  onReservationsRemoved: [reservations: readonly Reservation[]]
  onReservationTimeChanged: [
    change: Readonly<{ reservation: Reservation; oldTime: DisplayTimes; newTime: DisplayTimes }>,
  ]
}

export type EventName = keyof EventArgs

/** Push a handler to subscribe, splice it out to unsubscribe. */
export type Events = { readonly [Name in EventName]: Handler<EventArgs[Name]>[] }

/** Seven empty lists. */
export function createEvents(): Events {
  return {
    onAllocationsAdded: [],
    onReservationsMade: [],
    onReservationsConfirmed: [],
    onReservationsApproved: [],
    onReservationsDenied: [],
    onReservationsRemoved: [],
    onReservationTimeChanged: [],
  }
}

/** Calls the handlers of one list one after the other. */
export async function fire<Name extends EventName>(
  events: Events,
  name: Name,
  context: Context,
  ...args: EventArgs[Name]
): Promise<void> {
  for (const handler of events[name]) await handler(context, ...args)
}
