/** A desk that starts as a clerk starts it, with no driver attached until it has long been painted. */
import { spawn } from 'node:child_process'
import { chromium } from '@playwright/test'
import { root } from '../../electron/start/folders.mjs'
import { ensureRuntime } from '../../electron/start/runtime/index.mjs'
import { machineFlags } from '../../electron/start/sandbox.mjs'

/** By far longer than a start takes; whoever looks earlier slows it down. */
const LOOK_AFTER_MS = 10_000

export type UnwatchedDesk = Readonly<{
  /** UTC milliseconds, before the process is made. */
  startedAt: number
  /** UTC milliseconds at which the first calendar stood on the screen. */
  paintedAt(): Promise<number>
  quit(): Promise<void>
}>

export async function startUnwatched(data: string): Promise<UnwatchedDesk> {
  const runtime = await ensureRuntime()
  const startedAt = Date.now()
  const child = spawn(
    runtime.executable,
    [...machineFlags(runtime.folder), '--remote-debugging-port=0', root, '--data', data],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const address = new Promise<string>((resolve, reject) => {
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-10_000)
      const found = /DevTools listening on (ws:\S+)/.exec(said)?.[1]
      if (found) resolve(found)
    })
    child.once('exit', () => reject(new Error(`the desk did not start:\n${said}`)))
  })
  return {
    startedAt,
    async paintedAt() {
      await new Promise((resolve) => setTimeout(resolve, LOOK_AFTER_MS))
      const browser = await chromium.connectOverCDP(await address)
      try {
        const page = browser.contexts().flatMap((context) => context.pages())[0]
        const at = await page?.evaluate(() => {
          const [mark] = performance.getEntriesByName('calendar-painted')
          return mark && performance.timeOrigin + mark.startTime
        })
        if (at === undefined) throw new Error(`not painted within ${LOOK_AFTER_MS} ms`)
        return at
      } finally {
        await browser.close()
      }
    },
    async quit() {
      child.kill('SIGTERM')
      await gone
    },
  }
}
