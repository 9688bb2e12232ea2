/** Printing worker: the thread in which files are made, compared and written, so that no clerk waits for them. */
import { parentPort } from 'node:worker_threads'
import { printingHere } from './printing.ts'
import type { FromPrinting, ToPrinting } from './printing-thread.ts'

const port = parentPort
if (!port) throw new Error('to be started as a thread')

async function answerTo(job: ToPrinting): Promise<FromPrinting> {
  try {
    const answer =
      job.do === 'preview'
        ? await printingHere.preview(job.source, job.page)
        : await printingHere.print(job.source)
    return { id: job.id, ok: true, answer }
  } catch (error) {
    const message = error instanceof Error ? `${error.name}: ${error.message}` : 'no error object'
    return { id: job.id, ok: false, message }
  }
}

port.on('message', (job: ToPrinting) => {
  void answerTo(job).then((answer) => port.postMessage(answer))
})
