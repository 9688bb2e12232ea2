import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ICAL from 'ical.js'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { ArgsOf } from '../../core/commands/calls.ts'
import { Press } from '../../core/press/press.ts'
import { printingHere } from '../../core/press/printing.ts'
import { at, Clerk, hall, idOf } from '../harness/authority.ts'
import { eachDatabase } from '../harness/databases.ts'
import { testPorts } from '../harness/ports.ts'

eachDatabase('publishing', (database) => {
  let clerk: Clerk
  let folder: string
  let www: string
  let press: Press
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'allmend-press-'))
    www = join(folder, 'www')
    await mkdir(www)
    clerk = new Clerk(database())
    await clerk.founds()
    await clerk.addHall('aula')
    await clerk.addHall('saal')
    await clerk.open('aula')
    await clerk.open('saal')
    const clock = { now: () => at('2027-06-01', '09:00') }
    press = await Press.open(
      { ...testPorts(), clock },
      database(),
      { dataFolder: folder },
      () => {},
      printingHere,
    )
  })
  afterEach(async () => {
    await press.stop()
    await rm(folder, { recursive: true, force: true })
  })

  const target = (
    more: Partial<ArgsOf<'publish.target.save'>> = {},
  ): ArgsOf<'publish.target.save'> => ({
    id: idOf('website'),
    name: 'Website',
    folder: www,
    halls: null,
    daysBack: 7,
    daysAhead: 60,
    detail: 'title',
    language: 'de-CH',
    automatic: true,
    ...more,
  })
  const save = (more: Partial<ArgsOf<'publish.target.save'>> = {}) =>
    clerk.gives('publish.target.save', target(more))
  const publish = () => press.publish(idOf('website'))
  const text = (name: string) => readFile(join(www, name), 'utf8')
  const events = async (name = 'calendar.ics') =>
    new ICAL.Component(ICAL.parse(await text(name))).getAllSubcomponents('vevent').map((one) => ({
      uid: String(one.getFirstPropertyValue('uid')),
      sequence: Number(one.getFirstPropertyValue('sequence')),
      summary: String(one.getFirstPropertyValue('summary')),
    }))

  it('a target is saved, changed, removed and brought back by undo; two cannot have one name', async () => {
    await save()
    const changed = await clerk.gives(
      'publish.target.save',
      target({ name: 'Internet', detail: 'busy' }),
      idOf('change'),
    )
    const twin = await save({ id: idOf('other'), name: 'internet' })
    await clerk.gives('undo', { command: idOf('change') })
    const back = (await press.targets()).map((each) => `${each.name} ${each.detail}`)
    await clerk.gives('publish.target.remove', { id: idOf('website') }, idOf('remove'))
    const none = await press.targets()
    const gone = await clerk.gives('publish.target.remove', { id: idOf('website') })
    await clerk.gives('undo', { command: idOf('remove') })
    expect({
      changed: changed.status,
      twin: twin.status === 'refused' && twin.refusal,
      back,
      none,
      gone: gone.status === 'refused' && gone.refusal,
      again: await press.targets(),
    }).toEqual({
      changed: 'accepted',
      twin: { code: 'exists', what: 'target', name: 'Internet' },
      back: ['Website title'],
      none: [],
      gone: { code: 'gone', what: 'target' },
      again: [target()],
    })
  })

  it('writes what is booked, with public titles only, and a file that says nothing of people', async () => {
    await save({ detail: 'full' })
    await clerk.books('aula', '2027-06-12', '19:00', '22:00', 'Scheidungsparty', {
      note: 'Zahlt bar und in kleinen Scheinen.',
    })
    await clerk.books('saal', '2027-06-11', '10:00', '11:00', 'Chorprobe', {
      publicTitle: 'Offenes Singen',
    })
    const status = await publish()
    const everything = (await Promise.all((await readdir(www)).map(text))).join('\n')
    expect({
      status,
      names: (await readdir(www)).sort(),
      summaries: (await events()).map((each) => each.summary).sort(),
      leaks: ['Scheidungsparty', 'Chorprobe', 'Meier', '000 01 40', 'Scheinen'].filter((word) =>
        everything.includes(word),
      ),
    }).toEqual({
      status: {
        target: idOf('website'),
        at: at('2027-06-01', '09:00'),
        problem: null,
        waiting: false,
      },
      names: [
        'aula.html',
        'aula.ics',
        'calendar.ics',
        'calendar.json',
        'index.html',
        'saal.html',
        'saal.ics',
      ],
      summaries: ['Offenes Singen', 'belegt'],
      leaks: [],
    })
  })

  it('an event keeps its name and counts its changes, the undone ones too', async () => {
    await save()
    await clerk.books('aula', '2027-06-12', '19:00', '22:00', 'Probe')
    await publish()
    const [first] = await events()
    clerk.now += 60_000
    await clerk.gives(
      'reservation.cancel',
      { token: idOf('booking Probe'), reason: '' },
      idOf('no'),
    )
    await publish()
    const cancelled = await events()
    await clerk.gives('undo', { command: idOf('no') })
    await publish()
    const [again] = await events()
    expect({
      first: first?.sequence,
      cancelled,
      again: again?.sequence,
      same: first?.uid === again?.uid,
    }).toEqual({ first: 0, cancelled: [], again: 2, same: true })
  })

  it('says what has changed since, writes only that, and writes nothing where nothing has', async () => {
    await save()
    await clerk.books('aula', '2027-06-12', '19:00', '22:00', 'Probe')
    await publish()
    const before = (await stat(join(www, 'saal.html'))).mtimeMs
    const calm = await press.preview(target(), 'aula.html')
    await clerk.books('aula', '2027-06-11', '19:00', '22:00', 'Lesung', { publicTitle: 'Lesung' })
    const changed = await press.preview(target(), 'aula.html')
    await publish()
    expect({
      calm: [calm.added, calm.removed, calm.changed, calm.files.filter((each) => each.fresh)],
      changed: [changed.added, changed.removed, changed.changed],
      fresh: changed.files.filter((each) => each.fresh).map((each) => each.path),
      shown: changed.shown.path,
      theVeryFile: changed.shown.text === (await text('aula.html')),
      untouched: (await stat(join(www, 'saal.html'))).mtimeMs === before,
    }).toEqual({
      calm: [0, 0, 0, []],
      changed: [1, 0, 0],
      fresh: ['index.html', 'calendar.ics', 'aula.html', 'aula.ics', 'calendar.json'],
      shown: 'aula.html',
      theVeryFile: true,
      untouched: true,
    })
  })

  it('takes away the files of a hall that is not shown any more, and only its own', async () => {
    await save()
    await publish()
    await writeFile(join(www, 'notes.html'), 'something of the website')
    await save({ halls: [hall('aula')] })
    const { stale } = await press.preview(target({ halls: [hall('aula')] }), '')
    await publish()
    expect({ stale, names: (await readdir(www)).sort() }).toEqual({
      stale: 2,
      names: ['aula.html', 'aula.ics', 'calendar.ics', 'calendar.json', 'index.html', 'notes.html'],
    })
  })

  it('leaves a page of somebody else alone, and says which', async () => {
    await writeFile(join(www, 'index.html'), '<!DOCTYPE html><title>Musterwil</title>')
    await save()
    const status = await publish()
    expect({
      problem: status?.problem,
      waiting: status?.waiting,
      names: await readdir(www),
    }).toEqual({
      problem: { code: 'foreign-file', detail: 'index.html' },
      waiting: true,
      names: ['index.html'],
    })
  })

  it('a folder that is not there is not made; the target waits, and is written when it is back', async () => {
    await rm(www, { recursive: true })
    await save()
    const missing = await publish()
    await writeFile(www, 'a file where a folder should be')
    const file = await publish()
    await rm(www)
    await mkdir(www)
    const back = await publish()
    expect(
      [missing, file, back].map((each) => `${each?.problem?.code} ${each?.waiting} ${each?.at}`),
    ).toEqual([
      'no-folder true null',
      'not-a-folder true null',
      `undefined false ${at('2027-06-01', '09:00')}`,
    ])
  })

  it('what would tell a phone number is not written at all', async () => {
    await save()
    await clerk.books('aula', '2027-06-12', '19:00', '22:00', 'Probe')
    await publish()
    const before = await text('calendar.json')
    await clerk.books('aula', '2027-06-11', '19:00', '22:00', 'Fest', {
      publicTitle: 'Fest, Anmeldung +41 79 000 01 40',
    })
    const status = await publish()
    const preview = await press.preview(target(), '')
    expect({
      problem: status?.problem?.code,
      kinds: [...new Set(preview.leaks.map((each) => each.kind))],
      paths: preview.leaks.map((each) => each.path),
      old: (await text('calendar.json')) === before,
    }).toEqual({
      problem: 'leak',
      kinds: ['phone'],
      paths: ['index.html', 'calendar.ics', 'aula.html', 'aula.ics', 'calendar.json'],
      old: true,
    })
  })

  it('publishes by itself after a change, and remembers it after a restart', async () => {
    await save()
    await save({ id: idOf('manual'), name: 'Von Hand', automatic: false })
    await press.stop()
    let told: () => void = () => {}
    const published = new Promise<void>((resolve) => {
      told = resolve
    })
    const settings = { dataFolder: folder, publishAfterMs: 10 }
    press = await Press.open(testPorts(), database(), settings, () => told())
    press.touched()
    await published
    await press.stop()
    press = await Press.open(testPorts(), database(), settings, () => {})
    expect(await press.status()).toEqual([
      { target: idOf('website'), at: expect.any(Number), problem: null, waiting: false },
      { target: idOf('manual'), at: null, problem: null, waiting: true },
    ])
  })

  it('the thread makes the same files to the byte, and a folder in the way is told through it', async () => {
    await save({ detail: 'full' })
    await clerk.books('aula', '2027-06-12', '19:00', '22:00', 'Probe', { publicTitle: 'Singen' })
    await publish()
    const names = (await readdir(www)).sort()
    const here = await Promise.all(names.map(text))
    const shownHere = await press.preview(target({ detail: 'full' }), 'aula.html')
    await press.stop()
    await rm(www, { recursive: true })
    await mkdir(www)
    const clock = { now: () => at('2027-06-01', '09:00') }
    press = await Press.open(
      { ...testPorts(), clock },
      database(),
      { dataFolder: folder },
      () => {},
    )
    const status = await publish()
    const there = await Promise.all((await readdir(www)).sort().map(text))
    const shown = await press.preview(target({ detail: 'full' }), 'aula.html')
    await rm(www, { recursive: true })
    const missing = await publish()
    expect({
      status: status?.problem,
      same: there.join('') === here.join(''),
      shown,
      missing: missing?.problem?.code,
    }).toEqual({ status: null, same: true, shown: shownHere, missing: 'no-folder' })
  })
})
