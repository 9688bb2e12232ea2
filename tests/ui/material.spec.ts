/**
 * Equipment and keys in the real app, by keyboard alone: delivered, ticked by mistake, called off after delivery,
 * fetched in part, withdrawn before delivery, happened after all, a key that is overdue, a set; what is printed of the
 * day; and every screen of it without serious faults.
 */

import type { Desk } from '../../core/contract.ts'
import type { DaySheet, PieceRow, ThingRows, TripRow } from '../../core/queries/material-rows.ts'
import type { ResourceRow } from '../../core/queries/rows.ts'
import { pagesOf } from '../harness/pdf-text.ts'
import { expect, type Page, test } from '../harness/test.ts'
import { ask, FOUNDING_MS, format, freeSlot, inspector, sampleDesk } from './clerk.ts'
import { go, serious } from './screens.ts'
import { fresh, give } from './seed.ts'

const DAY_MS = 86_400_000
const ZONE = 'Europe/Zurich'

let desk: Awaited<ReturnType<typeof sampleDesk>>
test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  test.setTimeout(FOUNDING_MS)
  desk = await sampleDesk()
})
test.afterAll(() => desk?.close())

const sheet = (page: Page) => page.getByRole('grid', { name: 'Tagesblatt' })
const dayOf = (at: number) => new Date(at).toLocaleDateString('sv', { timeZone: ZONE })

/** Deliveries of the days after tomorrow, the first trip of each type and day that can be ticked. */
async function deliveries(page: Page): Promise<readonly TripRow[]> {
  const start = Date.now() + 2 * DAY_MS
  const args = { start, end: start + 40 * DAY_MS, late: false }
  const { trips } = await ask<DaySheet>(page, 'material.day', args)
  return trips.filter((row) => row.way === 'out' && row.ready && row.count > 4)
}

async function tripsOf(page: Page, { claim }: TripRow): Promise<readonly TripRow[]> {
  const args = { start: Date.now() - DAY_MS, end: Date.now() + 90 * DAY_MS, late: false }
  const { trips } = await ask<DaySheet>(page, 'material.day', args)
  return trips.filter((row) => row.claim === claim)
}
const states = async (page: Page, row: TripRow) =>
  (await tripsOf(page, row)).map((one) => `${one.count} ${one.way} ${one.state}`)

/** Opens the sheet of the day and walks to the row, by keyboard. */
async function walkTo(page: Page, at: number, row: TripRow): Promise<void> {
  await page.keyboard.press('Escape')
  await page.keyboard.press('1')
  await page.keyboard.press('5')
  const field = page.getByRole('textbox', { name: 'Tag eingeben' })
  await field.focus()
  const [year, month, day] = dayOf(at).split('-').map(Number)
  await page.keyboard.type(`${day}.${month}.${year}`)
  await page.keyboard.press('Enter')
  await expect(page.getByText(format.dayLong(dayOf(at)))).toBeVisible()
  // The day stands in the head before its rows are read.
  const wanted = sheet(page).locator('[role="row"]').filter({ hasText: row.title })
  await expect(wanted.filter({ hasText: `${row.count} ${row.name}` }).first()).toBeVisible()
  await sheet(page).locator('[role="row"][tabindex="0"]').focus()
  await page.keyboard.press('Home')
  const focused = page.locator('[role="row"]:focus')
  for (let step = 0; step < 60; step++) {
    const text = (await focused.textContent()) ?? ''
    if (text.includes(row.title) && text.includes(`${row.count} ${row.name}`)) return
    await page.keyboard.press('ArrowDown')
  }
  throw new Error(`no row for ${row.title}`)
}

