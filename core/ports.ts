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

/** A file that grows at its end. Errors carry the system's `code` (`ENOSPC` and the like). */
export interface DiskFile {
  write(bytes: Uint8Array, at: number): Promise<void>
  truncate(length: number): Promise<void>
  /** Resolves when everything written so far survives a power cut. */
  sync(): Promise<void>
  close(): Promise<void>
}

/** What the journal asks of a disk, few enough that a simulation can lie about each. */
export interface Disk {
  /** The whole file; empty where there is none. */
  read(path: string): Promise<Uint8Array>
  /** Opens for writing, and makes the file (durably) where there is none. */
  open(path: string): Promise<DiskFile>
  /** All of the new content or all of the old, whatever is cut. */
  replace(path: string, bytes: Uint8Array): Promise<void>
}

export interface Ports {
  clock: Clock
  random: Random
  log: Log
}
