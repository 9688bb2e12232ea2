/**
 * Printing thread: the same work as `printing.ts`, in a thread that is started when there is something to print and ends
 * when there was nothing for a while.
 *
 * A thread that dies fails the jobs it had, and the next job gets a new one.
 */
import type { Worker } from 'node:worker_threads'
import type { PublishPreview } from '../contract.ts'
import { startThread } from '../store/thread.ts'
import type { Printed, Printing } from './printing.ts'
import type { Source } from './source.ts'

type Job = Readonly<
  { do: 'preview'; source: Source; page: string } | { do: 'print'; source: Source }
>
export type ToPrinting = Job & Readonly<{ id: number }>
export type FromPrinting = Readonly<{ id: number }> &
  Readonly<{ ok: true; answer: PublishPreview | Printed } | { ok: false; message: string }>

/** A clerk who sets up a target looks at it again and again; the memory of the thread is some 30 MB. */
const IDLE_MS = 60_000

interface Waiting {
  readonly resolve: (answer: never) => void
  readonly reject: (error: Error) => void
}

export function printingInThread(): Printing {
  const waiting = new Map<number, Waiting>()
  let thread: Worker | undefined
  let idle: NodeJS.Timeout | undefined
  let last = 0

  const lose = (lost: Worker | undefined, error: Error) => {
    if (lost === undefined || thread !== lost) return
    thread = undefined
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }
  const rest = () => {
    clearTimeout(idle)
    idle = setTimeout(() => {
      if (waiting.size === 0) void end()
    }, IDLE_MS)
    idle.unref()
  }
  const end = async () => {
    const ended = thread
    lose(ended, new Error('the printing thread was closed'))
    await ended?.terminate()
  }
  const start = (): Worker => {
    const started = startThread('printing-worker', import.meta.url)
    started.on('message', (message: FromPrinting) => {
      const job = waiting.get(message.id)
      waiting.delete(message.id)
      rest()
      if (message.ok) job?.resolve(message.answer as never)
      else job?.reject(new Error(message.message))
    })
    started.on('error', (error) => lose(started, error as Error))
    started.on('exit', (code) => lose(started, new Error(`the printing thread ended with ${code}`)))
    return started
  }
  const give = <T>(job: Job): Promise<T> => {
    clearTimeout(idle)
    thread ??= start()
    const id = ++last
    return new Promise<T>((resolve, reject) => {
      waiting.set(id, { resolve: resolve as Waiting['resolve'], reject })
      thread?.postMessage({ ...job, id } satisfies ToPrinting)
    })
  }

  return {
    preview: (source, page) => give<PublishPreview>({ do: 'preview', source, page }),
    print: (source) => give<Printed>({ do: 'print', source }),
    async close() {
      clearTimeout(idle)
      await end()
    },
  }
}
