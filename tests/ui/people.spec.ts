/**
 * People in the real app: somebody is found by the last digits, added, changed and merged by keyboard alone, and every
 * step can be taken back.
 */
import AxeBuilder from '@axe-core/playwright'
import type { ListedPerson, PersonOne } from '../../core/queries/rows.ts'
import { expect, type Page, test } from '../harness/test.ts'
import {
  ask,
  FOUNDING_MS,
  freeSlot,
  inspector,
  readBack,
  sampleDesk,
  typeBooking,
} from './clerk.ts'
import { theme } from './screens.ts'

let desk: Awaited<ReturnType<typeof sampleDesk>>
test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  test.setTimeout(FOUNDING_MS)
  desk = await sampleDesk()
})
test.afterAll(() => desk?.close())

const search = (page: Page) => page.getByRole('textbox', { name: 'Person suchen' })
const list = (page: Page) => page.getByRole('listbox', { name: 'Personen' })
const main = (page: Page) => page.getByRole('main')

async function find(page: Page, text: string): Promise<readonly ListedPerson[]> {
  const { rows } = await ask<{ rows: ListedPerson[] }>(page, 'person.list', {
    text,
    kind: 'all',
    now: Date.now(),
    limit: 50,
  })
  return rows
}
const one = (page: Page, person: string) => ask<PersonOne>(page, 'person.one', { person })

/** Opens the screen and goes to the card of whoever is found first, by keyboard alone. */
async function open(page: Page, text: string, name: string): Promise<void> {
  await page.keyboard.press('Escape')
  await page.keyboard.press('4')
  await expect(search(page)).toBeFocused()
  await page.keyboard.press('Control+a')
  await page.keyboard.type(text)
  await expect(list(page).getByRole('option').first()).toContainText(name)
  await page.keyboard.press('ArrowDown')
  await expect(list(page).getByRole('option').first()).toBeFocused()
  await expect(main(page).getByRole('heading', { level: 2, name })).toBeVisible()
}

test('a person is added with two phones and found by the last digits of either', async () => {
  const { page } = desk
  const { keyboard } = page
  await keyboard.press('4')
  await expect(search(page)).toBeFocused()
  await keyboard.press('Shift+Tab')
  await keyboard.press('Enter')
  await expect(page.getByLabel('Name', { exact: true })).toBeFocused()
  await keyboard.type('Vreni Zaugg')
  await keyboard.press('Tab')
  await keyboard.press('Tab')
  await keyboard.type('keine Ahnung')
  await keyboard.press('Control+Enter')
  // What is wrong is said at the field, and nothing is lost.
  await expect(page.getByText('Das ist keine Telefonnummer')).toBeVisible()
  const phone = page.getByLabel('Telefon', { exact: true })
  await expect(phone).toBeFocused()
  await keyboard.press('Control+a')
  await keyboard.type('079 555 77 31')
  await keyboard.press('Tab')
  await keyboard.press('Enter')
  await page.getByLabel('Telefon 2').focus()
  await keyboard.type('044 555 77 32')
  await keyboard.press('Control+Enter')
  await expect(main(page).getByRole('heading', { name: 'Vreni Zaugg' })).toBeVisible()
  await expect(main(page)).toContainText('+41 79 555 77 31')
  await expect(main(page)).toContainText('+41 44 555 77 32')
  for (const digits of ['7731', '555 77 32']) {
    expect((await find(page, digits)).map((row) => row.name)).toEqual(['Vreni Zaugg'])
  }
})

test('a card is changed, undone and done again', async () => {
  const { page } = desk
  await open(page, '7732', 'Vreni Zaugg')
  await page.keyboard.press('e')
  const town = page.getByLabel('Ort', { exact: true })
  await town.focus()
  await page.keyboard.type('Musterwil')
  await page.keyboard.press('Control+Enter')
  await expect(main(page)).toContainText('Musterwil')
  await page.keyboard.press('Control+z')
  await expect(main(page).getByText('Musterwil', { exact: true })).toBeHidden()
  await page.keyboard.press('Control+Shift+z')
  await expect(main(page).getByText('Musterwil', { exact: true })).toBeVisible()
})

test('two cards of one person become one with a preview, and two again', async () => {
  const { page } = desk
  const { keyboard } = page
  // The same caller once more, entered anew by another clerk.
  const slot = await freeSlot(page, 'Aula Zelgli')
  await keyboard.press('Escape')
  await typeBooking(page, slot, 'Geburtstag', 'V. Zaugg')
  await keyboard.press('Control+Enter')
  const number = await readBack(page)
  await keyboard.press('Escape')

  await open(page, 'Vreni Zaugg', 'Vreni Zaugg')
  await keyboard.press('Enter')
  await keyboard.press('m')
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByLabel('Mit wem?')).toBeFocused()
  await keyboard.type('V. Zaugg')
  await expect(dialog.getByRole('button', { name: /V\. Zaugg/ })).toBeVisible()
  await keyboard.press('Tab')
  await keyboard.press('Enter')
  await expect(dialog).toContainText('Bleibt: Vreni Zaugg')
  await expect(dialog).toContainText('1 Reservation geht zu «Vreni Zaugg»')
  await expect(dialog.getByRole('row', { name: /Telefon/ })).toContainText('044 000 12 34')
  await expect(dialog.getByRole('button', { name: 'Zusammenführen' })).toBeFocused()
  await keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(main(page).getByRole('button', { name: /Geburtstag/ })).toBeVisible()
  expect((await find(page, 'zaugg')).map((row) => row.name)).toEqual(['Vreni Zaugg'])

  // The booking leads to its person, and the person to the booking.
  await main(page)
    .getByRole('button', { name: /Geburtstag/ })
    .focus()
  await keyboard.press('Enter')
  await expect(inspector(page)).toContainText(`Reservation ${number}`)
  await expect(inspector(page).getByRole('button', { name: 'Vreni Zaugg' })).toBeVisible()

  await keyboard.press('Control+z')
  await expect(main(page).getByRole('button', { name: /Geburtstag/ })).toBeHidden()
  const both = await find(page, 'zaugg')
  expect(both.map((row) => [row.name, row.bookings])).toEqual([
    ['V. Zaugg', 1],
    ['Vreni Zaugg', 0],
  ])
  const vreni = both.find((row) => row.name === 'Vreni Zaugg') as ListedPerson
  expect((await one(page, vreni.id)).card.phones).toEqual(['079 555 77 31', '044 555 77 32'])
})

for (const look of ['light', 'dark'] as const) {
  test(`axe finds nothing serious on a card and in the merge, ${look}`, async () => {
    const { page } = desk
    const serious = async () =>
      (await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations
        .filter((each) => each.impact === 'serious' || each.impact === 'critical')
        .flatMap((each) => each.nodes.map((node) => `${each.id}: ${node.html.slice(0, 160)}`))
    await theme(page, look)
    await open(page, 'Vreni Zaugg', 'Vreni Zaugg')
    expect(await serious()).toEqual([])
    await page.keyboard.press('Enter')
    await page.keyboard.press('m')
    await expect(page.getByRole('dialog')).toBeVisible()
    expect(await serious()).toEqual([])
    await page.keyboard.press('Escape')
    await expect(page.locator('[aria-modal="true"]')).toHaveCount(0)
    await main(page).locator('[data-card]').focus()
    await page.keyboard.press('e')
    await expect(page.getByLabel('Name', { exact: true })).toBeFocused()
    expect(await serious()).toEqual([])
    await page.keyboard.press('Escape')
  })
}