test('delivered, ticked by mistake, delivered again, called off and fetched in two parts', async () => {
  const { page } = desk
  const { keyboard } = page
  const [row] = await deliveries(page)
  if (!row) throw new Error('the sample delivers nothing')
  const all = row.count
  await walkTo(page, row.at, row)
  await keyboard.press('Space')
  await expect.poll(() => states(page, row)).toEqual([`${all} out done`, `${all} back planned`])
  // It never was: nothing has moved.
  await walkTo(page, Date.now(), row)
  await keyboard.press('w')
  await expect.poll(() => states(page, row)).toEqual([`${all} out planned`, `${all} back planned`])
  await keyboard.press('Control+z')
  await expect.poll(() => states(page, row)).toEqual([`${all} out done`, `${all} back planned`])
  // Called off after delivery: the way back is planned for now.
  await walkTo(page, Date.now(), row)
  await keyboard.press('z')
  await expect
    .poll(async () => (await tripsOf(page, row)).find((one) => one.way === 'back')?.at)
    .toBeLessThan(Date.now() + 60_000)
  // Two stay behind.
  const [back] = (await tripsOf(page, row)).filter((one) => one.way === 'back')
  if (!back) throw new Error('nothing is fetched')
  await walkTo(page, back.at, row)
  await expect(page.locator('[role="row"]:focus')).toContainText(row.title)
  while (!((await page.locator('[role="row"]:focus').textContent()) ?? '').includes('Keller →')) {
    const text = (await page.locator('[role="row"]:focus').textContent()) ?? ''
    if (text.includes(`→ ${back.to}`) && text.includes(row.title)) break
    await keyboard.press('ArrowDown')
  }
  await keyboard.press('e')
  await expect(page.getByRole('dialog')).toBeVisible()
  await keyboard.press('Control+a')
  await keyboard.type(String(all - 2))
  await keyboard.press('Enter')
  await expect
    .poll(async () => [...(await states(page, row))].sort())
    .toEqual([`${all} out done`, `2 back planned`, `${all - 2} back done`].sort())
})

test('withdrawn before delivery: the trips go with the booking and come back with it', async () => {
  const { page } = desk
  const row = (await deliveries(page)).at(-1)
  if (!row) throw new Error('the sample delivers nothing')
  const before = await states(page, row)
  await walkTo(page, row.at, row)
  await page.keyboard.press('Enter')
  await expect(inspector(page)).toBeVisible()
  await expect(inspector(page).getByRole('button', { name: /Absagen/ })).toBeVisible()
  await page.keyboard.press('Delete')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Enter')
  await expect.poll(() => states(page, row)).toEqual([])
  await expect(page.getByRole('dialog')).toBeHidden()
  await page.keyboard.press('Control+z')
  await expect.poll(() => states(page, row)).toEqual(before)
})

test('a booking orders chairs, and hears who has the rest when there are too few', async () => {
  const { page } = desk
  const row = (await deliveries(page)).find((one) => one.name === 'Stuhl')
  if (!row) throw new Error('the sample delivers nothing')
  await walkTo(page, row.at, row)
  await page.keyboard.press('Enter')
  const tab = inspector(page).getByRole('tab', { name: 'Material' })
  await tab.focus()
  await page.keyboard.press('Enter')
  const field = inspector(page).getByRole('textbox', { name: 'Anzahl Stuhl' })
  await field.focus()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('601')
  await page.keyboard.press('Enter')
  await expect(inspector(page).getByRole('alert')).toContainText('gewünscht sind 601')
  await field.focus()
  await page.keyboard.press('Control+a')
  await page.keyboard.type(String(row.count + 5))
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await tripsOf(page, row))[0]?.count).toBe(row.count + 5)
})

test('an overdue key stands first and is taken back with one press', async () => {
  const { page } = desk
  const keys = () => ask<PieceRow[]>(page, 'material.pieces', { type: null })
  const overdue = async () =>
    (await keys()).filter((key) => key.tag === null && (key.next?.at ?? 0) < Date.now()).length
  const late = await overdue()
  expect(late).toBeGreaterThan(0)
  await go(page, 'material/keys')
  const first = page.locator('[data-key]').first()
  await expect(first).toContainText('überfällig seit')
  await first.focus()
  await page.keyboard.press('Enter')
  await expect.poll(overdue).toBe(late - 1)
  await page.keyboard.press('Control+z')
  await expect.poll(overdue).toBe(late)
})

