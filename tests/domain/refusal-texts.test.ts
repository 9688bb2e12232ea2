/** Every way of saying no has its sentence in every language, and the sentence names what stands in the way. */
import type { TFunction } from 'i18next'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Language, languages } from '../../core/contract.ts'
import type { InTheWay, Refusal, RefusalCode, Wish } from '../../core/domain/refusal.ts'
import { instantAt } from '../../core/domain/time.ts'
import { formatIn } from '../../renderer/format/format.ts'
import { refusalText } from '../../renderer/format/refusal.ts'
import { catalogues } from '../harness/catalogues.ts'

const zone = 'Europe/Zurich'
const at = (time: string) => instantAt('2027-06-12', time, zone)
const aula = '11111111-1111-4111-8111-111111111111'
const wish: Wish = { resource: aula, resourceName: 'Aula', start: at('19:00'), end: at('23:00') }
const choir: InTheWay = {
  token: '22222222-2222-4222-8222-222222222222',
  number: 4711,
  title: 'Kirchenchor',
  resource: aula,
  resourceName: 'Aula',
  start: at('18:30'),
  end: at('21:00'),
}
const open = [{ start: at('08:00'), end: at('17:00') }]

/** One example of each code, with what its sentence must name. A new code does not compile without one. */
const examples: { readonly [C in RefusalCode]: readonly [Extract<Refusal, { code: C }>, RegExp] } =
  {
    taken: [
      { code: 'taken', wish, by: [choir], alternatives: [] },
      /(?=.*Aula)(?=.*Kirchenchor)(?=.*18:30–21:00)(?=.*4711)/,
    ],
    held: [
      { code: 'held', wish, who: 'Frau Egli', until: at('09:15'), alternatives: [] },
      /(?=.*Aula)(?=.*19:00–23:00)(?=.*Frau Egli)(?=.*09:15)/,
    ],
    blocked: [
      { code: 'blocked', wish, reason: 'Malerarbeiten', alternatives: [] },
      /Malerarbeiten/,
    ],
    'not-available': [
      { code: 'not-available', wish, open, alternatives: [] },
      /(?=.*Aula)(?=.*08:00–17:00)/,
    ],
    'only-together': [{ code: 'only-together', wish }, /Aula/],
    'only-whole': [
      { code: 'only-whole', wish, whole: { start: at('18:00'), end: at('23:30') } },
      /18:00–23:30/,
    ],
    'too-few-places': [
      { code: 'too-few-places', wish, wanted: 3, free: 2, limit: 0 },
      /(?=.*2)(?=.*3)/,
    ],
    'too-short': [{ code: 'too-short', wish, minutes: 45 }, /45/],
    'too-long': [{ code: 'too-long', wish, hours: 24 }, /24/],
    'end-before-start': [{ code: 'end-before-start' }, /./],
    'bad-email': [{ code: 'bad-email' }, /e-?mail/i],
    overlaps: [
      { code: 'overlaps', resource: aula, resourceName: 'Aula', count: 52, first: open },
      /(?=.*Aula)(?=.*52)(?=.*08:00–17:00)/,
    ],
    'no-dates': [{ code: 'no-dates' }, /./],
    undecided: [{ code: 'undecided', by: [choir], count: 3 }, /(?=.*Kirchenchor)(?=.*3)/],
    'nothing-to-block': [{ code: 'nothing-to-block' }, /./],
    'together-in-steps': [{ code: 'together-in-steps' }, /./],
    gone: [{ code: 'gone', what: 'booking' }, /r[eé]serva|riserva/i],
    'already-cancelled': [
      { code: 'already-cancelled', number: 4711, title: 'Kirchenchor' },
      /(?=.*Kirchenchor)(?=.*4711)/,
    ],
    'last-date': [
      { code: 'last-date', number: 4711, title: 'Kirchenchor' },
      /(?=.*Kirchenchor)(?=.*4711)/,
    ],
    'bad-phone': [{ code: 'bad-phone' }, /./],
    'already-decided': [
      { code: 'already-decided', number: 4711, title: 'Kirchenchor', as: 'waiting' },
      /(?=.*Kirchenchor)(?=.*4711)/,
    ],
    exists: [{ code: 'exists', what: 'resource', name: 'Aula' }, /Aula/],
    'in-use': [
      { code: 'in-use', what: 'resource', name: 'Aula', by: [choir], count: 3 },
      /(?=.*Aula)(?=.*3)(?=.*Kirchenchor)/,
    ],
    'too-few-pieces': [
      {
        code: 'too-few-pieces',
        name: 'Stuhl',
        wanted: 40,
        free: 12,
        start: at('17:00'),
        end: at('23:00'),
        by: [
          {
            token: '22222222-2222-4222-8222-222222222222',
            number: 4711,
            title: 'Kirchenchor',
            quantity: 28,
            start: at('17:00'),
            end: at('23:00'),
          },
        ],
      },
      /(?=.*Stuhl)(?=.*12)(?=.*40)(?=.*28)(?=.*Kirchenchor)/,
    ],
    'too-few-there': [
      { code: 'too-few-there', name: 'Stuhl', place: 'Keller', wanted: 40, there: 12 },
      /(?=.*Stuhl)(?=.*Keller)(?=.*40)(?=.*12)/,
    ],
    'not-booked': [
      { code: 'not-booked', number: 4711, title: 'Kirchenchor' },
      /(?=.*Kirchenchor)(?=.*4711)/,
    ],
    'in-the-past': [{ code: 'in-the-past' }, /./],
    'in-the-future': [{ code: 'in-the-future' }, /./],
    'trip-state': [{ code: 'trip-state', state: 'started' }, /./],
    'not-there': [
      { code: 'not-there', name: 'Stuhl', place: 'Aula', when: 'yet' },
      /(?=.*Stuhl)(?=.*Aula)/,
    ],
    'no-set': [{ code: 'no-set', name: 'Koffer' }, /Koffer/],
    'no-extras': [{ code: 'no-extras', name: 'Koffer' }, /Koffer/],
    'piece-planned': [{ code: 'piece-planned', name: 'Stuhl' }, /Stuhl/],
    'before-arrival': [
      {
        code: 'before-arrival',
        name: 'Stuhl',
        place: 'Aula',
        from: at('17:00'),
        at: at('16:00'),
      },
      /(?=.*Stuhl)(?=.*Aula)(?=.*17:00)(?=.*16:00)/,
    ],
    irreversible: [{ code: 'irreversible' }, /./],
    'happened-since': [{ code: 'happened-since', name: 'Stuhl' }, /Stuhl/],
    'key-out': [
      { code: 'key-out', name: 'Schlüssel 17', place: 'Turnverein', since: at('17:00') },
      /(?=.*Schlüssel 17)(?=.*Turnverein)(?=.*17:00)/,
    ],
    'key-in': [
      { code: 'key-in', name: 'Schlüssel 17', place: 'Kanzlei' },
      /(?=.*Schlüssel 17)(?=.*Kanzlei)/,
    ],
    circle: [{ code: 'circle', name: 'Turnhalle' }, /Turnhalle/],
    'already-undone': [{ code: 'already-undone' }, /./],
    'cannot-undo': [{ code: 'cannot-undo' }, /./],
    withdrawn: [{ code: 'withdrawn' }, /./],
    'rests-on-refused': [{ code: 'rests-on-refused' }, /./],
    outdated: [{ code: 'outdated' }, /./],
    'cut-off': [{ code: 'cut-off' }, /./],
    busy: [{ code: 'busy' }, /./],
    failed: [{ code: 'failed' }, /./],
  }

