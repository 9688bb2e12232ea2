/**
 * The way through all layers, as a clerk goes it: from a fresh profile to a booking that survives everything.
 * The tests build on one another and share one data folder, as one morning at the desk.
 */
import { rm } from 'node:fs/promises'
import { type LaunchedDesk, launchDesk, scratchFolder } from '../harness/electron.ts'
import { expect, test } from '../harness/test.ts'
import {
  dayOf,
  FOUNDING_MS,
  format,
  freeSlot,
  grid,
  inspector,
  openByNumber,
  panel,
  readBack,
  type Slot,
  typeBooking,
} from './clerk.ts'

test.describe.configure({ mode: 'serial' })

let data: string
let desk: LaunchedDesk
let first: Slot
const numbers: number[] = []

async function start() {
  desk = await launchDesk({ data })
  await expect(grid(desk.page)).toBeVisible({ timeout: FOUNDING_MS })
}

test.beforeAll(async () => {
  data = await scratchFolder()
})
test.afterAll(async () => {
  await desk?.quit().catch(() => {})
  await rm(data, { recursive: true, force: true })
})

test('a fresh profile asks how to begin, and the sample leads to the timeline of all halls', async () => {
  test.setTimeout(FOUNDING_MS)
  desk = await launchDesk({ data })
  const { page } = desk
  await expect(page.getByRole('heading', { name: 'Willkommen bei Allmend' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Mit Datenbank verbinden' })).toBeEnabled()
  await page.getByRole('button', { name: 'Mustergemeinde öffnen' }).click()
  await expect(grid(page)).toBeVisible({ timeout: FOUNDING_MS })
  await expect(page.getByRole('row', { name: /Aula/ }).first()).toBeVisible()
})

test('a hall is booked by mouse from a cell of the week', async () => {
  const { page } = desk
  first = await freeSlot(page, 'Aula Zelgli')
  await page.getByRole('button', { name: 'Nächste Woche' }).click()
  for (let weeks = 0; weeks < 12; weeks++) {
    const there = page.locator(`[data-goto="${dayOf(first.start)}"]`)
    if (await there.isVisible()) break
    await page.getByRole('button', { name: 'Nächste Woche' }).click()
  }
  const column = (new Date(`${dayOf(first.start)}T12:00:00Z`).getUTCDay() + 6) % 7
  const row = page
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name: /Aula Zelgli/ }) })
  const cell = row.locator(`[data-column="${column}"]`)
  const box = await cell.boundingBox()
  if (!box) throw new Error('the cell is not on the screen')
  await page.mouse.click(box.x + box.width - 8, box.y + box.height - 4)

  await expect(panel(page)).toBeVisible()
  await expect(page.getByLabel('Wo', { exact: true })).toHaveValue('Aula Zelgli')
  await page.getByLabel('Von', { exact: true }).fill(format.time(first.start))
  await page.getByLabel('Bis', { exact: true }).fill(format.time(first.end))
  await expect(panel(page).getByText(/^Frei bis/)).toBeVisible()
  await page.getByLabel('Wer', { exact: true }).fill('Rosmarie Probst')
  await page.getByLabel('Was', { exact: true }).fill('Jubiläum mit der Maus')
  await panel(page)
    .getByRole('button', { name: /^Reservieren/ })
    .click()
  numbers.push(await readBack(page))
  await expect(page.getByRole('status').filter({ hasText: 'Jubiläum mit der Maus' })).toBeVisible()
})

test('a hall is booked with the keyboard alone', async () => {
  const { page } = desk
  const slot = await freeSlot(page, 'Mehrzwecksaal')
  await page.keyboard.press('Escape')
  await expect(panel(page)).toBeHidden()
  await typeBooking(page, slot, 'Jubiläum mit der Tastatur', 'Rosmarie Probst')
  await page.keyboard.press('Control+Enter')
  numbers.push(await readBack(page))
  expect(numbers[1]).not.toBe(numbers[0])
})

