/** Pictures: every screen and state that `screens.spec.ts` photographs, and how a clerk gets there. */
import { addDays, mondayOf } from '../../core/domain/time.ts'
import type { PieceRow } from '../../core/queries/material-rows.ts'
import type { ResourceRow } from '../../core/queries/rows.ts'
import { expect, type Page } from '../harness/test.ts'
import { ask, dayOf, freeSlot, typeBooking } from './clerk.ts'
import { said } from './said.ts'
import { go } from './screens.ts'

async function openFirst(page: Page): Promise<void> {
  await page.locator('[data-line]').first().click()
  // Its keys are those of the booking, which is read first.
  await expect(page.locator('[data-pane="inspector"]').getByRole('tab').first()).toBeVisible()
}

/** A Tuesday: of all days the fullest. */
const workday = addDays(mondayOf(dayOf(Date.now())), 8)
/** The Saturday after: on most of them something is brought. */
const saturday = addDays(workday, 4)

async function idOf(page: Page, name: string): Promise<string> {
  const halls = await ask<ResourceRow[]>(page, 'resource.all', {})
  const hall = halls.find((each) => each.name === name)
  if (!hall) throw new Error(`no hall ${name}`)
  return hall.id
}

/** What is free for so many people from then to then, on a day on which the aula is. */
async function findFor(page: Page, from: string, to: string, persons: string): Promise<void> {
  await go(page, 'calendar/timeline/week')
  const slot = await freeSlot(page, 'Aula Zelgli', 6)
  await page.keyboard.press('n')
  const panel = page.locator('[data-pane="panel"]')
  const fill = async (key: string, text: string) =>
    panel.getByLabel(await said(page, key), { exact: true }).fill(text)
  await fill('booking:date', dayOf(slot.start))
  await fill('booking:from', from)
  await fill('booking:to', to)
  await fill('booking:persons', persons)
  await expect(panel.locator('[data-option]').first()).toBeVisible()
}

/** A person's card, opened from the list. */
async function openPerson(page: Page): Promise<void> {
  await go(page, 'people')
  await page.locator('[data-person]').nth(4).click()
  await page.waitForSelector('[data-card]')
}

/** Each is reached in any language. */
export type Picture = Readonly<{ name: string; open: (page: Page) => Promise<void> }>

