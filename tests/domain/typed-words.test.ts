/** What a clerk types for a day or a time, in any language, and what the desk reads in it. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { instantAt } from '../../core/domain/time.ts'
import { checkDraft, titleOf } from '../../renderer/features/booking/check.ts'
import { emptyDraft } from '../../renderer/features/booking/emptyDraft.ts'
import { momentOf } from '../../renderer/features/booking/moment.ts'
import { parseClock } from '../../renderer/format/clockInput.ts'
import { parseDay, whyNoDay } from '../../renderer/format/dayInput.ts'
import { parseDays } from '../../renderer/format/daysInput.ts'
import { formatIn } from '../../renderer/format/format.ts'
import { parseLength } from '../../renderer/format/lengthInput.ts'

const zone = 'Europe/Zurich'
/** A Wednesday. */
const today = '2027-06-09'
const now = instantAt(today, '10:02', zone)

test.each([
  ['18', '18:00'],
  ['18:30', '18:30'],
  ['18.30', '18:30'],
  ['1830', '18:30'],
  ['830', '08:30'],
  ['18h', '18:00'],
  ['18h30', '18:30'],
  ['18 Uhr', '18:00'],
  ['7', '07:00'],
  ['24', '24:00'],
  ['24:30', null],
  ['25', null],
  ['18:60', null],
  ['abends', null],
  ['', null],
])('the time “%s” is read as %s', (typed, expected) => {
  expect(parseClock(typed)).toBe(expected)
})

test.each([
  ['14.6', '2027-06-14'],
  ['14.6.', '2027-06-14'],
  ['14.06.27', '2027-06-14'],
  ['14/6/2028', '2028-06-14'],
  ['2027-12-01', '2027-12-01'],
  ['Sa 12.6.2027', '2027-06-12'],
  ['1.6', '2027-06-01'],
  ['1.3', '2028-03-01'],
  ['29.2', '2028-02-29'],
  ['31.6', null],
  ['heute', '2027-06-09'],
  ['demain', '2027-06-10'],
  ['sa', '2027-06-12'],
  ['samedi', '2027-06-12'],
  ['mi', '2027-06-09'],
  ['mo', '2027-06-14'],
  ['kw 24', '2027-06-14'],
  ['sem 24', '2027-06-14'],
  ['Woche 24', '2027-06-14'],
  ['s24', '2027-06-14'],
  ['sett. 24', '2027-06-14'],
  ['wk 24', '2027-06-14'],
  ['+2w', '2027-06-23'],
  ['-3', '2027-06-06'],
  ['+1m', '2027-07-09'],
  ['-3t', '2027-06-06'],
  ['+3d', '2027-06-12'],
  ['+2s', '2027-06-23'],
  ['+ 2 Wochen', '2027-06-23'],
  ['-1 mois', '2027-05-09'],
  ['+1 anno', '2028-06-09'],
  ['+2 Gabeln', null],
  ['14. Juni', '2027-06-14'],
  ['lun 14 juin 2027', '2027-06-14'],
  ['3 gen', '2028-01-03'],
  ['14 jui', null],
  ['31 avril', null],
  ['après-demain', '2027-06-11'],
  ['dopodomani', '2027-06-11'],
  ['vorgestern', '2027-06-07'],
  ['kw 60', null],
  ['irgendwann', null],
  ['', null],
])('the day “%s” is read as %s', (typed, expected) => {
  expect(parseDay(typed, today)).toBe(expected)
})

describe('date and times together', () => {
  const moment = (date: string, from: string, to: string) => momentOf({ date, from, to }, zone, now)

  test('an end earlier than the start means the next day', () => {
    expect(moment('12.6', '19', '02')).toMatchObject({
      endDay: '2027-06-13',
      during: {
        start: instantAt('2027-06-12', '19:00', zone),
        end: instantAt('2027-06-13', '02:00', zone),
      },
    })
  })

  test('24 is the midnight that ends the day', () => {
    expect(moment('12.6', '19', '24').during?.end).toBe(instantAt('2027-06-13', '00:00', zone))
  })

  test('the hour that spring leaves out is refused, the hour after it is not', () => {
    expect(moment('28.3.2027', '02:30', '05')).toMatchObject({
      during: null,
      errors: { from: 'gap' },
    })
    expect(moment('28.3.2027', '01', '03').during).toEqual({
      start: Date.UTC(2027, 2, 28, 0),
      end: Date.UTC(2027, 2, 28, 1),
    })
  })

  test('the same time twice is no booking', () => {
    expect(moment('12.6', '19', '19').errors).toEqual({ to: 'order' })
  })
})

