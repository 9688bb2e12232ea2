/** The filter of the history: every command has its kind, and an undo that of what it undid. */
import { expect, test } from 'vitest'
import { callArgs } from '../../core/commands/calls.ts'
import type { HistoryRow } from '../../core/queries/rows.ts'
import { kindOf } from '../../renderer/features/history/kinds.ts'

const row = (name: string, more: Partial<HistoryRow> = {}) =>
  ({ command: name, name, undoes: null, ...more }) as HistoryRow

test('every command but undo has a kind', () => {
  const without = Object.keys(callArgs).filter((name) => kindOf(row(name), []) === null)
  expect(without).toEqual(['undo'])
})

test('an undo is of the kind of what it undid, and a redo too', () => {
  const rows = [
    row('person.merge'),
    row('undo', { command: 'one', undoes: 'person.merge' }),
    row('undo', { command: 'two', undoes: 'one' }),
  ]
  expect(rows.map((each) => kindOf(each, rows))).toEqual(['people', 'people', 'people'])
})

test('what came from outside is about bookings where there are any, otherwise about availability', () => {
  const none = { added: 0, changed: 0, removed: 0 }
  const some = { added: 1, changed: 0, removed: 0 }
  const outside = (args: object) => kindOf(row('outside', { args }), [])
  expect([
    outside({ reservations: some, periods: some, closures: none }),
    outside({ reservations: none, periods: some, closures: none }),
    outside({ reservations: none, periods: none, closures: some }),
  ]).toEqual(['bookings', 'availability', 'availability'])
})
