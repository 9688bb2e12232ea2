/** Every command is a sentence in the history, in every language; and routes survive being kept. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import i18next, { type TFunction } from 'i18next'
import { beforeAll, describe, expect, test } from 'vitest'
import { type CommandName, callArgs } from '../../core/commands/calls.ts'
import { type Language, languages } from '../../core/contract.ts'
import { OUTSIDE, type OutsideChange } from '../../core/domain/outside-change.ts'
import { instantAt } from '../../core/domain/time.ts'
import type { HistoryRow, ResourceRow } from '../../core/queries/rows.ts'
import { onDay, screenOf, sectionOf } from '../../renderer/desk/route.ts'
import { formatIn } from '../../renderer/format/format.ts'
import { doneText, rowText } from '../../renderer/format/history.ts'

const zone = 'Europe/Zurich'
const aula = { id: 'aula', name: 'Aula' } as ResourceRow
const at = (time: string) => instantAt('2027-06-12', time, zone)
const booked = {
  token: 't',
  resource: 'aula',
  during: { start: at('19:00'), end: at('23:00') },
  title: 'Jubiläum',
}

const told = [
  {
    count: 40,
    name: 'Stuhl',
    code: null,
    from: 'Keller',
    to: 'Aula',
    title: 'Jubiläum',
    number: 4711,
  },
]
const TRIP = /(?=.*40)(?=.*Stuhl)(?=.*Aula)(?=.*Jubiläum)/

const examples: Readonly<Record<CommandName, readonly [args: unknown, result: unknown, RegExp]>> = {
  'municipality.found': [{ name: 'Musterwil' }, {}, /Musterwil/],
  'publish.target.save': [{ name: 'Website' }, { before: null }, /Website/],
  'publish.target.remove': [{ id: 'w' }, { restore: { name: 'Website' } }, /Website/],
  'holidays.change': [
    { canton: 'ZH', school: [] },
    {},
    /(?=.*[CKck]anton)(?=.*([Ss]chul|scol|school))/,
  ],
  'resource.add': [{ name: 'Aula' }, {}, /Aula/],
  'resource.change': [
    { resource: 'aula', facts: { capacity: 90, color: 3 } },
    { before: { capacity: 120, color: 1 } },
    /Aula.*[Pp]erson.*120 → 90/,
  ],
  'resource.remove': [{ resource: 'aula' }, { restore: { name: 'Alte Aula' } }, /Alte Aula/],
  'availability.add': [
    {
      resources: ['aula'],
      weekdays: [1, 2, 3],
      opens: '08:00',
      closes: '22:00',
      from: '2027-01-01',
      until: '2027-12-31',
    },
    {},
    /(?=.*Aula)(?=.*08:00–22:00)(?=.*31\.12\.2027)/,
  ],
  'availability.remove': [{ rule: 'r' }, {}, /./],
  'availability.change': [{ rule: 'r', periods: [{ resources: ['aula'] }] }, {}, /Aula/],
  'availability.clear': [
    { resources: ['aula'], from: '2027-01-01', until: '2027-12-31' },
    { removed: 12 },
    /(?=.*12)(?=.*Aula)(?=.*31\.12\.2027)/,
  ],
  'availability.restore': [{ parts: [], cleared: { resources: ['aula'] } }, {}, /Aula/],
  'reservation.hold': [booked, {}, /(?=.*Aula)(?=.*19:00)/],
  'reservation.let-go': [{ token: 't' }, {}, /./],
  'reservation.book': [booked, { number: 4711 }, /(?=.*Jubiläum)(?=.*Aula)(?=.*19:00–23:00)/],
  'person.add': [{ card: { name: 'Ruth Meier', organisation: '' } }, {}, /Ruth Meier/],
  'person.change': [
    { person: 'p', card: { phones: [] } },
    { before: {}, name: 'Frauenverein' },
    /(?=.*Frauenverein)(?=.*([Tt]ele|[Tt]élé|[Pp]hone))/,
  ],
  'person.remove': [
    { person: 'p' },
    { card: { name: 'Ruth Meier', organisation: '' } },
    /Ruth Meier/,
  ],
  'person.merge': [
    { into: 'p', from: 'q' },
    { name: 'Frauenverein', other: 'Ruth Meier' },
    /(?=.*Frauenverein)(?=.*Ruth Meier)/,
  ],
  'person.split': [
    { into: 'p', from: 'q' },
    { name: 'Frauenverein', other: 'Ruth Meier' },
    /(?=.*Frauenverein)(?=.*Ruth Meier)/,
  ],
  'reservation.request': [
    { ...booked, waiting: false },
    { number: 4712 },
    /(?=.*Jubiläum)(?=.*Aula)(?=.*19:00–23:00)/,
  ],
  'reservation.change': [
    { token: 't', facts: { persons: 12 } },
    { before: { persons: 9 }, title: 'Jubiläum', number: 4711 },
    /(?=.*Jubiläum)(?=.*4711)(?=.*[Pp]erson)/,
  ],
  'request.decide': [
    {
      decisions: [
        { token: 't', as: 'booked' },
        { token: 'u', as: 'denied', reason: 'voll' },
      ],
    },
    {
      decided: [
        { token: 't', as: 'booked', title: 'Jubiläum', number: 4711 },
        { token: 'u', as: 'denied', title: 'Lesung', number: 4712 },
      ],
    },
    /(?=.*Jubiläum)(?=.*4711)(?=.*Lesung)(?=.*voll)/,
  ],
  'reservation.cancel': [
    { token: 't', reason: 'krank' },
    { title: 'Jubiläum', number: 4711 },
    /(?=.*Jubiläum)(?=.*4711)(?=.*krank)/,
  ],
  'reservation.restore': [{ token: 't' }, { title: 'Jubiläum', number: 4711 }, /Jubiläum/],
  'reservation.move': [
    { token: 't' },
    {
      title: 'Jubiläum',
      number: 4711,
      from: { resource: 'aula', start: at('19:00'), end: at('23:00') },
      to: { resource: 'aula', start: at('17:00'), end: at('20:30') },
    },
    /(?=.*Jubiläum \(4711\))(?=.*Aula, .*19:00–23:00 → .*17:00–20:30$)/,
  ],
  'reservation.add': [
    { token: 't' },
    {
      title: 'Jubiläum',
      number: 4711,
      date: { resource: 'aula', start: at('19:00'), end: at('23:00'), places: 1 },
    },
    /(?=.*Jubiläum \(4711\))(?=.*Aula, .*19:00–23:00)/,
  ],
  'reservation.drop': [
    { token: 't', reason: 'krank' },
    {
      title: 'Jubiläum',
      number: 4711,
      date: { resource: 'aula', start: at('19:00'), end: at('23:00'), places: 1 },
    },
    /(?=.*Jubiläum \(4711\))(?=.*Aula, .*19:00–23:00)(?=.*krank)/,
  ],
  'places.change': [
    { resource: 'aula', start: at('08:00'), places: 3 },
    { before: 5 },
    /(?=.*Aula)(?=.*5 → 3)/,
  ],
  'blocker.add': [
    {
      resources: ['aula'],
      during: { start: at('08:00'), end: at('12:00') },
      reason: 'Malerarbeiten',
    },
    {},
    /(?=.*Aula)(?=.*Malerarbeiten)(?=.*08:00–12:00)/,
  ],
  'blocker.remove': [{ token: 't', steps: [] }, { reason: 'Malerarbeiten' }, /Malerarbeiten/],
  'item-type.add': [{ name: 'Stuhl', kind: 'equipment' }, {}, /Stuhl/],
  'item-type.change': [{ facts: { name: 'Stuhl' } }, { before: {}, name: 'Stuhl' }, /Stuhl.*[Nn]/],
  'item-type.remove': [{ type: 'c' }, { restore: { name: 'Stuhl' } }, /Stuhl/],
  'store.add': [{ name: 'Keller', tag: 'store' }, {}, /Keller/],
  'store.change': [{ facts: { tag: 'store' } }, { before: {}, name: 'Keller' }, /Keller/],
  'store.remove': [{ store: 's' }, { restore: { name: 'Keller' } }, /Keller/],
  'piece.arrive': [
    { count: 40, why: 'bought' },
    { operations: [], name: 'Stuhl', place: 'Keller' },
    /(?=.*40)(?=.*Stuhl)(?=.*Keller)/,
  ],
  'piece.depart': [
    { count: 1, why: 'lost' },
    { operations: ['o'], name: 'Schlüssel', place: 'Keller', codes: ['17'], short: [] },
    /(?=.*1)(?=.*Schlüssel 17)(?=.*Keller)/,
  ],
  'material.want': [
    { wants: [] },
    {
      before: [],
      told: [{ number: 4711, title: 'Jubiläum', lines: [{ name: 'Stuhl', quantity: 40 }] }],
    },
    /(?=.*Jubiläum \(4711\))(?=.*40)(?=.*Stuhl)/,
  ],
  'trip.execute': [{}, { told }, TRIP],
  'trip.start': [{}, { told }, TRIP],
  'trip.cancel': [{}, { told, before: [] }, TRIP],
  'trip.bring-back': [{}, { told, before: [], operations: [] }, TRIP],
  'trip.obliviate': [{}, { told, redo: null }, TRIP],
  'trip.record': [{}, { told, operations: [], short: [] }, TRIP],
  'item-type.compose': [
    {},
    { before: {}, name: 'Koffer', told: [{ name: 'Projektor', quantity: 1 }] },
    /(?=.*Koffer)(?=.*1 Projektor)/,
  ],
  'set.pack': [
    {},
    { operations: ['o', 'p'], name: 'Koffer', place: 'Keller' },
    /(?=.*2 Koffer)(?=.*Keller)/,
  ],
  'set.unpack': [
    {},
    { operations: ['o'], name: 'Koffer', place: 'Keller', short: [] },
    /(?=.*1 Koffer)(?=.*Keller)/,
  ],
  'key.hand-out': [
    { until: at('18:00') },
    { operations: [], name: 'Schlüssel', code: '17', who: 'Turnverein' },
    /(?=.*Schlüssel 17)(?=.*Turnverein)(?=.*12\.6\.)/,
  ],
  'key.take-back': [
    {},
    { operations: [], name: 'Schlüssel', code: '17', who: 'Turnverein', planned: null },
    /(?=.*Schlüssel 17)(?=.*Turnverein)/,
  ],
  undo: [{ command: 'c' }, {}, /./],
}

const words = new Map<Language, TFunction<'history'>>()
beforeAll(async () => {
  const instance = i18next.createInstance()
  const read = (language: string) =>
    JSON.parse(
      readFileSync(
        join(import.meta.dirname, `../../renderer/locales/${language}/history.json`),
        'utf8',
      ),
    )
  await instance.init({
    resources: Object.fromEntries(languages.map((each) => [each, { history: read(each) }])),
    interpolation: { escapeValue: false },
  })
  for (const language of languages) words.set(language, instance.getFixedT(language, 'history'))
})

describe.each(languages)('in %s', (language) => {
  test.each(Object.keys(callArgs) as CommandName[])('“%s” is a sentence', (name) => {
    const [args, result, names] = examples[name]
    const t = words.get(language) as TFunction<'history'>
    const text = doneText(t, { name, args, result }, [aula], formatIn(language, zone))
    expect(text).toMatch(names)
    expect(text).toMatch(/^\p{Lu}/u)
    expect(text).not.toMatch(/\{\{|undefined|text\./)
  })
})

const outside: OutsideChange = {
  user: 'website',
  application: 'onegov',
  reservations: { added: 2, changed: 0, removed: 1 },
  periods: { added: 0, changed: 0, removed: 0 },
  closures: { added: 0, changed: 0, removed: 0 },
  from: at('08:00'),
  until: at('08:00') + 3 * 86_400_000,
  halls: ['aula'],
  moreHalls: false,
  tokens: [],
}
const outsideIn = (language: Language, change: OutsideChange) =>
  doneText(
    words.get(language) as TFunction<'history'>,
    { name: OUTSIDE, args: change, result: null },
    [aula],
    formatIn(language, zone),
  )

test('what came from outside is told with its user, its numbers, its days and its halls', () => {
  expect(languages.map((language) => outsideIn(language, outside))).toEqual([
    'Von aussen geändert (Benutzer «website»): 2 Reservationen dazu, 1 Reservation gestrichen, 12.6.2027 bis 15.6.2027, Aula',
    'Modifié de l’extérieur (utilisateur « website ») : 2 réservations ajoutées, 1 réservation supprimée, du 12.6.2027 au 15.6.2027, Aula',
    'Cambiato dall’esterno (utente «website»): 2 riservazioni aggiunte, 1 riservazione eliminata, dal 12.6.2027 al 15.6.2027, Aula',
    'Changed from outside (user “website”): 2 bookings added, 1 booking removed, 12.6.2027 to 15.6.2027, Aula',
  ])
})

test('one thing from outside has its hours, several on a day only the day, and halls may be many or unknown', () => {
  const none = { added: 0, changed: 0, removed: 0 }
  const evening = { ...outside, from: at('19:00'), until: at('23:00') }
  const one = { ...evening, reservations: none, closures: { ...none, added: 1 } }
  const many = Array.from({ length: 20 }, (_, hall) => `hall ${hall}`)
  expect(
    [
      one,
      { ...evening, halls: ['aula', 'new'] },
      { ...one, closures: none, periods: { ...none, changed: 3650 }, halls: many, moreHalls: true },
      { ...one, halls: many, from: null, until: null },
    ].map((change) => outsideIn('de-CH', change).replace(/^.*?: /, '')),
  ).toEqual([
    '1 Sperrzeit dazu, Sa 12.6.2027, 19:00–23:00, Aula',
    '2 Reservationen dazu, 1 Reservation gestrichen, Sa 12.6.2027, Aula und Halle ohne Namen',
    `${formatIn('de-CH', zone).number(3650)} Verfügbarkeiten geändert, Sa 12.6.2027, mehr als 20 Hallen`,
    '1 Sperrzeit dazu, 20 Hallen',
  ])
})

test('an undo is told by what it undid', () => {
  const row = (patch: Partial<HistoryRow>): HistoryRow => ({
    command: 'one',
    at: 0,
    actor: '',
    name: 'reservation.book',
    args: booked,
    result: {},
    undoes: null,
    undoneBy: null,
    canUndo: true,
    ...patch,
  })
  const rows = [row({ command: 'two', name: 'undo', args: {}, undoes: 'one' }), row({})]
  const t = words.get('de-CH') as TFunction<'history'>
  expect(rowText(t, rows[0] as HistoryRow, rows, [aula], formatIn('de-CH', zone))).toBe(
    'Rückgängig gemacht: Reserviert: Jubiläum, Aula, Sa 12.6.2027, 19:00–23:00',
  )
})

test('a kept route leads back to its screen, and an unknown one to the calendar', () => {
  expect([
    screenOf('calendar/timeline/day/2027-06-14?halls=a,b'),
    screenOf('settings/halls'),
    sectionOf('settings/about?x'),
    screenOf('nonsense'),
    screenOf(''),
    onDay('calendar/timeline/day/2027-06-14?halls=a,b', '2028-01-02'),
    onDay('calendar', '2028-01-02'),
  ]).toEqual([
    'calendar',
    'settings',
    'about',
    'calendar',
    'calendar',
    'calendar/timeline/day/2028-01-02?halls=a,b',
    'calendar/timeline/week/2028-01-02',
  ])
})
