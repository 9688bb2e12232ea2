/**
 * Clerk: what a person does at the desk, for the tests of the screen: start it, find a free time, fill the panel.
 *
 * The sample municipality is founded once per worker and copied, since founding takes seconds.
 */
import { cp, rm } from 'node:fs/promises'
import { expect, type Page } from '@playwright/test'
import type { Desk } from '../../core/contract.ts'
import { overlaps } from '../../core/domain/time.ts'
import type { CalendarRows, ResourceRow } from '../../core/queries/rows.ts'
import { formatIn } from '../../renderer/format/format.ts'
import { type LaunchedDesk, launchDesk, scratchFolder } from '../harness/electron.ts'
import { said } from './said.ts'

export const format = formatIn('de-CH', 'Europe/Zurich')
/** Founding writes 2,500 bookings through the commands, each forced to disk: slow disks take their time. */
export const FOUNDING_MS = 300_000

export function grid(page: Page) {
  return page.getByRole('grid', { name: /Belegung/ })
}

/** A founded folder can be given, to save the time of founding while tests are being written. */
const GIVEN = process.env.ALLMEND_SAMPLE
let founded: Promise<string> | undefined

async function found(): Promise<string> {
  if (GIVEN) return GIVEN
  const data = await scratchFolder()
  const desk = await launchDesk({ data, args: ['--demo'] })
  await expect(grid(desk.page)).toBeVisible({ timeout: FOUNDING_MS })
  await desk.quit()
  return data
}

/** A data folder of its own with the sample municipality in it. The caller removes it. */
export async function sampleFolder(): Promise<string> {
  founded ??= found()
  const data = await scratchFolder()
  await cp(await founded, data, { recursive: true })
  return data
}

/** The desk on a copy of the sample; `close` quits and removes the copy. */
export async function sampleDesk(): Promise<LaunchedDesk & { close(): Promise<void> }> {
  const data = await sampleFolder()
  const desk = await launchDesk({ data })
  await expect(grid(desk.page)).toBeVisible({ timeout: FOUNDING_MS })
  return {
    ...desk,
    async close() {
      await desk.quit()
      await rm(data, { recursive: true, force: true })
    },
  }
}

export async function ask<T>(page: Page, name: string, args: unknown): Promise<T> {
  const reply = await page.evaluate(
    async (call) => (window as unknown as { desk: Desk }).desk.invoke('query', call),
    { name, args } as never,
  )
  if (!reply.ok) throw new Error(JSON.stringify(reply.error))
  return reply.value as T
}

export type Slot = Readonly<{ hall: ResourceRow; start: number; end: number }>

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** A free hour and a half in a hall, some days from now; each `nth` is another day. */
export async function freeSlot(page: Page, hallName: string, nth = 0): Promise<Slot> {
  const halls = await ask<ResourceRow[]>(page, 'resource.all', {})
  const hall = halls.find((each) => each.name === hallName)
  if (!hall) throw new Error(`the sample has no ${hallName}`)
  const from = Date.now() + 8 * DAY_MS
  // Whole days: a booking of the first morning must not be cut off by the range.
  const rows = await ask<CalendarRows>(page, 'calendar.range', {
    start: from - 2 * DAY_MS,
    end: from + 90 * DAY_MS,
  })
  const parts = halls.filter((each) => each.parent === hall.id || each.id === hall.parent)
  const near = new Set([hall.id, ...parts.map((part) => part.id)])
  const free = rows.free
    .filter((each) => each.resource === hall.id && each.step !== null)
    .map((each) => ({ hall, start: each.start + 2 * HOUR_MS, end: each.start + 3.5 * HOUR_MS }))
    .filter((slot) => slot.start >= from)
    .filter((slot) => !rows.booked.some((each) => near.has(each.resource) && overlaps(each, slot)))
    .sort((one, other) => one.start - other.start)
  const slot = free[nth]
  if (!slot) throw new Error(`${hallName} has no free time left in the next 90 days`)
  return slot
}

export const panel = (page: Page) =>
  page.getByRole('complementary', { name: 'Reservation erfassen' })
export const inspector = (page: Page) =>
  page.getByRole('complementary', { name: 'Angaben zur Reservation' })

/** Types a whole booking with the keyboard alone; the panel is opened with N from anywhere. */
export async function typeBooking(
  page: Page,
  slot: Slot,
  title: string,
  name: string,
): Promise<void> {
  const { keyboard } = page
  await page.keyboard.press('n')
  await expect(page.getByLabel(await said(page, 'booking:where'), { exact: true })).toBeFocused()
  await keyboard.type(slot.hall.name)
  await keyboard.press('Enter')
  await keyboard.press('Tab')
  await keyboard.type(format.day(dayOf(slot.start)))
  await keyboard.press('Enter')
  await keyboard.type(format.time(slot.start).replace(':', ''))
  await keyboard.press('Enter')
  await keyboard.type(format.time(slot.end))
  await keyboard.press('Enter')
  await keyboard.type(name)
  await keyboard.press('Enter')
  await keyboard.type('044 000 12 34')
  for (let fields = 0; fields < 3; fields++) await keyboard.press('Enter')
  await keyboard.type(title)
}

export function dayOf(instant: number): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Zurich' }).format(instant)
}

/** The number on the read-back card. */
export async function readBack(page: Page): Promise<number> {
  const number = page.getByTestId('booking-number')
  await expect(number).toBeVisible()
  return Number(await number.getAttribute('data-number'))
}

/** Shows a booking in the inspector, found by its number in the palette. */
export async function openByNumber(page: Page, number: number): Promise<void> {
  await page.keyboard.press('Control+k')
  const field = page.getByRole('combobox', { name: /Reservation, Person/ })
  await field.fill(String(number))
  await page
    .getByRole('option')
    .filter({ hasText: String(number) })
    .first()
    .click()
  await expect(inspector(page)).toContainText(`Reservation ${number}`)
}
