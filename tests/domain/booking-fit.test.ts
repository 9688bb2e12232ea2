/** What the panel says about a wish before it is sent: a foretaste that must never promise what the core refuses. */
import { expect, test } from 'vitest'
import { HOUR_MS, instantAt } from '../../core/domain/time.ts'
import type { BookedRow, CalendarRows, FreeRow } from '../../core/queries/rows.ts'
import { fitOf, hallDay, openSpans } from '../../renderer/features/booking/day.ts'

const at = (time: string) => instantAt('2027-06-12', time, 'Europe/Zurich')
const span = (from: string, to: string) => ({ start: at(from), end: at(to) })

const open: FreeRow = {
  resource: 'gym',
  ...span('08:00', '22:00'),
  step: 30,
  places: 1,
  byStaff: false,
}
const booked = (resource: string, from: string, to: string, places = 1): BookedRow => ({
  token: `${resource}-${from}`,
  resource,
  ...span(from, to),
  places,
  state: 'booked',
  title: `${resource} ${from}`,
  publicTitle: '',
  who: '',
  number: 1,
  persons: null,
  held: null,
})
const day = (rows: Partial<CalendarRows>) =>
  hallDay(
    { free: [open], booked: [], blocked: [], ...rows },
    'gym',
    ['third'],
    'own call',
    at('07:00'),
  )

test('a free time is free until the next booking or until the hall closes', () => {
  expect([
    fitOf(day({}), span('18:00', '20:00'), 1),
    fitOf(day({ booked: [booked('gym', '21:00', '22:00')] }), span('18:00', '20:00'), 1),
  ]).toEqual([
    { kind: 'free', until: at('22:00'), widened: null, step: 30 },
    { kind: 'free', until: at('21:00'), widened: null, step: 30 },
  ])
})

test('a time between the steps says what will really be taken', () => {
  expect(fitOf(day({}), span('18:10', '19:20'), 1)).toEqual({
    kind: 'free',
    until: at('22:00'),
    widened: span('18:00', '19:30'),
    step: 30,
  })
})

test('widened to its steps, a wish can meet a booking it did not touch', () => {
  const rows = { booked: [booked('gym', '17:00', '18:30')] }
  expect(fitOf(day(rows), span('18:40', '20:00'), 1).kind).toBe('free')
  expect(fitOf(day(rows), span('18:20', '20:00'), 1).kind).toBe('taken')
})

test('a booked third takes the gym', () => {
  const fit = fitOf(day({ booked: [booked('third', '19:00', '20:00')] }), span('18:00', '20:00'), 1)
  expect(fit).toMatchObject({ kind: 'taken', by: { title: 'third 19:00', elsewhere: true } })
})

test('a request takes nothing', () => {
  const request = { ...booked('gym', '18:00', '20:00'), state: 'request' as const }
  expect(fitOf(day({ booked: [request] }), span('18:00', '20:00'), 1).kind).toBe('free')
})

test('places are counted, not halls', () => {
  const rows = {
    free: [{ ...open, places: 3 }],
    booked: [booked('gym', '08:00', '12:00', 2)],
  }
  expect([1, 2].map((places) => fitOf(day(rows), span('09:00', '10:00'), places).kind)).toEqual([
    'free',
    'taken',
  ])
})

test('outside the open time, over its edge, inside a whole one, and blocked', () => {
  const whole = { ...open, step: null }
  expect([
    fitOf(day({}), span('06:00', '07:00'), 1).kind,
    fitOf(day({}), span('21:00', '23:00'), 1).kind,
    fitOf(day({ free: [whole] }), span('18:00', '20:00'), 1).kind,
    fitOf(day({ free: [whole] }), span('08:00', '22:00'), 1).kind,
    fitOf(
      day({ blocked: [{ resource: 'gym', ...span('18:00', '19:00'), reason: 'Malerarbeiten' }] }),
      span('18:30', '20:00'),
      1,
    ),
  ]).toEqual([
    'closed',
    'closed',
    'whole-only',
    'free',
    { kind: 'blocked', reason: 'Malerarbeiten' },
  ])
})

test('two open times that touch are one to the eye', () => {
  const halves = [
    { ...open, ...span('08:00', '12:00') },
    { ...open, ...span('12:00', '22:00') },
  ]
  expect(openSpans(day({ free: halves }))).toEqual([span('08:00', '22:00')])
  expect(openSpans(day({ free: halves }))[0]?.end).toBe(at('08:00') + 14 * HOUR_MS)
})
