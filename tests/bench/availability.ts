/**
 * Availability for a school year: 20 halls, every day of 400, whole: what the preview takes and what creating,
 * taking back and changing it take. The core alone, on a fresh embedded database.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ArgsOf, CommandName } from '../../core/commands/calls.ts'
import { type Core, createCore } from '../../core/core.ts'
import { addDays } from '../../core/domain/time.ts'
import { root } from '../../electron/start/folders.mjs'
import { partsOfPeriod } from '../../renderer/features/availability/parts.ts'
import { idOf } from '../harness/authority.ts'
import { testPorts } from '../harness/ports.ts'
import { type Measured, median, spread } from './measured.ts'

const HALLS = 20
const DAYS = 400
const RUNS = 5
const FIRST = '2030-01-07'

export async function measureAvailability(report: (row: Measured) => void): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'allmend-bench-'))
  const preparedImage = join(root, 'out', 'prepared', 'database.tar.gz')
  const core = createCore(testPorts(), { dataFolder: folder, preparedImage, actor: () => 'Bench' })
  try {
    await core.opened
    await core.found('empty', 'Bench')
    const resources = await halls(core)
    const period = {
      resources,
      from: FIRST,
      until: addDays(FIRST, DAYS - 1),
      weekdays: [1, 2, 3, 4, 5, 6, 7],
      opens: '08:00',
      closes: '22:00',
      step: 30 as const,
      places: 1,
      mostPerBooking: 0,
      byStaff: false,
      together: false,
      except: [],
    }
    const preview = (rule: string | null, closes: string) => () =>
      core.query({
        name: 'availability.preview',
        args: { rule, periods: [{ ...period, closes }] },
      })
    report(await timed('preview of 8,000 dates in 20 empty halls', 1000, preview(null, '22:00')))
    const rule = idOf('bench rule')
    const began = performance.now()
    const parts = partsOfPeriod(period, DAYS)
    for (const [index, own] of parts.entries()) {
      await give(core, 'availability.add', {
        rule,
        ...period,
        resources: own,
        skipOverlapping: true,
        ...(parts.length > 1 ? { part: { number: index + 1, of: parts.length } } : {}),
      })
    }
    report({
      name: 'creating 8,000 dates',
      value: (performance.now() - began) / 1000,
      unit: 's',
      goal: 5,
      note: `in ${parts.length} commands`,
    })
    report(await timed('the same preview, all of it there', 1000, preview(null, '22:00')))
    report(await timed('preview of changing 8,000 dates', 1000, preview(rule, '20:00')))
    report(
      await once('changing 8,000 unused dates', () =>
        give(core, 'availability.change', { rule, periods: [{ ...period, closes: '20:00' }] }),
      ),
    )
    report(
      await timed('the list of periods, 8,000 dates', 100, () =>
        core.query({ name: 'availability.periods', args: { monday: FIRST } }),
      ),
    )
  } finally {
    await core.close()
    await rm(folder, { recursive: true, force: true })
  }
}

async function halls(core: Core): Promise<string[]> {
  const ids: string[] = []
  for (let index = 0; index < HALLS; index++) {
    const { resource } = await give(core, 'resource.add', {
      key: `hall-${index}`,
      name: `Halle ${index + 1}`,
      group: '',
      kind: 'hall',
      parent: null,
      sharesSpace: false,
      capacity: null,
      features: [],
      color: 0,
      position: index,
    })
    ids.push(resource)
  }
  return ids
}

let given = 0
async function give<N extends CommandName>(
  core: Core,
  name: N,
  args: ArgsOf<N>,
): Promise<{ resource: string }> {
  given += 1
  const outcome = await core.dispatch({ id: idOf(`bench ${given}`), name, args } as never)
  if (outcome.status !== 'accepted') throw new Error(`${name}: ${JSON.stringify(outcome)}`)
  return outcome.result as { resource: string }
}

async function once(name: string, work: () => Promise<unknown>): Promise<Measured> {
  const began = performance.now()
  await work()
  return { name, value: (performance.now() - began) / 1000, unit: 's', goal: 5, note: '1 run' }
}

async function timed(name: string, goal: number, work: () => Promise<unknown>): Promise<Measured> {
  const values: number[] = []
  for (let run = 0; run < RUNS; run++) {
    const began = performance.now()
    await work()
    values.push(performance.now() - began)
  }
  return { name, value: median(values), unit: 'ms', goal, note: spread(values) }
}