/** A booking of the sample that is far enough away, with so many lines of one chair each, every ten minutes. */
async function orderChairs(page: Page, lines: number, minutes: number) {
  const things = await ask<ThingRows>(page, 'material.things', {})
  const type = things.types.find((one) => one.name === 'Stuhl')?.id ?? ''
  const slot = await freeSlot(page, 'Aula Zelgli', 3)
  const token = fresh()
  const during = { start: slot.start, end: slot.end }
  const person = { id: fresh(), name: 'Ruth Meier', organisation: '', phone: '', email: '' }
  const facts = { title: 'Grossanlass', publicTitle: '', note: '', persons: 140, places: 1 }
  const resource = slot.hall.id
  await give(page, 'reservation.book', { token, resource, during, person, ...facts })
  const out = (index: number) => slot.start - (lines - index) * minutes * 60_000
  const wanted = Array.from({ length: lines }, (_, index) => ({
    claim: fresh(),
    type,
    quantity: 1,
    outAt: out(index),
    backAt: slot.end,
    resource,
  }))
  await give(page, 'material.want', { wants: [{ token, lines: wanted }] })
  return { token, day: dayOf(slot.start), type, resource }
}

test('who ticks down the list faster than it is answered has ticked every row', async () => {
  const { page } = desk
  const all = await deliveries(page)
  const sameDay = (one: TripRow) => all.filter((other) => dayOf(other.at) === dayOf(one.at))
  const first = all.find((one) => sameDay(one).length >= 2 && sameDay(one)[0] === one)
  if (!first) throw new Error('the sample has no day with two deliveries')
  const wanted = sameDay(first).map(({ claim }) => claim)
  await walkTo(page, first.at, first)
  await page.keyboard.press('Home')
  const rows = await sheet(page).locator('[role="row"]').count()
  // Not one of them waits for what became of the one before.
  await Promise.all(Array.from({ length: rows }, () => page.keyboard.press('Space')))
  const done = async () => {
    const args = { start: Date.now() - DAY_MS, end: Date.now() + 90 * DAY_MS, late: false }
    const { trips } = await ask<DaySheet>(page, 'material.day', args)
    const gone = trips.filter(({ way, state }) => way === 'out' && state === 'done')
    return wanted.filter((claim) => gone.some((one) => one.claim === claim))
  }
  await expect.poll(done).toEqual(wanted)
})

