/** Gaps and conflicts: what `[` and `]` jump to, hall after hall; and the layers that hide and change nothing else. */
import { expect, test } from 'vitest'
import { toNotable } from '../../renderer/features/calendar/cursor.ts'
import { layoutDay } from '../../renderer/features/calendar/dayLayout.ts'
import { withoutPrivate } from '../../renderer/features/calendar/layers.ts'
import { layoutWeek } from '../../renderer/features/calendar/weekLayout.ts'
import { at, blocked, booked, free, hall, ZONE } from './calendar-rows.ts'

const MONDAY = '2027-06-07'
const TUESDAY = '2027-06-08'
const halls = [hall('aula', { position: 1 }), hall('saal', { position: 2 })]
const open = (of: string, day: string) => free(of, [day, '08:00', '22:00'])
const rows = {
  free: [open('aula', MONDAY), open('aula', TUESDAY), open('saal', MONDAY), open('saal', TUESDAY)],
  booked: [
    booked('aula', 'Chor', [MONDAY, '09:00', '10:00']),
    booked('aula', 'Lesung', [MONDAY, '12:00', '14:00']),
    booked('aula', 'Fest', [MONDAY, '13:00', '15:00'], { state: 'request' }),
    booked('saal', 'Apéro', [TUESDAY, '17:00', '19:00'], { state: 'request' }),
    booked('saal', 'Hochzeit', [TUESDAY, '18:00', '20:00'], { state: 'request' }),
    booked('saal', 'Yoga', [MONDAY, '08:00', '09:00'], { state: 'request' }),
  ],
  blocked: [blocked('aula', 'Reinigung', [MONDAY, '20:00', '22:00'])],
}

test('in the day: the gap between two bookings, whole, then the request that one of them bars', () => {
  const layout = layoutDay(halls, rows, MONDAY, ZONE, 'M')
  const first = { row: 0, head: false, at: at(MONDAY, '08:00'), to: null, bar: null }
  const gap = toNotable(layout, first, 1)
  const conflict = gap && toNotable(layout, gap.cursor, 1)
  const second = conflict && toNotable(layout, conflict.cursor, 1)
  const none = second && toNotable(layout, second.cursor, 1)
  expect({
    gap,
    conflict,
    second,
    none,
    back: second && toNotable(layout, second.cursor, -1),
  }).toEqual({
    gap: {
      hall: 'aula',
      at: { kind: 'gap', start: at(MONDAY, '10:00'), end: at(MONDAY, '12:00') },
      cursor: { ...first, at: at(MONDAY, '10:00'), to: at(MONDAY, '11:30') },
    },
    conflict: {
      hall: 'aula',
      at: {
        kind: 'conflict',
        start: at(MONDAY, '13:00'),
        end: at(MONDAY, '15:00'),
        titles: ['Fest', 'Lesung'],
      },
      cursor: { ...first, at: at(MONDAY, '13:00') },
    },
    // From the end of Lesung to the blocker is a gap, too; the free morning before Chor is none.
    second: {
      hall: 'aula',
      at: { kind: 'gap', start: at(MONDAY, '14:00'), end: at(MONDAY, '20:00') },
      cursor: { ...first, at: at(MONDAY, '14:00'), to: at(MONDAY, '19:30') },
    },
    none: null,
    back: {
      hall: 'aula',
      at: expect.objectContaining({ kind: 'conflict' }),
      cursor: { ...first, at: at(MONDAY, '13:00') },
    },
  })
})

test('in the week: the next day with a gap or a conflict, on in the hall below; a lone request is none', () => {
  const layout = layoutWeek(halls, rows, MONDAY, ZONE, 'M')
  const start = { row: 0, column: 0, bar: null, to: null }
  const found = toNotable(layout, start, 1)
  expect([found, found && toNotable(layout, found.cursor, -1)?.cursor]).toEqual([
    {
      hall: 'saal',
      at: {
        kind: 'conflict',
        start: at(TUESDAY, '17:00'),
        end: at(TUESDAY, '19:00'),
        titles: ['Apéro', 'Hochzeit'],
      },
      cursor: { row: 1, column: 1, bar: null, to: null },
    },
    { row: 0, column: 0, bar: null, to: null },
  ])
})

test('hidden layers leave the picture, and nothing of what is free', () => {
  const layout = layoutWeek(halls, rows, MONDAY, ZONE, 'L')
  const bare = layoutWeek(halls, rows, MONDAY, ZONE, 'L', { hidden: ['requests', 'blockers'] })
  const monday = ({ rows: [aula] }: typeof layout) =>
    aula?.kind === 'hall' ? aula.cells[0] : undefined
  const day = layoutDay(halls, rows, MONDAY, ZONE, 'L', { hidden: ['requests', 'blockers'] })
  expect({
    lines: monday(bare)?.lines.map((line) => line.title),
    bars: monday(bare)?.bars.map((bar) => bar.kind),
    chips: day.rows.flatMap((row) =>
      row.kind === 'hall' ? row.chips.map((chip) => chip.title) : [],
    ),
    left: monday(bare)?.left,
  }).toEqual({
    lines: ['Chor', 'Lesung'],
    bars: ['booked', 'booked'],
    chips: ['Chor', 'Lesung'],
    left: monday(layout)?.left,
  })
})

test('for the eyes of citizens a booking has its public title or none, and nobody', () => {
  const named = booked('aula', 'Scheidung Muster', [MONDAY, '09:00', '10:00'], {
    who: 'Ruth Meier',
    persons: 2,
  })
  const fair = { ...named, publicTitle: 'Basar' }
  const seen = withoutPrivate({ free: [], booked: [named, fair], blocked: [] }, 'Belegt')
  expect(seen.booked.map(({ title, who, persons }) => ({ title, who, persons }))).toEqual([
    { title: 'Belegt', who: '', persons: null },
    { title: 'Basar', who: '', persons: null },
  ])
})
