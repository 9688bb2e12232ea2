/** A shelf of embedded databases in memory: what would be folders is gone when it is closed. */
import type { Shelf } from '../../core/store/exchange.ts'
import { emptyPglite } from './kinds.ts'

export function memoryShelf(): Shelf {
  let current: string | null = null
  return {
    current: async () => current,
    open: async () => (await emptyPglite()).database,
    appoint: async (name) => {
      current = name
    },
    clear: async () => {},
  }
}
