/** Screens: shows a screen in a look, by the same preferences a clerk changes. */
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import type { Desk, Preferences } from '../../core/contract.ts'

/** Sets view preferences through the contract; the screen follows the event as it follows its own clicks. */
export async function prefer(page: Page, patch: Partial<Preferences>): Promise<void> {
  await page.evaluate(
    async (wanted) =>
      (window as unknown as { desk: Desk }).desk.invoke('setPreferences', wanted).then(() => {}),
    patch,
  )
}

export async function theme(page: Page, look: 'light' | 'dark'): Promise<void> {
  await prefer(page, { theme: look })
  await page.waitForSelector(`html[data-theme="${look}"]`)
}

/** Opens a route as a start does: from the preferences, and with an empty form. */
export async function go(page: Page, route: string): Promise<void> {
  const [wanted] = route.split(/[/?]/, 1)
  let shown: string | undefined
  // Where the page was before is written when it has rested, and on a busy machine that may be after this.
  for (let tries = 0; shown !== wanted && tries < 5; tries++) {
    await prefer(page, { route })
    // What is being typed is written within a moment; after that nothing else writes.
    await page.waitForTimeout(300)
    await page.evaluate(async () => {
      const { desk } = window as unknown as { desk: Desk }
      await desk.invoke('keepDrafts', { current: null, parked: [] })
    })
    await page.reload()
    // A desk that still opens has a `main` of another kind.
    await page.waitForSelector('[data-screen] main')
    shown = await page.evaluate(
      () => document.querySelector<HTMLElement>('[data-screen]')?.dataset.screen,
    )
  }
  if (shown !== wanted) throw new Error(`${route} shows ${shown}`)
  // Local data is there within milliseconds; two frames let it be drawn.
  await page.waitForFunction(() => document.querySelector('main')?.textContent !== '')
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  )
}

/** German a third longer (or not any more) from the next reload on. */
export async function longer(page: Page, wanted: boolean): Promise<void> {
  await page.evaluate((on) => {
    if (on) localStorage.setItem('allmend.pseudo', '1')
    else localStorage.removeItem('allmend.pseudo')
  }, wanted)
}

/** What axe calls serious or critical on a route, as readable lines. */
export async function serious(
  page: Page,
  route: string,
  look: 'light' | 'dark',
): Promise<string[]> {
  await theme(page, look)
  await go(page, route)
  return seriousHere(page)
}

/** The same of what is shown now. Electron opens no second page: hence legacy mode. */
export async function seriousHere(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  return found.violations
    .filter((each) => each.impact === 'serious' || each.impact === 'critical')
    .flatMap((each) => each.nodes.map((node) => `${each.id}: ${node.html.slice(0, 160)}`))
}