export const pictures: readonly Picture[] = [
  { name: 'week', open: (page) => go(page, 'calendar/timeline/week') },
  { name: 'day', open: (page) => go(page, 'calendar/timeline/day') },
  { name: 'fortnight', open: (page) => go(page, 'calendar/timeline/fortnight') },
  {
    name: 'columns',
    async open(page) {
      await go(page, 'calendar/timeline/columns')
      await page.locator('.rbc-event').first().waitFor()
    },
  },
  { name: 'month', open: (page) => go(page, 'calendar/timeline/month') },
  {
    name: 'year',
    async open(page) {
      await go(page, 'calendar/timeline/year')
      await page.locator('[data-heat]').first().waitFor()
    },
  },
  {
    name: 'choosing halls',
    async open(page) {
      await go(page, 'calendar/timeline/week')
      await page.keyboard.press('h')
      const boxes = page.getByRole('dialog').getByRole('checkbox')
      await boxes.nth(2).click()
      await boxes.nth(4).click()
    },
  },
  {
    name: 'display',
    async open(page) {
      await go(page, 'calendar/timeline/week')
      await page.keyboard.press('v')
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'workday',
    open: (page) => go(page, `calendar/timeline/day/${workday}`),
  },
  {
    name: 'hall-week',
    async open(page) {
      await go(page, `calendar/hall/week/${workday}?halls=${await idOf(page, 'Sitzungszimmer 1')}`)
      await page.locator('.rbc-event').first().waitFor()
    },
  },
  {
    name: 'hall-month',
    open: async (page) =>
      go(page, `calendar/hall/month/${workday}?halls=${await idOf(page, 'Mehrzwecksaal')}`),
  },
  {
    name: 'nursery-week',
    open: async (page) =>
      go(page, `calendar/hall/week/${workday}?halls=${await idOf(page, 'Kita Bärli')}`),
  },
  {
    name: 'hover',
    async open(page) {
      await go(page, 'calendar/timeline/week')
      await page.locator('[data-line]').nth(3).hover()
      await page.locator('[role="tooltip"]').waitFor()
    },
  },
  {
    name: 'booking-edited',
    async open(page) {
      await go(page, 'calendar/timeline/week')
      await openFirst(page)
      await page.keyboard.press('e')
      await page.locator('[data-pane="inspector"] input').first().waitFor()
    },
  },
  {
    name: 'booking-cancelled',
    async open(page) {
      await go(page, 'calendar/timeline/week')
      await openFirst(page)
      await page.keyboard.press('Delete')
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'booking-history',
    async open(page) {
      await go(page, 'calendar/timeline/week')
      await openFirst(page)
      await page.getByRole('tab').last().click()
    },
  },
  {
    name: 'booking-material',
    async open(page) {
      await go(page, `material/day/${saturday}`)
      await page.locator('[role="row"][data-state]').first().click()
      await page.keyboard.press('Enter')
      await page.getByRole('tab').nth(2).click()
    },
  },
  {
    name: 'material-tick',
    async open(page) {
      await go(page, `material/day/${saturday}`)
      await page.locator('[role="row"][data-state]').first().click()
      await page.keyboard.press('e')
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'person-edited',
    async open(page) {
      await openPerson(page)
      await page.keyboard.press('e')
      await page.locator('main input[type="tel"]').first().waitFor()
    },
  },
  {
    name: 'people-merged',
    async open(page) {
      await openPerson(page)
      await page.keyboard.press('m')
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'request-decided',
    async open(page) {
      await go(page, 'requests')
      await page
        .locator('[data-row]')
        .nth(1)
        .click({ position: { x: 12, y: 12 } })
      await page.keyboard.press('a')
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'panel',
    async open(page) {
      await go(page, 'calendar/timeline/week')
      await page.keyboard.press('n')
      await page.locator('[data-pane="panel"] input').first().waitFor()
    },
  },
  { name: 'agenda', open: (page) => go(page, 'calendar/timeline/agenda') },
  {
    name: 'moving',
    async open(page) {
      await go(page, 'calendar/timeline/week')
      await openFirst(page)
      await page.keyboard.press('m')
      await page.keyboard.press('Shift+ArrowDown')
      await expect(page.locator('[data-moving]').last()).toBeVisible()
    },
  },
  {
    name: 'inspector',
    async open(page) {
      await go(page, 'calendar/timeline/week')
      await openFirst(page)
    },
  },
  {
    name: 'finding',
    open: (page) => findFor(page, '18', '21', '80'),
  },
  {
    name: 'finding-instead',
    open: (page) => findFor(page, '14', '17', '400'),
  },
  {
    name: 'booking-refused',
    async open(page) {
      await go(page, 'calendar/timeline/week')
      const slot = await freeSlot(page, 'Aula Zelgli')
      const early = { ...slot, start: slot.start - 3 * 3_600_000, end: slot.end - 3 * 3_600_000 }
      await typeBooking(page, early, 'Jubiläum', 'Ruth Meier')
      await page.keyboard.press('Control+Enter')
      await expect(page.locator('[data-pane="panel"]').getByRole('alert')).toBeVisible()
    },
  },
  {
    name: 'material-day',
    async open(page) {
      await go(page, `material/day/${saturday}`)
    },
  },
  { name: 'material-stock', open: (page) => go(page, 'material/stock') },
  { name: 'material-keys', open: (page) => go(page, 'material/keys') },
  { name: 'material-things', open: (page) => go(page, 'material/things') },
  {
    name: 'material-life',
    async open(page) {
      const keys = await ask<PieceRow[]>(page, 'material.pieces', { type: null })
      await go(page, `material/item/${keys.find((key) => key.tag === null)?.item}`)
    },
  },
  {
    name: 'requests',
    async open(page) {
      await go(page, 'requests')
      // Its left end: in a small window the rest may lie below the inspector.
      await page
        .locator('[data-row]')
        .nth(1)
        .click({ position: { x: 12, y: 12 } })
    },
  },
  {
    name: 'people',
    open: openPerson,
  },
  { name: 'list', open: (page) => go(page, 'bookings') },
  { name: 'history', open: (page) => go(page, 'history') },
  { name: 'halls', open: (page) => go(page, 'settings/halls') },
  {
    name: 'publish',
    open: async (page) => {
      await go(page, 'publish')
      await expect(page.locator('main iframe').contentFrame().locator('h1')).toBeVisible()
    },
  },
  { name: 'backup', open: (page) => go(page, 'settings/backup') },
  { name: 'holidays', open: (page) => go(page, 'settings/holidays') },
  { name: 'appearance', open: (page) => go(page, 'settings/view') },
  { name: 'database', open: (page) => go(page, 'settings/database') },
  { name: 'about', open: (page) => go(page, 'settings/about') },
  {
    name: 'availability',
    async open(page) {
      await go(page, 'availability')
      await expect(page.getByRole('grid')).toBeVisible()
    },
  },
  {
    name: 'new availability',
    async open(page) {
      await go(page, 'availability/new')
      const halls = await said(page, 'availability:fields.halls')
      await page.getByRole('listbox', { name: halls }).press('Control+a')
      await expect(page.locator('main').getByRole('table')).toBeVisible()
    },
  },
  {
    name: 'change of an availability',
    async open(page) {
      await go(page, 'availability')
      await page
        .getByRole('row', { name: /Aula Zelgli/ })
        .first()
        .focus()
      await page.keyboard.press('Enter')
      const opens = await said(page, 'availability:fields.opens')
      await page.getByLabel(opens, { exact: true }).fill('20:00')
      await expect(page.getByText(await said(page, 'availability:preview.affected'))).toBeVisible()
    },
  },
  {
    name: 'blocker with who is in the way',
    async open(page) {
      await go(page, 'availability/block')
      await page.getByRole('option', { name: 'Aula Zelgli' }).click()
      await page.getByLabel(await said(page, 'blockers:fields.until')).fill('+3w')
      await expect(page.locator('main select').first()).toBeVisible()
    },
  },
  { name: 'blockers', open: (page) => go(page, 'availability/blockers') },
  {
    name: 'places',
    async open(page) {
      await go(page, 'availability/places')
      await page.getByRole('spinbutton').fill('3')
    },
  },
  {
    name: 'palette',
    async open(page) {
      await go(page, 'calendar/timeline/week')
      await page.keyboard.press('Control+k')
      await page.keyboard.type('turn')
      await expect(page.getByRole('option').first()).toBeVisible()
    },
  },
  {
    name: 'keys',
    async open(page) {
      await go(page, 'calendar/timeline/week')
      await page.keyboard.press('?')
      await expect(page.getByRole('dialog')).toBeVisible()
    },
  },
]
