/**
 * Publishing, from rows to files: what a parser that did not write them reads in the feeds, a validator in the
 * pages, and the check for what must not get out.
 */
import { HtmlValidate } from 'html-validate'
import ICAL from 'ical.js'
import { describe, expect, test } from 'vitest'
import { languages } from '../../core/domain/language.ts'
import { DETAILS, type PublishTarget } from '../../core/domain/publish-target.ts'
import type { ResourceRow } from '../../core/domain/resource.ts'
import { instantAt } from '../../core/domain/time.ts'
import { publicFiles } from '../../core/publish/files.ts'
import { LeakCheck, type PrivateField } from '../../core/publish/leaks.ts'
import {
  type BookedDate,
  type PublicRows,
  publicCalendar,
} from '../../core/publish/public-calendar.ts'
import { idOf } from '../harness/authority.ts'

const ZONE = 'Europe/Zurich'
const at = (day: string, time: string) => instantAt(day, time, ZONE)
const HOUR = 3_600_000

const hall = (key: string, more: Partial<ResourceRow> = {}): ResourceRow => ({
  id: idOf(key),
  key,
  name: key,
  group: 'Schulhaus <Dorf> & Co',
  kind: 'hall',
  aliases: [],
  step: null,
  parent: null,
  sharesSpace: false,
  capacity: 120,
  features: ['Klavier'],
  color: 0,
  position: 0,
  zone: ZONE,
  ...more,
})
const booked = (
  title: string,
  resource: string,
  start: number,
  end: number,
  more: Partial<BookedDate> = {},
): BookedDate => ({
  token: idOf(title),
  ordinal: 1,
  resource: idOf(resource),
  start,
  end,
  places: 1,
  publicTitle: title,
  persons: 40,
  sequence: 2,
  changedAt: at('2027-01-05', '09:00'),
  ...more,
})
const target = (more: Partial<PublishTarget> = {}): PublishTarget => ({
  id: idOf('website'),
  name: 'Website',
  folder: '/srv/www',
  halls: null,
  daysBack: 7,
  daysAhead: 300,
  detail: 'title',
  language: 'de-CH',
  automatic: true,
  ...more,
})
const rows = (more: Partial<PublicRows> = {}): PublicRows => ({
  municipality: 'Musterwil',
  zone: ZONE,
  halls: [
    hall('Aula Zelgli'),
    hall('Turnhalle'),
    hall('Drittel A', { parent: idOf('Turnhalle'), sharesSpace: true }),
  ],
  booked: [],
  closed: [],
  open: [],
  holidays: [],
  ...more,
})
function filesOf(given: PublicRows, more: Partial<PublishTarget> = {}, today = '2027-03-01') {
  const calendar = publicCalendar(target(more), given, today)
  return new Map(publicFiles(calendar).map(({ path, make }) => [path, make()]))
}
const fileOf = (files: Map<string, string>, path: string) => files.get(path) ?? ''

/** As a calendar program reads it: every event with its times as instants. */
function read(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text))
  const zones = new Map(
    calendar.getAllSubcomponents('vtimezone').map((component) => {
      const zone = new ICAL.Timezone(component)
      return [zone.tzid, zone]
    }),
  )
  const instant = (component: InstanceType<typeof ICAL.Component>, name: string) => {
    const property = component.getFirstProperty(name)
    const time = property?.getFirstValue() as InstanceType<typeof ICAL.Time>
    const zone = zones.get(String(property?.getParameter('tzid') ?? ''))
    if (zone) time.zone = zone
    return time.toJSDate().getTime()
  }
  return calendar.getAllSubcomponents('vevent').map((component) => ({
    uid: String(component.getFirstPropertyValue('uid')),
    sequence: Number(component.getFirstPropertyValue('sequence')),
    summary: String(component.getFirstPropertyValue('summary')),
    location: String(component.getFirstPropertyValue('location')),
    start: instant(component, 'dtstart'),
    end: instant(component, 'dtend'),
  }))
}