test('a second booking of the same time is refused in words that name the first', async () => {
  const { page } = desk
  await page.keyboard.press('Escape')
  await typeBooking(page, first, 'Kommt zu spät', 'Hans Muster')
  await page.keyboard.press('Control+Enter')
  const refusal = panel(page).getByRole('alert')
  await expect(refusal).toContainText('Jubiläum mit der Maus')
  await expect(refusal).toContainText(String(numbers[0]))
  await expect(refusal).toContainText(format.times(first.start, first.end))
  // The way out: a free time that the core has checked, taken over with one click.
  await refusal.getByRole('button').first().click()
  await expect(refusal).toBeHidden()
  await expect(panel(page).getByText(/^Frei bis/)).toBeVisible()
  await panel(page).getByRole('button', { name: 'Entwurf verwerfen' }).click()
  await page.keyboard.press('Escape')
})

test('both are there after quit and start', async () => {
  await desk.quit()
  await start()
  for (const [index, title] of ['Jubiläum mit der Maus', 'Jubiläum mit der Tastatur'].entries()) {
    await openByNumber(desk.page, numbers[index] as number)
    await expect(inspector(desk.page).getByRole('heading', { name: title })).toBeVisible()
  }
})

test('a booking is there after kill -9 right after its confirmation', async () => {
  const { page } = desk
  const slot = await freeSlot(page, 'Sitzungszimmer 1')
  await page.keyboard.press('Escape')
  await typeBooking(page, slot, 'Vor dem Stromausfall', 'Rosmarie Probst')
  await page.keyboard.press('Control+Enter')
  const number = await readBack(page)
  await desk.kill()
  await start()
  await openByNumber(desk.page, number)
  await expect(inspector(desk.page)).toContainText('Vor dem Stromausfall')
})

test('undo frees the time, redo takes it again', async () => {
  const { page } = desk
  const slot = await freeSlot(page, 'Sitzungszimmer 2')
  const isFree = async () => (await freeSlot(page, 'Sitzungszimmer 2')).start === slot.start
  await page.keyboard.press('Escape')
  await typeBooking(page, slot, 'Nur ein Versehen', 'Rosmarie Probst')
  await page.keyboard.press('Control+Enter')
  await readBack(page)
  expect(await isFree()).toBe(false)
  await page.keyboard.press('Control+z')
  await expect(panel(page)).toContainText('Rückgängig gemacht, die Zeit ist wieder frei.')
  expect(await isFree()).toBe(true)
  await page.keyboard.press('Control+Shift+z')
  await readBack(page)
  expect(await isFree()).toBe(false)
  await page.keyboard.press('Escape')
})

test('a cancelled booking frees the time, says why, and can be restored', async () => {
  const { page } = desk
  const isFree = async () => (await freeSlot(page, 'Aula Zelgli')).start === first.start
  await openByNumber(page, numbers[0] as number)
  await inspector(page).focus()
  await page.keyboard.press('Delete')
  await page.getByRole('dialog').getByLabel('Grund').fill('Saal zu gross')
  await page.keyboard.press('Enter')
  await expect(inspector(page)).toContainText('Abgesagt: Saal zu gross')
  expect(await isFree()).toBe(true)
  await inspector(page).getByRole('button', { name: 'Wiederherstellen' }).click()
  await expect(inspector(page)).toContainText('bestätigt')
  expect(await isFree()).toBe(false)
})

test('the history tells it in words and takes one step back', async () => {
  const { page } = desk
  await page.keyboard.press('8')
  const entry = page.getByRole('listitem').filter({ hasText: 'Vor dem Stromausfall' }).first()
  await expect(entry).toContainText('Reserviert: Vor dem Stromausfall, Sitzungszimmer 1')
  await entry.getByRole('button', { name: 'Rückgängig machen' }).click()
  await expect(
    page
      .getByRole('listitem')
      .filter({ hasText: 'Rückgängig gemacht: Reserviert: Vor dem Stromausfall' }),
  ).toBeVisible()
})
