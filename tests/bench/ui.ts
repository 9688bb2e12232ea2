/**
 * The screens on a large municipality: 60 halls, 20,000 bookings, 2,520 bars in a week. First paint, week switch,
 * scrolling, search, size of the document; then what a school year of availability costs. In the real Electron.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { addDays, dayOf, mondayOf } from '../../core/domain/time.ts'
import { ensureBuilt } from '../../electron/start/built.mjs'
import { startDisplay } from '../../electron/start/display.mjs'
import { measureAvailability } from './availability.ts'
import { launched, untilPainted } from './desk-window.ts'
import { makeLargeDesk } from './large-desk.ts'
import { type Measured, median, percentile, spread } from './measured.ts'

/** Eight weeks of 2,520 bookings each. */
const WEEKS = 8
const RUNS = 7
const TURNS = 10
const SCROLLS = 3
const ZONE = 'Europe/Zurich'
/** Long enough that what is read ahead has been read. */
const CALM_MS = 800
/** Each but once: an answer that is kept would cost nothing. */
const TYPED = [
  'turn',
  'prob',
  'sitz',
  'kurs',
  'meier 17',
  'meier 42',
  'ruth',
  '2471',
  '11700',
  'nirgends',
]

export async function measureUi(report: (row: Measured) => void): Promise<void> {
  await ensureBuilt()
  const stop = await startDisplay()
  const folder = await mkdtemp(join(tmpdir(), 'allmend-bench-'))
  try {
    const made = await makeLargeDesk(folder, WEEKS)
    report({
      name: `${made.bookings} bookings in 60 halls are made`,
      value: made.seconds,
      unit: 's',
    })
    const desk = await launched(folder)
    const { page } = desk
    report(await firstPaint(page))
    report(await documentSize(page))
    report(await weekSwitch(page))
    report(await scrolling(page))
    report(await search(page))
    report(await year(page))
    await desk.quit()
  } finally {
    await rm(folder, { recursive: true, force: true })
    stop()
  }
  await measureAvailability(report)
}

const gridShown = `document.querySelectorAll('[role="grid"] [data-line]').length > 100`

/**
 * From another screen to a week that was never read: its rows asked of the database, laid out, drawn and painted.
 * That is what a calendar costs whenever it is opened; what the start of the program costs is said by `desk`.
 */
async function firstPaint(page: Page): Promise<Measured> {
  const values: number[] = []
  const monday = mondayOf(dayOf(Date.now(), ZONE))
  for (let run = 0; run < RUNS; run++) {
    await page.keyboard.press('8')
    await page.waitForSelector('h1')
    await page.waitForTimeout(CALM_MS)
    await page.keyboard.press('Control+k')
    // Weeks two apart: none of them is read ahead from another.
    await page.keyboard.type(addDays(monday, 7 * (run % 2 === 0 ? run : 7 - run)))
    await page.getByRole('option').first().waitFor()
    await page.waitForTimeout(CALM_MS)
    values.push(await untilPainted(page, 'Enter', gridShown))
    await page.waitForTimeout(CALM_MS)
  }
  return {
    name: 'first paint of a week that was not read, 2,520 bars',
    value: median(values),
    unit: 'ms',
    goal: 150,
    note: spread(values),
  }
}

async function documentSize(page: Page): Promise<Measured> {
  const value = await page.evaluate(() => document.querySelectorAll('*').length)
  return { name: 'elements in the document', value, unit: '', goal: 4000 }
}

async function weekSwitch(page: Page): Promise<Measured> {
  const values: number[] = []
  const head = () => page.locator('[data-day]').first().getAttribute('data-day')
  for (let turn = 0; turn < TURNS + 2; turn++) {
    const before = await head()
    const changed = `document.querySelector('[data-day]')?.getAttribute('data-day') !== '${before}'`
    const took = await untilPainted(page, turn % 2 === 0 ? 'k' : 'j', changed)
    // Once there and back, so that code is compiled and both weeks were read before.
    if (turn > 1) values.push(took)
    await page.waitForTimeout(CALM_MS)
  }
  return {
    name: 'week switch, 60 halls × 2,520 bars',
    value: median(values),
    unit: 'ms',
    goal: 80,
    note: spread(values),
  }
}

