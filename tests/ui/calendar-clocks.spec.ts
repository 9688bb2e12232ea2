/**
 * The Sundays when clocks change, in the real window: where bookings are drawn, measured in pixels against the
 * hours beside them, and what a click on a time and a stretch drawn over it mean.
 *
 * The window believes that it stands in another zone, with changes of its own: an office on a borrowed laptop, and the
 * systems on which the zone of a program cannot be set.
 */

import { addDays } from '../../core/domain/time.ts'
import type { LaunchedDesk } from '../harness/electron.ts'
import { expect, type Locator, type Page, test } from '../harness/test.ts'
import { AUTUMN, addHall, book, box, emptyDesk, goTo, openHall, SPRING } from './calendar-desk.ts'

test.describe.configure({ mode: 'serial' })

const SUNDAYS = [...SPRING, ...AUTUMN]
let desk: LaunchedDesk

test.beforeAll(async () => {
  test.setTimeout(120_000)
  desk = await emptyDesk(1500, 1000)
  const { page } = desk
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setTimezoneOverride', { timezoneId: 'America/New_York' })
  await page.reload()
  expect(await page.evaluate(() => new Date(2027, 0, 1).getTimezoneOffset())).toBe(300)
  const aula = await addHall(page, 'Aula')
  for (const day of SUNDAYS) {
    await openHall(page, aula, { from: day, until: day })
    await book(page, aula, 'Nacht', [day, '01:00', '04:00'])
    await book(page, aula, 'Abend', [day, '19:00', '22:00'])
  }
})

test.afterAll(async () => {
  await desk?.quit().catch(() => {})
})

/** Within a pixel and a half: hairlines and margins. */
const NEAR = 3

async function leftOfHour(page: Page, hour: number, which: 'first' | 'last' = 'first') {
  return (await box(page.locator(`[data-hour="${hour}"]`)[which]())).x
}

async function edges(chip: Locator) {
  const { x, width } = await box(chip)
  return { left: x, right: x + width }
}

