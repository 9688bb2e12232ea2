/**
 * The calendar in the real window: read, moved and booked by keyboard and mouse, in both engines, with the words
 * that a screen reader is given.
 */

import { addDays, mondayOf } from '../../core/domain/time.ts'
import type { LaunchedDesk } from '../harness/electron.ts'
import { expect, test } from '../harness/test.ts'
import {
  activeCell,
  addHall,
  at,
  book,
  box,
  emptyDesk,
  goTo,
  openHall,
  prefer,
  serious,
  timeline,
} from './calendar-desk.ts'

test.describe.configure({ mode: 'serial' })

/** A Monday far enough ahead that nothing lies in the past, whenever this runs. */
const MONDAY = mondayOf(addDays(new Date().toISOString().slice(0, 10), 35))
const TUESDAY = addDays(MONDAY, 1)
const WEDNESDAY = addDays(MONDAY, 2)

let desk: LaunchedDesk
let aula: string

test.beforeAll(async () => {
  test.setTimeout(120_000)
  desk = await emptyDesk()
  const { page } = desk
  aula = await addHall(page, 'Aula', { position: 1 })
  const gym = await addHall(page, 'Turnhalle', { position: 2, color: 1 })
  const third = await addHall(page, 'Drittel A', {
    position: 3,
    color: 1,
    parent: gym,
    sharesSpace: true,
  })
  const kita = await addHall(page, 'Kita', { position: 4, color: 4, group: 'Weitere' })
  const span = { from: MONDAY, until: addDays(MONDAY, 13) }
  const daily = { ...span, opens: '08:00', closes: '22:00' }
  for (const hall of [aula, gym, third]) await openHall(page, hall, daily)
  await openHall(page, kita, { ...daily, places: 12 })
  await book(page, aula, 'Jodlerklub', [TUESDAY, '19:00', '22:00'])
  await book(page, aula, 'Lesung', [TUESDAY, '09:00', '10:00'])
  await book(page, aula, 'Chor', [TUESDAY, '10:00', '11:30'])
  await book(page, aula, 'Theater', [TUESDAY, '14:00', '16:00'])
  await book(page, gym, 'Turnier', [WEDNESDAY, '08:00', '12:00'])
  for (const name of ['Anna', 'Beat', 'Cla']) {
    await book(page, kita, name, [TUESDAY, '08:00', '18:00'])
  }
})

test.afterAll(async () => {
  await desk?.quit().catch(() => {})
})

test('the week shows strips, words and counted places', async () => {
  const { page } = desk
  await goTo(page, MONDAY)
  const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: /^Aula/ }) })
  const tuesday = row.locator('[data-column="1"]')
  await expect(tuesday.locator('[data-line]')).toHaveText([
    '09:00Lesung',
    '10:00Chor',
    '14:00Theater+1',
  ])
  // The strip is to scale: 19:00 to 22:00 of a day shown from 7 to 23.
  const strip = await box(tuesday.locator('u[data-kind]').last().locator('..'))
  const bar = await box(tuesday.locator('u[data-kind="booked"]').last())
  expect((bar.x - strip.x) / strip.width).toBeCloseTo(12 / 16, 2)
  const kita = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: /^Kita/ }) })
  await expect(kita.locator('[data-column="1"]')).toContainText('3 von 12')
  await expect(kita.locator('[data-column="1"] b[data-taken]')).toHaveCount(3)
})

test('a part is shown as taken by the whole', async () => {
  const { page } = desk
  const third = page
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name: /^Drittel A/ }) })
  await expect(third.locator('[data-column="2"] u[data-kind]')).toHaveCount(1)
})

test('the keyboard walks the week as one stop and hears every cell', async () => {
  const { page } = desk
  await timeline(page).focus()
  await page.keyboard.press('Control+Home')
  expect(await activeCell(page)).toMatch(/^Aula, Montag, .*, frei 08:00 bis 22:00$/)
  await page.keyboard.press('ArrowRight')
  expect(await activeCell(page)).toMatch(
    /^Aula, Dienstag, .*, frei 08:00 bis 09:00, 11:30 bis 14:00 und 16:00 bis 19:00, 4 Reservationen: 09:00Lesung/,
  )
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  expect(await activeCell(page)).toBe('10:00Chor')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Chor' })).toBeVisible()
})

test('what does not fit into a cell stands in a list that the keyboard opens and leaves', async () => {
  const { page } = desk
  await timeline(page).focus()
  await page.keyboard.press('Escape')
  for (let stop = 0; stop < 4; stop++) await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  const list = page.getByRole('dialog', { name: /^Aula, Dienstag/ })
  await expect(list.getByRole('button')).toHaveCount(5)
  await expect(list.getByRole('button').first()).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(list).toBeHidden()
  await expect(timeline(page)).toBeFocused()
})

test('Enter on a cell of the week opens the booking panel with its hall and first free time', async () => {
  const { page } = desk
  await page.keyboard.press('Control+Home')
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Wo', { exact: true })).toHaveValue('Aula')
  await expect(page.getByLabel('Von', { exact: true })).toHaveValue('08:00')
  await expect(page.getByLabel('Bis', { exact: true })).toHaveValue('10:00')
  await page.keyboard.press('Escape')
})

