/**
 * Equipment and keys on a year of lending: what is free in any window, a day of 200 rows as the caretaker's screen
 * paints it, and one tick of forty chairs. On the embedded database and on PostgreSQL.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { addDays, type Day, instantAt } from '../../core/domain/time.ts'
import { queries } from '../../core/queries/index.ts'
import { dice } from '../../core/sample/dice.ts'
import type { Database } from '../../core/store/database.ts'
import { openDesk } from '../../core/sync/open-desk.ts'
import { ensureBuilt } from '../../electron/start/built.mjs'
import { startDisplay } from '../../electron/start/display.mjs'
import { root } from '../../electron/start/folders.mjs'
import { ZONE } from '../harness/authority.ts'
import { launchDesk } from '../harness/electron.ts'
import { withDatabases } from '../harness/kinds.ts'
import { testPorts } from '../harness/ports.ts'
import { go } from '../ui/screens.ts'
import { CHAIR, type Lending, lendForAYear } from './lending.ts'
import { type Measured, median, percentile, spread } from './measured.ts'

const WINDOWS = 200
/** Each window is asked that often, all windows in turn, so that a pause of the machine is not held against one. */
const ASKED = 7
const DAYS = 20
const TURNS = 12
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const SEED = 24_000

type Report = (row: Measured) => void

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

/** Windows of an hour to half a year, anywhere in the year behind and ahead. */
function windows(now: number) {
  const die = dice(SEED)
  return Array.from({ length: WINDOWS }, () => {
    const start = now + (die.roll() - 0.5) * 360 * DAY_MS
    const hours = die.pick([1, 3, 24, 72, 168, 720, 4380])
    return { start: Math.round(start), end: Math.round(start + hours * HOUR_MS) }
  })
}

async function questions(database: Database, { full, stays }: Lending, on: string, report: Report) {
  const ask = (window: { start: number; end: number }) =>
    database.read((tx) =>
      queries['material.free'](tx, {
        type: CHAIR,
        ...window,
        token: null,
        now: Date.now(),
      } as never),
    )
  const all = windows(Date.now())
  for (const window of all.slice(0, 10)) await ask(window)
  const free: number[][] = all.map(() => [])
  for (let turn = 0; turn < ASKED; turn++) {
    for (const [index, window] of all.entries()) free[index]?.push(await timed(() => ask(window)))
  }
  const windowsTook = free.map(median)
  const every = free.flat()
  report({
    name: `chairs free in a window, ${stays} stays, ${on}`,
    value: median(windowsTook),
    unit: 'ms',
    goal: 20,
    note: `${WINDOWS} windows, seed ${SEED}`,
  })
  report({
    name: `… the slowest window, median of ${ASKED}, ${on}`,
    value: Math.max(...windowsTook),
    unit: 'ms',
    goal: 20,
    note: `of ${every.length} answers 99 of 100 within ${percentile(every, 99).toFixed(0)}, all within ${Math.max(...every).toFixed(0)}`,
  })
  const start = instantAt(full, '00:00', ZONE)
  const end = instantAt(addDays(full, 1), '00:00', ZONE)
  const day: number[] = []
  let rows = 0
  for (let run = 0; run < DAYS; run++) {
    day.push(
      await timed(async () => {
        const args = { start, end, late: false }
        const { trips } = await database.read((tx) => queries['material.day'](tx, args as never))
        rows = trips.length
      }),
    )
  }
  report({
    name: `the day read, ${rows} rows, ${on}`,
    value: median(day),
    unit: 'ms',
    note: spread(day),
  })
}

/** From the key press that turns to the day until its last row is painted. */
async function paintDay(page: Page, full: Day): Promise<Measured> {
  await go(page, `material/day/${addDays(full, -1)}`)
  await page.waitForSelector('button[aria-label="Tag danach"]')
  await page.evaluate('globalThis.__name ??= (named) => named')
  const turn = (label: string, wanted: number) =>
    page.evaluate(
      async ({ name, least }) => {
        const button = document.querySelector<HTMLElement>(`button[aria-label="${name}"]`)
        if (!button) throw new Error(`no button ${name}`)
        const shown = () => document.querySelectorAll('[data-state][role="row"]').length
        const right = () => (least > 100 ? shown() > 100 : shown() < 100)
        const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
        const began = performance.now()
        button.click()
        while (!right() && performance.now() - began < 5000) await frame()
        // The frame that holds the rows has been painted when the next one begins.
        await frame()
        return { took: performance.now() - began, rows: shown() }
      },
      { name: label, least: wanted },
    )
  const values: number[] = []
  let rows = 0
  for (let index = 0; index < TURNS + 2; index++) {
    const { took, rows: painted } = await turn('Tag danach', 200)
    // The first two compile and warm.
    if (index > 1) values.push(took)
    rows = painted
    await page.waitForTimeout(200)
    await turn('Tag davor', 0)
    await page.waitForTimeout(200)
  }
  return {
    name: `day sheet of ${rows} rows, key press to painted`,
    value: median(values),
    unit: 'ms',
    goal: 100,
    note: spread(values),
  }
}

async function onPostgres(report: Report): Promise<void> {
  await withDatabases(
    async (kinds) => {
      const kind = kinds.find(({ id }) => id === 'embedded')
      if (!kind) throw new Error('npm brought no PostgreSQL')
      const { database, drop } = await kind.create({ connections: 1 })
      try {
        await questions(database, await lendForAYear(database), kind.name, report)
      } finally {
        await drop()
      }
    },
    { durable: true },
  )
}

export async function measureMaterial(report: Report): Promise<void> {
  await ensureBuilt()
  await onPostgres(report)
  const folder = await mkdtemp(join(tmpdir(), 'allmend-bench-'))
  const stop = await startDisplay()
  try {
    const preparedImage = join(root, 'out', 'prepared', 'database.tar.gz')
    const place = { dataFolder: folder, preparedImage }
    const desk = await openDesk(testPorts(), place, () => undefined)
    const lending = await lendForAYear(desk.database)
    await questions(desk.database, lending, 'embedded', report)
    await desk.close()
    const launched = await launchDesk({ data: folder })
    try {
      report(await paintDay(launched.page, lending.full))
    } finally {
      await launched.quit()
    }
  } finally {
    stop()
    await rm(folder, { recursive: true, force: true })
  }
}
