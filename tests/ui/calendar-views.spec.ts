/**
 * The views beside day and week, in the real window: two weeks, month of all halls and of one, year, agenda; which halls
 * and layers they show; by keyboard and mouse, on the Sundays when clocks change, with the words that a screen reader
 * is given.
 */

import { addDays, mondayOf } from '../../core/domain/time.ts'
import type { LaunchedDesk } from '../harness/electron.ts'
import { expect, type Page, test } from '../harness/test.ts'
import {
  AUTUMN,
  activeCell,
  addHall,
  book,
  box,
  emptyDesk,
  goTo,
  openHall,
  prefer,
  SPRING,
  serious,
  timeline,
} from './calendar-desk.ts'
import { seriousHere as seriousAround } from './screens.ts'

test.describe.configure({ mode: 'serial' })

const MONDAY = mondayOf(addDays(new Date().toISOString().slice(0, 10), 35))
const TUESDAY = addDays(MONDAY, 1)
const SUNDAYS = [SPRING[1], AUTUMN[1]]

let desk: LaunchedDesk
let aula: string

test.beforeAll(async () => {
  test.setTimeout(120_000)
  desk = await emptyDesk(1400, 900)
  const { page } = desk
  aula = await addHall(page, 'Aula', { position: 1 })
  const saal = await addHall(page, 'Saal', { position: 2, color: 1 })
  const kita = await addHall(page, 'Kita', { position: 3, color: 4 })
  const daily = { from: MONDAY, until: addDays(MONDAY, 13), opens: '08:00', closes: '22:00' }
  await openHall(page, aula, daily)
  await openHall(page, saal, daily)
  await openHall(page, kita, { ...daily, places: 12 })
  for (const [title, from, to] of [
    ['Lesung', '09:00', '10:00'],
    ['Chor', '10:00', '11:30'],
    ['Theater', '14:00', '16:00'],
    ['Jodlerklub', '19:00', '22:00'],
  ] as const) {
    await book(page, aula, title, [TUESDAY, from, to])
  }
  await book(page, saal, 'Apéro', [TUESDAY, '17:00', '19:00'])
  for (const name of ['Anna', 'Beat']) await book(page, kita, name, [TUESDAY, '08:00', '18:00'])
  for (const day of SUNDAYS) {
    await openHall(page, aula, { from: day, until: day })
    await book(page, aula, 'Nacht', [day, '01:00', '04:00'])
    await book(page, aula, 'Abend', [day, '19:00', '22:00'])
  }
})

test.afterAll(async () => {
  await desk?.quit().catch(() => {})
})

/** The label of the cell that the grid calls active. */
const activeLabel = (page: Page) =>
  page.evaluate(() => {
    const id = document.activeElement?.getAttribute('aria-activedescendant')
    return (id && document.getElementById(id)?.getAttribute('aria-label')) ?? ''
  })

const cellOf = (page: Page, day: string) => page.locator(`[role="gridcell"][data-day="${day}"]`)

test('two weeks show a strip and a count, and the words on hover and Space', async () => {
  const { page } = desk
  await goTo(page, MONDAY)
  await page.keyboard.press('Shift+W')
  await expect(page.locator('[data-goto]')).toHaveCount(14)
  const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: /^Aula/ }) })
  const tuesday = row.locator('[data-column="1"]')
  await expect(tuesday.locator('[data-more]')).toHaveText('4')
  await tuesday.hover()
  await expect(page.getByRole('tooltip')).toContainText('19:00Jodlerklub')
  await page.mouse.move(2, 2)
  await timeline(page).focus()
  await page.keyboard.press('Control+Home')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  await expect(page.getByRole('tooltip')).toContainText('09:00Lesung')
  await page.keyboard.press('Enter')
  await expect(
    page.getByRole('dialog', { name: /^Aula, Dienstag/ }).getByRole('button'),
  ).toHaveCount(5)
  await page.keyboard.press('Escape')
})

