/**
 * Drafts: what was typed for bookings that are not made yet, on disk within a moment, so that it survives a crash of
 * the whole program. Written to a new name and renamed; a disk that refuses costs the clerk nothing but the memory.
 */
import type { Drafts } from '../../core/contract.ts'
import { drafts as schema } from '../../core/contract.ts'
import type { Log } from '../../core/ports.ts'
import { keep, readKept } from './keep.ts'

export interface DraftsOnDisk {
  read(): Drafts
  write(drafts: Drafts): void
}

const NONE: Drafts = { current: null, parked: [] }

export function openDrafts(path: string, log: Log): DraftsOnDisk {
  let current = readKept(path, schema) ?? NONE
  return {
    read: () => current,
    write(drafts) {
      current = drafts
      try {
        keep(path, current)
      } catch (error) {
        log.write('warn', 'drafts could not be written', { error })
      }
    },
  }
}
