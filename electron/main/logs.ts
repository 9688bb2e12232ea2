/**
 * Logs: JSON lines in the data folder, rotated, with everything personal taken out before it is written. The
 * log can be sent to a supporter as it is. It is never shown to a page and never takes a line from one as is.
 */
import { existsSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import log from 'electron-log/node'
import type { Log, LogLevel } from '../../core/ports.ts'
import { redact, redactText } from './redaction.ts'

/** A week of usual work; a supporter's mail programme takes two of them. */
const LARGEST_BYTES = 2 * 1024 * 1024
const KEPT_FILES = 4

/** `allmend.1.log` is the newest of the old ones. */
function rotate(file: string): void {
  const old = (age: number) => file.replace(/\.log$/, `.${age}.log`)
  for (let age = KEPT_FILES - 1; age >= 1; age--) {
    if (existsSync(old(age))) renameSync(old(age), old(age + 1))
  }
  renameSync(file, old(1))
}

/** One line as it is written; exported for its test. */
export function lineOf(
  at: Date,
  level: LogLevel,
  message: string,
  facts: Readonly<Record<string, unknown>> = {},
): string {
  const clean = redact(facts) as Record<string, unknown>
  return JSON.stringify({ at: at.toISOString(), level, message: redactText(message), ...clean })
}

export function openLog(folder: string): Log {
  const file = join(folder, 'allmend.log')
  const { transports } = log
  transports.console.level = false
  transports.file.level = 'debug'
  transports.file.maxSize = LARGEST_BYTES
  transports.file.resolvePathFn = () => file
  transports.file.archiveLogFn = (full) => rotate(full.toString())
  transports.file.format = ({ message }) => message.data
  return {
    write(level, message, facts) {
      log[level](lineOf(new Date(), level, message, facts))
    },
  }
}
