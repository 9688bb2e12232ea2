/** Places: workflow 6 by keyboard alone: fewer places than are booked, with a word for who is in the way. */

import type { PlacesRow } from '../../core/queries/places-rows.ts'
import type { CalendarRows, ResourceRow } from '../../core/queries/rows.ts'
import type { LaunchedDesk } from '../harness/electron.ts'
import { expect, type Page, test } from '../harness/test.ts'
import { command } from './calendar-desk.ts'
import { ask, FOUNDING_MS, sampleDesk } from './clerk.ts'
import { go, serious } from './screens.ts'
import { countingKeyboard, hold } from './workflows.ts'

const DAY_MS = 86_400_000
const CHILDREN = ['Anna', 'Beat', 'Cora', 'Dora']

let desk: LaunchedDesk & { close(): Promise<void> }
let kita: ResourceRow
let start = 0
let route = ''

test.beforeAll(async () => {
  test.setTimeout(FOUNDING_MS)
  desk = await sampleDesk()
  const { page } = desk
  const halls = await ask<ResourceRow[]>(page, 'resource.all', {})
  kita = halls.find((hall) => hall.kind === 'nursery') as ResourceRow
  const range = { start: Date.now() + 500 * DAY_MS, end: Date.now() + 600 * DAY_MS }
  const rows = await ask<CalendarRows>(page, 'calendar.range', { ...range, resources: [kita.id] })
  const empty = rows.free.find(
    (date) => !rows.booked.some((each) => each.start < date.end && date.start < each.end),
  )
  if (!empty) throw new Error('the sample has no free nursery day that far ahead')
  start = empty.start
  for (const title of CHILDREN) {
    await command(page, 'reservation.book', {
      token: crypto.randomUUID(),
      resource: kita.id,
      during: { start: empty.start, end: empty.end },
      places: 1,
      title,
      publicTitle: '',
      note: '',
      persons: null,
      person: {
        id: crypto.randomUUID(),
        name: `Eltern von ${title}`,
        organisation: '',
        phone: '044 000 12 34',
        email: '',
      },
    })
  }
  route = `availability/places/${kita.id}/${start}`
})
test.afterAll(() => desk?.close())

const places = (page: Page) =>
  ask<PlacesRow>(page, 'places.one', { resource: kita.id, at: start, now: Date.now() })

test('workflow 6: fewer places than are booked, by keyboard', async () => {
  const { page } = desk
  const { keyboard } = page
  await go(page, route)
  const number = page.getByRole('spinbutton', { name: 'Anzahl Plätze' })
  await expect(number).toBeFocused()
  const lanes = page.getByRole('list', { name: 'Plätze' }).getByRole('listitem')
  const before = await places(page)
  await expect(lanes).toHaveCount(before.places)
  await expect(lanes.nth(0)).toContainText(`Platz 1 von ${before.places}`)
  await expect(lanes.nth(0)).toContainText('Anna')

  const { press, type, keys } = countingKeyboard(page)
  await press('3')
  await expect(page.getByRole('status').filter({ hasText: '1 zu viel' })).toBeVisible()
  const words = page.getByRole('combobox', { name: /was geschieht damit/ })
  await expect(words).toHaveCount(4)
  // Booked last, listed first.
  await expect(words.first()).toHaveAccessibleName(/Dora/)
  const reduce = page.getByRole('button', { name: /Verkleinern/ })
  await expect(reduce).toBeDisabled()
  await press('Tab')
  await expect(words.first()).toBeFocused()
  // The word is found by its first letters, as in any list.
  await type('Abs')
  await expect(reduce).toBeEnabled()
  await press('Control+Enter')
  await expect(page.getByText(`Plätze: ${before.places} → 3`)).toBeVisible()
  hold(6, keys(), 3)
  const after = await places(page)
  expect(after).toMatchObject({ places: 3, peak: 3 })
  expect(after.lanes.flatMap((lane) => lane.pieces.map((piece) => piece.title))).toEqual(
    CHILDREN.slice(0, 3),
  )
  await keyboard.press('Control+z')
  await expect.poll(async () => (await places(page)).places).toBe(before.places)
  expect((await places(page)).peak).toBe(4)
})

test('bad numbers get a sentence, and the arrows step', async () => {
  const { page } = desk
  await go(page, route)
  const number = page.getByRole('spinbutton', { name: 'Anzahl Plätze' })
  for (const typed of ['0', '10000', 'viele', '-3']) {
    await number.fill(typed)
    await expect(number).toHaveAccessibleDescription('Eine Zahl von 1 bis 1000')
    await expect(number).toHaveValue(typed)
  }
  const { places: now } = await places(page)
  await number.fill(String(now))
  await number.press('ArrowUp')
  await expect(page.getByText('Das geht, niemand wechselt den Platz.')).toBeVisible()
  await number.press('Enter')
  await expect.poll(async () => (await places(page)).places).toBe(now + 1)
})

test('the technical view names every place, and what libres would do', async () => {
  const { page } = desk
  await go(page, route)
  await page.getByText('Technische Ansicht').click()
  const row = await places(page)
  for (const lane of row.lanes) {
    await expect(page.getByRole('cell', { name: lane.uuid })).toBeVisible()
  }
  await expect(page.getByText(`${row.places} → ${row.places - 1}:`)).toBeVisible()
})

test('places are reached from the list of periods and from the palette', async () => {
  const { page } = desk
  await go(page, 'availability')
  await page
    .getByRole('row', { name: new RegExp(kita.name) })
    .first()
    .focus()
  await page.keyboard.press('p')
  await expect(page.getByRole('combobox', { name: 'Halle' })).toHaveValue(kita.id)
  await page.keyboard.press('1')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('plätze')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('spinbutton', { name: 'Anzahl Plätze' })).toBeVisible()
})

for (const look of ['light', 'dark'] as const) {
  test(`axe finds nothing serious: places, ${look}`, async () => {
    expect(await serious(desk.page, route, look)).toEqual([])
  })
}
