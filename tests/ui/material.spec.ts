/**
 * Equipment and keys in the real app, by keyboard alone: delivered, ticked by mistake, called off after delivery,
 * fetched in part, withdrawn before delivery, a key that is overdue; and every screen of it without serious faults.
 */
import type { DaySheet, PieceRow, TripRow } from '../../core/queries/material-rows.ts'
import { expect, type Page, test } from '../harness/test.ts'
import { ask, FOUNDING_MS, format, inspector, sampleDesk } from './clerk.ts'
import { go, serious } from './screens.ts'

const DAY_MS = 86_400_000
const ZONE = 'Europe/Zurich'

let desk: Awaited<ReturnType<typeof sampleDesk>>
test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  test.setTimeout(FOUNDING_MS)
  desk = await sampleDesk()
})
test.afterAll(() => desk?.close())

const sheet = (page: Page) => page.getByRole('grid', { name: 'Tagesblatt' })
const dayOf = (at: number) => new Date(at).toLocaleDateString('sv', { timeZone: ZONE })

/** Deliveries of the days after tomorrow, the first trip of each type and day that can be ticked. */
async function deliveries(page: Page): Promise<readonly TripRow[]> {
  const start = Date.now() + 2 * DAY_MS
  const args = { start, end: start + 40 * DAY_MS, late: false }
  const { trips } = await ask<DaySheet>(page, 'material.day', args)
  return trips.filter((row) => row.way === 'out' && row.ready && row.count > 4)
}

async function tripsOf(page: Page, { claim }: TripRow): Promise<readonly TripRow[]> {
  const args = { start: Date.now() - DAY_MS, end: Date.now() + 90 * DAY_MS, late: false }
  const { trips } = await ask<DaySheet>(page, 'material.day', args)
  return trips.filter((row) => row.claim === claim)
}
const states = async (page: Page, row: TripRow) =>
  (await tripsOf(page, row)).map((one) => `${one.count} ${one.way} ${one.state}`)

/** Opens the sheet of the day and walks to the row, by keyboard. */
async function walkTo(page: Page, at: number, row: TripRow): Promise<void> {
  await page.keyboard.press('Escape')
  await page.keyboard.press('1')
  await page.keyboard.press('5')
  const field = page.getByRole('textbox', { name: 'Tag eingeben' })
  await field.focus()
  const [year, month, day] = dayOf(at).split('-').map(Number)
  await page.keyboard.type(`${day}.${month}.${year}`)
  await page.keyboard.press('Enter')
  await expect(page.getByText(format.dayLong(dayOf(at)))).toBeVisible()
  await sheet(page).locator('[role="row"][tabindex="0"]').focus()
  await page.keyboard.press('Home')
  const focused = page.locator('[role="row"]:focus')
  for (let step = 0; step < 60; step++) {
    const text = (await focused.textContent()) ?? ''
    if (text.includes(row.title) && text.includes(`${row.count} ${row.name}`)) return
    await page.keyboard.press('ArrowDown')
  }
  throw new Error(`no row for ${row.title}`)
}

