/** Holidays: by the law of the canton, by the municipality, and of the schools, as their calendar files tell. */
import { expect, test } from 'vitest'
import { CANTONS, daysOff, holidaysIn } from '../../core/domain/holidays.ts'
import { readSchoolHolidays } from '../../core/domain/school-holidays.ts'
import { holidaysByLaw } from '../../core/holidays/by-law.ts'

const ZONE = 'Europe/Zurich'
const calendar = (...lines: string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n')
const event = (...lines: string[]) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT']

test('Zürich keeps Ascension and not Corpus Christi, Lucerne keeps both', async () => {
  const dates = async (canton: 'ZH' | 'LU') =>
    (await holidaysByLaw(canton, false, '2027-05-01', '2027-06-30', 'de-CH')).map(
      (each) => `${each.from} ${each.name}`,
    )
  expect({ zh: await dates('ZH'), lu: await dates('LU') }).toEqual({
    zh: [
      '2027-05-01 Tag der Arbeit',
      '2027-05-06 Auffahrt',
      '2027-05-16 Pfingstsonntag',
      '2027-05-17 Pfingstmontag',
    ],
    lu: expect.arrayContaining(['2027-05-06 Auffahrt', '2027-05-27 Fronleichnam']),
  })
})

test('days kept by custom only come when they are asked for', async () => {
  const january = (optional: boolean) =>
    holidaysByLaw('ZH', optional, '2027-01-01', '2027-01-31', 'de-CH')
  expect([(await january(false)).length, (await january(true)).length]).toEqual([1, 2])
})

test('every canton has a New Year, in every language by a name', async () => {
  for (const canton of CANTONS) {
    for (const language of ['de-CH', 'fr-CH', 'it-CH', 'en'] as const) {
      const days = await holidaysByLaw(canton, false, '2027-01-01', '2027-01-01', language)
      expect([canton, language, days]).toEqual([
        canton,
        language,
        [{ from: '2027-01-01', until: '2027-01-01', name: expect.stringMatching(/\S/) }],
      ])
    }
  }
})

test('no day is called in German in another language, but for the customs of one place', async () => {
  const local = new Set(['Knabenschiessen', 'Näfelser Fahrt'])
  const left: string[] = []
  for (const canton of CANTONS) {
    const inLanguage = (language: 'de-CH' | 'fr-CH' | 'it-CH' | 'en') =>
      holidaysByLaw(canton, true, '2027-01-01', '2027-12-31', language)
    const german = new Set((await inLanguage('de-CH')).map(({ name }) => name))
    for (const language of ['fr-CH', 'it-CH', 'en'] as const) {
      const same = (await inLanguage(language)).filter(({ name }) => german.has(name))
      left.push(...same.map(({ name }) => name).filter((name) => !local.has(name)))
    }
  }
  expect(left).toEqual([])
})

test('a range meets stretches that begin before it and end after it', () => {
  const settings = {
    canton: null,
    optional: false,
    own: [{ from: '2027-09-13', until: '2027-09-13', name: 'Kilbi' }],
    school: [{ from: '2027-07-19', until: '2027-08-21', name: 'Sommerferien' }],
  }
  const july = holidaysIn(settings, [], '2027-07-30', '2027-08-02')
  expect({
    july,
    days: daysOff(july, ['school'], '2027-07-30', '2027-08-02'),
    others: daysOff(july, ['public', 'own'], '2027-07-30', '2027-08-02'),
    september: holidaysIn(settings, [], '2027-09-13', '2027-09-13').map((each) => each.name),
  }).toEqual({
    july: [{ from: '2027-07-19', until: '2027-08-21', name: 'Sommerferien', kind: 'school' }],
    days: ['2027-07-30', '2027-07-31', '2027-08-01', '2027-08-02'],
    others: [],
    september: ['Kilbi'],
  })
})

test('a file of the schools is read: whole days, times, folded lines, escapes, an alarm inside', () => {
  const text = calendar(
    ...event(
      'DTSTART;VALUE=DATE:20270719',
      'DTEND;VALUE=DATE:20270822',
      'SUMMARY:Sommer',
      ' ferien',
    ),
    ...event(
      'DTSTART:20271009T220000Z',
      'DTEND:20271024T220000Z',
      'BEGIN:VALARM',
      'SUMMARY:Erinnerung',
      'END:VALARM',
      'SUMMARY:Herbst\\, zwei Wochen',
    ),
    ...event(
      'DTSTART;TZID=Europe/Zurich:20271224T120000',
      'DTEND;TZID=Europe/Zurich:20280102T180000',
    ),
    ...event('DTSTART;VALUE=DATE:20280207', 'DURATION:P2W', 'SUMMARY;LANGUAGE="de:CH":Sportferien'),
  )
  expect(readSchoolHolidays(text, ZONE)).toEqual({
    ok: true,
    skipped: 0,
    days: [
      { from: '2027-07-19', until: '2027-08-21', name: 'Sommerferien' },
      { from: '2027-10-10', until: '2027-10-24', name: 'Herbst, zwei Wochen' },
      { from: '2027-12-24', until: '2028-01-02', name: '2027-12-24' },
      { from: '2028-02-07', until: '2028-02-20', name: 'Sportferien' },
    ],
  })
})

test('what cannot be meant is skipped and counted, the rest is taken', () => {
  const text = calendar(
    ...event('DTSTART;VALUE=DATE:20270231', 'SUMMARY:31. Februar'),
    ...event('DTSTART;VALUE=DATE:20270510', 'DTEND;VALUE=DATE:20270501', 'SUMMARY:rückwärts'),
    ...event('DTSTART;VALUE=DATE:20270101', 'RRULE:FREQ=YEARLY', 'SUMMARY:jedes Jahr'),
    ...event('DTSTART;VALUE=DATE:20270103', 'STATUS:CANCELLED', 'SUMMARY:abgesagt'),
    ...event('SUMMARY:ohne Datum'),
    ...event('DTSTART;VALUE=DATE:20270426', 'DTEND;VALUE=DATE:20270508', 'SUMMARY:Frühling'),
  )
  expect(readSchoolHolidays(text, ZONE)).toEqual({
    ok: true,
    skipped: 5,
    days: [{ from: '2027-04-26', until: '2027-05-07', name: 'Frühling' }],
  })
})

test('a wrong file is told apart: another kind, empty, too large', () => {
  const problems = [
    'PK\u0003\u0004 a spreadsheet',
    '',
    '<html><body>404</body></html>',
    calendar(),
    `BEGIN:VCALENDAR\n${'X'.repeat(1_000_001)}`,
    'BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART',
  ].map((text) => readSchoolHolidays(text, ZONE))
  expect(problems.map((each) => (each.ok ? 'read' : each.problem))).toEqual([
    'not-a-calendar',
    'not-a-calendar',
    'not-a-calendar',
    'nothing-in-it',
    'too-large',
    'nothing-in-it',
  ])
})
