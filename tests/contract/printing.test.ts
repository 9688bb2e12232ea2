/** The thread that prints: whoever waits for it is never left waiting, and the next job finds a new one. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { printingInThread } from '../../core/press/printing-thread.ts'
import type { Source } from '../../core/press/source.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'allmend-print-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const source = (halls: Source['rows']['halls'] = []): Source => ({
  target: {
    id: '0a11e0d0-0000-4000-8000-000000000001',
    name: 'Website',
    folder,
    halls: null,
    daysBack: 7,
    daysAhead: 60,
    detail: 'busy',
    language: 'de-CH',
    automatic: false,
  },
  today: '2027-06-01',
  rows: {
    municipality: 'Musterwil',
    zone: 'Europe/Zurich',
    halls,
    booked: [],
    closed: [],
    open: [],
  },
  holidays: { canton: 'ZH', optional: false, own: [], school: [] },
  secrets: [],
})

it('a job that fails says why, and the ones beside and after it are done', async () => {
  const printing = printingInThread()
  const [broken, beside] = await Promise.allSettled([
    printing.print(source(null as never)),
    printing.print(source()),
  ])
  const after = await printing.preview(source(), 'index.html')
  await printing.close()
  expect({
    broken: broken.status,
    beside: beside.status === 'fulfilled' && beside.value,
    after: [after.shown.path, after.problem, after.files.some((file) => file.fresh)],
  }).toEqual({ broken: 'rejected', beside: { problem: null }, after: ['index.html', null, false] })
})

it('closed in the middle of a job, it answers; and begins anew when there is something to print', async () => {
  const printing = printingInThread()
  const job = printing.print(source())
  const lost = Promise.allSettled([job])
  await printing.close()
  expect((await lost)[0].status).toBe('rejected')
  expect(await printing.print(source())).toEqual({ problem: null })
  await printing.close()
})
