/** The hours of a day on screen, on usual days and on the Sundays when clocks change. */
import { describe, expect, it } from 'vitest'
import {
  atHour,
  clockOf,
  dayFrame,
  minuteOf,
  shareOf,
  visibleHours,
  visibleSpan,
  windowFor,
} from '../../renderer/features/calendar/days.ts'
import { at, ZONE } from './calendar-rows.ts'

const spring = dayFrame('2026-03-29', ZONE)
const autumn = dayFrame('2026-10-25', ZONE)
const whole = { from: 0, to: 24 }

describe('the columns of a day', () => {
  it('are 24 on a usual day', () => {
    const day = dayFrame('2027-06-08', ZONE)
    expect(visibleHours(day, whole).map((mark) => mark.hour)).toEqual([...Array(24).keys()])
  })

  it.each(['2026-03-29', '2027-03-28'])(
    'leave out two o’clock when summer time begins (%s)',
    (day) => {
      const hours = visibleHours(dayFrame(day, ZONE), whole).map((mark) => mark.hour)
      expect(hours).toEqual([0, 1, ...Array.from({ length: 21 }, (_, index) => index + 3)])
    },
  )

  it.each(['2026-10-25', '2027-10-31'])('show two o’clock twice when it ends (%s)', (day) => {
    const hours = visibleHours(dayFrame(day, ZONE), whole).map((mark) => mark.hour)
    expect(hours).toEqual([0, 1, 2, ...Array.from({ length: 22 }, (_, index) => index + 2)])
  })

  it('do not care for the change of clocks where the night is not in sight', () => {
    const evening = { from: 7, to: 23 }
    expect([spring, autumn].map((day) => visibleHours(day, evening).length)).toEqual([16, 16])
  })
})

describe('where a time lies', () => {
  it('is the same share of the afternoon on every Sunday of the year', () => {
    const shares = ['2026-03-22', '2026-03-29', '2026-10-25'].map((day) =>
      shareOf(visibleSpan(dayFrame(day, ZONE), { from: 8, to: 24 }), at(day, '16:00')),
    )
    expect(shares).toEqual([0.5, 0.5, 0.5])
  })

  it('follows real hours on the day of 23 and of 25 hours', () => {
    const share = (day: typeof spring, time: string) =>
      shareOf(visibleSpan(day, whole), at(day.day, time))
    expect([share(spring, '03:00'), share(autumn, '03:00')]).toEqual([2 / 23, 4 / 25])
  })

  it('tells the two readings of 02:30 apart', () => {
    const first = at('2026-10-25', '02:30') - 3_600_000
    expect([
      clockOf(autumn, first),
      clockOf(autumn, at('2026-10-25', '02:30')),
      shareOf(visibleSpan(autumn, whole), first),
    ]).toEqual(['02:30', '02:30', 2.5 / 25])
  })

  it('reads the midnight that ends a day as 24:00', () => {
    expect([clockOf(spring, spring.end), minuteOf(autumn, autumn.end)]).toEqual(['24:00', 1440])
  })

  it('takes the next hour for one that is left out', () => {
    expect(atHour(spring, 2)).toBe(at('2026-03-29', '03:00'))
  })
})

describe('the window of hours', () => {
  const days = [dayFrame('2027-06-07', ZONE), dayFrame('2027-06-08', ZONE)]

  it('is the usual one where nothing needs more', () => {
    const span = { start: at('2027-06-07', '09:00'), end: at('2027-06-07', '22:00') }
    expect(windowFor(days, [span])).toEqual({ from: 7, to: 23 })
  })

  it('reaches to midnight and back to it for a feast that ends the next day', () => {
    const feast = { start: at('2027-06-07', '20:00'), end: at('2027-06-08', '02:30') }
    expect(windowFor(days, [feast])).toEqual({ from: 0, to: 24 })
  })

  it('is whole hours', () => {
    const span = { start: at('2027-06-08', '06:15'), end: at('2027-06-08', '23:15') }
    expect(windowFor(days, [span])).toEqual({ from: 6, to: 24 })
  })

  it('does not care for what lies on other days', () => {
    const span = { start: at('2027-06-09', '02:00'), end: at('2027-06-09', '03:00') }
    expect(windowFor(days, [span])).toEqual({ from: 7, to: 23 })
  })
})
