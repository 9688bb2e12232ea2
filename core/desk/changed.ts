/** Changed: which questions have other answers now, after a command or after a pull. */
import type { ArgsOf, CommandCall } from '../commands/calls.ts'
import type { Changed } from '../contract.ts'
import { materialQueries } from '../queries/material-rows.ts'
import { type QueryName, queryArgs } from '../queries/rows.ts'
import type { Pulled } from '../sync/puller.ts'

export const ALL_QUERIES = Object.keys(queryArgs) as QueryName[]

const RESERVATION_QUERIES: readonly QueryName[] = [
  'calendar.range',
  'calendar.year',
  'booking.one',
  'hall.find',
  'hold.all',
  'person.find',
  'history.recent',
  'history.actors',
  'request.queue',
  'person.list',
  'person.one',
]
const HOLD_QUERIES: readonly QueryName[] = ['calendar.range', 'hall.find', 'hold.all', 'places.one']
const MATERIAL_QUERIES = Object.keys(materialQueries) as QueryName[]
/** What shows waiting commands. */
const OVERLAID: readonly QueryName[] = ['calendar.range', 'booking.one']

/** By a command that was decided here; a booking names its span and halls, so that others stay. */
export function changedBy(call: CommandCall): Changed {
  // Where it stood is in no range that the call names.
  if (call.name === 'reservation.move') {
    return { queries: [...RESERVATION_QUERIES, ...MATERIAL_QUERIES] }
  }
  if (call.name === 'reservation.hold' || call.name === 'reservation.let-go') {
    return { queries: HOLD_QUERIES }
  }
  if (call.name !== 'reservation.book') return { queries: ALL_QUERIES }
  const { during, resource, also = [] } = call.args as ArgsOf<'reservation.book'>
  return { queries: RESERVATION_QUERIES, ...during, resources: [resource, ...also] }
}

/** By rows that came down; null where none did. */
export function changedByPull({ tables, touched }: Pulled): Changed | null {
  if (tables.length === 0) return null
  if (touched === null) return { queries: ALL_QUERIES }
  if (touched === 'nothing') {
    return {
      queries: ALL_QUERIES.filter((name) => !OVERLAID.includes(name) || name === 'booking.one'),
    }
  }
  return { queries: ALL_QUERIES, ...touched }
}

/** By what waits, or by what would become of it. */
export const changedByGuess: Changed = { queries: OVERLAID }
