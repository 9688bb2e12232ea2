/**
 * Screens: a picture of every screen, light and dark, at 1280×800 and 1920×1080, into the ignored `screens/`. They
 * are for eyes; no picture is compared with another.
 */

import { type LaunchedDesk, launchDesk } from '../harness/electron.ts'
import { expect, type Page, test } from '../harness/test.ts'
import { FOUNDING_MS, freeSlot, readBack, sampleDesk, typeBooking } from './clerk.ts'
import { pictures } from './pictures.ts'
import { go, longer, prefer, theme } from './screens.ts'
import { seedRequests } from './seed.ts'

const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const
const looks = ['light', 'dark'] as const

let desk: LaunchedDesk & { close(): Promise<void> }
test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  test.setTimeout(FOUNDING_MS)
  desk = await sampleDesk()
  await seedRequests(desk.page)
})
test.afterAll(() => desk?.close())

async function resize(of: LaunchedDesk, size: (typeof sizes)[number]): Promise<void> {
  await of.app.evaluate(({ BrowserWindow }, { width, height }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(width, height)
  }, size)
  await of.page.waitForFunction((width) => window.innerWidth === width, size.width)
}

async function shoot(page: Page, name: string, look: string, width: number): Promise<void> {
  // What waits is counted once the first picture stands.
  if (page === desk.page)
    await expect(rail(page, 'requests').locator('.visually-hidden')).toBeAttached()
  // The pointer and the caret are not part of the picture, but for what they show.
  if (!name.endsWith('hover')) await page.mouse.move(0, 0)
  await page.screenshot({ path: `screens/${name}-${look}-${width}.png`, caret: 'hide' })
}

const rail = (page: Page, screen: string) => page.locator(`button[data-screen="${screen}"]`)

for (const size of sizes) {
  for (const look of looks) {
    test(`every screen at ${size.width}×${size.height}, ${look}`, async () => {
      test.setTimeout(FOUNDING_MS)
      await resize(desk, size)
      await theme(desk.page, look)
      for (const { name, open } of pictures) {
        await open(desk.page)
        await shoot(desk.page, name, look, size.width)
      }
    })
  }
}

test('a booking read back, in each language', async () => {
  test.setTimeout(FOUNDING_MS)
  const { page } = desk
  await resize(desk, sizes[0])
  await theme(page, 'light')
  await go(page, 'calendar/timeline/week')
  await typeBooking(page, await freeSlot(page, 'Mehrzwecksaal'), 'Jubiläum', 'Ruth Meier')
  await page.keyboard.press('Control+Enter')
  await readBack(page)
  for (const language of ['de-CH', 'fr-CH', 'it-CH', 'en'] as const) {
    await prefer(page, { language })
    await page.waitForSelector(`html[lang="${language}"]`)
    await shoot(page, `read-back-${language}`, 'light', 1280)
  }
  await prefer(page, { language: 'de-CH' })
})

test('the screens with German a third longer, so that what does not fit is seen', async () => {
  test.setTimeout(FOUNDING_MS)
  const { page } = desk
  await longer(page, true)
  for (const { name, open } of pictures.filter((each) => each.wordless)) {
    await open(page)
    await shoot(page, `long-${name}`, 'light', 1280)
  }
  await longer(page, false)
})

for (const language of ['fr-CH', 'it-CH', 'en'] as const) {
  test(`the screens in ${language}`, async () => {
    test.setTimeout(FOUNDING_MS)
    const { page } = desk
    await prefer(page, { language })
    await page.waitForSelector(`html[lang="${language}"]`)
    for (const { name, open } of pictures.filter((each) => each.wordless)) {
      await open(page)
      await shoot(page, `${language}-${name}`, 'light', 1280)
    }
    await prefer(page, { language: 'de-CH' })
  })
}

test('the screens at 200 %', async () => {
  test.setTimeout(FOUNDING_MS)
  const { app, page } = desk
  await theme(page, 'dark')
  // What 1280×800 leaves to the page then. Playwright would miss what it points at in a page that is really magnified.
  await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    window?.setMinimumSize(1, 1)
    window?.setContentSize(640, 400)
  })
  await page.waitForFunction(() => window.innerWidth === 640)
  for (const { name, open } of pictures.filter((each) => each.wordless)) {
    await open(page)
    await shoot(page, `zoom-${name}`, 'dark', 1280)
  }
})

test('the first start, and a window that never saw data', async () => {
  const fresh = await launchDesk()
  await expect(fresh.page.getByRole('heading', { level: 1 })).toBeVisible()
  for (const size of sizes) {
    for (const look of looks) {
      await resize(fresh, size)
      await theme(fresh.page, look)
      await shoot(fresh.page, 'first-start', look, size.width)
    }
  }
  await fresh.quit()
})