test('Shift and an arrow cover more days of the week, and say so', async () => {
  const { page } = desk
  await page.keyboard.press('w')
  await timeline(page).focus()
  await page.keyboard.press('Control+Home')
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Shift+ArrowRight')
  await expect(page.getByRole('status').filter({ hasText: /Aula, Montag/ })).toContainText(
    /bis Mittwoch.*3 Tage, an 3 davon ist etwas frei/,
  )
  await page.keyboard.press('Escape')
})

test('the month of all halls shows up to four lines a day; "+n" is opened and left by keyboard', async () => {
  const { page } = desk
  await goTo(page, TUESDAY)
  await page.keyboard.press('m')
  const cell = cellOf(page, TUESDAY)
  // Kita counts, three bookings, and three more behind "+n".
  await expect(cell.locator('[data-line]')).toHaveCount(4)
  await expect(cell).toContainText('2 von 12')
  await expect(cell.locator('[data-line]').last()).toHaveText('+3')
  await timeline(page).focus()
  expect(await activeCell(page)).toMatch(/^Dienstag, .*, 7 Reservationen: /)
  for (let stop = 0; stop < 4; stop++) await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  const list = page.getByRole('dialog', { name: /^Dienstag/ })
  await expect(list.getByRole('button')).toHaveCount(7)
  await expect(list.getByRole('button').first()).toBeFocused()
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await expect(page.locator('[data-pane="inspector"]')).toContainText('Jodlerklub')
  await page.keyboard.press('Escape')
  await expect(list).toBeHidden()
})

test('arrows leave the month at its edge, and its number leads to the day', async () => {
  const { page } = desk
  await timeline(page).focus()
  await page.keyboard.press('Escape')
  const before = await page.locator('strong').first().textContent()
  for (let week = 0; week < 5; week++) await page.keyboard.press('ArrowDown')
  await expect(page.locator('strong').first()).not.toHaveText(before ?? '')
  await goTo(page, TUESDAY)
  await cellOf(page, TUESDAY).locator('[data-goto]').click()
  await expect(page.locator('[data-track]').first()).toBeVisible()
})

test('the month of one hall has strips, and books its first free time', async () => {
  const { page } = desk
  await page.locator('[data-open]', { hasText: 'Aula' }).click()
  await page.keyboard.press('m')
  const cell = cellOf(page, TUESDAY)
  await expect(cell.locator('u[data-kind="booked"]')).toHaveCount(4)
  await timeline(page).focus()
  await page.keyboard.press('ArrowRight')
  expect(await activeCell(page)).toMatch(/^Aula, Mittwoch, .*, frei 08:00 bis 22:00/)
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Wo', { exact: true })).toHaveValue('Aula')
  await expect(page.getByLabel('Von', { exact: true })).toHaveValue('08:00')
  await page.keyboard.press('Escape')
})

test('in the month a booking is moved by whole days', async () => {
  const { page } = desk
  await cellOf(page, TUESDAY).locator('[data-line]', { hasText: 'Lesung' }).click()
  await page.keyboard.press('m')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  const thursday = cellOf(page, addDays(TUESDAY, 2))
  await expect(thursday.locator('[data-moving]')).toContainText('09:00–10:00')
  await page.keyboard.press('Enter')
  await expect(thursday.locator('[data-line]')).toHaveText('09:00Lesung')
  await page.keyboard.press('Control+z')
  await expect(cellOf(page, TUESDAY).locator('[data-line]', { hasText: 'Lesung' })).toBeVisible()
})