test('an empty form says of each field what is missing, and nothing of what is optional', () => {
  const ids = { token: crypto.randomUUID(), person: crypto.randomUUID() }
  expect(checkDraft(emptyDraft, zone, now, ids)).toEqual({
    ok: false,
    errors: {
      date: 'date',
      from: 'time',
      to: 'time',
      resource: 'resource',
      name: 'name',
    },
  })
})

test('a booking without a title is called after who reserves; a public title has to be typed', () => {
  const typed = { ...emptyDraft, name: 'Ruth Meier', organisation: 'Frauenverein' }
  expect([
    titleOf(typed),
    titleOf({ ...typed, organisation: ' ' }),
    titleOf({ ...typed, title: ' Jubiläum ' }),
    titleOf({ ...typed, isPublic: true }),
  ]).toEqual(['Frauenverein', 'Ruth Meier', 'Jubiläum', ''])
  const ids = { token: crypto.randomUUID(), person: crypto.randomUUID() }
  const checked = checkDraft({ ...typed, isPublic: true }, zone, now, ids)
  expect(checked.ok || checked.errors.title).toBe('title')
})

test('midnight at the end of an evening reads 24:00, and a night says the day it ends on', () => {
  const format = formatIn('de-CH', zone)
  const at = (day: string, time: string) => instantAt(day, time, zone)
  expect([
    format.span(at('2027-06-12', '19:00'), at('2027-06-13', '00:00')),
    format.span(at('2027-06-12', '19:00'), at('2027-06-13', '02:00')),
    format.weekdays([5, 1, 2, 3, 4]),
    format.weekdays([1, 3]),
  ]).toEqual(['Sa 12.6.2027, 19:00–24:00', 'Sa 12.6.2027, 19:00–So 13.6. 02:00', 'Mo–Fr', 'Mo, Mi'])
})

test.each(['de-CH', 'fr-CH', 'it-CH', 'en'])(
  'every date that the desk gives as an example in %s is one it understands',
  (language) => {
    const file = new URL(`../../renderer/locales/${language}/calendar.json`, import.meta.url)
    const { goTo } = JSON.parse(readFileSync(file, 'utf8')) as { goTo: Record<string, string> }
    const afterColon = /\w\s?: (.*)$/.exec(goTo.unknown ?? '')?.[1] ?? ''
    const examples = [...(goTo.hint ?? '').split(' · '), ...afterColon.split(', ')]
    expect([examples.length, examples.filter((each) => parseDay(each, today) === null)]).toEqual([
      10,
      [],
    ])
  },
)

test.each([
  ['31.6', 'no-such-day'],
  ['2027-02-30', 'no-such-day'],
  ['kw 60', 'no-such-week'],
  ['irgendwann', 'unknown'],
])('“%s” is no day: %s', (typed, why) => {
  expect([parseDay(typed, today), whyNoDay(typed)]).toEqual([null, why])
})

test.each([
  ['juni', '2027-06-09', '2027-06-30', []],
  ['Juli', '2027-07-01', '2027-07-31', []],
  ['sa juni', '2027-06-09', '2027-06-30', [6]],
  ['Samstag im September', '2027-09-01', '2027-09-30', [6]],
  ['sa und so juli', '2027-07-01', '2027-07-31', [6, 7]],
  ['märz', '2028-03-01', '2028-03-31', []],
  ['mars 2028', '2028-03-01', '2028-03-31', []],
  ['dicembre', '2027-12-01', '2027-12-31', []],
  ['kw 24', '2027-06-14', '2027-06-20', []],
  ['14.6', '2027-06-14', '2027-06-14', []],
  ['sa', '2027-06-12', '2027-06-12', []],
  ['2027-06-14', '2027-06-14', '2027-06-14', []],
  ['14.6.-20.6.', '2027-06-14', '2027-06-20', []],
  ['14.–20.6.', '2027-06-14', '2027-06-20', []],
  ['14.6. bis 20.6.', '2027-06-14', '2027-06-20', []],
  ['di 14.6. au 20.7.', '2027-06-14', '2027-07-20', [2]],
] as const)('the days “%s” are %s to %s', (typed, from, until, weekdays) => {
  expect(parseDays(typed, today)).toEqual({ from, until, weekdays })
})

test.each(['', '31.6', 'irgendwann', '20.6.-14.6.', 'sa', '-'])(
  '“%s” is no stretch of days',
  (typed) => {
    const days = parseDays(typed, today)
    expect(days === null || days.from === days.until).toBe(true)
  },
)

test.each([
  ['2', 120],
  ['1,5', 90],
  ['1:30', 90],
  ['1h30', 90],
  ['2 Std', 120],
  ['90 min', 90],
  ['45m', 45],
  ['0', null],
  ['25', null],
  ['lang', null],
  ['', null],
])('the length “%s” is %s minutes', (typed, minutes) => {
  expect(parseLength(typed)).toBe(minutes)
})
