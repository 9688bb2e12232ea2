/** Blockers: workflow 7 by keyboard alone, bad input at its field, and lifting one from the list. */

import type { BlockerRow, ImpactRows } from '../../core/queries/blocker-rows.ts'
import type { CalendarRows, ResourceRow } from '../../core/queries/rows.ts'
import type { LaunchedDesk } from '../harness/electron.ts'
import { expect, type Page, test } from '../harness/test.ts'
import { ask, dayOf, FOUNDING_MS, format, grid, sampleDesk } from './clerk.ts'
import { go, serious } from './screens.ts'
import { countingKeyboard, hold } from './workflows.ts'

let desk: LaunchedDesk & { close(): Promise<void> }
test.beforeAll(async () => {
  test.setTimeout(FOUNDING_MS)
  desk = await sampleDesk()
})
test.afterAll(() => desk?.close())

const DAY_MS = 86_400_000

/** The first week from the next on in which the hall has at least three bookings. */
async function busyWeek(page: Page, hallName: string) {
  const halls = await ask<ResourceRow[]>(page, 'resource.all', {})
  const hall = halls.find((each) => each.name === hallName) as ResourceRow
  for (let week = 1; week < 20; week++) {
    const from = dayOf(Date.now() + week * 7 * DAY_MS)
    const until = dayOf(Date.now() + (week + 1) * 7 * DAY_MS)
    const during = { start: Date.parse(`${from}T00:00Z`), end: Date.parse(`${until}T22:00Z`) }
    const impact = await ask<ImpactRows>(page, 'blocker.impact', {
      resources: [hall.id],
      during,
      now: Date.now(),
    })
    if (impact.rows.length >= 3) return { hall, index: halls.indexOf(hall), from, until, during }
  }
  throw new Error(`${hallName} has no busy week`)
}

const blockedIn = async (page: Page, hall: string, during: { start: number; end: number }) =>
  (await ask<CalendarRows>(page, 'calendar.range', { ...during, resources: [hall] })).blocked

test('workflow 7: a hall is blocked with three bookings inside, by keyboard', async () => {
  const { page } = desk
  const { keyboard } = page
  await go(page, 'calendar/timeline/week')
  await expect(grid(page)).toBeVisible()
  const { hall, index, from, until, during } = await busyWeek(page, 'Aula Zelgli')
  const { press, type, keys } = countingKeyboard(page)
  await press('b')
  await expect(page.getByRole('listbox', { name: 'Hallen' })).toBeFocused()
  for (let row = 0; row < index; row++) await press('ArrowDown')
  await press(' ', 'Tab')
  await type(format.date(from).slice(0, -4))
  await press('Tab', 'Tab')
  await type(format.date(until).slice(0, -4))
  await press('Tab', 'Tab')
  await type('Renovation')
  const rows = page.getByRole('region', { name: 'Wer ist im Weg' }).getByRole('listitem')
  await expect.poll(() => rows.count()).toBeGreaterThanOrEqual(3)
  await expect(rows.first()).toContainText(/\d{2}:\d{2}/)
  const before = await ask<CalendarRows>(page, 'calendar.range', {
    ...during,
    resources: [hall.id],
  })
  await press('Alt+a', 'Control+Enter')
  await expect(page.getByText(/Gesperrt: \d+ Abschnitt/)).toBeVisible()
  hold(7, keys(), 5)

  await expect(page.getByRole('listitem').filter({ hasText: 'Renovation' })).toContainText(
    'Aula Zelgli',
  )
  const blocked = await blockedIn(page, hall.id, during)
  expect(blocked.length).toBeGreaterThanOrEqual(5)
  expect(blocked.every((each) => each.reason === 'Renovation')).toBe(true)
  await keyboard.press('Control+z')
  await expect.poll(async () => (await blockedIn(page, hall.id, during)).length).toBe(0)
  const after = await ask<CalendarRows>(page, 'calendar.range', { ...during, resources: [hall.id] })
  const told = (all: CalendarRows) => all.booked.map((each) => `${each.token} ${each.start}`).sort()
  expect(told(after)).toEqual(told(before))

  // And forward again: it stands in the calendar with its reason.
  await keyboard.press('Control+Shift+z')
  await expect
    .poll(async () => (await blockedIn(page, hall.id, during)).length)
    .toBe(blocked.length)
  await go(page, `calendar/timeline/week/${from}`)
  await expect(grid(page).getByText('Renovation').first()).toBeVisible()
})

test('nothing is blocked before everybody has a word, and bad input stays at its field', async () => {
  const { page } = desk
  await go(page, 'availability/block')
  const field = (name: string) => page.getByLabel(name, { exact: true })
  await field('Erster Tag').fill('31.2.2027')
  await field('Ab').fill('26:00')
  await field('Grund').fill('x'.repeat(10_000))
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('Wählen Sie mindestens eine Halle')).toBeVisible()
  await expect(field('Erster Tag')).toHaveAccessibleDescription(/Ein Datum, das es gibt/)
  await expect(field('Ab')).toHaveAccessibleDescription(/Eine Zeit/)
  await expect(field('Grund')).toHaveAccessibleDescription(/Höchstens 500 Zeichen/)
  await expect(field('Grund')).toHaveValue('x'.repeat(10_000))
  await field('Grund').fill('Putzen')
  const { from, until, hall } = await busyWeek(page, 'Aula Zelgli')
  await field('Erster Tag').fill(format.date(until))
  await field('Letzter Tag').fill(format.date(from))
  await expect(page.getByText('Der letzte Tag liegt vor dem ersten')).toBeVisible()
  await field('Erster Tag').fill(format.date(from))
  await field('Letzter Tag').fill(format.date(from))
  await field('Ab').fill('12')
  await field('Bis').fill('11')
  await expect(page.getByText('Das Ende liegt vor dem Beginn')).toBeVisible()
  await field('Ab').fill('')
  await field('Bis').fill('')
  await field('Letzter Tag').fill(format.date(until))
  await page.getByRole('option', { name: hall.name }).click()
  const choice = page.getByRole('combobox', { name: /was geschieht damit/ }).first()
  await expect(choice).toBeVisible()
  await page.keyboard.press('Control+Enter')
  await expect(choice).toBeFocused()
  await page.getByRole('button', { name: /Alle Vorschläge annehmen/ }).click()
  await choice.selectOption('cancel')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(/Gesperrt/)).toBeVisible()

  const all = () => ask<BlockerRow[]>(page, 'blocker.all', { from: Date.now() })
  expect((await all()).map((each) => each.reason)).toContain('Putzen')
  await page.getByRole('button', { name: /Aufheben: Putzen/ }).click()
  await expect.poll(async () => (await all()).map((each) => each.reason)).not.toContain('Putzen')
})

for (const look of ['light', 'dark'] as const) {
  for (const route of ['availability/blockers', 'availability/block']) {
    test(`axe finds nothing serious: ${route}, ${look}`, async () => {
      expect(await serious(desk.page, route, look)).toEqual([])
    })
  }
}
