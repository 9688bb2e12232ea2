/**
 * Two of the three uses that libres was made for, from an empty municipality and by keyboard alone: a meeting room that
 * nobody decides about, and a community hall whose calendar the village reads. The third, a nursery with applications
 * and a waiting list, is in requests.spec.ts.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LaunchedDesk } from '../harness/electron.ts'
import { expect, type Locator, type Page, test } from '../harness/test.ts'
import { emptyDesk } from './calendar-desk.ts'
import { inspector, panel, readBack } from './clerk.ts'
import { seriousHere } from './screens.ts'

test.describe.configure({ mode: 'serial' })

let desk: LaunchedDesk
let www: string
test.beforeAll(async () => {
  test.setTimeout(120_000)
  www = await mkdtemp(join(tmpdir(), 'allmend-village-'))
  desk = await emptyDesk(1280, 800)
})
test.afterAll(async () => {
  await desk?.quit().catch(() => {})
  await rm(www, { recursive: true, force: true })
})

/** More stops than this nobody walks. */
const MOST_STOPS = 40

/** Walks with the tabulator, as somebody without a mouse does. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`the tabulator does not come to ${target}`)
}

/** From the dialog for a hall to a hall that is open every day of a year. */
async function addHall(page: Page, name: string): Promise<void> {
  await expect(page.getByLabel('Name', { exact: true })).toBeFocused()
  await page.keyboard.type(name)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Verfügbarkeit hinzufügen' })).toBeVisible()
  for (const day of ['Samstag', 'Sonntag']) {
    await tabTo(page, page.getByRole('checkbox', { name: day }))
    await page.keyboard.press('Space')
  }
  await expect(page.getByRole('button', { name: '365 Termine anlegen' })).toBeVisible()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('365 Termine verfügbar gemacht')).toBeVisible()
}

/** Says where, when and who; what it is for is left to the test. */
async function phoneIn(page: Page, hall: string, [date, from, to]: readonly string[], who: string) {
  const { keyboard } = page
  await keyboard.press('F2')
  await expect(page.getByLabel('Wo', { exact: true })).toBeFocused()
  await keyboard.type(hall)
  await keyboard.press('Enter')
  await expect(page.getByLabel('Wo', { exact: true })).toHaveValue(hall)
  await keyboard.press('Tab')
  for (const text of [date, from, to]) {
    await keyboard.type(text as string)
    await keyboard.press('Enter')
  }
  await expect(page.getByLabel('Wer', { exact: true })).toBeFocused()
  await keyboard.type(who)
}

test('a meeting room without an authority: booked at once, told why not, moved on, given back', async () => {
  const { page } = desk
  const { keyboard } = page
  // Nothing to decide, and it says where requests would come from.
  await keyboard.press('2')
  await expect(page.getByText(/^Nichts zu entscheiden/)).toBeVisible()
  await keyboard.press('n')
  await tabTo(page, panel(page).getByRole('button', { name: 'Erste Halle erfassen' }))
  await keyboard.press('Enter')
  await addHall(page, 'Sitzungszimmer')

  await phoneIn(page, 'Sitzungszimmer', ['+8d', '10', '11:30'], 'Anna Bauamt')
  await expect(panel(page).getByText(/^Frei bis/)).toBeVisible()
  await keyboard.press('Control+Enter')
  const number = await readBack(page)
  await expect(panel(page)).toContainText('Reserviert')

  // The same time once more: who has it, and what else is free, one key away.
  await keyboard.press('Escape')
  await phoneIn(page, 'Sitzungszimmer', ['+8d', '11', '12'], 'Beat Steueramt')
  await expect(panel(page).getByText(/^Belegt: Anna Bauamt/)).toBeVisible()
  await keyboard.press('Control+Enter')
  const refusal = panel(page).getByRole('alert')
  await expect(refusal).toContainText(`Anna Bauamt`)
  await expect(refusal).toContainText(String(number))
  await tabTo(page, refusal.getByRole('button').first())
  await keyboard.press('Enter')
  await expect(panel(page).getByText(/^Frei bis/)).toBeVisible()
  await keyboard.press('Control+Enter')
  await readBack(page)

  // Given back with a reason, and the time is free for the next one.
  await keyboard.press('Escape')
  await keyboard.press('/')
  await keyboard.type(String(number))
  await expect(page.getByRole('option').filter({ hasText: 'Anna Bauamt' }).first()).toBeVisible()
  await keyboard.press('Enter')
  await expect(inspector(page)).toContainText('bestätigt')
  await keyboard.press('Delete')
  await expect(page.getByRole('dialog').getByLabel('Grund')).toBeFocused()
  await keyboard.type('Sitzung entfällt')
  await keyboard.press('Enter')
  await expect(inspector(page)).toContainText('Abgesagt: Sitzung entfällt')
  await phoneIn(page, 'Sitzungszimmer', ['+8d', '10', '11'], 'Carla Sozialdienst')
  await keyboard.press('Control+Enter')
  await readBack(page)
  await keyboard.press('Escape')

  // Undoing the cancellation later cannot be: the sentence stands with it and says who has the time.
  await keyboard.press('8')
  const entry = page.getByRole('listitem').filter({ hasText: 'Sitzung entfällt' }).first()
  await tabTo(page, entry.getByRole('button', { name: 'Rückgängig machen' }))
  await keyboard.press('Enter')
  await expect(entry.getByRole('alert')).toContainText('Carla Sozialdienst')
  expect(await seriousHere(page)).toEqual([])
})

