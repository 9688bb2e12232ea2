/** PGlite worker: the thread in which the embedded database runs. Bytes in, bytes out; see pglite-link.ts. */
import { setFlagsFromString } from 'node:v8'
import { parentPort } from 'node:worker_threads'
import { codeOf } from './failures.ts'
import { compileEngine, type Engine, startEngine } from './pglite-engine.ts'
import type { FromWorker, ToWorker } from './pglite-link.ts'

const port = parentPort
if (!port) throw new Error('to be started as a thread')
const say = (message: FromWorker) => port.postMessage(message)
const fail = (error: unknown) =>
  say({
    kind: 'failed',
    message: error instanceof Error ? error.message : String(error),
    code: codeOf(error),
  })

/**
 * How much a function of the engine has to run before it is compiled a second time, for speed. V8's usual two millions
 * make it do so with thousands of functions within the first second: that takes the processor from the start and from
 * the first answers, and 40 to 60 MB for good. Statements that are asked often are as fast this way.
 */
setFlagsFromString('--wasm-tiering-budget=100000000')

// Whoever started this thread does not yet know which folder: what takes longest needs none.
const compiled = compileEngine()

function serve(engine: Engine): void {
  port?.on('message', (message: Uint8Array | ToWorker) => {
    if (!(message instanceof Uint8Array)) {
      void engine
        .close()
        .catch(() => {})
        .then(() => say({ kind: 'closed' }))
      return
    }
    try {
      engine.exec(message, (piece) => port?.postMessage(piece, [piece.buffer as ArrayBuffer]))
    } catch (error) {
      fail(error)
    }
  })
  say({ kind: 'ready' })
}

port.once('message', (first: ToWorker) => {
  if (first.kind !== 'open') return say({ kind: 'closed' })
  startEngine(first.options, compiled).then(serve, fail)
})
