/**
 * Housekeeping: tidies the embedded database when the desk has been quiet for a while.
 *
 * It never runs while commands come in, and never twice for the same work.
 */
import type { Log } from '../ports.ts'
import type { Database } from '../store/database.ts'
import { tidyUp } from '../store/statistics.ts'
import { describe } from './line.ts'

/** Longer than a clerk pauses in a call, shorter than a coffee break. */
const QUIET_MS = 120_000
/** Fewer changed rows than this are not worth a vacuum. */
const WORTH_IT = 200

export interface Housekeeping {
  /** Says that a command was decided. */
  worked(): void
  stop(): void
}

export function housekeeping(database: Database, log: Log): Housekeeping {
  let since = 0
  let timer: NodeJS.Timeout | undefined
  const stop = () => {
    clearTimeout(timer)
    timer = undefined
  }
  return {
    worked() {
      since += 1
      stop()
      if (since < WORTH_IT) return
      timer = setTimeout(() => {
        since = 0
        tidyUp(database).catch((error: unknown) => {
          log.write('warn', 'the database could not be tidied', { error: describe(error) })
        })
      }, QUIET_MS)
      timer.unref()
    },
    stop,
  }
}
