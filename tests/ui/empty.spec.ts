/** From an empty municipality to a first booking; languages; and that nothing typed is ever lost. */

import { type LaunchedDesk, launchDesk } from '../harness/electron.ts'
import { expect, test } from '../harness/test.ts'
import { panel, readBack } from './clerk.ts'

test.describe.configure({ mode: 'serial' })

let desk: LaunchedDesk
test.beforeAll(async () => {
  desk = await launchDesk()
})
test.afterAll(() => desk?.quit())

test('an empty municipality needs a name, and then offers the first hall', async () => {
  const { page } = desk
  await page.getByRole('button', { name: 'Leer beginnen' }).click()
  await expect(page.getByText('Wie heisst die Gemeinde?')).toBeVisible()
  await page.getByLabel('Name der Gemeinde').fill('Gemeinde Oberwil')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Gemeinde Oberwil')).toBeVisible({ timeout: 60_000 })
})

test('from nothing to a first booking: hall, availability, reservation', async () => {
  const { page } = desk
  await page.keyboard.press('n')
  await panel(page).getByRole('button', { name: 'Erste Halle erfassen' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Dorfsaal')
  await page.getByLabel('Personen höchstens').fill('120')
  await page.getByRole('button', { name: 'Speichern und Zeiten festlegen' }).click()
  await expect(page.getByRole('heading', { name: 'Verfügbarkeit hinzufügen' })).toBeVisible()
  await page.getByRole('button', { name: 'Alle Tage' }).click()
  await page.getByRole('button', { name: '365 Termine anlegen' }).click()
  await expect(page.getByText('365 Termine verfügbar gemacht')).toBeVisible()

  await page.keyboard.press('n')
  await page.getByLabel('Wo', { exact: true }).click()
  await page.keyboard.type('dorf')
  await page.keyboard.press('Enter')
  await page.getByLabel('Datum', { exact: true }).fill('morgen')
  await page.getByLabel('Von', { exact: true }).fill('19')
  await page.getByLabel('Bis', { exact: true }).fill('22')
  await page.getByLabel('Wer', { exact: true }).fill('Ruth Meier')
  await page.getByLabel('Was', { exact: true }).fill('Erste Versammlung')
  await page.getByLabel('Personen', { exact: true }).fill('150')
  await expect(panel(page).getByText(/150 Personen, zugelassen sind 120/)).toBeVisible()
  await page.keyboard.press('Control+Enter')
  expect(await readBack(page)).toBeGreaterThan(0)
})

test('what was typed is still there after Esc and after a reload', async () => {
  const { page } = desk
  await page.keyboard.press('n')
  await page.getByLabel('Was', { exact: true }).fill('Halb getippt')
  await page.keyboard.press('Escape')
  await expect(panel(page)).toBeHidden()
  await page.reload()
  await expect(page.getByText('Gemeinde Oberwil')).toBeVisible()
  await page.keyboard.press('n')
  // Esc parked it: a call that waits, beside an empty panel for the next one.
  await expect(page.getByLabel('Was', { exact: true })).toHaveValue('')
  await page.keyboard.press('Alt+1')
  await expect(page.getByLabel('Was', { exact: true })).toHaveValue('Halb getippt')
  await panel(page).getByRole('button', { name: 'Entwurf verwerfen' }).click()
  await expect(page.getByLabel('Was', { exact: true })).toHaveValue('')
  await page.keyboard.press('Escape')
})

test('an empty form is not sent: each field says what it needs, and the first has the focus', async () => {
  const { page } = desk
  await page.keyboard.press('n')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('Wählen Sie eine Halle')).toBeVisible()
  await expect(page.getByText('Wer reserviert?')).toBeVisible()
  await expect(page.getByLabel('Wo', { exact: true })).toBeFocused()
  await page.keyboard.press('Escape')
})

test('the language changes at once, without a restart', async () => {
  const { page } = desk
  await page.keyboard.press('9')
  await page.getByRole('button', { name: 'Darstellung' }).click()
  const seen: (string | null)[] = []
  for (const language of ['Français', 'Italiano', 'English', 'Deutsch']) {
    await page.getByText(language, { exact: true }).click()
    await expect(page.getByRole('radio', { name: language })).toBeChecked()
    seen.push(await page.getByRole('banner').getByRole('button').first().textContent())
  }
  expect(seen.map((each) => each?.replace(/N$/, '').trim())).toEqual([
    'Réserver',
    'Riservare',
    'Reserve',
    'Reservieren',
  ])
})

test('keys lead everywhere: F6 through the panes, ? to the keys, Ctrl+K to the palette, digits to the screens', async () => {
  const { page } = desk
  const paneNow = () =>
    page.evaluate(() => document.activeElement?.closest('[data-pane]')?.getAttribute('data-pane'))
  await page.keyboard.press('1')
  const walked: unknown[] = []
  for (let presses = 0; presses < 3; presses++) {
    await page.keyboard.press('F6')
    walked.push(await paneNow())
  }
  expect([...walked].sort()).toEqual(['main', 'rail', 'top'])

  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Tastaturbefehle' })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('verlauf')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Verlauf' })).toBeVisible()
})
