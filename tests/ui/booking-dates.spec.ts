/**
 * The dates of a booking by keyboard and by mouse: the kitchen comes along when the caller rings back with another
 * phone number (workflow 12), and one of several dates is cancelled and brought back (workflows 4 and 9).
 */
import { randomUUID } from 'node:crypto'
import { addDays, mondayOf } from '../../core/domain/time.ts'
import type { LaunchedDesk } from '../harness/electron.ts'
import { expect, type Page, test } from '../harness/test.ts'
import { addHall, at, book, command, emptyDesk, openHall } from './calendar-desk.ts'
import { inspector } from './clerk.ts'
import { seriousHere } from './screens.ts'
import { countingKeyboard, hold } from './workflows.ts'

test.describe.configure({ mode: 'serial' })

const MONDAY = mondayOf(addDays(new Date().toISOString().slice(0, 10), 35))
const SATURDAY = addDays(MONDAY, 5)

let desk: LaunchedDesk
const dates = (page: Page) => inspector(page).locator('[data-date]')

test.beforeAll(async () => {
  test.setTimeout(120_000)
  desk = await emptyDesk(1500, 900)
  const { page } = desk
  const saal = await addHall(page, 'Saal', { group: 'Gemeindehaus' })
  const room = await addHall(page, 'Sitzungszimmer', { group: 'Gemeindehaus', position: 1 })
  const kitchen = await addHall(page, 'Küche', {
    group: 'Gemeindehaus',
    kind: 'kitchen',
    parent: saal,
    position: 2,
  })
  for (const hall of [saal, room, kitchen]) {
    await openHall(page, hall, { from: MONDAY, until: addDays(MONDAY, 13), opens: '08:00' })
  }
  await command(page, 'reservation.book', {
    token: randomUUID(),
    resource: saal,
    during: { start: at(SATURDAY, '18:00'), end: at(SATURDAY, '23:00') },
    places: 1,
    title: 'Jubiläum',
    publicTitle: '',
    note: '',
    persons: 80,
    person: {
      id: randomUUID(),
      name: 'Rosmarie Probst',
      organisation: '',
      phone: '044 000 11 22',
      email: '',
    },
  })
  await book(page, room, 'Vorstand', [SATURDAY, '20:00', '21:00'])
})

test.afterAll(async () => {
  await desk?.quit().catch(() => {})
})

test('workflow 12 by keyboard only: also the kitchen, and a new phone number', async () => {
  const { page } = desk
  const { press, type, keys } = countingKeyboard(page)
  await press('/')
  await type('jubi')
  await expect(page.getByRole('option', { name: /Jubiläum/ }).first()).toBeVisible()
  await press('Enter')
  await expect(inspector(page)).toContainText('Jubiläum')
  await press('+')
  const form = inspector(page).getByRole('form', { name: 'Was kommt dazu?' })
  await expect(form.getByLabel('Wo')).toHaveValue(/Küche/)
  await expect(form.getByText(/^Frei bis/)).toBeVisible()
  expect(await seriousHere(page)).toEqual([])
  await press('Control+Enter')
  await expect(dates(page)).toHaveCount(2)
  await press('/')
  await type('probst')
  await expect(page.getByRole('option', { name: /^Rosmarie Probst/ })).toBeVisible()
  await press('ArrowDown', 'Enter')
  await expect(page.locator('[data-card]')).toBeFocused()
  await press('e')
  await expect(page.getByLabel('Name', { exact: true })).toBeFocused()
  await press('Tab', 'Tab')
  await press('Control+a')
  await type('0790000140')
  await press('Control+Enter')
  await expect(page.locator('[data-card]')).toContainText('+41 79 000 01 40')
  hold(12, keys(), 4)
})

test('where it does not fit the core says who has it, and what was typed stays', async () => {
  const { page } = desk
  const { keyboard } = page
  await inspector(page).focus()
  await keyboard.press('+')
  const form = inspector(page).getByRole('form', { name: 'Was kommt dazu?' })
  await expect(form.getByLabel('Wo')).toHaveValue('Sitzungszimmer')
  await keyboard.press('Control+Enter')
  await expect(form.getByRole('alert')).toContainText(/Sitzungszimmer ist .* vergeben: «Vorstand»/)
  await form.getByLabel('Von').fill('9')
  await form.getByLabel('Bis').fill('31')
  await keyboard.press('Control+Enter')
  await expect(form.getByText('Welche Zeit? Zum Beispiel 18:30')).toBeVisible()
  await form.getByLabel('Bis').fill('11')
  await form.getByRole('button', { name: 'Dazu reservieren' }).click()
  await expect(dates(page)).toHaveCount(3)
  await expect(dates(page).first()).toContainText('Sitzungszimmer')
})

test('workflow 9: one date of several is cancelled with Del, told in the history, and undone with two keys', async () => {
  const { page } = desk
  const { keyboard } = page
  await dates(page).first().getByRole('button').first().focus()
  await keyboard.press('Delete')
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('radio', { name: /^Nur .*Sitzungszimmer$/ })).toBeChecked()
  expect(await seriousHere(page)).toEqual([])
  await dialog.getByLabel('Grund').fill('doch nicht')
  await keyboard.press('Enter')
  await expect(dates(page)).toHaveCount(2)
  await inspector(page).getByRole('tab', { name: 'Verlauf' }).click()
  await expect(inspector(page)).toContainText(/Termin abgesagt: Jubiläum .*Grund: doch nicht/)
  await inspector(page)
    .getByRole('tab', { name: /Termine/ })
    .click()
  const { press, keys } = countingKeyboard(page)
  await press('Control+z')
  await expect(dates(page)).toHaveCount(3)
  hold(9, keys(), 1)
})

test('by mouse: the cross at a date, and all of them where the clerk says so', async () => {
  const { page } = desk
  await dates(page)
    .first()
    .getByRole('button', { name: /Diesen Termin absagen/ })
    .click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Absagen', exact: true }).click()
  await expect(dates(page)).toHaveCount(2)
  await dates(page)
    .first()
    .getByRole('button', { name: /Diesen Termin absagen/ })
    .click()
  await dialog.getByRole('radio', { name: 'Alle 2 Termine' }).check()
  await dialog.getByRole('button', { name: 'Absagen', exact: true }).click()
  await expect(inspector(page)).toContainText('Abgesagt, die Zeit ist wieder frei.')
  await expect(inspector(page).getByRole('button', { name: /Termin oder Raum dazu/ })).toBeHidden()
})
