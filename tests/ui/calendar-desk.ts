/**
 * A desk for the calendar's tests: an empty municipality with two halls that are open day and night on chosen
 * days, filled by the same commands that a clerk would use.
 */
import { randomUUID } from 'node:crypto'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Locator, type Page } from '@playwright/test'
import type { ArgsOf, CommandName } from '../../core/commands/calls.ts'
import type { Desk, Preferences } from '../../core/contract.ts'
import { instantAt } from '../../core/domain/time.ts'
import { type LaunchedDesk, launchDesk } from '../harness/electron.ts'

export const ZONE = 'Europe/Zurich'
/** Both Sundays of two years on which clocks change, as the days of 23 and of 25 hours. */
export const SPRING = ['2026-03-29', '2027-03-28'] as const
export const AUTUMN = ['2026-10-25', '2027-10-31'] as const

export const at = (day: string, time: string) => instantAt(day, time, ZONE)

type WithDesk = Window & { desk: Desk }

export async function emptyDesk(width = 1280, height = 800): Promise<LaunchedDesk> {
  const desk = await launchDesk()
  const { app, page } = desk
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible({ timeout: 60_000 })
  await page.evaluate(() =>
    (window as unknown as WithDesk).desk.invoke('found', { as: 'empty', name: 'Gemeinde Uhrwil' }),
  )
  await expect(page.getByText('Noch keine Halle erfasst.')).toBeVisible({ timeout: 60_000 })
  await app.evaluate(
    ({ BrowserWindow }, [w, h]) => BrowserWindow.getAllWindows()[0]?.setContentSize(w, h),
    [width, height] as const,
  )
  return desk
}

export async function command<N extends CommandName>(page: Page, name: N, args: ArgsOf<N>) {
  const reply = await page.evaluate(
    (call) => (window as unknown as WithDesk).desk.invoke('dispatch', call),
    { id: randomUUID(), name, args },
  )
  if (!reply.ok || reply.value.status !== 'accepted') {
    throw new Error(`${name}: ${JSON.stringify(reply)}`)
  }
}

export async function addHall(
  page: Page,
  name: string,
  facts: Partial<ArgsOf<'resource.add'>> = {},
) {
  await command(page, 'resource.add', {
    key: name,
    name,
    group: 'Schulhaus',
    kind: 'hall',
    parent: null,
    sharesSpace: false,
    capacity: 120,
    features: [],
    color: 0,
    position: 0,
    ...facts,
  })
  const id = await page.evaluate(async (wanted) => {
    const { desk } = window as unknown as WithDesk
    const reply = await desk.invoke('query', { name: 'resource.all', args: {} })
    const rows = reply.ok ? (reply.value as readonly { id: string; name: string }[]) : []
    return rows.find((row) => row.name === wanted)?.id
  }, name)
  if (!id) throw new Error(`no hall ${name}`)
  return id
}

export async function openHall(
  page: Page,
  hall: string,
  rule: Partial<ArgsOf<'availability.add'>> & Readonly<{ from: string; until: string }>,
) {
  await command(page, 'availability.add', {
    rule: randomUUID(),
    resources: [hall],
    weekdays: [1, 2, 3, 4, 5, 6, 7],
    opens: '00:00',
    closes: '24:00',
    step: 30,
    places: 1,
    mostPerBooking: 0,
    byStaff: false,
    except: [],
    skipOverlapping: false,
    ...rule,
  })
}

export async function book(
  page: Page,
  hall: string,
  title: string,
  [day, start, end]: readonly [string, string, string],
) {
  const token = randomUUID()
  await command(page, 'reservation.book', {
    token,
    resource: hall,
    during: { start: at(day, start), end: at(day, end) },
    places: 1,
    title,
    publicTitle: '',
    note: '',
    persons: null,
    person: { id: randomUUID(), name: 'Vreni Bucher', organisation: '', phone: '', email: '' },
  })
  return token
}

export async function prefer(page: Page, patch: Partial<Preferences>) {
  await page.evaluate(
    (wanted) => (window as unknown as WithDesk).desk.invoke('setPreferences', wanted),
    patch,
  )
}

export function timeline(page: Page): Locator {
  return page.getByRole('grid')
}

/** As a clerk goes there: `G`, the date as she says it, Enter. */
export async function goTo(page: Page, day: string) {
  const [year, month, date] = day.split('-').map(Number)
  await page.keyboard.press('g')
  const field = page.getByRole('textbox', { name: 'Zu einem Datum' })
  await field.fill(`${date}.${month}.${year}`)
  await field.press('Enter')
  await expect(field).toBeHidden()
}

export async function box(locator: Locator) {
  await locator.first().waitFor()
  const found = await locator.boundingBox()
  if (!found) throw new Error(`nothing is drawn: ${locator}`)
  return found
}

/** What the screen reader is told of the cell that the keyboard is on. */
export async function activeCell(page: Page): Promise<string> {
  return page.evaluate(() => {
    const id = document.activeElement?.getAttribute('aria-activedescendant')
    const cell = id ? document.getElementById(id) : null
    return cell?.getAttribute('aria-label') ?? cell?.textContent ?? ''
  })
}

/** Serious findings of axe in the main pane, in words; a page of an Electron window cannot open another one, hence legacy mode. */
export async function serious(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page })
    .include('main')
    .setLegacyMode(true)
    .analyze()
  return violations
    .filter((each) => each.impact === 'serious' || each.impact === 'critical')
    .map((each) => `${each.id}: ${each.nodes.map((node) => node.target.join(' ')).join(', ')}`)
}