test('the day is printed on sheets across, each with its head, every row whole and once', async () => {
  const { page, app } = desk
  const { day } = await orderChairs(page, 40, 10)
  await go(page, `material/day/${day}`)
  await expect(sheet(page)).toBeVisible()
  const { trips } = await ask<DaySheet>(page, 'material.day', {
    start: Date.parse(`${day}T00:00:00Z`) - 3_600_000,
    end: Date.parse(`${day}T00:00:00Z`) + DAY_MS - 3_600_000,
    late: false,
  })
  const pdf = await app.evaluate(async ({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    const printed = await window?.webContents.printToPDF({ preferCSSPageSize: true })
    return printed?.toString('base64') ?? ''
  })
  const pages = pagesOf(Buffer.from(pdf, 'base64'))
  expect(pages.length).toBeGreaterThan(1)
  expect({
    across: pages.every(({ width, height }) => Math.round(width) > Math.round(height)),
    heads: pages.map(({ text }) => text.includes('Tagesblatt') && text.includes('Für wen')),
    rows: pages.flatMap(({ text }) => text.match(/\b(bringen|holen|Hausdienst)\b/g) ?? []).length,
    orders: pages.flatMap(({ text }) => text.match(/Grossanlass/g) ?? []).length,
  }).toEqual({
    across: true,
    heads: pages.map(() => true),
    rows: trips.length,
    orders: trips.filter((one) => one.title === 'Grossanlass').length,
  })
  // On the screen nothing of it is left.
  await expect(page.locator('[data-print]')).toHaveCount(0)
})

test('called off while it was on its way: the tick is refused, and entered all the same', async () => {
  const { page } = desk
  const { keyboard } = page
  const [booked] = await deliveries(page)
  const things = await ask<ThingRows>(page, 'material.things', {})
  const type = things.types.find((one) => one.name === 'Festzelt 6 × 3')?.id
  const halls = await ask<ResourceRow[]>(page, 'resource.all', {})
  if (!booked?.token || !type) throw new Error('the sample has changed')
  const outAt = Date.now() - 3_600_000
  const resource = halls.find((hall) => hall.name === 'Turnhalle')?.id ?? ''
  const line = { claim: fresh(), type, quantity: 3, outAt, backAt: outAt + DAY_MS, resource }
  await give(page, 'material.want', { wants: [{ token: booked.token, lines: [line] }] })
  await go(page, 'material')
  const out = sheet(page).getByRole('row').filter({ hasText: 'Werkhof → Turnhalle' })
  await expect(out).toBeVisible()
  // The office is a blink faster than the caretaker: both are given before either is answered.
  await page.evaluate(
    (call) => {
      void (window as unknown as { desk: Desk }).desk.invoke('dispatch', call as never)
      const tick = [...document.querySelectorAll<HTMLElement>('[role="row"]')].find((row) =>
        row.textContent?.includes('Werkhof → Turnhalle'),
      )
      tick?.querySelector('button')?.click()
    },
    { id: fresh(), name: 'material.want', args: { wants: [{ token: booked.token, lines: [] }] } },
  )
  await expect(page.getByRole('alert')).toContainText('Fahrt')
  await page.getByRole('button', { name: 'Doch geschehen …' }).focus()
  await keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'Wie viele?' })).toBeFocused()
  await keyboard.press('Control+a')
  await keyboard.type('2')
  await keyboard.press('Enter')
  // For nobody any more, so it is to be fetched at once.
  const back = sheet(page).getByRole('row').filter({ hasText: '2 Festzelt' })
  await expect(back.filter({ hasText: 'Turnhalle → Werkhof' })).toBeVisible()
  await keyboard.press('Control+z')
  await expect(back).toHaveCount(0)
})

test('a case is made a set, packed, and taken apart, by keyboard', async () => {
  const { page } = desk
  const { keyboard } = page
  await go(page, 'material/things')
  const focus = async (role: 'button' | 'textbox', name: string | RegExp) => {
    const field = page.getByRole(role, { name }).first()
    await field.focus()
    await expect(field).toBeFocused()
  }
  await focus('textbox', /Neue Art/)
  await keyboard.type('Konferenzkoffer')
  await keyboard.press('Enter')
  await focus('button', 'Als Set zusammenstellen …')
  await keyboard.press('Enter')
  await page.getByRole('combobox', { name: 'Dazu gehört …' }).focus()
  await keyboard.type('Projektor')
  await keyboard.press('ArrowDown')
  await keyboard.press('Enter')
  await focus('textbox', 'Anzahl Projektor')
  await focus('button', 'Speichern')
  await keyboard.press('Enter')
  await focus('button', 'Packen')
  await keyboard.press('Enter')
  const types = async () => (await ask<ThingRows>(page, 'material.things', {})).types
  const count = async (name: string) => (await types()).find((one) => one.name === name)?.count
  await expect.poll(() => count('Konferenzkoffer')).toBe(1)
  await expect.poll(() => count('Projektor')).toBe(4)
  await focus('button', 'Auspacken')
  await keyboard.press('Enter')
  await expect.poll(() => count('Projektor')).toBe(5)
  // And it gets another name.
  await focus('button', /^Ändern$/)
  await keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'Name der Art' })).toBeFocused()
  await keyboard.press('Control+a')
  await keyboard.type('Medienkoffer')
  await keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: /Medienkoffer/ })).toBeVisible()
})

const routes = ['material', 'material/stock', 'material/keys', 'material/things'] as const
for (const look of ['light', 'dark'] as const) {
  test(`axe finds nothing serious, ${look}`, async () => {
    const { page } = desk
    const found: string[] = []
    const [key] = await ask<PieceRow[]>(page, 'material.pieces', { type: null })
    for (const route of [...routes, `material/item/${key?.item}`]) {
      found.push(...(await serious(page, route, look)).map((each) => `${route}: ${each}`))
    }
    expect(found).toEqual([])
  })
}
