/** Unsettled: the commands of a journal that have no outcome yet. */
import type { Uuid } from '../domain/time.ts'
import type { Envelope } from './envelope.ts'
import type { JournalEntry } from './journal.ts'

/** In their order; `noted` is the last place in the desk's line that was given out. */
export function unsettledIn(entries: readonly JournalEntry[]): {
  unsettled: Map<Uuid, Envelope>
  noted: number
} {
  const unsettled = new Map<Uuid, Envelope>()
  let noted = 0
  for (const entry of entries) {
    if (entry.kind === 'command') {
      const { kind: _, ...envelope } = entry
      unsettled.set(entry.id, envelope as Envelope)
      noted = Math.max(noted, entry.seq)
    } else {
      unsettled.delete(entry.id)
    }
  }
  return { unsettled, noted }
}