describe('the feeds', () => {
  const spring = '2027-03-28'
  const autumn = '2027-10-31'
  const given = rows({
    booked: [
      booked('Vor der Umstellung', 'Aula Zelgli', at(spring, '00:30'), at(spring, '01:30')),
      booked('Über die Umstellung', 'Aula Zelgli', at(spring, '01:00'), at(spring, '04:00')),
      booked('Abend, im Frühling', 'Aula Zelgli', at(spring, '19:00'), at(spring, '22:00')),
      // 02:30 comes twice: both readings, one hour apart.
      booked('Erste Lesung', 'Aula Zelgli', at(autumn, '02:30') - HOUR, at(autumn, '02:45') - HOUR),
      booked('Zweite Lesung', 'Aula Zelgli', at(autumn, '02:30'), at(autumn, '02:45')),
      booked('Lange Nacht', 'Aula Zelgli', at(autumn, '01:00'), at(autumn, '04:00')),
      booked('Winterabend', 'Turnhalle', at('2027-12-24', '18:00'), at('2027-12-25', '00:00')),
    ],
  })

  test('give every program the same instants, over both changes of clocks', () => {
    const files = filesOf(given)
    const wanted = (resource: string | null) =>
      given.booked
        .filter((each) => resource === null || each.resource === idOf(resource))
        .map(({ publicTitle, start, end }) => ({ summary: publicTitle, start, end }))
        .sort((one, other) => one.start - other.start)
    const found = (path: string) =>
      read(fileOf(files, path)).map(({ summary, start, end }) => ({ summary, start, end }))
    expect({ all: found('calendar.ics'), aula: found('aula-zelgli.ics') }).toEqual({
      all: wanted(null),
      aula: wanted('Aula Zelgli'),
    })
  })

  test('keep their lines short, end them as asked, and give the same bytes twice', () => {
    const long = rows({
      booked: [
        booked(
          `Ä${'ü'.repeat(120)}; a, b\nc`,
          'Turnhalle',
          at(spring, '10:00'),
          at(spring, '11:00'),
        ),
      ],
    })
    const text = fileOf(filesOf(long), 'calendar.ics')
    const lines = text.split('\r\n')
    expect({
      longest: Math.max(...lines.map((line) => Buffer.byteLength(line))) <= 75,
      bare: /[^\r]\n/.test(text),
      end: lines.slice(-2),
      again: fileOf(filesOf(long), 'calendar.ics') === text,
      read: read(text).map((each) => each.summary),
    }).toEqual({
      longest: true,
      bare: false,
      end: ['END:VCALENDAR', ''],
      again: true,
      read: [`Ä${'ü'.repeat(120)}; a, b\nc`],
    })
  })

  test('name an event the same wherever it is moved, and say nothing of its token', () => {
    const before = booked('Probe', 'Aula Zelgli', at(spring, '10:00'), at(spring, '11:00'))
    const after = {
      ...before,
      resource: idOf('Turnhalle'),
      start: at(spring, '15:00'),
      sequence: 3,
    }
    const [first] = read(fileOf(filesOf(rows({ booked: [before] })), 'calendar.ics'))
    const text = fileOf(
      filesOf(rows({ booked: [{ ...after, end: at(spring, '16:00') }] })),
      'calendar.ics',
    )
    const [second] = read(text)
    expect({
      uid: first?.uid === second?.uid,
      sequences: [first?.sequence, second?.sequence],
      token: text.includes(before.token),
    }).toEqual({ uid: true, sequences: [2, 3], token: false })
  })

  test('show a hall as taken where a part of it is, and the feed of all shows it once', () => {
    const files = filesOf(
      rows({ booked: [booked('Judo', 'Drittel A', at(spring, '18:00'), at(spring, '20:00'))] }),
    )
    expect(
      ['calendar.ics', 'turnhalle.ics', 'drittel-a.ics', 'aula-zelgli.ics'].map((path) =>
        read(fileOf(files, path)).map((each) => each.summary),
      ),
    ).toEqual([['Judo'], ['belegt mit Drittel A'], ['Judo'], []])
  })
})

