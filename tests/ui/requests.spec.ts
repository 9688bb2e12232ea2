/**
 * Requests in the real app: a nursery with applications and a waiting list, by keyboard alone; competitors; a
 * refusal with its ways out; what is in the queue after a restart.
 */
import AxeBuilder from '@axe-core/playwright'
import { instantAt } from '../../core/domain/time.ts'
import type { BookingRow, RequestRow, ResourceRow } from '../../core/queries/rows.ts'
import { expect, type Page, test } from '../harness/test.ts'
import { ask, dayOf, FOUNDING_MS, format, inspector, panel, readBack, sampleDesk } from './clerk.ts'
import { theme } from './screens.ts'
import { fresh, give } from './seed.ts'

let desk: Awaited<ReturnType<typeof sampleDesk>>
test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  test.setTimeout(FOUNDING_MS)
  desk = await sampleDesk()
  await nursery(desk.page)
})
test.afterAll(() => desk?.close())

const ZONE = 'Europe/Zurich'
const DAY_MS = 86_400_000
/** A day in three weeks; nurseries are asked ahead. */
const DAY = dayOf(Date.now() + 21 * DAY_MS)

/** Two places, given as a whole day, and somebody decides. The sample's own requests are withdrawn: these tests count. */
async function nursery(page: Page): Promise<void> {
  for (const { token } of await ask<RequestRow[]>(page, 'request.queue', {})) {
    await give(page, 'reservation.cancel', { token, reason: '' })
  }
  await give(page, 'resource.add', {
    key: 'kita-sonne',
    name: 'Kita Sonne',
    group: '',
    kind: 'nursery',
    parent: null,
    sharesSpace: false,
    capacity: null,
    features: [],
    color: 3,
    position: 5,
  })
  const halls = await ask<ResourceRow[]>(page, 'resource.all', {})
  const kita = halls.find((hall) => hall.name === 'Kita Sonne') as ResourceRow
  await give(page, 'availability.add', {
    rule: fresh(),
    resources: [kita.id],
    from: DAY,
    until: DAY,
    weekdays: [1, 2, 3, 4, 5, 6, 7],
    opens: '07:00',
    closes: '18:00',
    step: null,
    places: 2,
    mostPerBooking: 0,
    byStaff: true,
    except: [],
    skipOverlapping: false,
  })
}

/** Types an application with the keyboard alone and leaves the panel; answers its number. */
async function apply(page: Page, family: string): Promise<number> {
  const { keyboard } = page
  await keyboard.press('n')
  await expect(page.getByLabel('Wo', { exact: true })).toBeFocused()
  await keyboard.type('Kita Sonne')
  await keyboard.press('Enter')
  await keyboard.press('Tab')
  await keyboard.type(format.day(DAY))
  await keyboard.press('Enter')
  await keyboard.type('7')
  await keyboard.press('Enter')
  await keyboard.type('18')
  // The places are asked for as soon as the day is known.
  await expect(page.getByLabel('Plätze')).toBeVisible()
  await keyboard.press('Enter')
  await keyboard.press('Enter')
  await keyboard.type(family)
  for (let fields = 0; fields < 4; fields++) await keyboard.press('Enter')
  await keyboard.type(`Platz ${family}`)
  await keyboard.press('Control+Enter')
  await expect(panel(page)).toContainText('Als Anfrage aufgenommen')
  const number = await readBack(page)
  await keyboard.press('Escape')
  return number
}

const queue = (page: Page) => page.getByRole('listbox', { name: 'Anfragen' })
const row = (page: Page, title: string) => queue(page).getByRole('option', { name: title })
const badge = (page: Page) => page.getByRole('navigation').getByRole('button', { name: /Anfragen/ })

async function states(page: Page): Promise<Record<string, string>> {
  const rows = await ask<RequestRow[]>(page, 'request.queue', {})
  return Object.fromEntries(
    rows.map((one) => [one.title, one.waitingSince === null ? 'open' : 'waiting']),
  )
}

test('a nursery: applications, two places, the waiting list and a place that gets free', async () => {
  const { page } = desk
  const { keyboard } = page
  const numbers: number[] = []
  for (const family of ['Aebi', 'Bucher', 'Caduff']) numbers.push(await apply(page, family))
  await expect(badge(page)).toContainText('3 offen')

  await keyboard.press('2')
  await expect(row(page, 'Platz Aebi')).toBeFocused()
  await expect(row(page, 'Platz Aebi')).toContainText('mit 2 anderen')
  // Two places: the first approval costs nobody anything and asks nothing.
  await keyboard.press('a')
  await expect(row(page, 'Platz Bucher')).toBeFocused()
  await keyboard.press('a')
  const question = page.getByRole('dialog')
  await expect(question).toContainText('Platz Caduff')
  await expect(question.getByRole('radio', { name: 'Offen lassen' })).toBeFocused()
  await keyboard.press('ArrowDown')
  await keyboard.press('Enter')
  await expect(question).toBeHidden()
  await expect(queue(page).getByRole('group', { name: /^Warteliste: Kita Sonne/ })).toContainText(
    'Platz Caduff',
  )
  expect(await states(page)).toEqual({ 'Platz Caduff': 'waiting' })

  // One family withdraws; wherever the clerk is, she is told who is first in line.
  await keyboard.press('Control+k')
  await keyboard.type(String(numbers[0]))
  await expect(page.getByRole('option').filter({ hasText: 'Platz Aebi' })).toBeVisible()
  await keyboard.press('Enter')
  await expect(inspector(page)).toContainText(`Reservation ${numbers[0]}`)
  await inspector(page).focus()
  await keyboard.press('Delete')
  await expect(page.getByRole('dialog').getByLabel('Grund')).toBeFocused()
  await keyboard.press('Enter')
  await expect(page.getByText(/^Frei geworden: Kita Sonne.*Caduff/)).toBeVisible()

  await keyboard.press('2')
  await expect(page.getByRole('region', { name: 'Frei geworden' })).toContainText('Caduff')
  await expect(badge(page)).toContainText('1 offen')
  await expect(row(page, 'Platz Caduff')).toBeFocused()
  await keyboard.press('a')
  await expect(page.getByRole('region', { name: 'Frei geworden' })).toBeHidden()
  expect(await states(page)).toEqual({})

  // One undo puts the family back in line, and another brings the withdrawn booking back.
  await keyboard.press('Control+z')
  await expect(row(page, 'Platz Caduff')).toBeVisible()
  await keyboard.press('Control+z')
  await expect(row(page, 'Platz Caduff')).toContainText('belegt')
  expect(await states(page)).toEqual({ 'Platz Caduff': 'waiting' })
})

