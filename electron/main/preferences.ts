/**
 * Preferences of this desk: read once, kept in memory, written at once when they change. A disk that refuses
 * costs the clerk nothing but the memory of it.
 */
import type { Preferences } from '../../core/contract.ts'
import { preferences as schema } from '../../core/contract.ts'
import type { Log } from '../../core/ports.ts'
import { keep, readKept } from './keep.ts'

export interface PreferencesOnDisk {
  read(): Preferences
  change(part: Partial<Preferences>): Preferences
}

export function openPreferences(path: string, log: Log): PreferencesOnDisk {
  let current = readKept(path, schema) ?? schema.parse({})
  return {
    read: () => current,
    change(part) {
      current = schema.parse({ ...current, ...part })
      try {
        keep(path, current)
      } catch (error) {
        log.write('warn', 'preferences could not be written', { error })
      }
      return current
    },
  }
}