describe('how much is shown', () => {
  const day = '2027-04-10'
  const given = rows({
    booked: [
      booked('Lesung für alle', 'Aula Zelgli', at(day, '10:00'), at(day, '11:00')),
      booked('Sitzung', 'Aula Zelgli', at(day, '12:00'), at(day, '13:00'), { publicTitle: '' }),
    ],
    closed: [
      {
        token: idOf('paint'),
        resource: idOf('Aula Zelgli'),
        start: at(day, '14:00'),
        end: at(day, '18:00'),
        reason: 'Malerarbeiten',
        changedAt: at('2027-01-05', '09:00'),
      },
    ],
  })
  const holds = (text: string, words: readonly string[]) =>
    words.filter((word) => text.includes(word))

  test.each(DETAILS)('%s is the same in page, feed and data', (detail) => {
    const files = filesOf(given, { detail })
    const words = ['Lesung für alle', 'Malerarbeiten', '40', 'Klavier', 'Sitzung']
    const shown = {
      busy: [],
      title: ['Lesung für alle', 'Malerarbeiten'],
      full: ['Lesung für alle', 'Malerarbeiten', '40', 'Klavier'],
    }[detail]
    const body = (path: string) => fileOf(files, path).replace(/<style>.*<\/style>/s, '')
    expect({
      page: holds(body('aula-zelgli.html'), words),
      // A feed has no place for persons and equipment.
      feed: holds(body('aula-zelgli.ics').replace(/^(UID|DT|LAST).*$/gm, ''), words.slice(0, 2)),
      none: holds(body('calendar.json') + body('index.html') + body('aula-zelgli.html'), [
        'Sitzung',
      ]),
    }).toEqual({ page: shown, feed: shown.slice(0, 2), none: [] })
  })

  test('only the chosen halls and the days of the range come out', () => {
    const files = filesOf(
      rows({
        booked: [
          booked('Vorbei', 'Aula Zelgli', at('2027-02-20', '10:00'), at('2027-02-20', '11:00')),
          booked('Drin', 'Aula Zelgli', at('2027-03-05', '10:00'), at('2027-03-05', '11:00')),
          booked('Anderswo', 'Turnhalle', at('2027-03-05', '10:00'), at('2027-03-05', '11:00')),
        ],
      }),
      { halls: [idOf('Aula Zelgli')], daysBack: 3, daysAhead: 30 },
    )
    expect({
      names: [...files.keys()],
      elsewhere: [...files.values()].some((text) => text.includes('Anderswo')),
      page: holds(fileOf(files, 'index.html'), ['Vorbei', 'Drin']),
    }).toEqual({
      names: ['index.html', 'calendar.ics', 'aula-zelgli.html', 'aula-zelgli.ics', 'calendar.json'],
      elsewhere: false,
      page: ['Drin'],
    })
  })
})

