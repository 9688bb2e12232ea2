/** How soon a booking of one desk is painted in the window of another: the real Electron, on the server of this bench. */
import { rm } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import type { CommandCall } from '../../../core/commands/calls.ts'
import { resourceUuid } from '../../../core/commands/resource.ts'
import type { Desk } from '../../../core/contract.ts'
import { dayOf, type Uuid } from '../../../core/domain/time.ts'
import { ensureBuilt } from '../../../electron/start/built.mjs'
import { startDisplay } from '../../../electron/start/display.mjs'
import { launchDesk, scratchFolder } from '../../harness/electron.ts'
import { addressOf } from '../../harness/joining.ts'
import type { SharedServer } from '../../harness/shared-server.ts'
import { go } from '../../ui/screens.ts'
import { invoke } from '../../ui/shared.ts'
import { type Measured, median, percentile, spread } from '../measured.ts'
import { nextBooking, openDesk } from './shared.ts'

const ZONE = 'Europe/Zurich'
const BOOKINGS = 60
/** The first so many halls are in sight. */
const IN_SIGHT = 8
const halls = new Set<unknown>(
  Array.from({ length: IN_SIGHT }, (_, index) => resourceUuid('allmend', `hall-${index + 1}`)),
)

function nextInSight(): CommandCall & { args: { token: Uuid; title: string } } {
  for (;;) {
    const call = nextBooking()
    if (halls.has((call.args as { resource: unknown }).resource)) return call as never
  }
}

/** When the frame that shows this title has been painted, by the clock that all processes of a machine share. */
function painted(page: Page, title: string): Promise<() => Promise<number>> {
  return page
    .evaluateHandle((wanted) => {
      const grid = document.querySelector('[role="grid"]') as HTMLElement
      const at = new Promise<number>((resolve) => {
        const watcher = new MutationObserver(() => {
          if (!grid.textContent?.includes(wanted)) return
          watcher.disconnect()
          // When the next frame begins, this one has been painted.
          requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now()))
        })
        watcher.observe(grid, { childList: true, subtree: true, characterData: true })
      })
      return { at }
    }, title)
    .then((handle) => () => handle.evaluate(({ at }) => at))
}

async function connect(page: Page, deskUrl: string): Promise<void> {
  const server = addressOf(deskUrl, 'Bench B')
  await invoke(page, 'connect', { server, send: false, found: null })
  await page.waitForFunction(
    async () => {
      const reply = await (window as unknown as { desk: Desk }).desk.invoke('status')
      return reply.ok && reply.value.mode === 'connected' && reply.value.phase === 'ready'
    },
    null,
    { timeout: 120_000, polling: 200 },
  )
}

/** From the word of the server on desk A to the frame of desk B that shows it. */
export async function measurePainted({ deskUrl }: SharedServer): Promise<readonly Measured[]> {
  await ensureBuilt()
  const stop = await startDisplay()
  const data = await scratchFolder()
  const told = new Map<Uuid, number>()
  const one = await openDesk(deskUrl, {
    settled: ({ args }) =>
      told.set((args as { token: Uuid }).token, performance.timeOrigin + performance.now()),
  })
  try {
    const other = await launchDesk({ data })
    try {
      const { page } = other
      await page.evaluate('globalThis.__name ??= (named) => named')
      await connect(page, deskUrl)
      const took: number[] = []
      let day = ''
      for (let count = 0; count < BOOKINGS; count++) {
        const call = nextInSight()
        const { token, title } = call.args
        const its = dayOf(
          (call.args as unknown as { during: { start: number } }).during.start,
          ZONE,
        )
        if (its !== day) {
          await go(page, `calendar/timeline/day/${its}`)
          await page.evaluate('globalThis.__name ??= (named) => named')
          await page.waitForSelector('[role="grid"] [data-line]')
          day = its
        }
        const seen = await painted(page, title)
        await one.give(call)
        const at = await seen()
        took.push(at - (told.get(token) as number))
        // What is read once more after it has been.
        await page.waitForTimeout(300)
      }
      return [
        {
          name: 'done on desk A to painted on desk B, median',
          value: median(took),
          unit: 'ms',
          goal: 150,
          note: spread(took),
        },
        { name: 'the same, 99 of 100', value: percentile(took, 99), unit: 'ms' },
      ]
    } finally {
      await other.quit()
    }
  } finally {
    await one.close()
    stop()
    await rm(data, { recursive: true, force: true })
  }
}
