/**
 * A hall for somebody on the phone who names none (workflow 1), by keyboard alone: asked for as it is said, offered
 * while it is typed, taken with Enter; what is offered where nothing is free; and two rooms under one number.
 */
import { addDays, weekdayOf } from '../../core/domain/time.ts'
import type { LaunchedDesk } from '../harness/electron.ts'
import { expect, type Page, test } from '../harness/test.ts'
import { addHall, book, command, emptyDesk, openHall, ZONE } from './calendar-desk.ts'
import { countingKeyboard, inspector, panel, readBack } from './clerk.ts'
import { prefer, seriousHere } from './screens.ts'

test.describe.configure({ mode: 'serial' })

/** A Saturday far enough ahead, in a month that is wholly to come. */
const TODAY = new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE }).format(new Date())
const FIRST = firstOfMonth(2)
const SATURDAY = addDays(FIRST, 6 - (weekdayOf(FIRST) % 7))
const LAST = addDays(firstOfMonth(3), -1)
const MONTH = new Intl.DateTimeFormat('de-CH', { month: 'long', timeZone: 'UTC' })
  .format(new Date(`${FIRST}T12:00:00Z`))
  .toLowerCase()

function firstOfMonth(ahead: number): string {
  const [year, month] = TODAY.split('-').map(Number) as [number, number]
  return new Date(Date.UTC(year, month - 1 + ahead, 1)).toISOString().slice(0, 10)
}

let desk: LaunchedDesk
const option = (page: Page) => panel(page).locator('[data-option]')

test.beforeAll(async () => {
  test.setTimeout(120_000)
  desk = await emptyDesk(1280, 800)
  const { page } = desk
  const facts = { kind: 'hall', group: 'Schulhaus' } as const
  const aula = await addHall(page, 'Aula', { ...facts, capacity: 120, features: ['Bühne'] })
  const saal = await addHall(page, 'Saal', { ...facts, capacity: 300, color: 1, position: 1 })
  const foyer = await addHall(page, 'Foyer', { ...facts, capacity: 60, color: 2, position: 2 })
  for (const hall of [aula, saal, foyer]) {
    await openHall(page, hall, { from: FIRST, until: LAST, opens: '08:00', closes: '24:00' })
  }
  await command(page, 'person.add', {
    person: '0197a000-0000-7000-8000-000000000001',
    card: {
      name: 'Ruth Meier',
      organisation: 'Frauenverein',
      phones: ['044 000 12 34'],
      email: '',
      street: '',
      postcode: '',
      town: '',
      language: '',
      note: '',
    },
  })
  await book(page, aula, 'Chor', [SATURDAY, '20:00', '22:00'])
})

test.afterAll(async () => {
  await desk?.quit().catch(() => {})
})

test('workflow 1 by keyboard only: 80 people on a Saturday of a month, booked while on the phone', async () => {
  const { page } = desk
  const { press, type, counted } = countingKeyboard(page)
  await press('F2')
  await expect(page.getByLabel('Wo', { exact: true })).toBeFocused()
  await press('Tab')
  await type(`sa ${MONTH}`)
  await press('Enter')
  await type('19')
  await press('Enter')
  await type('23')
  await press('Enter')
  await type('80')
  await expect(option(page).first()).toContainText('Aula')
  await expect(option(page).first()).toContainText('19:00–23:00')
  // The first Saturday of the Aula is taken: the next one stands there.
  const next = addDays(SATURDAY, 7)
  await expect(option(page).first()).toContainText(
    `${Number(next.slice(8))}.${Number(next.slice(5, 7))}.`,
  )
  expect(await seriousHere(page)).toEqual([])
  await press('Enter', 'Enter')
  await expect(option(page).first()).toBeFocused()
  await press('ArrowDown', 'ArrowUp', 'Enter')
  await expect(page.getByLabel('Wo', { exact: true })).toHaveValue('Aula')
  await expect(panel(page).getByText(/^Frei bis/)).toBeVisible()
  await expect(page.getByLabel('Wer', { exact: true })).toBeFocused()
  await type('1234')
  await expect(page.getByRole('option', { name: /Ruth Meier/ })).toBeVisible()
  await press('ArrowDown', 'Enter')
  await press('Enter', 'Enter', 'Enter', 'Enter')
  await expect(page.getByLabel('Was', { exact: true })).toBeFocused()
  await type('Jubiläum')
  await press('Control+Enter')
  expect(await readBack(page)).toBeGreaterThan(0)
  // Best anchor: 27 clicks, 28 keys, 68 s; four thoughts are in it.
  const { keys, seconds } = counted(4)
  process.stdout.write(
    `workflow 1: 0 clicks, ${keys} keys, ${seconds} s (anchor: 27 clicks, 28 keys, 68 s)\n`,
  )
  expect(seconds).toBeLessThan(68)
})