test('the agenda lists the month by day, walked with arrows and opened with Enter', async () => {
  const { page } = desk
  await goTo(page, TUESDAY)
  await page.keyboard.press('a')
  await expect(page.getByRole('heading', { name: /Dienstag/ })).toBeVisible()
  const lines = page.locator('main li button')
  await expect(lines.first()).toContainText('Lesung')
  await lines.first().focus()
  await page.keyboard.press('ArrowDown')
  await expect(lines.filter({ hasText: 'Chor' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.locator('[data-pane="inspector"]')).toContainText('Chor')
  await page.keyboard.press('Escape')
})

test('the year says how full each day is; it is walked by keyboard, and Enter opens the day', async () => {
  const { page } = desk
  await goTo(page, TUESDAY)
  await page.keyboard.press('y')
  const tuesday = page.locator(`#year-${TUESDAY}`)
  // Still of the Aula alone: 7.5 of 14 hours.
  await expect(tuesday).toHaveAccessibleName(/, 54 % belegt, 4 Reservationen$/)
  await page.keyboard.press('h')
  await expect(page.locator('[data-hall-search]')).toBeFocused()
  await page.keyboard.press('Enter')
  // Saal: 2 hours, Kita: 2 of 12 places for 10 hours.
  await expect(tuesday).toHaveAccessibleName(/^Dienstag, .*, 15 % belegt, 7 Reservationen$/)
  await timeline(page).focus()
  expect(await activeLabel(page)).toMatch(/^Dienstag, .* 15 % belegt/)
  await page.keyboard.press('Space')
  await expect(page.getByRole('tooltip')).toContainText('15 % belegt · 7 Reservationen')
  await page.keyboard.press('ArrowRight')
  expect(await activeLabel(page)).toMatch(/^Mittwoch, .*, 0 % belegt$/)
  await page.keyboard.press('PageDown')
  await page.keyboard.press('PageUp')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Enter')
  await expect(page.locator('[data-track] [data-line]', { hasText: 'Theater' })).toBeVisible()
  await page.keyboard.press('y')
  const before = await page.locator('strong').first().textContent()
  await page.keyboard.press('k')
  await expect(page.locator('strong').first()).toHaveText(String(Number(before) - 1))
  await page.keyboard.press('j')
  await tuesday.click()
  await expect(page.locator('[data-track] [data-line]', { hasText: 'Theater' })).toBeVisible()
})

test('halls are chosen, saved under a name, renamed and removed, with the keyboard alone', async () => {
  const { page } = desk
  const { keyboard } = page
  const heads = page.getByRole('rowheader', { name: /^(Aula|Saal|Kita)/ })
  const target = page.getByRole('button', { name: /^Hallen wählen/ })
  const openHalls = async () => {
    await keyboard.press('h')
    await expect(page.locator('[data-hall-search]')).toBeFocused()
  }
  await keyboard.press('w')
  await expect(heads).toHaveCount(3)
  await openHalls()
  await keyboard.type('kita')
  await keyboard.press('Enter')
  await expect(target).toHaveText('Kita')
  await openHalls()
  await keyboard.press('ArrowDown')
  await keyboard.press('Enter')
  await expect(heads).toHaveCount(3)

  await timeline(page).focus()
  await openHalls()
  await keyboard.type('aula')
  await keyboard.press('ArrowDown')
  await keyboard.press('Space')
  await keyboard.press('ArrowUp')
  await keyboard.press('Control+a')
  await keyboard.type('saal')
  await keyboard.press('ArrowDown')
  await keyboard.press('Space')
  await expect(heads).toHaveCount(2)
  await expect(target).toHaveText('2 Hallen')
  await page.getByRole('textbox', { name: 'Name der Auswahl' }).fill('Feste')
  await keyboard.press('Enter')
  await expect(target).toHaveText('Feste')
  await keyboard.press('Escape')
  await expect(timeline(page)).toBeFocused()
  // The route is written when it has rested.
  await page.waitForTimeout(600)
  await page.reload()
  await expect(target).toHaveText('Feste')
  await expect(heads).toHaveCount(2)

  await openHalls()
  await keyboard.type('fest')
  await keyboard.press('ArrowDown')
  await keyboard.press('F2')
  await keyboard.type('Säle')
  await keyboard.press('Enter')
  await expect(target).toHaveText('Säle')
  await keyboard.press('Control+a')
  const search = page.getByRole('textbox', { name: 'Halle, Gruppe oder Auswahl' })
  await search.fill('')
  await keyboard.press('ArrowDown')
  await keyboard.press('ArrowDown')
  await expect(page.getByRole('button', { name: /^Säle/ })).toBeFocused()
  expect(await seriousAround(page)).toEqual([])
  await keyboard.press('Delete')
  await expect(page.getByRole('button', { name: /^Säle/ })).toBeHidden()
  await expect(target).toHaveText('2 Hallen')
  await page.getByRole('button', { name: 'Doch behalten' }).click()
  await expect(target).toHaveText('Säle')
  await keyboard.press('Escape')
  await openHalls()
  await keyboard.press('Enter')
  await expect(heads).toHaveCount(3)
})

test('layers are hidden and shown from a menu; a citizen at the desk sees public titles only', async () => {
  const { page } = desk
  await goTo(page, TUESDAY)
  const lines = page.locator('[data-column="1"] [data-line] > span')
  await expect(lines.first()).toHaveText('Lesung')
  await page.keyboard.press('v')
  const menu = page.getByRole('dialog', { name: 'Anzeige' })
  await menu.getByRole('checkbox', { name: 'Interne Titel und Namen' }).click()
  await expect(lines.first()).toHaveText('Belegt')
  expect(await seriousAround(page)).toEqual([])
  await menu.getByRole('button', { name: 'weit' }).click()
  await expect(timeline(page)).toHaveAttribute('data-density', 'L')
  await menu.getByRole('button', { name: 'mittel' }).click()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Anzeige, 1 Ebene ausgeblendet' })).toBeVisible()
  await prefer(page, { hidden: [] })
  await expect(lines.first()).toHaveText('Lesung')
})

test('brackets jump to the gap between two bookings, and Enter books it', async () => {
  const { page } = desk
  await goTo(page, TUESDAY)
  await page.keyboard.press('d')
  await timeline(page).focus()
  await page.keyboard.press('Control+Home')
  await page.keyboard.press(']')
  await expect(page.getByRole('status').filter({ hasText: /Lücke/ })).toContainText(
    /^Aula, Dienstag, .*: Lücke 11:30 bis 14:00$/,
  )
  await page.keyboard.press('Alt+ArrowRight')
  await page.keyboard.press('[')
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Von', { exact: true })).toHaveValue('11:30')
  await expect(page.getByLabel('Bis', { exact: true })).toHaveValue('14:00')
  await page.keyboard.press('Escape')
})

test('a day with halls beside each other: one is entered by keyboard, a booking dragged to the next', async () => {
  const { page } = desk
  await goTo(page, TUESDAY)
  await page.keyboard.press('Shift+D')
  const columns = page.locator('.rbc-day-slot')
  await expect(columns).toHaveCount(3)
  await expect(columns.nth(0).locator('.rbc-event', { hasText: 'Theater' })).toBeVisible()
  await timeline(page).focus()
  await page.keyboard.press('ArrowRight')
  expect(await activeCell(page)).toMatch(/^Saal, Dienstag/)
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Wo', { exact: true })).toHaveValue('Saal')
  await page.keyboard.press('Escape')

  const chor = page.locator('.rbc-event', { hasText: 'Chor' })
  await chor.scrollIntoViewIfNeeded()
  const from = await box(chor)
  const to = await box(columns.nth(1))
  await page.mouse.move(from.x + 20, from.y + from.height / 2)
  await page.mouse.down()
  await page.mouse.move(from.x + 40, from.y + from.height / 2)
  await page.mouse.move(to.x + to.width / 2, from.y + from.height / 2, { steps: 5 })
  await expect(page.locator('[data-kind="drawing"]')).toContainText('10:00–11:30')
  await page.mouse.up()
  await expect(columns.nth(1).locator('.rbc-event', { hasText: 'Chor' })).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(columns.nth(0).locator('.rbc-event', { hasText: 'Chor' })).toBeVisible()
})

test('in the week of one hall a booking is dragged, stretched and refused in words', async () => {
  const { page } = desk
  await page.keyboard.press('w')
  await page.locator('[data-open]', { hasText: 'Aula' }).click()
  const event = page.locator('.rbc-event', { hasText: 'Theater' })
  await event.scrollIntoViewIfNeeded()
  // The hours it shows come with what is read, and move what is drawn.
  const before = async () => (await box(event)).y
  await expect
    .poll(async () => {
      const y = await before()
      await page.waitForTimeout(200)
      return (await before()) - y
    })
    .toBe(0)
  const { x, y, width, height } = await box(event)
  const middle = x + width / 2
  const drawing = page.locator('[data-kind="drawing"]')
  await page.mouse.move(middle, y + height / 2)
  await page.mouse.down()
  await page.mouse.move(middle, y + height / 2 + 8)
  await page.mouse.move(middle, y + height / 2 - 2 * height, { steps: 5 })
  await expect(drawing).toContainText(/10:00–12:00.*Belegt bis 11:30: Chor/)
  await page.keyboard.press('Escape')
  await page.mouse.up()
  await expect(drawing).toBeHidden()
  // By its lower edge an hour longer: two hours are `height` pixels.
  await page.mouse.move(middle, y + height - 3)
  await page.mouse.down()
  await page.mouse.move(middle, y + height + 6)
  await page.mouse.move(middle, y + height + height / 2, { steps: 5 })
  await expect(drawing).toContainText('14:00–17:00')
  await page.mouse.up()
  await expect(event).toContainText('14:00–17:00')
  await expect(page.locator('[data-pane="inspector"]')).toBeHidden()
  await page.keyboard.press('Control+z')
  await expect(event).toContainText('14:00–16:00')
  await event.click()
  const inspector = page.locator('[data-pane="inspector"]')
  await expect(inspector).toContainText('Theater')
  await inspector.getByRole('button', { name: 'Schliessen' }).click()
  await expect(inspector).toBeHidden()
  await page.getByRole('button', { name: 'Zurück zu allen Hallen' }).click()
})

for (const day of SUNDAYS) {
  test(`on ${day} every view says what the clocks say`, async () => {
    const { page } = desk
    await page.keyboard.press('m')
    await goTo(page, day)
    await expect(cellOf(page, day).locator('[data-line]')).toHaveText([
      '01:00NachtAula',
      '19:00AbendAula',
    ])
    await page.keyboard.press('a')
    await expect(page.locator('main li button').filter({ hasText: 'Nacht' })).toContainText(
      '01:00–04:00',
    )
    await expect(page.locator('main li button').filter({ hasText: 'Abend' })).toContainText(
      '19:00–22:00',
    )
    await page.keyboard.press('y')
    // 5 hours of 23, and 7 of 25.
    const full = day === SPRING[1] ? '22 %' : '28 %'
    await expect(page.locator(`#year-${day}`)).toHaveAccessibleName(
      new RegExp(`^Sonntag, .*, ${full} belegt, 2 Reservationen`),
    )
    await page.keyboard.press('Shift+W')
    const bars = page.locator('[data-column="6"] u[data-kind="booked"]')
    await expect(bars).toHaveCount(2)
    await page.keyboard.press('Shift+D')
    const isTwice = day === AUTUMN[1]
    await expect(page.locator('.rbc-time-gutter .rbc-label')).toHaveCount(isTwice ? 25 : 24)
    const column = await box(page.locator('.rbc-day-slot').first())
    const evening = await box(page.locator('.rbc-event', { hasText: 'Abend' }))
    const row = column.height / (isTwice ? 25 : 24)
    expect(Math.round((evening.y - column.y) / row)).toBe(isTwice ? 20 : 19)
  })
}

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious in two weeks, month, year, agenda and columns (${theme})`, async () => {
    test.setTimeout(120_000)
    const { page } = desk
    await prefer(page, { theme })
    await expect(page.locator(`html[data-theme="${theme}"]`)).toBeAttached()
    await goTo(page, TUESDAY)
    const found: Record<string, readonly string[]> = {}
    for (const [key, name] of [
      ['Shift+W', 'fortnight'],
      ['m', 'month'],
      ['y', 'year'],
      ['a', 'agenda'],
      ['Shift+D', 'columns'],
    ] as const) {
      await page.keyboard.press(key)
      await page.waitForTimeout(200)
      found[name] = await serious(page)
    }
    expect(found).toEqual({ fortnight: [], month: [], year: [], agenda: [], columns: [] })
  })
}

test('the view, its day and its hall are there again after a start', async () => {
  const { page } = desk
  await page.keyboard.press('m')
  // The route is written when it has rested.
  await page.waitForTimeout(600)
  await page.reload()
  await expect(page.getByRole('button', { name: 'Monat', pressed: true })).toBeVisible()
  await expect(cellOf(page, TUESDAY)).toBeVisible()
})
