/** PGlite worker: the thread in which the embedded database runs. Bytes in, bytes out; see pglite-link.ts. */
import { parentPort, workerData } from 'node:worker_threads'
import { codeOf } from './failures.ts'
import { type EngineOptions, startEngine } from './pglite-engine.ts'
import type { FromWorker } from './pglite-link.ts'

const port = parentPort
if (!port) throw new Error('to be started as a thread')
const say = (message: FromWorker) => port.postMessage(message)
const fail = (error: unknown) =>
  say({
    kind: 'failed',
    message: error instanceof Error ? error.message : String(error),
    code: codeOf(error),
  })

startEngine(workerData as EngineOptions).then((engine) => {
  port.on('message', (message: Uint8Array | { kind: 'close' }) => {
    if (!(message instanceof Uint8Array)) {
      void engine
        .close()
        .catch(() => {})
        .then(() => say({ kind: 'closed' }))
      return
    }
    try {
      engine.exec(message, (piece) => port.postMessage(piece, [piece.buffer as ArrayBuffer]))
    } catch (error) {
      fail(error)
    }
  })
  say({ kind: 'ready' })
}, fail)