test('delivered, ticked by mistake, delivered again, called off and fetched in two parts', async () => {
  const { page } = desk
  const { keyboard } = page
  const [row] = await deliveries(page)
  if (!row) throw new Error('the sample delivers nothing')
  const all = row.count
  await walkTo(page, row.at, row)
  await keyboard.press('Space')
  await expect.poll(() => states(page, row)).toEqual([`${all} out done`, `${all} back planned`])
  // It never was: nothing has moved.
  await walkTo(page, Date.now(), row)
  await keyboard.press('w')
  await expect.poll(() => states(page, row)).toEqual([`${all} out planned`, `${all} back planned`])
  await keyboard.press('Control+z')
  await expect.poll(() => states(page, row)).toEqual([`${all} out done`, `${all} back planned`])
  // Called off after delivery: the way back is planned for now.
  await walkTo(page, Date.now(), row)
  await keyboard.press('z')
  await expect
    .poll(async () => (await tripsOf(page, row)).find((one) => one.way === 'back')?.at)
    .toBeLessThan(Date.now() + 60_000)
  // Two stay behind.
  const [back] = (await tripsOf(page, row)).filter((one) => one.way === 'back')
  if (!back) throw new Error('nothing is fetched')
  await walkTo(page, back.at, row)
  await expect(page.locator('[role="row"]:focus')).toContainText(row.title)
  while (!((await page.locator('[role="row"]:focus').textContent()) ?? '').includes('Keller →')) {
    const text = (await page.locator('[role="row"]:focus').textContent()) ?? ''
    if (text.includes(`→ ${back.to}`) && text.includes(row.title)) break
    await keyboard.press('ArrowDown')
  }
  await keyboard.press('e')
  await expect(page.getByRole('dialog')).toBeVisible()
  await keyboard.press('Control+a')
  await keyboard.type(String(all - 2))
  await keyboard.press('Enter')
  await expect
    .poll(async () => [...(await states(page, row))].sort())
    .toEqual([`${all} out done`, `2 back planned`, `${all - 2} back done`].sort())
})

test('withdrawn before delivery: the trips go with the booking and come back with it', async () => {
  const { page } = desk
  const row = (await deliveries(page)).at(-1)
  if (!row) throw new Error('the sample delivers nothing')
  const before = await states(page, row)
  await walkTo(page, row.at, row)
  await page.keyboard.press('Enter')
  await expect(inspector(page)).toBeVisible()
  await expect(inspector(page).getByRole('button', { name: /Absagen/ })).toBeVisible()
  await page.keyboard.press('Delete')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Enter')
  await expect.poll(() => states(page, row)).toEqual([])
  await expect(page.getByRole('dialog')).toBeHidden()
  await page.keyboard.press('Control+z')
  await expect.poll(() => states(page, row)).toEqual(before)
})

test('a booking orders chairs, and hears who has the rest when there are too few', async () => {
  const { page } = desk
  const row = (await deliveries(page)).find((one) => one.name === 'Stuhl')
  if (!row) throw new Error('the sample delivers nothing')
  await walkTo(page, row.at, row)
  await page.keyboard.press('Enter')
  const tab = inspector(page).getByRole('tab', { name: 'Material' })
  await tab.focus()
  await page.keyboard.press('Enter')
  const field = inspector(page).getByRole('textbox', { name: 'Anzahl Stuhl' })
  await field.focus()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('601')
  await page.keyboard.press('Enter')
  await expect(inspector(page).getByRole('alert')).toContainText('gewünscht sind 601')
  await field.focus()
  await page.keyboard.press('Control+a')
  await page.keyboard.type(String(row.count + 5))
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await tripsOf(page, row))[0]?.count).toBe(row.count + 5)
})

test('an overdue key stands first and is taken back with one press', async () => {
  const { page } = desk
  const keys = () => ask<PieceRow[]>(page, 'material.pieces', { type: null })
  const overdue = async () =>
    (await keys()).filter((key) => key.tag === null && (key.next?.at ?? 0) < Date.now()).length
  const late = await overdue()
  expect(late).toBeGreaterThan(0)
  await go(page, 'material/keys')
  const first = page.locator('[data-key]').first()
  await expect(first).toContainText('überfällig seit')
  await first.focus()
  await page.keyboard.press('Enter')
  await expect.poll(overdue).toBe(late - 1)
  await page.keyboard.press('Control+z')
  await expect.poll(overdue).toBe(late)
})

const routes = ['material', 'material/stock', 'material/keys', 'material/things'] as const
for (const look of ['light', 'dark'] as const) {
  test(`axe finds nothing serious, ${look}`, async () => {
    const { page } = desk
    const found: string[] = []
    const [key] = await ask<PieceRow[]>(page, 'material.pieces', { type: null })
    for (const route of [...routes, `material/item/${key?.item}`]) {
      found.push(...(await serious(page, route, look)).map((each) => `${route}: ${each}`))
    }
    expect(found).toEqual([])
  })
}