test('nothing free at that time: other times and days are offered, and the search comes back', async () => {
  const { page } = desk
  const { keyboard } = page
  await keyboard.press('F2')
  await keyboard.press('Tab')
  await keyboard.type(SATURDAY)
  await page.getByLabel('Von', { exact: true }).fill('20')
  await page.getByLabel('Bis', { exact: true }).fill('22')
  await page.getByLabel('Mit', { exact: true }).fill('büh')
  await keyboard.press('Enter')
  await expect(panel(page).getByText('Zu dieser Zeit ist nichts frei.')).toBeVisible()
  await expect(option(page).filter({ hasText: 'andere Zeit' })).toHaveCount(1)
  await expect(option(page).filter({ hasText: 'anderer Tag' })).toHaveCount(1)
  expect(await seriousHere(page)).toEqual([])
  await option(page).filter({ hasText: 'andere Zeit' }).click()
  await expect(page.getByLabel('Von', { exact: true })).toHaveValue('22:00')
  await keyboard.press('Alt+f')
  await expect(panel(page).getByText('Zu dieser Zeit ist nichts frei.')).toBeVisible()
  await expect(page.getByLabel('Von', { exact: true })).toHaveValue('20')
})

test('more people than any hall holds: two rooms, booked under one number', async () => {
  const { page } = desk
  const { keyboard } = page
  await page.getByLabel('Mit', { exact: true }).focus()
  await keyboard.press('Backspace')
  await page.getByLabel('Personen', { exact: true }).fill('350')
  await expect(
    panel(page).getByText('Kein Raum fasst 350 Personen. Der grösste fasst 300.'),
  ).toBeVisible()
  const pair = option(page).filter({ hasText: 'zwei Räume' })
  await expect(pair).toContainText('Saal und Foyer')
  await pair.click()
  await expect(panel(page)).toContainText('dazu Foyer')
  await page.getByLabel('Wer', { exact: true }).fill('Verena Keller')
  await page.getByLabel('Was', { exact: true }).fill('Delegiertenversammlung')
  await keyboard.press('Control+Enter')
  await readBack(page)
  await expect(panel(page)).toContainText('Saal und Foyer')
  await page.getByRole('button', { name: 'Im Kalender zeigen' }).click()
  await expect(inspector(page)).toContainText('Delegiertenversammlung')
  await expect(inspector(page).getByRole('tab', { name: 'Termine 2' })).toBeVisible()
})

test('what was asked for survives a reload, and four months are the most', async () => {
  const { page } = desk
  const { keyboard } = page
  await keyboard.press('F2')
  await keyboard.press('Tab')
  await keyboard.type(`1.1.2031-31.12.2031`)
  await expect(panel(page).getByText('Höchstens vier Monate auf einmal.')).toBeVisible()
  await page.getByLabel('Datum', { exact: true }).fill(MONTH)
  await page.getByLabel('Dauer', { exact: true }).fill('2')
  await page.getByLabel('Personen', { exact: true }).fill('80')
  await panel(page).getByRole('checkbox', { name: 'Sonntag' }).press('Space')
  await expect(option(page).first()).toContainText(/So .*08:00–10:00/)
  // Written within a moment.
  await page.waitForTimeout(400)
  await prefer(page, { route: 'calendar/timeline/week' })
  await page.reload()
  await keyboard.press('F2')
  await expect(option(page).first()).toContainText(/So .*08:00–10:00/)
})
