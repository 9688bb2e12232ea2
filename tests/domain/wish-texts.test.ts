/**
 * Every command is a sentence while nobody has decided it, in every language, made of its arguments alone; and none of
 * them claims that anything is done.
 */
import { beforeAll, describe, expect, test } from 'vitest'
import { type CommandName, callArgs } from '../../core/commands/calls.ts'
import { type Language, languages, type Told } from '../../core/contract.ts'
import { instantAt } from '../../core/domain/time.ts'
import type { ResourceRow } from '../../core/queries/rows.ts'
import { formatIn } from '../../renderer/format/format.ts'
import { stepText, type WishWords, wishText } from '../../renderer/format/wish.ts'
import { catalogues } from '../harness/catalogues.ts'

const zone = 'Europe/Zurich'
const aula = { id: 'aula', name: 'Aula' } as ResourceRow
const at = (time: string) => instantAt('2027-06-12', time, zone)
const during = { start: at('19:00'), end: at('23:00') }
const wish = { token: 't', resource: 'aula', during, title: 'Jubiläum' }
const JUBILEE = /Jubiläum \(4711\)/
const WHEN = /(?=.*Aula)(?=.*19:00–23:00)/

const examples: Readonly<Record<CommandName, readonly [args: unknown, names: RegExp]>> = {
  'municipality.found': [{ name: 'Musterwil' }, /Musterwil/],
  'publish.target.save': [{ name: 'Website' }, /Website/],
  'publish.target.remove': [{ id: 'w' }, /./],
  'holidays.change': [
    { canton: 'ZH', school: [] },
    /(?=.*[CKck]anton)(?=.*([Ss]chul|scol|school))/,
  ],
  'resource.add': [{ name: 'Aula' }, /Aula/],
  'resource.change': [{ resource: 'aula', facts: { capacity: 90 } }, /Aula.*[Pp]erson/],
  'resource.remove': [{ resource: 'aula' }, /Aula/],
  'availability.add': [
    {
      resources: ['aula'],
      weekdays: [1, 2, 3],
      opens: '08:00',
      closes: '22:00',
      from: '2027-01-01',
      until: '2027-12-31',
    },
    /(?=.*Aula)(?=.*08:00–22:00)(?=.*31\.12\.2027)/,
  ],
  'availability.remove': [{ rule: 'r' }, /./],
  'availability.change': [{ rule: 'r', periods: [{ resources: ['aula'] }] }, /Aula/],
  'availability.clear': [
    { resources: ['aula'], from: '2027-01-01', until: '2027-12-31' },
    /(?=.*Aula)(?=.*31\.12\.2027)/,
  ],
  'availability.restore': [{ parts: [], cleared: { resources: ['aula'] } }, /Aula/],
  'reservation.book': [wish, WHEN],
  'reservation.request': [{ ...wish, waiting: true }, WHEN],
  'reservation.hold': [wish, WHEN],
  'reservation.let-go': [{ token: 't' }, /./],
  'reservation.change': [{ token: 't', facts: { persons: 12 } }, JUBILEE],
  'reservation.cancel': [{ token: 't', reason: 'krank' }, /(?=.*Jubiläum)(?=.*krank)/],
  'reservation.restore': [{ token: 't' }, JUBILEE],
  'reservation.move': [
    { token: 't', from: { resource: 'aula', start: 0 }, to: { resource: 'aula', ...during } },
    /(?=.*Jubiläum)(?=.*Aula)(?=.*19:00–23:00)/,
  ],
  'reservation.add': [{ token: 't', resource: 'aula', during }, /(?=.*Jubiläum)(?=.*Aula)/],
  'reservation.drop': [
    { token: 't', from: { resource: 'aula', start: at('19:00') } },
    /(?=.*Jubiläum)(?=.*Aula)(?=.*19:00)/,
  ],
  'request.decide': [
    {
      decisions: [
        { token: 't', as: 'booked' },
        { token: 'u', as: 'denied', reason: 'voll' },
      ],
    },
    JUBILEE,
  ],
  'places.change': [{ resource: 'aula', start: at('08:00'), places: 3 }, /(?=.*Aula)(?=.*3)/],
  'blocker.add': [{ resources: ['aula'], during, reason: 'Maler' }, /(?=.*Aula)(?=.*Maler)/],
  'blocker.remove': [{ token: 't', steps: [] }, /./],
  'person.add': [{ card: { name: 'Ruth Meier', organisation: '' } }, /Ruth Meier/],
  'person.change': [{ person: 'p', card: { phones: [] } }, /([Tt]ele|[Tt]élé|[Pp]hone)/],
  'person.remove': [{ person: 'p' }, /./],
  'person.merge': [{ into: 'p', from: 'q' }, /./],
  'person.split': [{ into: 'p', from: 'q' }, /./],
  'item-type.add': [{ name: 'Stuhl', kind: 'equipment' }, /Stuhl/],
  'item-type.change': [{ facts: { name: 'Stuhl' } }, /./],
  'item-type.remove': [{ type: 'c' }, /./],
  'item-type.compose': [{ type: 'c', contents: [], extra: false }, /./],
  'set.pack': [{ type: 'c', count: 2 }, /2/],
  'set.unpack': [{ items: ['i', 'j', 'k'] }, /3/],
  'trip.record': [{ type: 'c', count: 4 }, /4/],
  'store.add': [{ name: 'Keller', tag: 'store' }, /Keller/],
  'store.change': [{ facts: { tag: 'store' } }, /./],
  'store.remove': [{ store: 's' }, /./],
  'piece.arrive': [{ count: 40, why: 'bought' }, /40/],
  'piece.depart': [{ count: 1, why: 'lost' }, /1/],
  'material.want': [{ wants: [{ token: 't', lines: [] }] }, JUBILEE],
  'trip.execute': [{}, /./],
  'trip.start': [{}, /./],
  'trip.cancel': [{}, /./],
  'trip.bring-back': [{}, /./],
  'trip.obliviate': [{}, /./],
  'key.hand-out': [{ until: at('18:00') }, /12\.6\./],
  'key.take-back': [{}, /./],
  undo: [{ command: 'c' }, /(?=.*Jubiläum)(?=.*4711)/],
}
const told: Told = {
  bookings: { t: { title: 'Jubiläum', number: 4711 } },
  undoes: {
    name: 'reservation.cancel',
    args: { token: 't', reason: '' },
    result: { title: 'Jubiläum', number: 4711 },
  },
}

