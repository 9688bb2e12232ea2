/** Where the keys lead in the grid, and how a place is written as an address. */
import { describe, expect, it } from 'vitest'
import type { DayCursor, Key, WeekCursor } from '../../renderer/features/calendar/cursor.ts'
import {
  columnsAt,
  moveInDay,
  moveInWeek,
  spanAt,
} from '../../renderer/features/calendar/cursor.ts'
import { layoutDay } from '../../renderer/features/calendar/dayLayout.ts'
import {
  dayCountOf,
  firstDayOf,
  parsePlace,
  routeOf,
  spanOf,
  turned,
} from '../../renderer/features/calendar/place.ts'
import { layoutWeek } from '../../renderer/features/calendar/weekLayout.ts'
import { at, booked, free, hall, ZONE } from './calendar-rows.ts'

const MONDAY = '2027-06-07'
const halls = [
  hall('aula', { group: 'School', position: 1 }),
  hall('room', { group: 'Town hall', position: 2 }),
]
const rows = {
  free: [
    free('aula', [MONDAY, '08:00', '22:00']),
    free('room', [MONDAY, '08:00', '18:00'], { step: 15 }),
  ],
  booked: [
    booked('aula', 'one', [MONDAY, '09:00', '10:00']),
    booked('aula', 'two', [MONDAY, '10:00', '11:00']),
  ],
  blocked: [],
}
const key = (name: string, more: Partial<Key> = {}): Key => ({
  key: name,
  shift: false,
  ctrl: false,
  ...more,
})

describe('the keys of the week', () => {
  const layout = layoutWeek(halls, rows, MONDAY, ZONE, 'M')
  const start: WeekCursor = { row: 1, column: 0, bar: null, to: null }
  const go = (from: WeekCursor, ...keys: readonly Key[]) =>
    keys.reduce<WeekCursor>((at, each) => moveInWeek(layout, at, each)?.cursor ?? at, from)

  it('skip the headings of groups and stop at the last hall', () => {
    expect(go(start, key('ArrowDown'), key('ArrowDown')).row).toBe(3)
  })

  it('lead from the last day into the next week', () => {
    expect(moveInWeek(layout, { ...start, column: 6 }, key('ArrowRight'))).toEqual({
      cursor: { row: 1, column: 0, bar: null, to: null },
      turn: 1,
    })
  })

  it('reach the name of the hall and no further', () => {
    expect(go(start, key('ArrowLeft'), key('ArrowLeft')).column).toBe(-1)
  })

  it('go through the bookings of a cell, and out of the grid after the last', () => {
    const second = go(start, key('Tab'), key('Tab'))
    expect([second.bar, moveInWeek(layout, second, key('Tab'))]).toEqual([1, null])
  })

  it('cover more days with Shift, and no more than there are', () => {
    const wider = key('ArrowRight', { shift: true })
    const covered = go({ ...start, column: 5 }, wider, wider, wider)
    expect([covered.to, columnsAt(covered), go(covered, key('Escape')).to]).toEqual([
      6,
      { first: 5, last: 6 },
      null,
    ])
  })

  it('leave the browser its own keys', () => {
    expect(moveInWeek(layout, start, key('F5'))).toBeNull()
  })
})

describe('the keys of the day', () => {
  const layout = layoutDay(halls, rows, MONDAY, ZONE, 'M')
  const start: DayCursor = { row: 1, head: false, at: at(MONDAY, '12:00'), to: null, bar: null }
  const go = (from: DayCursor, ...keys: readonly Key[]) =>
    keys.reduce<DayCursor>((at, each) => moveInDay(layout, at, each)?.cursor ?? at, from)
  const right = key('ArrowRight')

  it('move by the step of the hall', () => {
    const aula = go(start, right)
    const room = go(start, key('ArrowDown'), right)
    expect([aula.at, room.at]).toEqual([at(MONDAY, '12:30'), at(MONDAY, '12:15')])
  })

  it('cover more steps with Shift, in both directions', () => {
    const wider = { ...right, shift: true }
    const row = layout.rows[1]
    if (row?.kind !== 'hall') throw new Error('no hall')
    const forward = spanAt(row, go(start, wider, wider))
    const back = spanAt(row, go(start, key('ArrowLeft', { shift: true })))
    expect([forward, back]).toEqual([
      { start: at(MONDAY, '12:00'), end: at(MONDAY, '13:30') },
      { start: at(MONDAY, '11:30'), end: at(MONDAY, '12:30') },
    ])
  })

  it('never leave the visible hours', () => {
    const end = go(start, key('End'), right, right)
    expect([end.at, go(end, key('Home'), key('ArrowLeft')).head]).toEqual([
      at(MONDAY, '22:30'),
      true,
    ])
  })
})

describe('a place', () => {
  it.each([
    { view: 'week', day: '2027-06-14', halls: [] },
    { view: 'day', day: '2027-06-14', halls: ['a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'] },
    { view: 'columns', day: '2027-06-14', halls: ['one', 'two'] },
    { view: 'fortnight', day: '2027-06-14', halls: [] },
    { view: 'month', day: '2027-06-14', halls: [] },
    { view: 'year', day: '2027-06-14', halls: ['one', 'two'] },
    { view: 'agenda', day: '2027-06-14', halls: [] },
  ] as const)('is the same after a way through its address', (place) => {
    expect(parsePlace(routeOf(place), '2020-01-01')).toEqual(place)
  })

  it.each(['', 'calendar', 'calendar/timeline/week/2027-02-31', 'settings/halls'])(
    'is this week of all halls where the address says nothing: "%s"',
    (route) => {
      expect(parsePlace(route, MONDAY)).toEqual({ view: 'week', day: MONDAY, halls: [] })
    },
  )

  it('is turned by a whole page, and asks for the real length of its week', () => {
    const place = { view: 'week', day: '2026-03-25', halls: [] } as const
    const { start, end } = spanOf(place, ZONE)
    expect([turned(place, 1).day, (end - start) / 3_600_000]).toEqual(['2026-04-01', 7 * 24 - 1])
  })

  it('of a month begins with its first week, ends with its last, and turns by the calendar', () => {
    const place = { view: 'month', day: '2027-01-31', halls: [] } as const
    expect([
      firstDayOf(place),
      dayCountOf(place),
      dayCountOf({ ...place, day: '2027-02-10' }),
      turned(place, 1).day,
      turned(place, -1).day,
      firstDayOf({ ...place, view: 'agenda' }),
      dayCountOf({ ...place, view: 'agenda' }),
    ]).toEqual(['2026-12-28', 35, 28, '2027-02-28', '2026-12-31', '2027-01-01', 31])
  })
})
