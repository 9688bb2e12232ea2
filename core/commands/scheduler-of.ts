/**
 * The scheduler of one resource inside a command: libres-exact, on the command's transaction, with everything
 * that could vary (time, new uuids) taken from the command, so that a replay writes the same rows.
 */

import type { ResourceRow } from '../domain/resource.ts'
import { uuid5 } from '../domain/uuid.ts'
import type { Scheduler } from '../scheduler/scheduler.ts'
import { schedulerOn } from '../scheduler/scheduler-on.ts'
import type { Context } from './command.ts'

/** `sharing`: the resources whose space it shares; they have to be free too. */
export function schedulerOf(
  context: Context,
  resource: ResourceRow,
  sharing: readonly ResourceRow[] = [],
): Scheduler {
  let made = 0
  return schedulerOn(context.tx, {
    context: context.municipality.context,
    name: resource.key,
    timezone: resource.zone,
    blockingNames: sharing.map((one) => one.key),
    // Of a hall whose name on the website nobody knows, the uuid is all there is.
    resource: resource.id,
    blockingResources: sharing.map((one) => one.id),
    now: context.now,
    uuids: () => uuid5(context.commandId, `${resource.id}/${made++}`),
    // The desk takes bookings of people without an address; what was typed is checked by `take-slots`.
    emailValidator: () => true,
  })
}
