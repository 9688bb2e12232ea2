/** The inspector in the real app: what is said of a booking is changed by keyboard alone, with its history and a way back. */
import { expect, test } from '../harness/test.ts'
import {
  FOUNDING_MS,
  freeSlot,
  grid,
  inspector,
  openByNumber,
  readBack,
  sampleDesk,
  typeBooking,
} from './clerk.ts'
import { go } from './screens.ts'

let desk: Awaited<ReturnType<typeof sampleDesk>>
test.beforeAll(async () => {
  test.setTimeout(FOUNDING_MS)
  desk = await sampleDesk()
})
test.afterAll(() => desk?.close())

test('at 200 % the first click opens the booking it points at, though today is out of sight', async () => {
  const { app, page } = desk
  const resize = (width: number, height: number) =>
    app.evaluate(
      ({ BrowserWindow }, size) => {
        const [window] = BrowserWindow.getAllWindows()
        window?.setMinimumSize(1, 1)
        window?.setContentSize(size.width, size.height)
      },
      { width, height },
    )
  // What 1280×800 leaves to the page then.
  await resize(640, 400)
  await go(page, 'calendar/timeline/week')
  const bar = page.getByRole('toolbar', { name: 'Kalender' })
  await expect(bar.getByRole('strong')).toBeInViewport({ ratio: 1 })
  await expect(bar.getByRole('button', { name: 'Anzeige' })).toBeInViewport({ ratio: 1 })
  const weekday = new Date().getUTCDay()
  const farFromToday = weekday >= 1 && weekday <= 3 ? 6 : 0
  const line = page.locator(`[data-column="${farFromToday}"] [data-line]`).first()
  const title = (await line.textContent())?.replace(/^[\d:]+/, '') ?? ''
  await page.getByRole('grid').evaluate((grid, column) => {
    grid.scrollLeft = column === 0 ? 0 : grid.scrollWidth
  }, farFromToday)
  await line.click()
  await expect(inspector(page).getByRole('heading', { level: 2 })).toHaveText(title)
  await page.keyboard.press('Escape')
  await resize(1280, 800)
})

test('an internal note and the number of persons are written, told in the history, and undone', async () => {
  const { page } = desk
  const { keyboard } = page
  await typeBooking(page, await freeSlot(page, 'Aula Zelgli'), 'Jubiläum', 'Ruth Meier')
  await keyboard.press('Control+Enter')
  const number = await readBack(page)
  await keyboard.press('Escape')
  await openByNumber(page, number)
  // Whoever clicked it in the calendar has the focus there.
  await grid(page).focus()
  await keyboard.press('e')
  await expect(inspector(page).getByLabel('Was', { exact: true })).toBeFocused()
  await keyboard.press('Tab')
  await keyboard.type('viele')
  await keyboard.press('Control+Enter')
  await expect(inspector(page).getByText('Eine Zahl ab 1')).toBeVisible()
  await keyboard.press('Control+a')
  await keyboard.type('80')
  await keyboard.press('Tab')
  await keyboard.type('Schlüssel bei Frau Egli')
  await keyboard.press('Control+Enter')
  await expect(inspector(page)).toContainText('Intern: Schlüssel bei Frau Egli')
  await expect(inspector(page)).toContainText('80')
  await inspector(page).getByRole('tab', { name: 'Verlauf' }).click()
  await expect(inspector(page)).toContainText(
    /Jubiläum \(\d+\) geändert: Notiz: leer → .* und Personen: leer → 80/,
  )
  await keyboard.press('Control+z')
  await inspector(page).getByRole('tab', { name: 'Angaben' }).click()
  await expect(inspector(page).getByText('Schlüssel bei Frau Egli')).toBeHidden()
})
