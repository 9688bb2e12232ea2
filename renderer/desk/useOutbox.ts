/**
 * useOutbox: what waits, what came to nothing, and who else shares the server; undefined until the core has told.
 *
 * Promises to be asked for anew whenever it may be another: the core says so, the desk has got or lost its server, or
 * times were taken that are offered to somebody as free.
 */
import { useSyncExternalStore } from 'react'
import type { Outbox } from '../../core/contract.ts'
import { follow } from './remote.ts'

let place = ''

export const outbox = follow(
  'outbox',
  () => undefined,
  (event, value) => {
    switch (event.type) {
      case 'outbox':
        return true
      case 'changed':
        return !!value?.concerns.length && event.changed.queries.includes('calendar.range')
      case 'status': {
        const before = place
        place = `${event.status.phase} ${event.status.mode}`
        return place !== before
      }
      default:
        return false
    }
  },
)

export function useOutbox(): Outbox | undefined {
  return useSyncExternalStore(outbox.subscribe, outbox.get)
}
