/**
 * The desk as a clerk feels it: from start to a painted week, from the key press that books to the block on the screen,
 * and what it costs in memory. In the real Electron, on a large municipality.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { createCore } from '../../core/core.ts'
import { dayOf, instantAt } from '../../core/domain/time.ts'
import type { ResourceRow } from '../../core/queries/rows.ts'
import { ensureBuilt } from '../../electron/start/built.mjs'
import { startDisplay } from '../../electron/start/display.mjs'
import { root } from '../../electron/start/folders.mjs'
import type { LaunchedDesk } from '../harness/electron.ts'
import { testPorts } from '../harness/ports.ts'
import { typeBooking } from '../ui/clerk.ts'
import { launched } from './desk-window.ts'
import { makeLargeDesk } from './large-desk.ts'
import { type Measured, median, spread } from './measured.ts'
import { startUnwatched } from './unwatched.ts'

const STARTS = 5
const BOOKINGS = 7
const ZONE = 'Europe/Zurich'

export async function measureDesk(report: (row: Measured) => void): Promise<void> {
  await ensureBuilt()
  const stop = await startDisplay()
  const folder = await mkdtemp(join(tmpdir(), 'allmend-bench-'))
  try {
    report(await sample())
    const made = await makeLargeDesk(folder)
    report({
      name: `${made.bookings} bookings in 60 halls, through the commands`,
      value: made.seconds,
      unit: 's',
    })
    await (await launched(folder)).quit()
    report(await coldStart(folder))
    const desk = await launched(folder)
    report(await booking(desk.page))
    report(await memory(desk))
    await desk.quit()
  } finally {
    await rm(folder, { recursive: true, force: true })
    stop()
  }
}

/** Founding the sample municipality, the core alone. */
async function sample(): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'allmend-bench-'))
  const preparedImage = join(root, 'out', 'prepared', 'database.tar.gz')
  const core = createCore(testPorts(), { dataFolder: folder, preparedImage, actor: () => 'Bench' })
  await core.opened
  const began = performance.now()
  await core.found('sample', '')
  const value = (performance.now() - began) / 1000
  await core.close()
  await rm(folder, { recursive: true, force: true })
  return { name: 'the sample municipality is founded', value, unit: 's', goal: 10, note: '1 run' }
}

/** From the start of the process to the first painted week. Nobody is attached while it starts: that costs a second. */
async function coldStart(data: string): Promise<Measured> {
  const values: number[] = []
  for (let run = 0; run < STARTS; run++) {
    const desk = await startUnwatched(data)
    values.push((await desk.paintedAt()) - desk.startedAt)
    await desk.quit()
  }
  return {
    name: 'start to painted calendar, warm data folder',
    value: median(values),
    unit: 'ms',
    goal: 1500,
    note: spread(values),
  }
}

/** The key press that books, through IPC, journal, transaction and feed, to the solid block on the screen. */
async function booking(page: Page): Promise<Measured> {
  const values: number[] = []
  const today = dayOf(Date.now(), ZONE)
  for (let index = 0; index < BOOKINGS; index++) {
    const title = `Gemessen ${index}`
    await page.keyboard.press('Escape')
    const start = instantAt(today, '15:30', ZONE)
    const hall = { name: `Halle ${index + 1}` } as ResourceRow
    await typeBooking(page, { hall, start, end: start + 90 * 60_000 }, title, 'Ruth Meier')
    await page.evaluate(() => {
      const state = window as unknown as { began: number; took: number | undefined }
      state.took = undefined
      document.addEventListener(
        'keydown',
        (event) => {
          if (event.key === 'Enter') state.began = performance.now()
        },
        { capture: true, once: false },
      )
      const grid = document.querySelector('[role="grid"]') as HTMLElement
      const solid = () => grid.querySelectorAll('u[data-kind="booked"]').length
      const before = solid()
      const watcher = new MutationObserver(() => {
        if (solid() <= before) return
        watcher.disconnect()
        requestAnimationFrame(() => {
          state.took = performance.now() - state.began
        })
      })
      watcher.observe(grid, { childList: true, subtree: true })
    })
    await page.keyboard.press('Control+Enter')
    const took = await page.waitForFunction(
      () => (window as unknown as { took?: number }).took,
      null,
      { timeout: 20_000 },
    )
    values.push(Number(await took.jsonValue()))
  }
  return {
    name: 'one booking, key press to solid block',
    value: median(values),
    unit: 'ms',
    goal: 50,
    note: spread(values),
  }
}

/** Working sets of the main process (with the embedded database) and of the renderer together. */
async function memory(desk: LaunchedDesk): Promise<Measured> {
  const processes = await desk.app.evaluate(({ app }) =>
    app.getAppMetrics().map(({ type, memory: used }) => ({ type, kilobytes: used.workingSetSize })),
  )
  const counted = processes.filter(({ type }) => type === 'Browser' || type === 'Tab')
  const parts = counted.map(({ type, kilobytes }) => `${type} ${(kilobytes / 1024).toFixed(0)}`)
  return {
    name: 'memory of main and renderer together',
    value: counted.reduce((sum, { kilobytes }) => sum + kilobytes, 0) / 1024,
    unit: 'MB',
    goal: 450,
    note: parts.join(', '),
  }
}
