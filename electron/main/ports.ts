/**
 * Ports: the clock, the random numbers and the log that the core gets in production.
 */
import { randomFillSync } from 'node:crypto'
import type { Log, Ports } from '../../core/ports.ts'

export function realPorts(log: Log): Ports {
  return {
    clock: { now: () => Date.now() },
    random: { bytes: (length) => randomFillSync(new Uint8Array(length)) },
    log,
  }
}