for (const day of SUNDAYS) {
  test(`the day to scale of ${day} has its own hours, and bookings stand at theirs`, async () => {
    const { page } = desk
    await goTo(page, day)
    await page.keyboard.press('d')
    const nights = SPRING.includes(day as never)
      ? ['0', '1', '3', '4']
      : ['0', '1', '2', '2', '3', '4']
    await expect(page.locator('[data-hour]')).toHaveCount(nights.length === 4 ? 23 : 25)
    expect((await page.locator('[data-hour]').allTextContents()).slice(0, nights.length)).toEqual(
      nights,
    )
    for (const [title, start, end] of [
      ['Nacht', 1, 4],
      ['Abend', 19, 22],
    ] as const) {
      const chip = await edges(page.locator('[data-line]', { hasText: title }))
      expect(Math.abs(chip.left - (await leftOfHour(page, start)))).toBeLessThan(NEAR)
      expect(Math.abs(chip.right - (await leftOfHour(page, end)))).toBeLessThan(NEAR)
    }
  })

  test(`a click on 15:00 of ${day} means 15:00`, async () => {
    const { page } = desk
    const { y, height } = await box(page.locator('[data-track]').first())
    await page.mouse.click((await leftOfHour(page, 15)) + 6, y + height / 2)
    await expect(page.getByLabel('Von', { exact: true })).toHaveValue('15:00')
    await expect(page.getByLabel('Bis', { exact: true })).toHaveValue('16:00')
    await page.keyboard.press('Escape')
  })

  test(`a stretch drawn over the change on ${day}, and one in the afternoon, mean what the clocks show`, async () => {
    const { page } = desk
    const track = await box(page.locator('[data-track]').first())
    const y = track.y + track.height / 2
    const isSpring = (SPRING as readonly string[]).includes(day)
    const ghost = page.locator('[data-ghost]')
    const draw = async (from: number, to: number) => {
      await page.mouse.move(from, y)
      await page.mouse.down()
      await page.mouse.move(from + 8, y)
      await page.mouse.move(to, y, { steps: 4 })
    }
    // Over the change lies a booking; the span is said all the same.
    await draw((await leftOfHour(page, 0)) + 3, (await leftOfHour(page, 5)) + 3)
    await expect(ghost).toContainText(/00:00–05:30.*Belegt bis 04:00: Nacht/)
    await page.keyboard.press('Escape')
    await page.mouse.up()
    await draw((await leftOfHour(page, 14)) + 3, (await leftOfHour(page, 16)) + 3)
    await expect(ghost).toContainText('14:00–16:30')
    await page.mouse.up()
    await expect(page.getByLabel('Von', { exact: true })).toHaveValue('14:00')
    await expect(page.getByLabel('Bis', { exact: true })).toHaveValue('16:30')
    await page.keyboard.press('Escape')

    // The same in a column beside others of the day, and in the cell of the week.
    await page.keyboard.press('Shift+D')
    const column = page.locator('.rbc-day-slot').first()
    await expect(column.locator('.rbc-event')).toHaveCount(2)
    const rows = isSpring ? 24 : 25
    const rowOf = (clock: number) => (!isSpring && clock > 2 ? clock + 1 : clock)
    await page.locator('.rbc-time-content').evaluate((element) => {
      element.scrollTop = element.scrollHeight
    })
    const shape = await box(column)
    const at = (clock: number) => shape.y + (rowOf(clock) * shape.height) / rows + 4
    await page.mouse.move(shape.x + 60, at(15))
    await page.mouse.down()
    await page.mouse.move(shape.x + 60, at(15) + 8)
    await page.mouse.move(shape.x + 60, at(17), { steps: 4 })
    await expect(page.locator('[data-kind="drawing"]')).toContainText('15:00–17:30')
    await page.mouse.up()
    await expect(page.getByLabel('Von', { exact: true })).toHaveValue('15:00')
    await expect(page.getByLabel('Bis', { exact: true })).toHaveValue('17:30')
    await page.keyboard.press('Escape')
    await page.keyboard.press('w')
    await page
      .locator('[data-column="6"]')
      .first()
      .click({ position: { x: 100, y: 49 } })
    await expect(page.getByLabel('Von', { exact: true })).toHaveValue('00:00')
    await expect(page.getByLabel('Bis', { exact: true })).toHaveValue('01:00')
    await page.keyboard.press('Escape')
    await page.keyboard.press('d')
  })

  test(`react-big-calendar draws the Sunday ${day} by the clock, and books by it`, async () => {
    const { page } = desk
    await page.keyboard.press('w')
    await page.locator('[data-open]', { hasText: 'Aula' }).click()
    const sunday = page.locator('.rbc-day-slot').nth(6)
    await expect(sunday.locator('.rbc-event')).toHaveCount(2)
    const column = await box(sunday)
    // The hour that comes twice has two rows; the hour that is left out keeps its own, closed.
    const isTwice = (AUTUMN as readonly string[]).includes(day)
    const hour = column.height / (isTwice ? 25 : 24)
    const rowOf = (clock: number) => (isTwice && clock > 2 ? clock + 1 : clock)
    const labels = page.locator('.rbc-time-gutter .rbc-label')
    await expect(labels).toHaveCount(isTwice ? 25 : 24)
    expect((await labels.allTextContents()).slice(0, 5)).toEqual(
      isTwice ? ['0', '1', '2', '2', '3'] : ['0', '1', '2', '3', '4'],
    )
    for (const [title, start, end] of [
      ['Nacht', rowOf(1), rowOf(4)],
      ['Abend', rowOf(19), rowOf(22)],
    ] as const) {
      const event = await box(sunday.locator('.rbc-event', { hasText: title }))
      expect(Math.abs(event.y - column.y - start * hour)).toBeLessThan(NEAR)
      // The component leaves a slit below each event.
      expect(Math.abs(event.y + event.height - column.y - end * hour)).toBeLessThan(2 * NEAR)
    }
    // Scrolled so that the afternoon is in sight whatever the window.
    await page.locator('.rbc-time-content').evaluate((element, top) => {
      element.scrollTop = top
    }, 12 * hour)
    const moved = await box(sunday)
    await page.mouse.click(moved.x + moved.width / 2, moved.y + rowOf(15) * hour + 5)
    await expect(page.getByLabel('Von', { exact: true })).toHaveValue('15:00')
    await expect(page.getByLabel('Bis', { exact: true })).toHaveValue('16:00')
    await expect(page.getByLabel('Datum', { exact: true })).toHaveValue(
      new RegExp(`${Number(day.slice(8))}\\.${Number(day.slice(5, 7))}\\.`),
    )
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Zurück zu allen Hallen' }).click()
  })
}

test('the week before and after stand where they always stand', async () => {
  const { page } = desk
  for (const day of SUNDAYS) {
    await goTo(page, addDays(day, 1))
    await expect(page.locator(`[data-goto="${addDays(day, 1)}"]`)).toBeVisible()
    await expect(page.locator('[data-goto]')).toHaveCount(7)
  }
})
