/**
 * Moving a booking in the real window: dragged to another time, length, day and hall, and by the keyboard alone
 * (workflow 3), with the reason in words while it would not fit, the core's no with what is free, and the way back.
 */

import { addDays, mondayOf } from '../../core/domain/time.ts'
import type { LaunchedDesk } from '../harness/electron.ts'
import { expect, type Page, test } from '../harness/test.ts'
import {
  addHall,
  book,
  box,
  emptyDesk,
  goTo,
  openHall,
  serious,
  timeline,
} from './calendar-desk.ts'
import { countingKeyboard, hold } from './workflows.ts'

test.describe.configure({ mode: 'serial' })

/** A Monday far enough ahead that nothing lies in the past, whenever this runs. */
const MONDAY = mondayOf(addDays(new Date().toISOString().slice(0, 10), 35))
const TUESDAY = addDays(MONDAY, 1)

let desk: LaunchedDesk

test.beforeAll(async () => {
  test.setTimeout(120_000)
  desk = await emptyDesk(1500, 900)
  const { page } = desk
  const aula = await addHall(page, 'Aula', { position: 1 })
  const saal = await addHall(page, 'Saal', { position: 2, color: 1 })
  const daily = { from: MONDAY, until: addDays(MONDAY, 13), opens: '08:00', closes: '22:00' }
  await openHall(page, aula, daily)
  await openHall(page, saal, daily)
  await book(page, aula, 'Jodlerklub', [TUESDAY, '10:00', '12:00'])
  await book(page, saal, 'Lesung', [TUESDAY, '14:00', '16:00'])
})

test.afterAll(async () => {
  await desk?.quit().catch(() => {})
})

const chip = (page: Page, title: string) =>
  page.locator('[data-track] [data-line]', { hasText: title })
const hourX = async (page: Page, hour: number) =>
  (await box(page.locator(`[data-hour="${hour}"]`))).x
const rowY = async (page: Page, hall: string) => {
  const row = await box(
    page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: hall }) }),
  )
  return row.y + row.height / 2
}
/** Presses here, moves there in steps, and leaves the button down. */
async function drag(page: Page, from: readonly [number, number], to: readonly [number, number]) {
  await page.mouse.move(...from)
  await page.mouse.down()
  await page.mouse.move(from[0] + 8, from[1])
  await page.mouse.move(...to, { steps: 6 })
}
/** The one that can still be taken back. */
const toast = (page: Page) =>
  page.getByRole('status').filter({
    hasText: /Verschoben/,
    has: page.getByRole('button', { name: 'Rückgängig' }),
  })
async function undo(page: Page) {
  await toast(page).getByRole('button', { name: 'Rückgängig' }).click()
  await expect(toast(page)).toBeHidden()
}

test('a chip dragged to another time keeps its length, and the toast takes it back', async () => {
  const { page } = desk
  await goTo(page, TUESDAY)
  await page.keyboard.press('d')
  const y = await rowY(page, 'Aula')
  const ghost = page.locator('[data-ghost]')
  await drag(page, [(await hourX(page, 11)) + 2, y], [(await hourX(page, 18)) + 3, y])
  await expect(ghost).toHaveAttribute('data-refused', 'false')
  await expect(ghost).toContainText('17:00–19:00')
  await page.mouse.up()
  await expect(ghost).toBeHidden()
  await expect(chip(page, 'Jodlerklub')).toContainText('17:00–19:00')
  await expect(toast(page)).toContainText(/Jodlerklub.*10:00–12:00 → .*17:00–19:00/)
  // A drag is no click: nothing was selected.
  await expect(page.locator('[data-pane="inspector"]')).toBeHidden()
  await undo(page)
  await expect(chip(page, 'Jodlerklub')).toContainText('10:00–12:00')
})

test('into another hall, red with the reason while somebody is in the way', async () => {
  const { page } = desk
  const y = await rowY(page, 'Aula')
  const below = await rowY(page, 'Saal')
  const ghost = page.locator('[data-ghost]')
  await drag(page, [(await hourX(page, 11)) + 2, y], [(await hourX(page, 14)) + 3, below])
  await expect(ghost).toHaveAttribute('data-refused', 'true')
  await expect(ghost).toContainText('Belegt bis 16:00: Lesung')
  await page.mouse.move((await hourX(page, 18)) + 3, below, { steps: 4 })
  await expect(ghost).toHaveAttribute('data-refused', 'false')
  await page.keyboard.press('Escape')
  await page.mouse.up()
  await expect(ghost).toBeHidden()
  await expect(chip(page, 'Jodlerklub')).toContainText('10:00–12:00')

  await drag(page, [(await hourX(page, 11)) + 2, y], [(await hourX(page, 18)) + 3, below])
  await page.mouse.up()
  const saal = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'Saal' }) })
  await expect(saal.locator('[data-line]')).toHaveCount(2)
  await undo(page)
  await expect(saal.locator('[data-line]')).toHaveCount(1)
})

