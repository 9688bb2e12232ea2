/**
 * Engine thread: the thread of the embedded database. It reads and compiles the engine as soon as it runs, and opens a
 * folder when it is told which.
 *
 * A start makes it before anything else is read: by the time the folder is locked, the engine is ready. It knows
 * nothing of `pg` and Kysely, so that making it costs the main thread next to nothing.
 */
import type { Worker } from 'node:worker_threads'
import { startThread } from './thread.ts'

export interface EngineThread {
  readonly worker: Worker
  /** Why it ended before anybody listened. */
  readonly ended: unknown
}

export function startEngineThread(): EngineThread {
  const worker = startThread('pglite-worker', import.meta.url)
  const thread = { worker, ended: undefined as unknown }
  worker.once('error', (error) => {
    thread.ended ??= error
  })
  worker.once('exit', (code) => {
    thread.ended ??= new Error(`the thread of the database ended with ${code}`)
  })
  return thread
}
