/** Ports of the real world for tests: the true clock and random numbers, and a log that can be read afterwards. */
import type { Log, Ports } from '../../core/ports.ts'

export interface KeptLog extends Log {
  readonly lines: { level: string; message: string; facts: Record<string, unknown> }[]
}

export function keptLog(): KeptLog {
  const lines: KeptLog['lines'] = []
  return {
    lines,
    write(level, message, facts = {}) {
      lines.push({ level, message, facts: { ...facts } })
    },
  }
}

export function testPorts(log: Log = keptLog()): Ports {
  return {
    clock: { now: () => Date.now() },
    random: { bytes: (length) => crypto.getRandomValues(new Uint8Array(length)) },
    log,
  }
}