describe('the pages', () => {
  const busyDay = '2027-05-06'
  const given = rows({
    booked: [
      booked('<b>Fest</b> & "mehr"', 'Aula Zelgli', at(busyDay, '10:00'), at(busyDay, '11:00')),
      booked('Lager', 'Turnhalle', at('2027-05-07', '20:00'), at('2027-05-09', '12:00')),
    ],
    open: [
      {
        resource: idOf('Aula Zelgli'),
        start: at(busyDay, '08:00'),
        end: at(busyDay, '22:00'),
        places: 1,
      },
    ],
    holidays: [{ from: busyDay, until: busyDay, name: 'Auffahrt', kind: 'public' }],
  })

  test.each(languages)('are valid in %s and need no script', async (language) => {
    const validate = new HtmlValidate({
      extends: ['html-validate:recommended', 'html-validate:a11y'],
    })
    const files = filesOf(given, { language, detail: 'full' })
    for (const [path, text] of files) {
      if (!path.endsWith('.html')) continue
      const report = await validate.validateString(text, path)
      const said = report.results.flatMap((each) => each.messages)
      expect(
        said.map(({ ruleId, message, line }) => `${path}:${line} ${ruleId} ${message}`),
      ).toEqual([])
      expect(text).not.toMatch(/<script|<b>Fest|\son\w+="|https?:/)
      expect(text).toContain(`<html lang="${language}">`)
    }
  })

  test('an event over several days stands on each of them with its part', () => {
    const page = fileOf(filesOf(given), 'turnhalle.html')
    const times = [...page.matchAll(/class="time">([^<]+)/g)].map((found) => found[1])
    expect(times).toEqual(['ab 20:00', 'ganzer Tag', 'bis 12:00'])
  })

  test('a month begins on its weekday and names its holiday', () => {
    const page = fileOf(filesOf(given), 'aula-zelgli.html')
    const may = /<h2 id="m2027-05">[\s\S]*?<\/section>/.exec(page)?.[0] ?? ''
    const firstRow = /<tbody>\s*<tr>([\s\S]*?)<\/tr>/.exec(may)?.[1] ?? ''
    expect({
      // 1 May 2027 is a Saturday.
      before: firstRow.match(/class="out empty"/g)?.length,
      holiday: /datetime="2027-05-06"[\s\S]{0,200}Auffahrt/.test(may),
    }).toEqual({ before: 5, holiday: true })
  })
})

describe('the check for leaks', () => {
  const secret: readonly PrivateField[] = [
    { kind: 'phone', text: '079 555 01 40', number: 4711 },
    { kind: 'email', text: 'Ruth.Meier@example.org', number: 4711 },
    { kind: 'name', text: 'Ruth Meier', number: 4711 },
    { kind: 'title', text: 'Scheidungsparty', number: 4711 },
    { kind: 'title', text: 'Probe', number: 4712 },
    { kind: 'note', text: 'Schlüssel liegt beim Hauswart.\nNicht verraten!', number: 4711 },
    { kind: 'name', text: 'Mai', number: 0 },
    { kind: 'name', text: 'Jo', number: 0 },
  ]
  const day = '2027-05-06'
  const given = rows({
    booked: [
      booked('Probe des Musikvereins', 'Aula Zelgli', at(day, '18:00'), at(day, '20:00')),
      booked('Geheim', 'Aula Zelgli', at(day, '20:00'), at(day, '21:00'), { publicTitle: '' }),
    ],
  })
  const calendar = publicCalendar(target({ detail: 'full' }), given, '2027-05-01')
  const check = new LeakCheck(secret, calendar)
  const kinds = (text: string, path = 'x.html') => check.find(path, text).map((each) => each.kind)

  test('finds nothing in what is published, though words of it are private elsewhere', () => {
    expect(publicFiles(calendar).flatMap(({ path, make }) => check.find(path, make()))).toEqual([])
  })

  test.each([
    ['phone', '<p>Tel. +41 79 555 01 40</p>'],
    ['phone', 'DESCRIPTION:0795550140'],
    ['phone', '{"x":"079/555.01.40"}'],
    ['email', '<a href="mailto:x" title="ruth.meier@EXAMPLE.org">x</a>'],
    ['name', '<li>ruth\n <em>MEIER</em></li>'],
    ['name', 'SUMMARY:Ruth Mei\r\n er'],
    ['title', 'SUMMARY:Scheidungsparty'],
    ['title', '<span>Probe</span>'],
    ['note', '"note":"Der Schlüssel liegt beim Hauswart"'],
  ])('finds a %s in %s', (kind, text) => {
    expect(kinds(text)).toContain(kind)
  })

  test('a phone in a public title is found all the same', () => {
    const loud = publicCalendar(
      target(),
      rows({
        booked: [
          booked('Fest, Tel. 079 555 01 40', 'Turnhalle', at(day, '18:00'), at(day, '20:00')),
        ],
      }),
      '2027-05-01',
    )
    const strict = new LeakCheck(secret, loud)
    const found = publicFiles(loud).flatMap(({ path, make }) => strict.find(path, make()))
    expect(found.map(({ path, kind, number }) => `${path} ${kind} ${number}`)).toEqual([
      'index.html phone 4711',
      'calendar.ics phone 4711',
      'turnhalle.html phone 4711',
      'turnhalle.ics phone 4711',
      'calendar.json phone 4711',
    ])
  })

  test('leaves uuids, dates and short words in peace', () => {
    expect(kinds('<time datetime="2027-05-06">6. Mai 2027</time> Jo 18:00–20:00 079')).toEqual([])
  })
})
