/** Search with `/`: what is typed finds bookings, people and halls while it is typed, and Enter goes there. */

import type { CalendarRows } from '../../core/queries/rows.ts'
import type { LaunchedDesk } from '../harness/electron.ts'
import { expect, type Page, test } from '../harness/test.ts'
import { ask, FOUNDING_MS, inspector, sampleDesk } from './clerk.ts'
import { go } from './screens.ts'

let desk: LaunchedDesk & { close(): Promise<void> }
test.beforeAll(async () => {
  test.setTimeout(FOUNDING_MS)
  desk = await sampleDesk()
})
test.afterAll(() => desk?.close())

const DAY_MS = 86_400_000

/** The last booking there is, far outside the weeks that the calendar reads. */
async function farBooking(page: Page) {
  const { booked } = await ask<CalendarRows>(page, 'calendar.range', {
    start: Date.now() + 100 * DAY_MS,
    end: Date.now() + 720 * DAY_MS,
  })
  const [found] = booked
    .filter((each) => each.number > 0 && each.title !== '')
    .sort((one, other) => other.start - one.start)
  if (!found) throw new Error('the sample has no booking months ahead')
  return found
}

test('a number read out on the phone opens its booking, however far away, without the mouse', async () => {
  const { page } = desk
  await go(page, 'calendar/timeline/week')
  const { number, title } = await farBooking(page)
  await page.keyboard.press('/')
  await expect(page.getByRole('combobox', { name: /Reservation, Person/ })).toBeFocused()
  await page.keyboard.type(String(number))
  const first = page.getByRole('option').first()
  await expect(first).toContainText(title)
  await expect(first).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Enter')
  await expect(inspector(page)).toContainText(`Reservation ${number}`)
})

test('no letter is lost on the way into the field, and Enter that comes before the answer means all of them', async () => {
  const { page } = desk
  await go(page, 'calendar/timeline/week')
  const { number } = await farBooking(page)
  for (const wanted of [number, number - 1, number - 20, number - 300]) {
    await page.keyboard.press('/')
    await page.keyboard.type(String(wanted))
    await page.keyboard.press('Enter')
    await expect(inspector(page)).toContainText(`Reservation ${wanted}`)
  }
  // What stands for fewer letters is not run: `hi` is in many a name.
  await page.keyboard.press('Control+k')
  await page.keyboard.type('hinzu')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('listbox', { name: 'Hallen' })).toBeFocused()
})

test('words of hall, club and person find each their group, in any order and without accents', async () => {
  const { page } = desk
  await go(page, 'calendar/timeline/week')
  const groups = async (typed: string) => {
    await page.keyboard.press('/')
    await page.getByRole('combobox', { name: /Reservation, Person/ }).fill(typed)
    await expect(page.getByRole('option').first()).toBeVisible()
    const found = page.getByRole('group', { name: typed === 'aula' ? 'Hallen' : 'Personen' })
    await expect(found).toBeVisible()
    const text = await found.getByRole('option').first().textContent()
    await page.keyboard.press('Escape')
    return text
  }
  expect(await groups('aula')).toContain('Aula')
  expect(await groups('mutter vaterber')).toContain('Mütter- und Väterberatung')
})

test('the answer comes though a minute ends between the question and its answer', async () => {
  const { page } = desk
  await go(page, 'calendar/timeline/week')
  const { number, title } = await farBooking(page)
  // Whoever looks at the clock while drawing sees another minute each time.
  await page.evaluate(() => {
    const real = Date.now
    let minutes = 0
    Date.now = () => real() + 60_000 * minutes++
    Object.assign(window, { endOfLeaps: () => Object.assign(Date, { now: real }) })
  })
  try {
    await page.keyboard.press('/')
    await page.getByRole('combobox', { name: /Reservation, Person/ }).fill(String(number))
    await expect(page.getByRole('option').first()).toContainText(title)
  } finally {
    await page.evaluate(() => (window as unknown as { endOfLeaps(): void }).endOfLeaps())
    await page.keyboard.press('Escape')
  }
})
