/**
 * What was typed survives: a crash of the whole program, Esc, and the next caller. The calls that wait are kept like
 * the one at hand.
 */
import { rm } from 'node:fs/promises'
import type { Drafts } from '../../core/contract.ts'
import { type LaunchedDesk, launchDesk } from '../harness/electron.ts'
import { expect, type Page, test } from '../harness/test.ts'
import { FOUNDING_MS, freeSlot, grid, panel, readBack, sampleFolder, typeBooking } from './clerk.ts'

let data: string
let desk: LaunchedDesk
async function start(): Promise<void> {
  desk = await launchDesk({ data })
  await expect(grid(desk.page)).toBeVisible({ timeout: FOUNDING_MS })
}
test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  test.setTimeout(FOUNDING_MS)
  data = await sampleFolder()
  await start()
})
test.afterAll(async () => {
  await desk?.quit()
  await rm(data, { recursive: true, force: true })
})

const title = (page: Page) => page.getByLabel('Was', { exact: true })
const tabs = (page: Page) => panel(page).getByRole('list', { name: 'Parkierte Anrufe' })
/** What the program has on disk, as it would find it after a crash. */
async function kept(page: Page): Promise<readonly string[]> {
  const drafts = await page.evaluate(async () => {
    const { desk } = window as unknown as { desk: import('../../core/contract.ts').Desk }
    const reply = await desk.invoke('drafts')
    return (reply as { value: Drafts }).value
  })
  return [...drafts.parked, ...(drafts.current ? [drafts.current] : [])].map((each) => each.title)
}

test('a draft is there again after kill -9 of everything, to the last key', async () => {
  const slot = await freeSlot(desk.page, 'Aula Zelgli')
  await typeBooking(desk.page, slot, 'Vor dem Absturz', 'Ruth Meier')
  await expect.poll(() => kept(desk.page)).toEqual(['Vor dem Absturz'])
  await desk.kill()
  await start()
  await desk.page.keyboard.press('n')
  await expect(title(desk.page)).toHaveValue('Vor dem Absturz')
  await expect(panel(desk.page).locator(':focus')).toBeVisible()
})

test('what is typed without a pause is kept while it is typed', async () => {
  const { page } = desk
  await title(page).fill('')
  const text = 'Wer ohne abzusetzen tippt, verliert nicht mehr als einen Augenblick'
  let isTyping = true
  const typing = title(page)
    .pressSequentially(text, { delay: 60 })
    .finally(() => {
      isTyping = false
    })
  await expect.poll(() => kept(page), { intervals: [50] }).toEqual([expect.stringMatching(/^Wer/)])
  expect(isTyping).toBe(true)
  await typing
  await title(page).fill('Vor dem Absturz')
})

test('Esc parks the call; the next is served and booked; the first is still there, also after a crash', async () => {
  const { page } = desk
  await page.keyboard.press('Escape')
  await expect(panel(page)).toBeHidden()
  await expect(page.getByRole('button', { name: '1 wartet' })).toBeVisible()
  const slot = await freeSlot(page, 'Mehrzwecksaal')
  await typeBooking(page, slot, 'Der zweite Anruf', 'Hans Muster')
  await expect(tabs(page)).toContainText('Ruth Meier')
  await page.keyboard.press('Control+Enter')
  await readBack(page)
  await expect.poll(() => kept(page)).toEqual(['Vor dem Absturz'])
  await desk.kill()
  await start()
  await desk.page.keyboard.press('n')
  await expect(tabs(desk.page)).toContainText('Ruth Meier')
  await desk.page.keyboard.press('Alt+1')
  await expect(title(desk.page)).toHaveValue('Vor dem Absturz')
  await expect(tabs(desk.page)).toBeHidden()
})

test('two calls change places, and a sixth that would be parked stays where it is', async () => {
  const { page } = desk
  await page.keyboard.press('Escape')
  for (const name of ['Zwei', 'Drei', 'Vier', 'Fünf']) {
    await page.keyboard.press('n')
    await expect(title(page)).toHaveValue('')
    await title(page).fill(name)
    await page.keyboard.press('Escape')
    await expect(panel(page)).toBeHidden()
  }
  await page.keyboard.press('n')
  await title(page).fill('Sechs')
  await page.keyboard.press('Escape')
  await page.keyboard.press('n')
  await expect(title(page)).toHaveValue('Sechs')
  await page.keyboard.press('Alt+2')
  await expect(title(page)).toHaveValue('Zwei')
  await expect
    .poll(() => kept(page))
    .toEqual(['Vor dem Absturz', 'Drei', 'Vier', 'Fünf', 'Sechs', 'Zwei'])
})