/** From top to bottom and back with the wheel; the time between two frames, and how long drawing kept the thread. */
async function scrolling(page: Page): Promise<Measured> {
  const gaps: number[] = []
  const busy: number[] = []
  const box = await page.locator('[role="grid"]').boundingBox()
  await page.mouse.move((box?.x ?? 0) + 600, (box?.y ?? 0) + 300)
  for (let run = 0; run < SCROLLS * 2; run++) {
    const measured = page.evaluate(async () => {
      const times: number[] = []
      const work: number[] = []
      const until = performance.now() + 2500
      let last = await new Promise<number>((resolve) => requestAnimationFrame(resolve))
      while (performance.now() < until) {
        const at = await new Promise<number>((resolve) => requestAnimationFrame(resolve))
        times.push(at - last)
        last = at
        // A message comes when this frame's script, style, layout and paint are done.
        const began = performance.now()
        await new Promise((resolve) => {
          const { port1, port2 } = new MessageChannel()
          port1.onmessage = resolve
          port2.postMessage(null)
        })
        work.push(performance.now() - began)
      }
      return { times, work }
    })
    for (let notch = 0; notch < 40; notch++) {
      await page.mouse.wheel(0, run % 2 === 0 ? 100 : -100)
      await page.waitForTimeout(50)
    }
    const { times, work } = await measured
    gaps.push(...times)
    busy.push(...work)
  }
  return {
    name: 'scrolling: a frame, at the 95th percentile',
    value: percentile(busy, 95),
    unit: 'ms',
    goal: 16,
    note: `${busy.length} frames, median ${median(busy).toFixed(1)}; between two frames ${percentile(gaps, 95).toFixed(1)} at the 95th`,
  }
}

/** From the last letter typed to the list of what was found. */
async function search(page: Page): Promise<Measured> {
  const values: number[] = []
  for (const text of TYPED) {
    await page.keyboard.press('Control+k')
    await page.keyboard.type(text.slice(0, -1))
    await page.waitForTimeout(CALM_MS)
    // Waited for: a letter overtakes a question that is still on its way, and would not be seen.
    const took = await page.evaluateHandle(() => {
      const list = document.querySelector('[role="listbox"]') as HTMLElement
      let began = 0
      addEventListener('beforeinput', () => (began = performance.now()), { once: true })
      const painted = new Promise<number>((resolve) => {
        const seen = new MutationObserver(() => {
          if (list.getAttribute('aria-busy') === 'true') return
          seen.disconnect()
          // When the next frame begins, the answer has been painted.
          requestAnimationFrame(() => resolve(performance.now() - began))
        })
        seen.observe(list, { attributeFilter: ['aria-busy'] })
      })
      return { painted }
    })
    await page.keyboard.type(text.slice(-1))
    values.push(await took.evaluate(({ painted }) => painted))
    await page.keyboard.press('Escape')
    await page.waitForTimeout(200)
  }
  return {
    name: 'search: from the last letter to the answer on the screen',
    value: median(values),
    unit: 'ms',
    goal: 50,
    note: spread(values),
  }
}

async function year(page: Page): Promise<Measured> {
  const values: number[] = []
  for (let run = 0; run < 3; run++) {
    await page.keyboard.press('w')
    await page.waitForTimeout(CALM_MS)
    values.push(
      await untilPainted(page, 'y', `document.querySelectorAll('[data-heat]').length > 365`),
    )
    await page.waitForTimeout(CALM_MS)
  }
  return {
    name: 'the year of 60 halls, the first time and again',
    value: values[0] as number,
    unit: 'ms',
    note: `again ${(values[1] as number).toFixed(0)} ms`,
  }
}
