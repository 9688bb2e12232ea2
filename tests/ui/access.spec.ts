/**
 * Access: axe finds nothing serious on any screen, light or dark, and what axe cannot see is asked separately: focus
 * that shows, targets that can be hit, text that fits when it is a third longer.
 */
import AxeBuilder from '@axe-core/playwright'
import { type LaunchedDesk, launchDesk } from '../harness/electron.ts'
import { expect, type Page, test } from '../harness/test.ts'
import { FOUNDING_MS, freeSlot, inspector, openByNumber, sampleDesk, typeBooking } from './clerk.ts'
import { go, longer, theme } from './screens.ts'

let desk: LaunchedDesk & { close(): Promise<void> }
test.beforeAll(async () => {
  test.setTimeout(FOUNDING_MS)
  desk = await sampleDesk()
})
test.afterAll(() => desk?.close())

/**
 * What axe calls serious or critical, as readable lines. Electron opens no second page: hence legacy mode. In the dark
 * only colours are others.
 */
async function seriousIn(page: Page, look: 'light' | 'dark' = 'light'): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode(true)
  const found = await (look === 'dark' ? axe.withRules(['color-contrast']) : axe).analyze()
  return found.violations
    .filter((each) => each.impact === 'serious' || each.impact === 'critical')
    .flatMap((each) => each.nodes.map((node) => `${each.id}: ${node.html.slice(0, 160)}`))
}

const screens: readonly Readonly<{ name: string; open: (page: Page) => Promise<void> }>[] = [
  { name: 'the week of all halls', open: (page) => go(page, 'calendar/timeline/week') },
  { name: 'the day of all halls', open: (page) => go(page, 'calendar/timeline/day') },
  { name: 'the list', open: (page) => go(page, 'bookings') },
  { name: 'the history', open: (page) => go(page, 'history') },
  { name: 'the halls', open: (page) => go(page, 'settings/halls') },
  { name: 'the backup', open: (page) => go(page, 'settings/backup') },
  { name: 'the holidays', open: (page) => go(page, 'settings/holidays') },
  { name: 'the appearance', open: (page) => go(page, 'settings/view') },
  { name: 'about', open: (page) => go(page, 'settings/about') },
  {
    name: 'the palette',
    async open(page) {
      await go(page, 'calendar/timeline/week')
      await page.keyboard.press('Control+k')
      await page.keyboard.type('turn')
      await expect(page.getByRole('option').first()).toBeVisible()
    },
  },
  {
    name: 'the keys',
    async open(page) {
      // A fresh screen: keys do nothing behind a dialog that is still closing.
      await go(page, 'calendar/timeline/week')
      await page.keyboard.press('?')
      await expect(page.getByRole('dialog')).toBeVisible()
    },
  },
  {
    name: 'the form of a hall',
    async open(page) {
      await go(page, 'settings/halls')
      await page.getByRole('button', { name: 'Halle erfassen' }).click()
    },
  },
  {
    name: 'the form of an availability',
    async open(page) {
      await go(page, 'availability/new')
      await page.getByRole('listbox', { name: 'Hallen' }).press('Control+a')
      await expect(page.getByRole('region', { name: 'Vorschau' }).getByRole('table')).toBeVisible()
    },
  },
  {
    name: 'the booking panel with a refusal',
    async open(page) {
      await go(page, 'calendar/timeline/week')
      const slot = await freeSlot(page, 'Aula Zelgli')
      const outside = { ...slot, start: slot.start - 8 * 3_600_000, end: slot.end - 8 * 3_600_000 }
      await typeBooking(page, outside, 'Zu früh', 'Hans Muster')
      await page.keyboard.press('Control+Enter')
      await expect(page.getByRole('alert')).toBeVisible()
    },
  },
]

