/** Holidays: the clerk's way through the settings, and what the calendar shows of them. */

import { addDays, mondayOf } from '../../core/domain/time.ts'
import type { LaunchedDesk } from '../harness/electron.ts'
import { expect, test } from '../harness/test.ts'
import { ask, dayOf, FOUNDING_MS, sampleDesk } from './clerk.ts'
import { go, prefer } from './screens.ts'
import { give } from './seed.ts'

let desk: LaunchedDesk & { close(): Promise<void> }
test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  test.setTimeout(FOUNDING_MS)
  desk = await sampleDesk()
  // The sample keeps the holidays of its schools; these tests bring their own.
  await give(desk.page, 'holidays.change', { school: [] })
})
test.afterAll(() => desk?.close())

/** The first of August is a holiday in every canton. */
const august = (() => {
  const today = dayOf(Date.now())
  const year = Number(today.slice(0, 4))
  return today < `${year}-08-01` ? `${year}-08-01` : `${year + 1}-08-01`
})()
const compact = (day: string) => day.replaceAll('-', '')

test('a canton chosen with the keyboard brings its holidays, also into the calendar', async () => {
  const { page } = desk
  await go(page, 'settings/holidays')
  await page.getByRole('combobox', { name: 'Kanton' }).focus()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('Luzern')
  // Faster than anybody types, Enter would take what was offered before.
  await expect(page.getByRole('option', { name: 'Luzern' })).toBeVisible()
  await expect(page.getByRole('option')).toHaveCount(1)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toContainText('Fronleichnam')
  await go(page, `calendar/timeline/week/${mondayOf(august)}`)
  await expect(page.getByRole('columnheader', { name: /Bundesfeiertag/ })).toBeVisible()
  await prefer(page, { language: 'fr-CH' })
  await expect(page.getByRole('columnheader', { name: /Fête nationale/ })).toBeVisible()
  await prefer(page, { language: 'de-CH' })
})

test('an own holiday is typed, refused in words while it is wrong, and taken back by Ctrl+Z', async () => {
  const { page } = desk
  await go(page, 'settings/holidays')
  const main = page.getByRole('main')
  await main.getByLabel('Erster Tag').fill('31.2.2027')
  await main.getByRole('button', { name: 'Hinzufügen' }).click()
  await expect(main).toContainText('Ein Datum, zum Beispiel 14.6.2027')
  await expect(main).toContainText('Wie heisst der Tag?')
  await main.getByLabel('Erster Tag').fill('14.6.2027')
  await main.getByLabel('Bezeichnung').fill('Dorffest')
  await page.keyboard.press('Enter')
  await expect(main.getByRole('button', { name: 'Entfernen: Dorffest' })).toBeVisible()
  await main.getByRole('heading', { name: 'Feiertage und Schulferien' }).click()
  await page.keyboard.press('Control+z')
  await expect(main.getByRole('button', { name: 'Entfernen: Dorffest' })).toBeHidden()
})

test('two days removed faster than the first is answered are both gone', async () => {
  const { page } = desk
  const days = ['2027-06-01', '2027-06-02', '2027-06-03'].map((day, index) => ({
    from: day,
    until: day,
    name: `Tag ${index}`,
  }))
  await give(page, 'holidays.change', { own: days })
  await go(page, 'settings/holidays')
  const remove = (name: string) => page.getByRole('button', { name: `Entfernen: ${name}` })
  await expect(remove('Tag 2')).toBeVisible()
  await page.evaluate(() => {
    const buttons = [...document.querySelectorAll<HTMLElement>('main button[aria-label]')]
    for (const name of ['Tag 0', 'Tag 1']) {
      buttons.find((button) => button.ariaLabel === `Entfernen: ${name}`)?.click()
    }
  })
  await expect(remove('Tag 0')).toBeHidden()
  await expect(remove('Tag 1')).toBeHidden()
  await expect(remove('Tag 2')).toBeVisible()
  await give(page, 'holidays.change', { own: [] })
})

test('school holidays come from a file, after a look at them; a wrong file gets a sentence', async () => {
  const { page } = desk
  await go(page, 'settings/holidays')
  const main = page.getByRole('main')
  const file = main.locator('input[type=file]')
  const give = (name: string, text: string) =>
    file.setInputFiles({ name, mimeType: 'text/calendar', buffer: Buffer.from(text, 'latin1') })
  await give('ferien.pdf', '%PDF-1.7')
  await expect(main).toContainText('«ferien.pdf» ist keine Kalenderdatei.')
  // Written by an old program: an umlaut that is not UTF-8.
  await give(
    'ferien.ics',
    [
      'BEGIN:VCALENDAR',
      'BEGIN:VEVENT',
      `DTSTART;VALUE=DATE:${compact(addDays(august, -14))}`,
      `DTEND;VALUE=DATE:${compact(addDays(august, 15))}`,
      'SUMMARY:Sommer für alle',
      'END:VEVENT',
      'END:VCALENDAR',
    ].join('\r\n'),
  )
  await expect(main).toContainText('Aus «ferien.ics»: 1 neu, 0 schon da.')
  await main.getByRole('button', { name: 'Übernehmen' }).click()
  await expect(main.getByRole('button', { name: 'Entfernen: Sommer für alle' })).toBeVisible()
  await go(page, `calendar/timeline/week/${mondayOf(august)}`)
  await expect(page.getByRole('columnheader', { name: /Sommer für alle/ })).toHaveCount(7)
  await expect(
    page.getByRole('columnheader', { name: /Bundesfeiertag, Sommer für alle/ }),
  ).toBeVisible()
  const special = /Bundesfeiertag, Sommer für alle/
  const views = ['day', 'columns', 'fortnight', 'month', 'agenda'] as const
  for (const view of views) {
    await go(page, `calendar/timeline/${view}/${august}`)
    await expect(page.getByRole('region', { name: 'Kalender' }).getByTitle(special)).toBeVisible()
  }
  const halls = await ask<{ id: string; name: string }[]>(page, 'resource.all', {})
  const aula = halls.find((hall) => hall.name === 'Aula Zelgli')?.id
  await go(page, `calendar/hall/week/${august}?halls=${aula}`)
  await expect(page.getByTitle('Sommer für alle', { exact: true })).toHaveCount(6)
  await expect(page.getByTitle(special)).toBeVisible()
  await go(page, `calendar/timeline/year/${august}`)
  await expect(page.locator(`#year-${august}`)).toHaveAccessibleName(special)
  await prefer(page, { hidden: ['holidays'] })
  await expect(page.locator(`#year-${august}`)).not.toHaveAccessibleName(special)
  await prefer(page, { hidden: [] })
})