const words = new Map<Language, TFunction<'refusal'>>()

beforeAll(async () => {
  const instance = await catalogues()
  for (const language of languages) words.set(language, instance.getFixedT(language, 'refusal'))
})

function say(language: Language, refusal: Refusal): string {
  return refusalText(words.get(language) as TFunction<'refusal'>, refusal, formatIn(language, zone))
}

describe.each(languages)('in %s', (language) => {
  test.each(Object.keys(examples) as RefusalCode[])('“%s” is a sentence that names it', (code) => {
    const [refusal, names] = examples[code]
    const text = say(language, refusal)
    expect(text).toMatch(names)
    expect(text, 'a whole sentence').toMatch(/^[«“\p{Lu}].*\.\)?$/u)
    expect(text, 'no key and no open placeholder').not.toMatch(/\{\{|undefined|\b[a-z]+\.[a-z]+\b/)
  })
})

test('a part in the way is named, since the clerk asked for the whole', () => {
  const third = {
    ...choir,
    resource: '33333333-3333-4333-8333-333333333333',
    resourceName: 'Drittel A',
  }
  const text = say('de-CH', { code: 'taken', wish, by: [third, choir], alternatives: [] })
  expect(text).toBe(
    'Aula ist Sa 12.6.2027, 19:00–23:00 schon vergeben: «Kirchenchor», 18:30–21:00 (Nummer 4711). ' +
      'Im Weg steht Drittel A, weil die Fläche geteilt wird. Dazu 1 weitere Reservation.',
  )
})

test('one place too few is told differently from none and from a limit', () => {
  const few = { code: 'too-few-places', wish, wanted: 3 } as const
  expect([
    say('de-CH', { ...few, free: 1, limit: 0 }),
    say('de-CH', { ...few, free: 0, limit: 0 }),
    say('de-CH', { ...few, free: 9, limit: 2 }),
  ]).toEqual([
    'Aula hat Sa 12.6.2027, 19:00–23:00 nur noch 1 freien Platz, gewünscht sind 3.',
    'Aula hat Sa 12.6.2027, 19:00–23:00 keinen freien Platz mehr.',
    'Von Aula darf eine Reservation höchstens 2 Plätze nehmen, gewünscht sind 3.',
  ])
})
