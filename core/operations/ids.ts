/**
 * Ids: uuids in the order they were made, the same ones again when the same command is run again.
 *
 * Journals are replayed and transactions tried again; both must give the same rows, so nothing here is random.
 * Sorting by id is sorting by when something was made, which every tie in the engine is broken by.
 */
import type { Instant, Uuid } from '../domain/time.ts'

export interface Ids {
  next(): Uuid
}

/** Sixteen million new rows in one command: a counter of 24 bits is never full. */
const MOST = 2 ** 24

const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0')

/**
 * Ids of one command: its time (48 bits), a counter (24 bits) and the last 48 bits of the command's own uuid, in
 * the form that RFC 9562 leaves to applications (version 8). One command uses one of these for all it makes.
 */
export function idsOf(now: Instant, command: Uuid): Ids {
  const time = hex(now, 12)
  const source = command.slice(-12)
  let count = 0
  return {
    next() {
      if (count === MOST) throw new Error('a command that makes more rows than can be named')
      const place = hex(count, 6)
      count += 1
      return `${time.slice(0, 8)}-${time.slice(8)}-8${place.slice(0, 3)}-8${place.slice(3)}-${source}`
    },
  }
}
