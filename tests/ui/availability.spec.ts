/**
 * Availability by keyboard alone: workflow 11 (a new school year for all halls), bad input at its field, a change
 * around what is booked, and removing what nobody uses.
 */

import type { PeriodRow } from '../../core/queries/availability-rows.ts'
import type { ResourceRow } from '../../core/queries/rows.ts'
import type { LaunchedDesk } from '../harness/electron.ts'
import { expect, type Page, test } from '../harness/test.ts'
import { ask, FOUNDING_MS, grid, sampleDesk } from './clerk.ts'
import { go, serious } from './screens.ts'
import { countingKeyboard, hold } from './workflows.ts'

let desk: LaunchedDesk & { close(): Promise<void> }
test.beforeAll(async () => {
  test.setTimeout(FOUNDING_MS)
  desk = await sampleDesk()
})
test.afterAll(() => desk?.close())

const preview = (page: Page) => page.getByRole('region', { name: 'Vorschau' })
const year = new Date().getFullYear() + 3

test('workflow 11: a school year for all halls, previewed, made and taken back, by keyboard', async () => {
  const { page } = desk
  const { keyboard } = page
  await go(page, 'calendar/timeline/week')
  await expect(grid(page)).toBeVisible()
  const halls = await ask<ResourceRow[]>(page, 'resource.all', {})
  const { press, type, keys } = countingKeyboard(page)

  await press('6')
  await expect(page.getByRole('grid')).toBeVisible()
  await press('Control+k')
  await type('hinzu')
  await press('Enter')
  await expect(page.getByRole('listbox', { name: 'Hallen' })).toBeFocused()
  await press('Control+a', 'Tab')
  await type(`9.8.${year % 100}`)
  await press('Tab')
  await type(`6.7.${(year + 1) % 100}`)
  await expect(preview(page).getByRole('row')).toHaveCount(halls.length + 1)
  const button = page.getByRole('button', { name: /Termine anlegen/ })
  const wanted = Number((await button.innerText()).replace(/\D/g, ''))
  expect(wanted).toBeGreaterThan(halls.length * 200)
  await press('Control+Enter')
  await expect(page.getByText(`${wanted} Termine verfügbar gemacht`)).toBeVisible({
    timeout: 60_000,
  })
  hold(11, keys(), 5)

  const made = async () => {
    const rows = await ask<PeriodRow[]>(page, 'availability.periods', { monday: `${year}-08-01` })
    return rows.reduce((sum, row) => sum + row.dates, 0)
  }
  expect(await made()).toBe(wanted)
  await keyboard.press('Control+z')
  await expect.poll(made).toBe(0)
})

test('bad input gets a sentence at its field, and stays', async () => {
  const { page } = desk
  await go(page, 'availability/new')
  const wrong = {
    'Erster Tag': ['31.2.2027', 'Ein Datum, das es gibt'],
    'Letzter Tag': ['x'.repeat(150), 'Ein Datum, das es gibt'],
    Von: ['25:00', 'Eine Zeit'],
    Bis: ['18:20', 'Liegt nicht auf einem Schritt von 30 Minuten'],
    Plätze: ['10000', 'Eine Zahl von 1 bis 1000'],
    'Je Reservation': ['-1', 'bis zur Anzahl Plätze'],
    'Weitere Tage auslassen': ['Quark'.repeat(2000), 'Tage oder Zeiträume mit Komma'],
  } as const
  for (const [field, [text]] of Object.entries(wrong)) {
    await page.getByLabel(field, { exact: true }).fill(text)
  }
  await page.keyboard.press('Control+Enter')
  for (const [field, [text, sentence]] of Object.entries(wrong)) {
    const input = page.getByLabel(field, { exact: true })
    await expect(input).toHaveValue(text)
    await expect(input).toHaveAccessibleDescription(new RegExp(sentence))
  }
  await expect(page.getByText('Wählen Sie mindestens eine Halle')).toBeVisible()
  await page.getByLabel('Plätze', { exact: true }).fill('0')
  await expect(page.getByLabel('Plätze', { exact: true })).toHaveAccessibleDescription(/1 bis 1000/)
  await page.getByLabel('Erster Tag').fill('14.6.2027')
  await page.getByLabel('Letzter Tag').fill('13.6.2027')
  await expect(page.getByText('Der letzte Tag liegt vor dem ersten')).toBeVisible()

  // Leaving for a call loses nothing.
  await page.keyboard.press('Escape')
  await expect(page.getByRole('grid')).toBeVisible()
  await page.getByRole('button', { name: 'Verfügbarkeit hinzufügen' }).click()
  await expect(page.getByLabel('Letzter Tag')).toHaveValue('13.6.2027')
  await page.getByRole('button', { name: 'Verwerfen' }).click()
})

test('a change shows who is in the way, keeps what is booked, and is undone as one', async () => {
  const { page } = desk
  await go(page, 'availability')
  const row = page.getByRole('row', { name: /Aula Zelgli/ }).first()
  await row.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Verfügbarkeit ändern' })).toBeVisible()
  await page.getByLabel('Von', { exact: true }).fill('20:00')
  await expect(preview(page).getByText('Wer betroffen ist')).toBeVisible()
  const kept = preview(page).getByRole('listitem').filter({ hasText: 'Termin unverändert' })
  await expect(kept.first()).toContainText(/\d{2}:\d{2}/)
  const rows = () => ask<PeriodRow[]>(page, 'availability.periods', { monday: '2026-01-05' })
  const before = await rows()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(/bleiben wie bisher|bleibt wie bisher/)).toBeVisible({
    timeout: 60_000,
  })
  expect(await rows()).not.toEqual(before)
  await page.keyboard.press('Control+z')
  await expect.poll(rows, { timeout: 60_000 }).toEqual(before)
})

test('only what nobody uses is removed, by hall, day and weekday', async () => {
  const { page } = desk
  await go(page, 'availability')
  await page
    .getByRole('row', { name: /Aula Zelgli/ })
    .first()
    .focus()
  await page.keyboard.press('Delete')
  await expect(page.getByRole('heading', { name: 'Verfügbarkeit entfernen' })).toBeVisible()
  await page.getByLabel('Letzter Tag').fill('+8w')
  await expect(preview(page).getByText('Diese Termine bleiben wegen')).toBeVisible()
  const button = page.getByRole('button', { name: /Termine? entfernen/ })
  const count = Number((await button.innerText()).replace(/\D/g, ''))
  expect(count).toBeGreaterThan(0)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(new RegExp(`${count} Termine? entfernt`))).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(page.getByText(/Rückgängig gemacht/)).toBeVisible()
})

for (const look of ['light', 'dark'] as const) {
  for (const route of ['availability', 'availability/new', 'availability/clear']) {
    test(`axe finds nothing serious: ${route}, ${look}`, async () => {
      expect(await serious(desk.page, route, look)).toEqual([])
    })
  }
}
