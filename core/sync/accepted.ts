/** Accepted: what a journal says was done, as cases that can be done again with the same times and numbers. */
import type { Instant, Uuid } from '../domain/time.ts'
import type { Case } from './decide.ts'
import type { Envelope } from './envelope.ts'
import type { JournalEntry } from './journal-line.ts'

/** In the order in which it was given. */
export function acceptedIn(entries: readonly JournalEntry[]): Map<Uuid, Case> {
  const accepted = new Map<Uuid, { at: Instant; result: unknown }>()
  for (const entry of entries) {
    if (entry.kind !== 'outcome' || entry.outcome.status !== 'accepted') continue
    accepted.set(entry.id, { at: entry.at, result: entry.outcome.result })
  }
  const cases = new Map<Uuid, Case>()
  for (const entry of entries) {
    const outcome = entry.kind === 'command' ? accepted.get(entry.id) : undefined
    if (entry.kind !== 'command' || !outcome) continue
    const { kind: _, ...envelope } = entry
    cases.set(entry.id, {
      envelope: envelope as Envelope,
      now: outcome.at,
      recorded: outcome.result,
    })
  }
  return cases
}
