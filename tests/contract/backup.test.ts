import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Core, createCore } from '../../core/core.ts'
import { hall, idOf } from '../harness/authority.ts'
import { preparedForTests } from '../harness/kinds.ts'
import { testPorts } from '../harness/ports.ts'

const HOUR = 3_600_000
const MORNING = Date.parse('2030-01-01T08:00:00Z')

describe('backups', () => {
  let folder: string
  let data: string
  let prepared: string
  let core: Core
  let now = Date.parse('2029-12-01T10:00:00Z')

  const open = async () => {
    core = createCore(
      { ...testPorts(), clock: { now: () => now } },
      { dataFolder: data, preparedImage: prepared, actor: () => 'Frau Egli' },
    )
    await core.opened
  }
  const give = (id: string, name: string, args: unknown) =>
    core.dispatch({ id: idOf(id), name, args } as Parameters<Core['dispatch']>[0])
  const book = (title: string, day: number) =>
    give(`command ${title}`, 'reservation.book', {
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
  const shown = async () => {
    const rows = await core.query({
      name: 'calendar.range',
      args: { start: MORNING - 24 * HOUR, end: MORNING + 400 * 24 * HOUR },
    })
    return rows.booked.map((one) => `${one.number} ${one.title}`)
  }

  beforeAll(async () => {
    prepared = await preparedForTests()
  })
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'allmend-backup-'))
    data = join(folder, 'data')
    now = Date.parse('2029-12-01T10:00:00Z')
    await open()
    await core.found('empty', 'Musterwil')
    await give('hall', 'resource.add', {
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
    })
    await give('availability', 'availability.add', {
      rule: idOf('rule'),
      resources: [hall('aula')],
      from: '2030-01-01',
      until: '2030-12-31',
      weekdays: [1, 2, 3, 4, 5, 6, 7],
      opens: '08:00',
      closes: '22:00',
      step: 30,
      places: 1,
      mostPerBooking: 0,
      byStaff: false,
      except: [],
      skipOverlapping: false,
    })
  })
  afterEach(async () => {
    await core.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('what was there at the time comes back, with its numbers, and the present is set aside whole', async () => {
    await book('Vorher', 0)
    const [kept] = (await core.backups.now()).backups
    now += HOUR
    await book('Nachher', 1)
    await give('command no', 'reservation.cancel', { token: idOf('Vorher'), reason: '' })
    const preview = await core.backups.preview(kept?.file ?? '')
    const status = await core.backups.restore(kept?.file ?? '')
    const after = await shown()
    const number = await book('Danach', 2)
    const aside = status.notices.find((notice) => notice.code === 'restored')?.folder ?? ''
    expect({
      preview,
      phase: status.phase,
      municipality: status.municipality,
      after,
      number: number.status === 'accepted' && number.result,
      aside: (await readdir(aside)).sort(),
    }).toEqual({
      preview: {
        ok: true,
        municipality: 'Musterwil',
        at: Date.parse('2029-12-01T10:00:00Z'),
        changes: 2,
        people: ['Frau Egli'],
      },
      phase: 'ready',
      municipality: 'Musterwil',
      after: ['1000 Vorher'],
      number: { number: 1001 },
      aside: ['database', 'desk.json', 'journal.ndjson'],
    })
  })

  it('a restored desk opens again, and so does the one that was set aside', async () => {
    const [kept] = (await core.backups.now()).backups
    await book('Nachher', 1)
    const status = await core.backups.restore(kept?.file ?? '')
    await core.close()
    await open()
    const restored = await shown()
    await core.close()
    data = status.notices.find((notice) => notice.code === 'restored')?.folder ?? ''
    await open()
    expect({ restored, former: await shown() }).toEqual({ restored: [], former: ['1000 Nachher'] })
  })

  it('bookings that come while a copy is made wait for it, and every copy is whole', async () => {
    const titles = Array.from({ length: 12 }, (_, index) => `Nummer ${index}`)
    const [status, ...results] = await Promise.all([
      core.backups.now(),
      ...titles.map((title, index) => book(title, index)),
    ])
    const all = await shown()
    const preview = await core.backups.preview(status.backups[0]?.file ?? '')
    await core.backups.restore(status.backups[0]?.file ?? '')
    const back = await shown()
    expect({
      accepted: results.every((each) => each.status === 'accepted'),
      all: all.length,
      sum: back.length + (preview.ok ? preview.changes : 0),
    }).toEqual({ accepted: true, all: 12, sum: 12 })
  })

  it('keeps the newest, and touches no other file of the folder', async () => {
    const own = join(folder, 'usb')
    await mkdir(own)
    await writeFile(join(own, 'photo.jpg'), 'x')
    await core.backups.set({ folder: own, keep: 2 })
    for (let time = 0; time < 4; time++) {
      now += HOUR
      await core.backups.now()
    }
    const { backups, folder: where, own: chosen } = await core.backups.status()
    expect({
      times: backups.map((each) => (now - each.at) / HOUR),
      where,
      chosen,
      files: (await readdir(own)).length,
    }).toEqual({
      times: [0, 1],
      where: own,
      chosen: true,
      files: 3,
    })
  })

  it('a folder that is not there is not taken, and what is no backup changes nothing', async () => {
    const refused = await core.backups.set({ folder: join(folder, 'nirgends'), keep: 3 })
    await core.backups.now()
    const damaged = 'allmend-2029-11-30T020000Z.tar.gz'
    await writeFile(join(data, 'backups', damaged), 'not a backup at all')
    await book('Bleibt', 0)
    const previews = [
      await core.backups.preview(damaged),
      await core.backups.preview('../../etc/passwd'),
    ]
    await expect(core.backups.restore(damaged)).rejects.toThrow('not-a-backup')
    expect({
      refused: [refused.problem?.code, refused.own, refused.keep],
      previews,
      shown: await shown(),
      phase: core.status().phase,
    }).toEqual({
      refused: ['no-folder', false, 14],
      previews: [
        { ok: false, problem: { code: 'not-a-backup', detail: '' } },
        { ok: false, problem: { code: 'not-a-backup', detail: '' } },
      ],
      shown: ['1000 Bleibt'],
      phase: 'ready',
    })
  })
})
