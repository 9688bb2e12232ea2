/**
 * Publishing, as whoever works meanwhile feels it: how long the desk's own thread does nothing else while the sample's
 * halls are made into files for two years, in the thread for it and, to compare, without one.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout } from 'node:timers/promises'
import { createCore } from '../../core/core.ts'
import { Press } from '../../core/press/press.ts'
import { type Printing, printingHere } from '../../core/press/printing.ts'
import { printingInThread } from '../../core/press/printing-thread.ts'
import { openPglite } from '../../core/store/pglite.ts'
import { testPorts } from '../harness/ports.ts'
import { type Measured, median, spread } from './measured.ts'

const TIMES = 5
const AFTER_MS = 20
const TARGET = {
  id: '0a11e0d0-0000-4000-8000-000000000001',
  name: 'Website',
  folder: '',
  halls: null,
  daysBack: 30,
  daysAhead: 730,
  detail: 'full',
  language: 'de-CH',
  automatic: false,
} as const

export async function measurePublish(report: (row: Measured) => void): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'allmend-publish-'))
  const core = createCore(testPorts(), { dataFolder: folder, actor: () => '', demo: true })
  await core.opened
  await core.close()
  const database = await openPglite({ folder: join(folder, 'database') })
  const measure = async (name: string, printing: Printing) => {
    const press = await Press.open(
      testPorts(),
      database,
      { dataFolder: folder },
      () => {},
      printing,
    )
    const stalls: number[] = []
    const took: number[] = []
    for (let run = 0; run < TIMES; run++) {
      const delay = monitorEventLoopDelay({ resolution: 1 })
      delay.enable()
      const began = performance.now()
      await press.preview(TARGET, '')
      took.push(performance.now() - began)
      // A stall is noticed by the first timer after it.
      await setTimeout(AFTER_MS)
      delay.disable()
      stalls.push(delay.max / 1e6)
    }
    await press.stop()
    report({
      name: `all halls, two years, ${name}: longest stall`,
      value: median(stalls),
      unit: 'ms',
      note: spread(stalls),
    })
    report({ name: `all halls, two years, ${name}: all files`, value: median(took), unit: 'ms' })
  }
  try {
    await measure('in its thread', printingInThread())
    await measure('without one', printingHere)
  } finally {
    await database.close()
    await rm(folder, { recursive: true, force: true })
  }
}
