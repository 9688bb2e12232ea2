/**
 * Ports: all that the core asks of the world. Production implements them in `electron/`, tests and the
 * simulation with seeded ones; nothing else in `core/` reads a clock, a random number or a file by itself.
 */

/** UTC milliseconds. */
export interface Clock {
  now(): number
}

/** Fills and returns an array of random bytes. */
export interface Random {
  bytes(length: number): Uint8Array
}

export type LogLevel = 'error' | 'warn' | 'info' | 'debug'

/** One line of the log. `facts` must hold no names, phones, e-mails or passwords. */
export interface Log {
  write(level: LogLevel, message: string, facts?: Readonly<Record<string, unknown>>): void
}

export interface Ports {
  clock: Clock
  random: Random
  log: Log
}
