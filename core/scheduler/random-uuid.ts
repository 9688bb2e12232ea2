/** Random uuids (version 4) from the platform: the default of the library; the desk gives its own. */
import type { Uuid } from '../domain/time.ts'

export function randomUuid(): Uuid {
  return globalThis.crypto.randomUUID()
}
