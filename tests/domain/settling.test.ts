/** What is done instead of a wish that came to nothing: the same for the same people, under an id of its own. */
import { expect, test, vi } from 'vitest'
import type { Alternative } from '../../core/domain/refusal.ts'

vi.stubGlobal('window', { desk: { invoke: async () => ({ ok: false }), on: () => () => {} } })
const { instead, onceMore, waitingFor } = await import(
  '../../renderer/features/attention/settle.ts'
)

const person = { id: 'p', name: 'Ruth Meier', organisation: '', phone: '079 000 01 40', email: '' }
const wish = {
  token: 'old',
  resource: 'aula',
  also: ['kitchen'],
  during: { start: 10, end: 20 },
  places: 1,
  title: 'Chor',
  publicTitle: '',
  note: '',
  persons: 30,
  person,
}
const later: Alternative = { resource: 'aula', resourceName: 'Aula', start: 30, end: 40 }
const elsewhere: Alternative = { resource: 'saal', resourceName: 'Saal', start: 10, end: 20 }
const fresh = expect.not.stringMatching(/^old$/)

test('the same hall later keeps the second hall, another hall does without it', () => {
  const book = { name: 'reservation.book', args: wish } as const
  const { also: _, ...alone } = wish
  expect([instead(book, later), instead(book, elsewhere)]).toEqual([
    { name: 'reservation.book', args: { ...wish, token: fresh, during: { start: 30, end: 40 } } },
    { name: 'reservation.book', args: { ...alone, token: fresh, resource: 'saal' } },
  ])
})

test('a date that was to come or to move goes there under its own number', () => {
  const add = { token: 't', resource: 'aula', during: wish.during, places: 2 }
  const move = {
    token: 't',
    from: { resource: 'aula', start: 0 },
    to: { resource: 'aula', start: 10, end: 20 },
  }
  expect([
    instead({ name: 'reservation.add', args: add }, elsewhere),
    instead({ name: 'reservation.move', args: move }, later),
    instead({ name: 'reservation.cancel', args: { token: 't', reason: '' } }, later),
  ]).toEqual([
    { name: 'reservation.add', args: { ...add, resource: 'saal' } },
    {
      name: 'reservation.move',
      args: { ...move, to: { resource: 'aula', start: 30, end: 40 } },
    },
    null,
  ])
})

test('what was only held by somebody is asked for once more, what is taken is not', () => {
  const book = { name: 'reservation.book', args: wish } as const
  const refusedAs = (code: string) => ({ ...book, refusal: { code } as never })
  expect([
    onceMore(refusedAs('held')),
    onceMore(refusedAs('taken')),
    onceMore({ ...book, refusal: null }),
    instead({ ...book, args: { ...wish, evenIfHeld: true } }, later),
  ]).toEqual([
    { ...book, args: { ...wish, token: fresh } },
    null,
    null,
    // Whoever holds that time has not been asked.
    { ...book, args: { ...wish, token: fresh, during: { start: 30, end: 40 } } },
  ])
})

test('only a wish for time can wait, and nobody waits twice', () => {
  expect([
    waitingFor({ name: 'reservation.book', args: wish }),
    waitingFor({ name: 'reservation.request', args: { ...wish, waiting: true } }),
    waitingFor({ name: 'person.add', args: {} }),
  ]).toEqual([
    { name: 'reservation.request', args: { ...wish, token: fresh, waiting: true } },
    null,
    null,
  ])
})