const words = new Map<Language, WishWords>()
beforeAll(async () => {
  const instance = await catalogues()
  for (const language of languages) {
    words.set(language, {
      sync: instance.getFixedT(language, 'sync'),
      history: instance.getFixedT(language, 'history'),
    })
  }
})
const wordsOf = (language: Language) => words.get(language) as WishWords

describe.each(languages)('in %s', (language) => {
  test.each(Object.keys(callArgs) as CommandName[])('“%s” is a sentence', (name) => {
    const [args, names] = examples[name]
    const text = wishText(wordsOf(language), { name, args, told }, [aula], formatIn(language, zone))
    expect(text).toMatch(names)
    expect(text).toMatch(/^\p{Lu}/u)
    expect(text).not.toMatch(/\{\{|undefined|wish\./)
  })
})

test('a booking that nobody knows is called one, and never by its id', () => {
  const nobody = { bookings: {}, undoes: null }
  const cancel = { name: 'reservation.cancel', args: { token: 't', reason: '' } } as const
  const format = formatIn('de-CH', zone)
  expect([
    wishText(wordsOf('de-CH'), { ...cancel, told: nobody }, [aula], format),
    wishText(wordsOf('de-CH'), { name: 'undo', args: {}, told: nobody }, [aula], format),
  ]).toEqual(['Absagen: eine Reservation', 'Etwas rückgängig machen'])
})

test('an undo of an undo that nobody has decided has an end', () => {
  const undoes = { name: 'undo', args: {}, result: null } as const
  const undo = { name: 'undo', args: {}, told: { bookings: {}, undoes } } as const
  expect(wishText(wordsOf('de-CH'), undo, [aula], formatIn('de-CH', zone))).toBe(
    'Rückgängig machen: Etwas rückgängig machen',
  )
})

test('what a clerk did is told as done where it was decided, and as a wish where it was noted', () => {
  const step = { name: 'reservation.book', args: wish } as const
  const say = (result: unknown) =>
    stepText(wordsOf('de-CH'), { ...step, result }, [aula], formatIn('de-CH', zone))
  expect([say({ number: 4711 }), say(undefined)]).toEqual([
    'Reserviert: Jubiläum, Aula, Sa 12.6.2027, 19:00–23:00',
    'Reservieren: Jubiläum, Aula, Sa 12.6.2027, 19:00–23:00',
  ])
})
