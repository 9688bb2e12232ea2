/** Wall time: what react-big-calendar is given, so that no zone of any computer can move a booking. */
import { describe, expect, it } from 'vitest'
import { dayFrame } from '../../renderer/features/calendar/days.ts'
import { fromWall, missingHour, toWall, wallSpan } from '../../renderer/features/calendar/wall.ts'
import { at, ZONE } from './calendar-rows.ts'

const wall = (day: string, time: string) => new Date(`${day}T${time}:00Z`)

describe('wall time', () => {
  it.each(['2026-01-15', '2026-03-29', '2026-07-15', '2026-10-25'])(
    'reads as the clock on the wall and leads back to the same instant (%s)',
    (day) => {
      for (const time of ['00:00', '01:30', '03:00', '19:00', '23:30']) {
        expect(toWall(at(day, time), ZONE)).toEqual(wall(day, time))
        expect(fromWall(wall(day, time), ZONE)).toBe(at(day, time))
      }
    },
  )

  it('has no instant for a time that the spring change leaves out', () => {
    expect([
      fromWall(wall('2026-03-29', '02:30'), ZONE),
      fromWall(wall('2026-03-28', '02:30'), ZONE),
    ]).toEqual([null, at('2026-03-28', '02:30')])
  })

  it('closes that hour, and none on other days', () => {
    const missing = ['2026-03-29', '2026-10-25', '2026-06-01'].map((day) =>
      missingHour(dayFrame(day, ZONE)),
    )
    expect(missing).toEqual([
      { start: wall('2026-03-29', '02:00'), end: wall('2026-03-29', '03:00') },
      null,
      null,
    ])
  })

  it('never runs backwards in the hour that comes twice', () => {
    const second = at('2026-10-25', '02:15')
    const first = second - 3_600_000 + 30 * 60_000
    const { start, end } = wallSpan({ start: first, end: second }, ZONE)
    expect([start, end.getTime() - start.getTime()]).toEqual([
      wall('2026-10-25', '02:45'),
      second - first,
    ])
  })
})
