/**
 * Screens: a picture of every screen in four languages, light and dark, at 1280×800 and 1920×1080, and at 200 %, into the
 * ignored `screens/`. They are for eyes, and no picture is compared with another; but no text may be cut without saying so,
 * lie on another or leave the window, and axe finds nothing serious in any of them.
 */
import { type Language, languages } from '../../core/domain/language.ts'
import { type LaunchedDesk, launchDesk } from '../harness/electron.ts'
import { expect, type Page, test } from '../harness/test.ts'
import { FOUNDING_MS, freeSlot, readBack, sampleDesk, typeBooking } from './clerk.ts'
import { crowdedIn } from './crowded.ts'
import { pictures } from './pictures.ts'
import { go, longer, prefer, seriousHere, theme } from './screens.ts'
import { seedRequests } from './seed.ts'

interface Size {
  readonly name: string
  readonly width: number
  readonly height: number
}

const sizes: readonly Size[] = [
  { name: '1280', width: 1280, height: 800 },
  { name: '1920', width: 1920, height: 1080 },
]
/** What 1280×800 leaves to the page then. Playwright would miss what it points at in a page that is really magnified. */
const twice: Size = { name: '200%', width: 640, height: 400 }
const looks = ['light', 'dark'] as const
type Look = (typeof looks)[number]

let desk: LaunchedDesk & { close(): Promise<void> }
test.describe.configure({ mode: 'parallel', timeout: 4 * FOUNDING_MS })
test.beforeAll(async () => {
  test.setTimeout(FOUNDING_MS)
  desk = await sampleDesk()
  await seedRequests(desk.page)
})
test.afterAll(() => desk?.close())

/** What no picture may show. */
const faults: string[] = []
test.beforeEach(() => {
  faults.length = 0
})
test.afterEach(() => expect(faults).toEqual([]))

async function resize(of: LaunchedDesk, { width, height }: Size): Promise<void> {
  await of.app.evaluate(
    ({ BrowserWindow }, wanted) => {
      const [window] = BrowserWindow.getAllWindows()
      window?.setMinimumSize(1, 1)
      window?.setContentSize(wanted.width, wanted.height)
    },
    { width, height },
  )
  await of.page.waitForFunction((wanted) => window.innerWidth === wanted, width)
}

async function speak(page: Page, language: Language): Promise<void> {
  await prefer(page, { language })
  await page.waitForSelector(`html[lang="${language}"]`)
}

async function shoot(page: Page, name: string, language: string, look: Look, size: Size) {
  // What waits is counted once the first picture stands.
  if (page === desk.page) {
    const requests = page.locator('button[data-screen="requests"]')
    await expect(requests.locator('.visually-hidden')).toBeAttached()
  }
  // The pointer and the caret are not part of the picture, but for what they show.
  if (!name.endsWith('hover')) await page.mouse.move(0, 0)
  const path = `screens/${language}/${look}-${size.name}/${name}.png`
  await page.screenshot({ path, caret: 'hide' })
  faults.push(...(await crowdedIn(page)).map((line) => `${path}: ${line}`))
  // What axe knows of is the same in every language, and as wide as high.
  if (language !== 'de-CH' || size.name === '1920') return
  faults.push(...(await seriousHere(page)).map((line) => `${path}: ${line}`))
}

for (const language of languages) {
  for (const size of [...sizes, twice]) {
    for (const look of looks) {
      test(`every screen, ${language}, ${look}, ${size.name}`, async () => {
        const { page } = desk
        await resize(desk, size)
        await theme(page, look)
        await speak(page, language)
        for (const { name, open } of pictures) {
          await open(page)
          await shoot(page, name, language, look, size)
        }
      })
    }
  }
}

test('what is crowded is found', async () => {
  const { page } = desk
  await resize(desk, sizes[0] as Size)
  await go(page, 'settings/view')
  await page.evaluate(() => {
    const add = (style: string, text: string) => {
      const box = document.createElement('div')
      box.style.cssText = `position: fixed; z-index: 999; top: 640px; white-space: nowrap; ${style}`
      box.textContent = text
      document.body.append(box)
    }
    add('left: 200px', 'one text')
    add('left: 210px', 'another on it')
    add('left: 500px; width: 40px; overflow: hidden', 'cut without a word')
    add(
      'left: 700px; width: 40px; overflow: hidden; text-overflow: ellipsis',
      'cut, and it says so',
    )
  })
  expect(await crowdedIn(page)).toEqual([
    'cut: cut without a word',
    'on one another: one text / another on it',
  ])
  await page.reload()
})

test('every screen with German a third longer, so that what does not fit is seen', async () => {
  const { page } = desk
  const [size] = sizes as [Size]
  await resize(desk, size)
  await theme(page, 'light')
  await speak(page, 'de-CH')
  await longer(page, true)
  for (const { name, open } of pictures) {
    await open(page)
    await shoot(page, name, 'longer', 'light', size)
  }
  await longer(page, false)
})

test('a booking read back', async () => {
  const { page } = desk
  await resize(desk, sizes[0] as Size)
  await speak(page, 'de-CH')
  await go(page, 'calendar/timeline/week')
  await typeBooking(page, await freeSlot(page, 'Mehrzwecksaal'), 'Jubiläum', 'Ruth Meier')
  await page.keyboard.press('Control+Enter')
  await readBack(page)
  for (const size of [...sizes, twice]) {
    await resize(desk, size)
    for (const look of looks) {
      await theme(page, look)
      for (const language of languages) {
        await speak(page, language)
        await shoot(page, 'read-back', language, look, size)
      }
    }
  }
})

test('the first start, and a window that never saw data', async () => {
  const fresh = await launchDesk()
  await expect(fresh.page.getByRole('heading', { level: 1 })).toBeVisible()
  for (const size of [...sizes, twice]) {
    await resize(fresh, size)
    for (const look of looks) {
      await theme(fresh.page, look)
      for (const language of languages) {
        await speak(fresh.page, language)
        await shoot(fresh.page, 'first-start', language, look, size)
      }
    }
  }
  await fresh.quit()
})