test('a community hall with a public calendar: the village reads titles that are meant for it, and nothing else', async () => {
  const { page } = desk
  const { keyboard } = page
  await keyboard.press('Control+k')
  await keyboard.type('hallen')
  await expect(page.getByRole('option', { name: /Hallen/ }).first()).toBeVisible()
  await keyboard.press('Enter')
  await tabTo(page, page.getByRole('button', { name: 'Halle erfassen' }))
  await keyboard.press('Enter')
  await addHall(page, 'Gemeindesaal')

  await phoneIn(page, 'Gemeindesaal', ['+9d', '18', '21'], 'Kirchenchor')
  await tabTo(page, page.getByLabel('Was', { exact: true }))
  await keyboard.type('Adventssingen')
  await tabTo(page, panel(page).getByRole('checkbox', { name: /Titel öffentlich zeigen/ }))
  await keyboard.press('Space')
  await keyboard.press('Control+Enter')
  await readBack(page)
  await keyboard.press('Escape')
  await phoneIn(page, 'Gemeindesaal', ['+10d', '14', '18'], 'Familie Ammann')
  await tabTo(page, page.getByLabel('Was', { exact: true }))
  await keyboard.type('Scheidungsfest')
  await keyboard.press('Control+Enter')
  await readBack(page)
  await keyboard.press('Escape')

  await keyboard.press('7')
  await expect(page.getByLabel('Ordner')).toBeFocused()
  await keyboard.type(www)
  await keyboard.press('Control+Enter')
  await expect(page.getByRole('button', { name: /Website.*publiziert \d/ })).toBeVisible()
  const shown = async () => (await readFile(join(www, 'index.html'), 'utf8')) + (await feed())
  const feed = () => readFile(join(www, 'calendar.ics'), 'utf8')
  const first = await shown()
  expect(
    ['Adventssingen', 'belegt', 'Scheidungsfest', 'Ammann', 'Kirchenchor', 'Anna'].filter((word) =>
      first.includes(word),
    ),
  ).toEqual(['Adventssingen', 'belegt'])

  // The choir calls again: an hour later. What has changed is told, and one key writes it.
  // In a field `/` is a letter; this key is heard everywhere.
  await keyboard.press('Control+k')
  await keyboard.type('advent')
  await expect(page.getByRole('option', { name: /Adventssingen/ }).first()).toBeVisible()
  await keyboard.press('Enter')
  await expect(inspector(page)).toContainText('Adventssingen')
  await keyboard.press('m')
  await keyboard.press('ArrowDown')
  await keyboard.press('ArrowDown')
  await expect(page.getByText(/19:00–22:00/).first()).toBeVisible()
  await keyboard.press('Enter')
  await expect(inspector(page)).toContainText('19:00–22:00')
  await keyboard.press('7')
  const main = page.getByRole('main')
  await expect(main).toContainText('Seit dem letzten Mal: 1 geändert')
  await tabTo(page, main.getByRole('button', { name: /^Publizieren/ }))
  await keyboard.press('Enter')
  await expect(main).toContainText('Nichts geändert seit dem letzten Mal')
  expect(await feed()).toMatch(/SEQUENCE:1/)
})
