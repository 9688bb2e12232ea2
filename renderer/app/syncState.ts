/**
 * Sync state: the one thing to say about the link to the shared database, out of all that is known of it. Pure.
 *
 * What needs somebody comes first: that the link is cut is said by a line of its own as well.
 */

import type { Outbox, Status } from '../../core/contract.ts'
import type { Instant } from '../../core/domain/time.ts'

export type SyncState = Readonly<
  | { kind: 'alone' }
  | { kind: 'current'; asOf: Instant }
  | { kind: 'sending'; count: number }
  /** Connected, and yet nothing goes out: somebody has to do something about the server. */
  | { kind: 'stuck'; count: number }
  | { kind: 'cut-off'; since: Instant; count: number }
  | { kind: 'needs'; count: number }
>

/** `underWay`: commands of this window without an answer, once that has lasted for a moment. */
export function syncState(
  { mode, server, asOf, waiting, concerns }: Status,
  outbox: Outbox | undefined,
  underWay: number,
): SyncState {
  if (concerns > 0) return { kind: 'needs', count: concerns }
  if (mode === 'standalone' || !server) {
    return underWay > 0 ? { kind: 'sending', count: underWay } : { kind: 'alone' }
  }
  const count = waiting === 0 ? 0 : stillMeant(outbox, waiting)
  if (mode === 'cut-off') return { kind: 'cut-off', since: server.since, count }
  if (server.trouble && server.trouble.code !== 'unreachable') return { kind: 'stuck', count }
  if (count > 0 || underWay > 0) return { kind: 'sending', count: Math.max(count, underWay) }
  return { kind: 'current', asOf }
}

/** What was taken back waits as well, for the server to say that it never came. */
function stillMeant(outbox: Outbox | undefined, waiting: number): number {
  return outbox?.waiting.filter(({ standing }) => standing !== 'withdrawn').length ?? waiting
}
