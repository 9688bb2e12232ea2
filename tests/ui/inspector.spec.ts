/** The inspector in the real app: what is said of a booking is changed by keyboard alone, with its history and a way back. */
import { expect, test } from '../harness/test.ts'
import {
  FOUNDING_MS,
  freeSlot,
  inspector,
  openByNumber,
  readBack,
  sampleDesk,
  typeBooking,
} from './clerk.ts'

let desk: Awaited<ReturnType<typeof sampleDesk>>
test.beforeAll(async () => {
  test.setTimeout(FOUNDING_MS)
  desk = await sampleDesk()
})
test.afterAll(() => desk?.close())

test('an internal note and the number of persons are written, told in the history, and undone', async () => {
  const { page } = desk
  const { keyboard } = page
  await typeBooking(page, await freeSlot(page, 'Aula Zelgli'), 'Jubiläum', 'Ruth Meier')
  await keyboard.press('Control+Enter')
  const number = await readBack(page)
  await keyboard.press('Escape')
  await openByNumber(page, number)
  await inspector(page).focus()
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
