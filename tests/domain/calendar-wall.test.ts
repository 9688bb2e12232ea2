/** Wall time: what react-big-calendar is given, so that no zone of any computer can move a booking. */
import { describe, expect, it } from 'vitest'
import { clockTimeAt } from '../../core/domain/time.ts'
import { dayFrame } from '../../renderer/features/calendar/days.ts'
import {
  axisFor,
  fromWall,
  hourOf,
  minuteOnAxis,
  missingRows,
  toWall,
  wallAt,
  wallSpan,
} from '../../renderer/features/calendar/wall.ts'
import { at, ZONE } from './calendar-rows.ts'

const wall = (day: string, time: string) => new Date(`${day}T${time}:00Z`)
const wholeDay = { from: 0, to: 24 }
const axisOf = (day: string, hours = wholeDay) => axisFor([dayFrame(day, ZONE)], hours, ZONE)
const plain = axisOf('2026-06-01')

describe('wall time', () => {
  it.each(['2026-01-15', '2026-03-29', '2026-07-15', '2026-10-25'])(
    'reads as the clock on the wall and leads back to the same instant (%s)',
    (day) => {
      for (const time of ['00:00', '01:30', '03:00', '19:00', '23:30']) {
        expect(toWall(at(day, time), plain)).toEqual(wall(day, time))
        expect(fromWall(wall(day, time), plain)).toBe(at(day, time))
      }
    },
  )

  it('has no instant for a time that the spring change leaves out, and closes that hour', () => {
    expect([
      fromWall(wall('2026-03-29', '02:30'), plain),
      fromWall(wall('2026-03-28', '02:30'), plain),
      missingRows(dayFrame('2026-03-29', ZONE), plain),
      missingRows(dayFrame('2026-06-01', ZONE), plain),
    ]).toEqual([
      null,
      at('2026-03-28', '02:30'),
      [{ start: wall('2026-03-29', '02:00'), end: wall('2026-03-29', '03:00') }],
      [],
    ])
  })
})

describe('the week with the hour that comes twice', () => {
  const SUNDAY = '2026-10-25'
  const axis = axisOf(SUNDAY)
  const HOUR = 3_600_000
  const second = at(SUNDAY, '02:00')
  const row = (instant: number) => minuteOnAxis(toWall(instant, axis), axis) / 60

  it('has 25 rows, two of them for that hour, and every instant leads back to itself', () => {
    const { start } = dayFrame(SUNDAY, ZONE)
    const instants = Array.from({ length: 50 }, (_, half) => start + (half * HOUR) / 2)
    expect(instants.map((each) => fromWall(toWall(each, axis), axis))).toEqual(instants)
    expect(instants.map(row)).toEqual(instants.map((_, half) => half / 2))
    const labels = [0, 1, 2, 3, 4, 24].map((hour) => hourOf(wallAt(SUNDAY, hour * 60, axis), axis))
    expect(labels).toEqual([0, 1, 2, 2, 3, 23])
  })

  it('draws a booking from the first to the second 02:30 an hour long', () => {
    const { start, end } = wallSpan({ start: second - HOUR / 2, end: second + HOUR / 2 }, axis)
    expect([
      minuteOnAxis(start, axis),
      minuteOnAxis(end, axis),
      clockTimeAt(second - HOUR / 2, ZONE),
    ]).toEqual([150, 210, '02:30'])
  })

  it('closes the second one on the days that have it once', () => {
    const saturday = '2026-10-24'
    expect([
      missingRows(dayFrame(saturday, ZONE), axis).map(({ start }) => minuteOnAxis(start, axis)),
      missingRows(dayFrame(SUNDAY, ZONE), axis),
      fromWall(wallAt(saturday, 190, axis), axis),
      row(at(saturday, '02:30')),
      row(at(saturday, '03:00')),
      fromWall(wallAt(saturday, 4 * 60, axis), axis),
    ]).toEqual([[180], [], null, 2.5, 4, at(saturday, '03:00')])
  })

  it('is an ordinary one where that hour is out of sight', () => {
    const evening = axisOf(SUNDAY, { from: 7, to: 23 })
    expect([evening, toWall(at(SUNDAY, '19:00'), evening)]).toEqual([
      { zone: ZONE, doubled: null, scale: 1 },
      wall(SUNDAY, '19:00'),
    ])
  })
})