test('an approval that cannot be says who is in the way and puts on the waiting list', async () => {
  const { page } = desk
  await page.keyboard.press('2')
  await row(page, 'Platz Caduff').focus()
  await page.keyboard.press('a')
  const question = page.getByRole('dialog')
  await expect(question.getByRole('alert')).toContainText('Platz')
  await page.keyboard.press('Escape')
  await expect(question).toBeHidden()
  await page.keyboard.press('z')
  await expect.poll(() => states(page)).toEqual({ 'Platz Caduff': 'open' })
  // The key means what the screen shows.
  await expect(page.getByText(/^1 offene Anfrage/)).toBeVisible()
  await page.keyboard.press('w')
  await expect.poll(() => states(page)).toEqual({ 'Platz Caduff': 'waiting' })
})

test('a denial asks for the reason, stays to be seen, and Z opens it again', async () => {
  const { page } = desk
  await row(page, 'Platz Caduff').focus()
  await page.keyboard.press('r')
  await expect(page.getByRole('dialog').getByLabel('Grund')).toBeFocused()
  await page.keyboard.type('wohnt nicht hier')
  await page.keyboard.press('Enter')
  await expect(queue(page).getByRole('group', { name: 'Zuletzt abgelehnt' })).toContainText(
    'wohnt nicht hier',
  )
  await expect(inspector(page)).toContainText('Abgelehnt: wohnt nicht hier')
  await row(page, 'Platz Caduff').focus()
  await page.keyboard.press('z')
  await expect.poll(() => states(page)).toEqual({ 'Platz Caduff': 'open' })
})

test('a taken time is offered the waiting list in the refusal itself', async () => {
  const { page } = desk
  const { keyboard } = page
  const halls = await ask<ResourceRow[]>(page, 'resource.all', {})
  const aula = halls.find((hall) => hall.name === 'Aula Zelgli') as ResourceRow
  const rows = await ask<{ booked: { token: string; start: number; end: number }[] }>(
    page,
    'calendar.range',
    { start: instantAt(DAY, '00:00', ZONE), end: Date.now() + 60 * DAY_MS, resources: [aula.id] },
  )
  const taken = rows.booked[0] as { token: string; start: number; end: number }
  const booking = await ask<BookingRow>(page, 'booking.one', { token: taken.token })
  await keyboard.press('n')
  await expect(page.getByLabel('Wo', { exact: true })).toBeFocused()
  await keyboard.type('Aula Zelgli')
  await keyboard.press('Enter')
  await keyboard.press('Tab')
  await keyboard.type(format.day(dayOf(taken.start)))
  await keyboard.press('Enter')
  await keyboard.type(format.time(taken.start))
  await keyboard.press('Enter')
  await keyboard.type(format.time(taken.end))
  await keyboard.press('Enter')
  await keyboard.type('Vreni Zaugg')
  for (let fields = 0; fields < 4; fields++) await keyboard.press('Enter')
  await keyboard.type('Würde auch gern')
  await keyboard.press('Alt+Enter')
  const refusal = panel(page).getByRole('alert')
  await expect(refusal).toContainText(booking.title)
  await expect(refusal.getByRole('button', { name: /Auf die Warteliste setzen/ })).toBeVisible()
  await keyboard.press('Alt+w')
  await expect(panel(page)).toContainText('Auf der Warteliste')
  await keyboard.press('Escape')
  await page.keyboard.press('2')
  await expect(row(page, 'Würde auch gern')).toContainText('belegt')
})

for (const look of ['light', 'dark'] as const) {
  test(`axe finds nothing serious in the queue, ${look}`, async () => {
    const { page } = desk
    await theme(page, look)
    await page.keyboard.press('2')
    await expect(row(page, 'Würde auch gern')).toBeVisible()
    await row(page, 'Platz Caduff').focus()
    await page.keyboard.press('r')
    await expect(page.getByRole('dialog')).toBeVisible()
    const serious = async () =>
      (await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations
        .filter((each) => each.impact === 'serious' || each.impact === 'critical')
        .flatMap((each) => each.nodes.map((node) => `${each.id}: ${node.html.slice(0, 160)}`))
    expect(await serious()).toEqual([])
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toBeHidden()
    expect(await serious()).toEqual([])
  })
}