test('the day is walked in steps, Shift covers more of them, Enter books what is covered', async () => {
  const { page } = desk
  await goTo(page, TUESDAY)
  await page.keyboard.press('d')
  await timeline(page).focus()
  await page.keyboard.press('Control+Home')
  while (!(await activeCell(page)).includes(', 16:00, ')) await page.keyboard.press('ArrowRight')
  expect(await activeCell(page)).toMatch(/^Aula, Dienstag, .*, 16:00, frei bis 19:00$/)
  for (let step = 0; step < 3; step++) await page.keyboard.press('Shift+ArrowRight')
  expect(await activeCell(page)).toMatch(/16:00 bis 18:00$/)
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Von', { exact: true })).toHaveValue('16:00')
  await expect(page.getByLabel('Bis', { exact: true })).toHaveValue('18:00')
  await page.getByLabel('Wer', { exact: true }).fill('Rosmarie Probst')
  await page.getByLabel('Was', { exact: true }).fill('Frauenchor')
  await page.keyboard.press('Control+Enter')
  await expect(page.locator('[data-line]', { hasText: 'Frauenchor' })).toBeVisible()
})

test('a drag draws whole steps, says why it would not fit, and opens the panel where it does', async () => {
  const { page } = desk
  await page.keyboard.press('Escape')
  await expect(page.locator('[data-pane="panel"]')).toBeHidden()
  // The inspector floats over the evening in a window of this width: Esc in the grid closes it.
  await timeline(page).focus()
  await page.keyboard.press('Escape')
  await expect(page.locator('[data-pane="inspector"]')).toBeHidden()
  const hour = async (wanted: number) => (await box(page.locator(`[data-hour="${wanted}"]`))).x
  const track = await box(page.locator('[data-row] [data-track]').first())
  const y = track.y + track.height / 2
  const ghost = page.locator('[data-ghost]')

  await page.mouse.move((await hour(18)) + 4, y)
  await page.mouse.down()
  await page.mouse.move((await hour(20)) - 4, y, { steps: 5 })
  await expect(ghost).toHaveAttribute('data-refused', 'true')
  await expect(ghost).toContainText('18:00–20:00')
  await expect(ghost).toContainText('Belegt bis 22:00: Jodlerklub')
  await page.keyboard.press('Escape')
  await page.mouse.up()
  await expect(ghost).toBeHidden()

  await page.mouse.move((await hour(12)) + 4, y)
  await page.mouse.down()
  await page.mouse.move((await hour(13)) + 12, y, { steps: 5 })
  await expect(ghost).toHaveAttribute('data-refused', 'false')
  await page.mouse.up()
  await expect(page.getByLabel('Von', { exact: true })).toHaveValue('12:00')
  await expect(page.getByLabel('Bis', { exact: true })).toHaveValue('13:30')
  await page.keyboard.press('Escape')
})

test('a name leads to the week of its hall and back', async () => {
  const { page } = desk
  await page.locator('[data-open]', { hasText: 'Aula' }).click()
  await expect(page.locator('.rbc-event', { hasText: 'Jodlerklub' })).toBeVisible()
  await page.getByRole('button', { name: 'Zurück zu allen Hallen' }).click()
  await expect(page.getByRole('rowheader', { name: /^Turnhalle/ })).toBeVisible()
})

test('one hall is booked with the keyboard in react-big-calendar too', async () => {
  const { page } = desk
  await page.locator('[data-open]', { hasText: 'Aula' }).click()
  await expect(page.locator('.rbc-event').first()).toBeVisible()
  await timeline(page).focus()
  await page.keyboard.press('Home')
  while (!(await activeCell(page)).includes(', 12:00, ')) await page.keyboard.press('ArrowDown')
  expect(await activeCell(page)).toMatch(/^Aula, .*, 12:00, frei bis /)
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Von', { exact: true })).toHaveValue('12:00')
  await expect(page.getByLabel('Bis', { exact: true })).toHaveValue('13:00')
  await page.keyboard.press('Escape')
  await timeline(page).focus()
  while (!(await activeCell(page)).includes('Dienstag')) await page.keyboard.press('ArrowRight')
  while (!(await activeCell(page)).includes(', 14:00, ')) await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  await expect(page.getByRole('tooltip')).toContainText('Theater')
  await page.keyboard.press('Enter')
  await expect(page.locator('[data-pane="inspector"]')).toContainText('Theater')
  await page.locator('[data-pane="inspector"]').getByRole('button', { name: 'Schliessen' }).click()
  await page.getByRole('button', { name: 'Zurück zu allen Hallen' }).click()
})

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious in the week, the day and the week of one hall (${theme})`, async () => {
    test.setTimeout(120_000)
    const { page } = desk
    await prefer(page, { theme })
    await expect(page.locator(`html[data-theme="${theme}"]`)).toBeAttached()
    await page.keyboard.press('w')
    await expect(page.getByRole('rowheader', { name: /^Turnhalle/ })).toBeVisible()
    const found: Record<string, readonly string[]> = { week: await serious(page) }
    await page.locator('[data-open]', { hasText: 'Aula' }).click()
    await expect(page.locator('.rbc-event').first()).toBeVisible()
    found.hall = await serious(page)
    await page.getByRole('button', { name: 'Zurück zu allen Hallen' }).click()
    await page.keyboard.press('d')
    await expect(page.locator('[data-track]').first()).toBeVisible()
    found.day = await serious(page)
    expect(found).toEqual({ week: [], hall: [], day: [] })
  })
}

test('a week without open time says so and offers the way out', async () => {
  const { page } = desk
  await goTo(page, addDays(MONDAY, 60))
  await expect(page.getByText('In diesem Zeitraum ist nichts reservierbar.')).toBeVisible()
  expect(at(MONDAY, '08:00')).toBeGreaterThan(Date.now())
})
