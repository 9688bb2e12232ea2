import { spawn } from 'node:child_process'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ArgsOf } from '../../core/commands/calls.ts'
import type { DeskEvent } from '../../core/contract.ts'
import { type Core, createCore } from '../../core/core.ts'
import { openJournal } from '../../core/sync/journal.ts'
import { nodeDisk } from '../../core/sync/node-disk.ts'
import { hall, idOf } from '../harness/authority.ts'
import { preparedForTests } from '../harness/kinds.ts'
import { testPorts } from '../harness/ports.ts'

const HOUR = 3_600_000
const MORNING = Date.parse('2030-01-01T08:00:00Z')

const booking = (title: string, day: number): ArgsOf<'reservation.book'> => ({
  token: idOf(title),
  resource: hall('aula'),
  during: { start: MORNING + day * 24 * HOUR, end: MORNING + day * 24 * HOUR + HOUR },
  places: 1,
  title,
  publicTitle: '',
  note: '',
  persons: null,
  person: { id: idOf('person'), name: 'Ruth Meier', organisation: '', phone: '', email: '' },
})

describe('a desk on its own', () => {
  let folder: string
  let prepared: string
  const open: Core[] = []

  const openCore = async () => {
    const core = createCore(testPorts(), {
      dataFolder: folder,
      preparedImage: prepared,
      actor: () => 'Frau Egli',
    })
    open.push(core)
    await core.opened
    return core
  }
  /** A desk with one hall, reservable for two years from 2030 on. */
  const foundedCore = async () => {
    const core = await openCore()
    await core.found('empty', 'Musterwil')
    await core.dispatch({
      id: idOf('hall'),
      name: 'resource.add',
      args: {
        key: 'aula',
        name: 'Aula',
        group: '',
        kind: 'hall',
        parent: null,
        sharesSpace: false,
        capacity: null,
        features: [],
        color: 0,
        position: 0,
      },
    })
    await core.dispatch({
      id: idOf('availability'),
      name: 'availability.add',
      args: {
        rule: idOf('rule'),
        resources: [hall('aula')],
        from: '2030-01-01',
        until: '2031-12-31',
        weekdays: [1, 2, 3, 4, 5, 6, 7],
        opens: '08:00',
        closes: '22:00',
        step: 30,
        places: 1,
        mostPerBooking: 0,
        byStaff: false,
        except: [],
        skipOverlapping: false,
      },
    })
    return core
  }
  const book = (core: Core, title: string, day: number) =>
    core.dispatch({
      id: idOf(`command ${title}`),
      name: 'reservation.book',
      args: booking(title, day),
    })
  const shown = async (core: Core) => {
    const rows = await core.query({
      name: 'calendar.range',
      args: { start: MORNING - 24 * HOUR, end: MORNING + 1000 * 24 * HOUR },
    })
    return rows.booked.map((one) => `${one.number} ${one.title}`)
  }

  const where = async (core: Core, title: string) => {
    const row = await core.query({ name: 'booking.one', args: { token: idOf(title) } })
    return row?.dates
  }

  beforeAll(async () => {
    prepared = await preparedForTests()
  })
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'allmend-core-'))
  })
  afterEach(async () => {
    for (const core of open.splice(0)) await core.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('asks what to found at its first start, and never again', async () => {
    const core = await openCore()
    const first = core.status().phase
    await core.found('empty', 'Musterwil')
    const founded = core.status()
    await core.close()
    const again = (await openCore()).status()
    expect([first, founded.phase, again.phase, again.municipality]).toEqual([
      'first-start',
      'ready',
      'ready',
      'Musterwil',
    ])
  })

  it('keeps what was booked over a restart, and says what changed', async () => {
    const core = await foundedCore()
    const events: DeskEvent[] = []
    core.subscribe((event) => events.push(event))
    await book(core, 'Jubiläum', 3)
    const before = await shown(core)
    await core.close()
    const after = await shown(await openCore())
    const { during, resource } = booking('Jubiläum', 3)
    expect({ before, after, changed: events.filter((event) => event.type === 'changed') }).toEqual({
      before: [expect.stringMatching(/^\d+ Jubiläum$/)],
      after: before,
      changed: [
        {
          type: 'changed',
          changed: {
            ...during,
            resources: [resource],
            queries: [
              'calendar.range',
              'calendar.year',
              'booking.one',
              'hall.find',
              'hold.all',
              'person.find',
              'history.recent',
              'history.actors',
              'request.queue',
              'person.list',
              'person.one',
            ],
          },
        },
      ],
    })
  })

  it('sets a damaged database aside and rebuilds it, with the numbers that were read out', async () => {
    const core = await foundedCore()
    for (const [index, title] of ['Eins', 'Zwei', 'Drei'].entries()) await book(core, title, index)
    await core.dispatch({
      id: idOf('cancel'),
      name: 'reservation.cancel',
      args: { token: idOf('Zwei'), reason: '' },
    })
    const { during, resource } = booking('Drei', 2)
    const day = 24 * HOUR
    await core.dispatch({
      id: idOf('move'),
      name: 'reservation.move',
      args: {
        token: idOf('Drei'),
        from: { resource, start: during.start },
        to: { resource, start: during.start + 7 * day, end: during.end + 7 * day },
      },
    })
    const before = [await shown(core), await where(core, 'Drei')]
    await core.close()
    await rm(join(folder, 'database', 'global'), { recursive: true })
    await writeFile(join(folder, 'database', 'PG_VERSION'), 'broken')

    const rebuilt = await openCore()
    const after = [await shown(rebuilt), await where(rebuilt, 'Drei')]
    await book(rebuilt, 'Vier', 5)
    const numbers = (await shown(rebuilt)).map((line) => line.split(' ')[0])
    const [notice] = rebuilt.status().notices
    const aside = (await readdir(folder)).filter((name) => name.startsWith('broken-'))
    expect({ after, notice, aside: aside.length, unique: new Set(numbers).size }).toEqual({
      after: before,
      notice: {
        code: 'database-set-aside',
        folder: expect.stringContaining('broken-'),
        restored: 8,
        lost: 0,
      },
      aside: 1,
      unique: numbers.length,
    })
  })

  it('decides at the next start what was noted and not decided', async () => {
    const core = await foundedCore()
    await core.close()
    const journal = await openJournal(nodeDisk(), join(folder, 'journal.ndjson'))
    await journal.append({
      kind: 'command',
      id: idOf('noted'),
      seq: 100,
      name: 'reservation.book',
      version: 1,
      args: booking('Vor dem Stromausfall', 4),
      actor: 'Frau Egli',
      issuedAt: MORNING,
    })
    await journal.close()
    const again = await openCore()
    expect([await shown(again), again.status().waiting]).toEqual([
      [expect.stringMatching(/^\d+ Vor dem Stromausfall$/)],
      0,
    ])
  })

  it('lets nobody else into its folder, and says who is in it', async () => {
    await foundedCore()
    const second = await openCore()
    expect([second.status().phase, second.status().problem]).toEqual([
      'failed',
      { code: 'data-locked', detail: expect.stringContaining(String(process.pid)) },
    ])
  })

  it('refuses calls that are not in the contract before they reach the journal', async () => {
    const core = await foundedCore()
    const wrong = { id: idOf('wrong'), name: 'reservation.book', args: { token: 'x' } } as never
    await expect(core.dispatch(wrong)).rejects.toThrow('reservation.book')
    await expect(
      core.query<'resource.all'>({ name: 'no.such', args: {} } as never),
    ).rejects.toThrow('no.such')
    await core.close()
    const journal = await openJournal(nodeDisk(), join(folder, 'journal.ndjson'))
    const ids = journal.entries().map((entry) => entry.id)
    await journal.close()
    expect(ids).not.toContain(idOf('wrong'))
  })

  it('has every booking it confirmed after kill -9', async () => {
    await (await foundedCore()).close()
    const script = new URL('../harness/booking-desk.ts', import.meta.url).pathname
    const child = spawn(process.execPath, ['--import', 'tsx', script, folder, prepared], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let said = ''
    await new Promise<void>((resolve, reject) => {
      child.stdout.on('data', (part: Buffer) => {
        said += part.toString()
        if (said.split('\n').length > 25) child.kill('SIGKILL')
      })
      child.on('close', () => resolve())
      child.on('error', reject)
    })
    const confirmed = said
      .split('\n')
      .slice(0, -1)
      .map((line) => line.split(' ') as [string, string])
    const core = await openCore()
    const rows = await core.query({
      name: 'calendar.range',
      args: { start: MORNING, end: MORNING + 1000 * 24 * HOUR },
    })
    const kept = new Map(rows.booked.map((one) => [one.token, String(one.number)]))
    expect(confirmed.length).toBeGreaterThan(20)
    expect(confirmed.filter(([token, number]) => kept.get(token) !== number)).toEqual([])
  })
})