for (const look of ['light', 'dark'] as const) {
  test.describe(look, () => {
    test.beforeAll(() => theme(desk.page, look))

    for (const { name, open } of screens) {
      test(`axe finds nothing serious on ${name}`, async () => {
        const { page } = desk
        await open(page)
        expect(await seriousIn(page, look)).toEqual([])
        await page.keyboard.press('Escape')
        await page.keyboard.press('Escape')
      })
    }

    test('axe finds nothing serious in the inspector and in the question before cancelling', async () => {
      const { page } = desk
      await go(page, 'bookings')
      await page.getByRole('main').getByRole('listitem').first().getByRole('button').click()
      await expect(inspector(page)).toBeVisible()
      expect(await seriousIn(page, look)).toEqual([])
      await inspector(page)
        .getByRole('button', { name: /^Absagen/ })
        .click()
      expect(await seriousIn(page, look)).toEqual([])
      await page.keyboard.press('Escape')
      await inspector(page).getByRole('button', { name: 'Schliessen' }).click()
    })
  })
}

test('every control of the shell is at least 24 pixels high and wide', async () => {
  const { page } = desk
  await go(page, 'calendar/timeline/week')
  await page.keyboard.press('n')
  const small = await page.evaluate(() =>
    [...document.querySelectorAll('[data-pane] button, [data-pane] input, [data-pane] a')]
      .filter((each) => !each.closest('[role=grid]') && !each.closest('.visually-hidden'))
      .filter((each) => !(each instanceof HTMLInputElement && each.type === 'checkbox'))
      .map((each) => ({ box: each.getBoundingClientRect(), html: each.outerHTML.slice(0, 120) }))
      .filter(({ box }) => box.width > 0 && (box.width < 24 || box.height < 24))
      .map(({ html }) => html),
  )
  expect(small).toEqual([])
  await page.keyboard.press('Escape')
})

test('the focus shows on every stop of the tabulator', async () => {
  const { page } = desk
  await go(page, 'bookings')
  const hidden: string[] = []
  for (let stop = 0; stop < 16; stop++) {
    await page.keyboard.press('Tab')
    const seen = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element)
      const outlined = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1
      return outlined || boxShadow !== 'none' ? '' : element.outerHTML.slice(0, 120)
    })
    if (seen) hidden.push(seen)
  }
  expect(hidden).toEqual([])
})

test('texts a third longer are not cut off on any button or label', async () => {
  const { page } = desk
  await longer(page, true)
  const cut: string[] = []
  for (const route of [
    'calendar/timeline/week',
    'bookings',
    'history',
    'settings/halls',
    'settings/view',
  ]) {
    await go(page, route)
    await page.keyboard.press('n')
    await expect(page.locator('[data-pane=panel]')).toBeVisible()
    cut.push(
      ...(await page.evaluate(() =>
        [...document.querySelectorAll('[data-pane] button, [data-pane] label, h1, h2')]
          .filter((each) => !each.closest('[role=grid]') && !each.closest('.visually-hidden'))
          // What may be shortened says so itself, and has its whole text in a title.
          .filter((each) => getComputedStyle(each).textOverflow !== 'ellipsis')
          .filter((each) => each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 0)
          .map((each) => each.outerHTML.slice(0, 140)),
      )),
    )
    await page.keyboard.press('Escape')
  }
  await longer(page, false)
  expect([...new Set(cut)]).toEqual([])
})

test('a booking is found by its number, and the reader of the screen hears which option is chosen', async () => {
  const { page } = desk
  await go(page, 'bookings')
  const number = await page.getByRole('main').getByRole('listitem').first().innerText()
  const digits = Number(/(\d{3,})\s*$/.exec(number)?.[1])
  await page.keyboard.press('Control+k')
  await page.keyboard.type(String(digits))
  await expect(page.getByRole('option', { selected: true })).toContainText(String(digits))
  const chosen = await page.getByRole('combobox').getAttribute('aria-activedescendant')
  expect(chosen).toBe(await page.getByRole('option', { selected: true }).getAttribute('id'))
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  await openByNumber(page, digits)
})

test('axe finds nothing serious on the first start', async () => {
  const fresh = await launchDesk()
  await expect(fresh.page.getByRole('heading', { level: 1 })).toBeVisible()
  expect(await seriousIn(fresh.page)).toEqual([])
  await fresh.quit()
})
