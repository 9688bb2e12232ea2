/**
 * A hall for somebody on the phone who names none (workflow 1), by keyboard alone: asked for as it is said, offered
 * while it is typed, held and taken with Enter; what a colleague holds; what is offered where nothing is free; and two
 * rooms under one number.
 */
import { randomUUID } from 'node:crypto'
import type { HeldTime } from '../../core/domain/hold.ts'
import { addDays, weekdayOf } from '../../core/domain/time.ts'
import type { ResourceRow } from '../../core/queries/rows.ts'
import type { LaunchedDesk } from '../harness/electron.ts'
import { expect, type Page, test } from '../harness/test.ts'
import { addHall, at, book, command, emptyDesk, goTo, openHall, ZONE } from './calendar-desk.ts'
import { ask, inspector, panel, readBack } from './clerk.ts'
import { prefer, seriousHere } from './screens.ts'
import { countingKeyboard, hold } from './workflows.ts'

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

test('workflow 1 by keyboard only: 80 people on a Saturday of a month, held and booked while on the phone', async () => {
  const { page } = desk
  const { press, type, keys } = countingKeyboard(page)
  await press('F2')
  await expect(page.getByLabel('Wo', { exact: true })).toBeFocused()
  await press('Tab')
  // Four letters are enough for any month.
  await type(`sa ${MONTH.slice(0, 4)}`)
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
  const said = `${Number(next.slice(8))}.${Number(next.slice(5, 7))}.`
  await expect(option(page).first()).toContainText(said)
  expect(await seriousHere(page)).toEqual([])
  await press('Enter')
  await expect(page.getByLabel('Wo', { exact: true })).toHaveValue('Aula')
  await expect(panel(page).getByText(/^Frei bis/)).toBeVisible()
  // Held while names are spelled.
  const held = panel(page).getByTestId('hold')
  await expect(held).toContainText(/Gehalten bis \d\d:\d\d/)
  await expect(held.getByRole('timer')).toContainText(/noch 1[45]:\d\d/)
  expect(await seriousHere(page)).toEqual([])
  await expect(page.getByLabel('Wer', { exact: true })).toBeFocused()
  await type('1234')
  await press('Enter')
  // Nobody has to say what for: the club's name stands there.
  await expect(page.getByLabel('Was', { exact: true })).toBeFocused()
  await expect(page.getByLabel('Was', { exact: true })).toHaveAttribute(
    'placeholder',
    'Frauenverein',
  )
  await press('Control+Enter')
  expect(await readBack(page)).toBeGreaterThan(0)
  await expect(panel(page)).toContainText('Frauenverein')
  hold(1, keys(), 4)
  expect(await ask(page, 'hold.all', { now: Date.now() })).toEqual([])
  await page.keyboard.press('Control+c')
  await expect(page.getByRole('status').filter({ hasText: 'Kopiert' })).toBeVisible()
  expect(await desk.app.evaluate(({ clipboard }) => clipboard.readText())).toContain('Aula')
})

test('what a colleague holds is hatched in the calendar, offered last, and taken only on purpose', async () => {
  const { page } = desk
  const { keyboard } = page
  const third = addDays(SATURDAY, 14)
  const during = { start: at(third, '19:00'), end: at(third, '22:00') }
  const halls = await ask<ResourceRow[]>(page, 'resource.all', {})
  const aula = halls.find((hall) => hall.name === 'Aula') as ResourceRow
  const colleague = randomUUID()
  await command(page, 'reservation.hold', {
    token: colleague,
    resource: aula.id,
    during,
    places: 1,
  })
  await keyboard.press('Escape')
  await goTo(page, third)
  const block = page.locator('[data-kind="held"]').first()
  await expect(block).toBeVisible()
  await expect(page.getByRole('grid')).toContainText(/Gehalten bis \d\d:\d\d/)
  expect(await seriousHere(page)).toEqual([])
  await keyboard.press('F2')
  await keyboard.press('Tab')
  await keyboard.type(third)
  await page.getByLabel('Von', { exact: true }).fill('19')
  await page.getByLabel('Bis', { exact: true }).fill('22')
  await expect(option(page).last()).toContainText('Aula')
  await expect(option(page).last()).toContainText(/gehalten bis \d\d:\d\d/)
  await page.getByLabel('Wo', { exact: true }).click()
  await keyboard.type('Aula')
  await keyboard.press('Enter')
  await expect(panel(page).getByText(/^Frei, aber gehalten bis/)).toBeVisible()
  await page.getByLabel('Wer', { exact: true }).fill('Hans Eilig')
  await keyboard.press('Control+Enter')
  const refusal = panel(page).getByRole('alert')
  await expect(refusal).toContainText(
    /Aula ist .* frei, wird aber bis \d\d:\d\d für jemanden am Telefon gehalten/,
  )
  expect(await seriousHere(page)).toEqual([])
  await refusal.getByRole('button', { name: 'Trotzdem reservieren' }).press('Enter')
  await readBack(page)
  await command(page, 'reservation.let-go', { token: colleague })
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

test('a held call is parked with its hold, and one that has ended asks to be held again', async () => {
  const { page } = desk
  const { keyboard } = page
  const fourth = addDays(SATURDAY, 21)
  const holds = () => ask<HeldTime[]>(page, 'hold.all', { now: Date.now() })
  await keyboard.press('F2')
  await keyboard.press('Tab')
  await keyboard.type(fourth)
  await page.getByLabel('Von', { exact: true }).fill('9')
  await page.getByLabel('Bis', { exact: true }).fill('11')
  await page.getByLabel('Personen', { exact: true }).fill('50')
  await page.getByLabel('Personen', { exact: true }).press('Enter')
  await expect.poll(holds).toMatchObject([{ start: at(fourth, '09:00') }])
  // The hold follows what the caller changes her mind to.
  await page.getByLabel('Bis', { exact: true }).fill('12')
  await expect.poll(holds).toMatchObject([{ end: at(fourth, '12:00') }])
  await keyboard.press('Escape')
  await expect(panel(page)).toBeHidden()
  expect(await holds()).toHaveLength(1)
  // The clock is ours from here on, and the draft survives the reload that this takes.
  await page.clock.install()
  await page.reload()
  await expect(page.getByRole('grid')).toBeVisible()
  await keyboard.press('F2')
  // Read from the disk again after the reload.
  await expect(panel(page).locator('[aria-keyshortcuts="Alt+1"]')).toBeVisible()
  await keyboard.press('Alt+1')
  await expect(panel(page).getByTestId('hold')).toContainText('Gehalten bis')
  const [before] = await holds()

  await page.clock.fastForward('16:00')
  await expect(panel(page).getByRole('alert')).toContainText('Nicht mehr gehalten')
  await expect(page.getByLabel('Bis', { exact: true })).toHaveValue('12')
  expect(await seriousHere(page)).toEqual([])
  await keyboard.press('Alt+h')
  await expect.poll(async () => ((await holds())[0]?.until ?? 0) > (before?.until ?? 0)).toBe(true)
  await panel(page).getByRole('button', { name: 'Entwurf verwerfen' }).click()
  await expect.poll(holds).toEqual([])
  await keyboard.press('Escape')
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
