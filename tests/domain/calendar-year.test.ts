/** The year: twelve months of whole weeks, how full a day is in steps, and where the arrows lead. */
import { expect, test } from 'vitest'
import { addDays } from '../../core/domain/time.ts'
import type { YearDay } from '../../core/queries/year-rows.ts'
import { dayCountOf, firstDayOf, turned } from '../../renderer/features/calendar/place.ts'
import { dayAfterKey, layoutYear } from '../../renderer/features/calendar/yearLayout.ts'

const day = (of: string, share: number, facts: Partial<YearDay> = {}): YearDay => ({
  day: of,
  open: 1000,
  taken: share * 1000,
  blocked: 0,
  bookings: 0,
  requests: 0,
  ...facts,
})

test('every day of the year stands once, under its weekday, leap day and both changes of clocks included', () => {
  for (const year of ['2026', '2027', '2028']) {
    const { months } = layoutYear(year, [])
    const days = months.flatMap((month) =>
      month.weeks.flatMap((week) =>
        week.flatMap((cell, column) => (cell ? [{ day: cell.day, column }] : [])),
      ),
    )
    const first = `${year}-01-01`
    const expected = Array.from({ length: year === '2028' ? 366 : 365 }, (_, index) => {
      const own = addDays(first, index)
      return { day: own, column: (new Date(`${own}T12:00:00Z`).getUTCDay() + 6) % 7 }
    })
    expect(days).toEqual(expected)
  }
})

test('a day is closed, free, full or in a quarter between, and knows whether it is blocked', () => {
  const { months, anyOpen } = layoutYear('2027', [
    day('2027-06-01', 0),
    day('2027-06-02', 0.1, { bookings: 2, requests: 1 }),
    day('2027-06-03', 0.25),
    day('2027-06-04', 0.6),
    day('2027-06-05', 0.98),
    day('2027-06-06', 1, { blocked: 600 }),
    day('2027-06-07', 0, { open: 0, bookings: 1 }),
  ])
  const june = months[5]
  const cells = june?.weeks.flat().filter((cell) => cell !== null && cell.day <= '2027-06-08')
  expect({
    anyOpen,
    bookings: june?.bookings,
    heat: cells?.map((cell) => cell?.heat),
    blocked: cells?.map((cell) => cell?.isBlocked),
  }).toEqual({
    anyOpen: true,
    bookings: 3,
    heat: [0, 1, 2, 3, 4, 5, null, null],
    blocked: [false, false, false, false, false, true, false, false],
  })
})

test('arrows go by day and week, pages by month, Home and End to the ends of the year', () => {
  const keys = [
    'ArrowRight',
    'ArrowLeft',
    'ArrowDown',
    'ArrowUp',
    'PageDown',
    'PageUp',
    'Home',
    'End',
    'x',
  ]
  expect(keys.map((key) => dayAfterKey(key, '2027-12-31'))).toEqual([
    '2028-01-01',
    '2027-12-30',
    '2028-01-07',
    '2027-12-24',
    '2028-01-31',
    '2027-11-30',
    '2027-01-01',
    '2027-12-31',
    null,
  ])
})

test('a year is turned as a whole, the leap day to the last of February', () => {
  const place = { view: 'year', day: '2028-02-29', halls: [] } as const
  expect([
    firstDayOf(place),
    dayCountOf(place),
    turned(place, 1).day,
    turned(place, -4).day,
  ]).toEqual(['2028-01-01', 366, '2029-02-28', '2024-02-29'])
})
