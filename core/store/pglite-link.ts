/**
 * PGlite link: the way to the engine, in a thread of its own or in this one.
 *
 * One message a statement each way, and the bytes are handed over, not copied. A thread that dies tells whoever
 * waits; nobody hangs on it.
 */
import { DatabaseStopped } from './failures.ts'
import type { EngineOptions } from './pglite-engine.ts'
import { type EngineThread, startEngineThread } from './pglite-thread.ts'

/** What travels to the thread: bytes of the protocol, or one of these. */
export type ToWorker =
  | { readonly kind: 'open'; readonly options: EngineOptions }
  | { readonly kind: 'close' }

/** What travels from the thread: bytes of an answer, or one of these. */
export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly message: string; readonly code: string | undefined }
  | { readonly kind: 'closed' }

export interface Link {
  send(bytes: Uint8Array<ArrayBuffer>): void
  /** Set by the one stream that is connected. */
  onAnswer: (piece: Uint8Array) => void
  onGone: (error: Error) => void
  readonly gone: Error | undefined
  close(): Promise<void>
}

/** Starts the engine here. Quick to open and good for tests; a long query holds everything else up. */
export async function linkHere(options: EngineOptions): Promise<Link> {
  // Read when it is needed: a desk whose database has a thread never runs it here.
  const { startEngine } = await import('./pglite-engine.ts')
  const engine = await startEngine(options)
  let gone: Error | undefined
  const link: Link = {
    send(bytes) {
      queueMicrotask(() => {
        if (gone) return
        try {
          engine.exec(bytes, (piece) => link.onAnswer(piece))
        } catch (error) {
          gone = new DatabaseStopped(error)
          link.onGone(gone)
        }
      })
    },
    onAnswer: () => {},
    onGone: () => {},
    get gone() {
      return gone
    },
    async close() {
      gone ??= new DatabaseStopped('closed')
      await engine.close()
    },
  }
  return link
}

/** Opens the engine in a thread. Rejects with the engine's error, and its `code` if it has one. */
export function linkToWorker(
  options: EngineOptions,
  thread: EngineThread = startEngineThread(),
): Promise<Link> {
  const { worker } = thread
  const tell = (message: ToWorker) => worker.postMessage(message)
  let gone: Error | undefined
  let ready = false
  let closed: (() => void) | undefined
  const link: Link = {
    send: (bytes) => worker.postMessage(bytes, [bytes.buffer]),
    onAnswer: () => {},
    onGone: () => {},
    get gone() {
      return gone
    },
    async close() {
      if (gone) return
      gone = new DatabaseStopped('closed')
      await new Promise<void>((resolve) => {
        closed = resolve
        tell({ kind: 'close' })
      })
      await worker.terminate()
    },
  }
  return new Promise((resolve, reject) => {
    const lose = (cause: unknown) => {
      const closing = gone !== undefined
      gone ??= new DatabaseStopped(cause)
      closed?.()
      if (!ready) reject(cause)
      else if (!closing) link.onGone(gone)
    }
    worker.on('message', (message: Uint8Array | FromWorker) => {
      if (message instanceof Uint8Array) return link.onAnswer(message)
      switch (message.kind) {
        case 'ready':
          ready = true
          return resolve(link)
        case 'failed':
          lose(Object.assign(new Error(message.message), { code: message.code }))
          return void worker.terminate()
        case 'closed':
          return closed?.()
      }
    })
    worker.on('error', lose)
    worker.on('exit', (code) => lose(new Error(`the thread of the database ended with ${code}`)))
    if (thread.ended !== undefined) return lose(thread.ended)
    tell({ kind: 'open', options })
  })
}