test('dropped where it does not fit, the core says who has it and what is free instead', async () => {
  const { page } = desk
  const y = await rowY(page, 'Aula')
  const below = await rowY(page, 'Saal')
  await drag(page, [(await hourX(page, 11)) + 2, y], [(await hourX(page, 15)) + 3, below])
  await page.mouse.up()
  const panel = page.getByRole('region', { name: '«Jodlerklub» verschieben' })
  await expect(panel.getByRole('alert')).toContainText(/Saal ist .* schon vergeben: «Lesung»/)
  await expect(chip(page, 'Jodlerklub')).toContainText('10:00–12:00')
  expect(await serious(page)).toEqual([])
  await panel.getByRole('listitem').getByRole('button').first().click()
  await expect(panel).toBeHidden()
  await expect(toast(page)).toBeVisible()
  await undo(page)
  await expect(chip(page, 'Jodlerklub')).toContainText('10:00–12:00')
})

test('an edge makes it longer, in whole steps', async () => {
  const { page } = desk
  const { x, y, width, height } = await box(chip(page, 'Jodlerklub'))
  await drag(page, [x + width - 2, y + height / 2], [(await hourX(page, 13)) + 20, y + height / 2])
  await expect(page.locator('[data-ghost]')).toContainText(/10:00–13:(00|30)/)
  await page.mouse.up()
  await expect(chip(page, 'Jodlerklub')).toContainText(/10:00–13:(00|30)/)
  await undo(page)
  await expect(chip(page, 'Jodlerklub')).toContainText('10:00–12:00')
})

test('a line of the week dragged to another cell keeps its time', async () => {
  const { page } = desk
  await page.keyboard.press('w')
  const line = page.locator('[data-column] [data-line]', { hasText: 'Jodlerklub' })
  const saal = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'Saal' }) })
  const from = await box(line)
  const to = await box(saal.locator('[data-column="4"]'))
  await drag(page, [from.x + 50, from.y + 6], [to.x + to.width / 2, to.y + to.height / 2])
  await expect(page.locator('[data-ghost]')).toContainText(/Fr .*10:00–12:00/)
  await page.mouse.up()
  await expect(saal.locator('[data-column="4"] [data-line]')).toHaveText('10:00Jodlerklub')
  await undo(page)
  await expect(line).toHaveText('10:00Jodlerklub')
})

test('workflow 3 by keyboard only: found by its number, moved to another time and hall, and back', async () => {
  const { page } = desk
  const { keyboard } = page
  const { press, type, keys } = countingKeyboard(page)
  await press('/')
  await type('jodler')
  await expect(page.getByRole('option', { name: /Jodlerklub/ }).first()).toBeVisible()
  await press('Enter')
  await expect(page.locator('[data-pane="inspector"]')).toContainText('Jodlerklub')
  await press('m')
  const panel = page.getByRole('region', { name: '«Jodlerklub» verschieben' })
  await expect(panel).toBeVisible()
  await press(...Array<string>(4).fill('ArrowDown'))
  await expect(panel).toContainText('12:00–14:00')
  await press('Shift+ArrowDown')
  await expect(panel).toContainText(/Saal, .*12:00–14:00/)
  await expect(panel).toContainText('Das passt.')
  // A look to the side that is not counted.
  await keyboard.press('Shift+ArrowRight')
  await expect(panel).toContainText('Belegt bis 16:00: Lesung')
  await expect(page.locator('[data-moving]')).toHaveAttribute('data-refused', 'true')
  await keyboard.press('Shift+ArrowLeft')
  await press('ArrowRight')
  await press('Enter')
  await expect(panel).toBeHidden()
  await expect(toast(page)).toContainText(/Saal, Mi .*12:00–14:00/)
  await expect(page.locator('[data-pane="inspector"]')).toContainText('Saal')
  hold(3, keys(), 2)
  await keyboard.press('Control+z')
  await expect(page.locator('[data-pane="inspector"]')).toContainText('Aula')
})

test('Esc leaves it where it was, and the page turns with the ghost', async () => {
  const { page } = desk
  await page.keyboard.press('m')
  const panel = page.getByRole('region', { name: '«Jodlerklub» verschieben' })
  for (let day = 0; day < 7; day++) await page.keyboard.press('ArrowRight')
  await expect(page.locator(`[data-goto="${addDays(MONDAY, 7)}"]`)).toBeVisible()
  await expect(page.locator('[data-moving]')).toBeVisible()
  expect(await serious(page)).toEqual([])
  await page.keyboard.press('Escape')
  await expect(panel).toBeHidden()
  await goTo(page, TUESDAY)
  await timeline(page).focus()
  await expect(
    page.locator('[data-column="1"] [data-line]', { hasText: 'Jodlerklub' }),
  ).toBeVisible()
})
