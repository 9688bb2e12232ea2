/** Problem: what a person is told when the desk cannot go on, in place of a stack trace. */
import type { Problem } from '../contract.ts'
import { DataUnreadable, DiskFull, FolderLocked, NewerDatabase } from '../store/failures.ts'

export function problemOf(error: unknown): Problem {
  if (error instanceof DiskFull) return { code: 'disk-full', detail: '' }
  if (error instanceof FolderLocked) {
    return { code: 'data-locked', detail: `${error.holder.pid}, ${error.holder.host}` }
  }
  if (error instanceof NewerDatabase) return { code: 'schema-newer', detail: '' }
  if (error instanceof DataUnreadable) return { code: 'data-unreadable', detail: error.folder }
  return { code: 'unexpected', detail: error instanceof Error ? error.message : String(error) }
}
