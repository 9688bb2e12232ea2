/** A measured desk: the real Electron on a folder of the bench, and the clocks that stand in its window. */
import type { Page } from '@playwright/test'
import { type LaunchedDesk, launchDesk } from '../harness/electron.ts'

/** Opened, painted and ready to be measured. */
export async function launched(data: string): Promise<LaunchedDesk> {
  const desk = await launchDesk({ data })
  await painted(desk.page)
  // The runner that compiles this file names inner functions by a helper that a page does not have.
  await desk.page.evaluate('globalThis.__name ??= (named) => named')
  return desk
}

async function painted(page: Page): Promise<void> {
  await page.waitForFunction(
    () => performance.getEntriesByName('calendar-painted').length > 0,
    null,
    { timeout: 120_000, polling: 50 },
  )
}

/**
 * Milliseconds from a key press in the window until something holds there and has been painted. `holds` is code of the
 * page: an expression.
 */
export function untilPainted(page: Page, key: string, holds: string): Promise<number> {
  return page.evaluate(
    async ([pressed, expression]) => {
      const is = new Function(`return ${expression}`) as () => boolean
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
      const target = document.activeElement ?? document.body
      const began = performance.now()
      target.dispatchEvent(new KeyboardEvent('keydown', { key: pressed, bubbles: true }))
      while (!is() && performance.now() - began < 10_000) await frame()
      // When the next frame begins, this one has been painted.
      await frame()
      return performance.now() - began
    },
    [key, holds] as const,
  )
}
