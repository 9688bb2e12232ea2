/**
 * Compacting the journal of a desk that shares a server: what is settled for long is in the server's receipts, and in
 * the backups of it. What waits, what somebody has still to be told, and the desk's place in its line stay.
 */
import type { Instant } from '../domain/time.ts'
import type { Journal } from './journal.ts'
import type { Outbox } from './outbox.ts'

/** Longer than a server is put back by, with the weekends and holidays until somebody notices. */
const KEEP_FOR_MS = 60 * 86_400_000
/** Fewer commands than this are not worth writing the file anew. */
const WORTH_IT = 500

/** Answers how many commands went. */
export async function compactJournal(
  journal: Journal,
  outbox: Outbox,
  now: Instant,
): Promise<number> {
  const needed = new Set(
    [...outbox.noted(), ...outbox.concerns()].map(({ envelope }) => envelope.id),
  )
  const old = new Set<string>()
  for (const entry of journal.entries()) {
    if (entry.kind !== 'command' || entry.issuedAt > now - KEEP_FOR_MS) continue
    if (!needed.has(entry.id) && entry.seq !== outbox.lastSeq) old.add(entry.id)
  }
  if (old.size < WORTH_IT) return 0
  await journal.compact((entry) => !old.has(entry.id))
  return old.size
}
