import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PreconditionFailed, ValueError } from '../../core/domain/failure.ts'
import { MINUTE_US, microsOf, textOf } from '../../core/domain/micros.ts'
import {
  meets,
  RASTERS,
  rasterize,
  rasterizeEnd,
  rasterizeStart,
  steps,
} from '../../core/domain/raster.ts'
import {
  alignToDays,
  alignToWeeks,
  isReservationLength,
  isTooShort,
} from '../../core/domain/whole-day.ts'
import { localise } from '../../core/domain/zone.ts'

const times = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2030, 0) }).map((ms) => ms * 1000)
const zurich = (text: string) => localise(microsOf(text), 'Europe/Zurich')

describe('the raster', () => {
  it('covers what it is given, begins on a step and ends before one', () => {
    fc.assert(
      fc.property(
        times,
        fc.integer({ min: 1, max: 600 }),
        fc.constantFrom(...RASTERS),
        (at, minutes, raster) => {
          const start = at - (at % MINUTE_US)
          const end = start + minutes * MINUTE_US
          const found = rasterize(start, end, raster)
          expect(found.start <= start && found.end >= end - 1).toBe(true)
          expect([found.start, found.end + 1].map((edge) => (edge / MINUTE_US) % raster)).toEqual([
            0, 0,
          ])
        },
      ),
    )
  })

  it('changes nothing that is on the raster already', () => {
    fc.assert(
      fc.property(times, fc.constantFrom(...RASTERS), (at, raster) => {
        const once = rasterize(at, at + 7_200_000_000, raster)
        const whole = rasterize(once.start, rasterizeEnd(once.end + 1, 5), raster)
        expect(whole.start).toBe(once.start)
      }),
    )
  })

  it('keeps the seconds of an end that lies in the first minute of a step, as libres does', () => {
    expect(
      ['12:00', '12:00:30', '12:01', '12:29:59.999999', '12:30:01'].map((time) =>
        textOf(rasterizeEnd(microsOf(`2026-01-01T${time}`), 10)).slice(11),
      ),
    ).toEqual([
      '11:59:59.999999',
      '12:00:29.999999',
      '12:09:59.999999',
      '12:29:59.999999',
      '12:30:00.999999',
    ])
  })

  it('knows only its five steps', () => {
    expect(() => rasterizeStart(0, 7)).toThrow(PreconditionFailed)
  })

  it('cuts a span into steps without gaps', () => {
    fc.assert(
      fc.property(
        times,
        fc.integer({ min: 5, max: 300 }),
        fc.constantFrom(...RASTERS),
        (at, minutes, raster) => {
          const start = at - (at % MINUTE_US)
          const found = steps(start, start + minutes * MINUTE_US, raster)
          const gaps = found.slice(1).map((step, index) => step.start - (found[index]?.end ?? 0))
          expect(gaps.every((gap) => gap === 1)).toBe(true)
        },
      ),
    )
  })

  it('counts touching ends as meeting, from either side', () => {
    const [morning, noon, later] = [
      { start: 0, end: 10 },
      { start: 10, end: 20 },
      { start: 21, end: 30 },
    ]
    expect([meets(morning, noon), meets(noon, morning), meets(noon, later)]).toEqual([
      true,
      true,
      false,
    ])
  })
})

describe('whole days', () => {
  it('last 23 and 25 hours on the Sundays on which the clocks change', () => {
    const hours = (day: string) => {
      const found = alignToDays(zurich(`${day}T09:00`), zurich(`${day}T10:00`), 'Europe/Zurich')
      return (found.end + 1 - found.start) / (60 * MINUTE_US)
    }
    expect(['2026-03-29', '2026-06-01', '2026-10-25'].map(hours)).toEqual([23, 24, 25])
  })

  it('give an end at midnight to the day that it begins', () => {
    const found = alignToDays(
      zurich('2026-06-01T09:00'),
      zurich('2026-06-02T00:00'),
      'Europe/Zurich',
    )
    expect(textOf(found.end)).toBe('2026-06-02T21:59:59.999999')
  })

  it('are refused in reverse', () => {
    expect(() => alignToDays(10, 5, 'UTC')).toThrow(ValueError)
  })

  it('grow to weeks from Monday to Sunday', () => {
    const found = alignToWeeks(
      zurich('2026-06-03T09:00'),
      zurich('2026-06-03T10:00'),
      'Europe/Zurich',
    )
    expect([textOf(found.start), textOf(found.end)]).toEqual([
      '2026-05-31T22:00:00.000000',
      '2026-06-07T21:59:59.999999',
    ])
  })

  it('may be reserved whole, and nothing else of 24 hours or more', () => {
    const valid = (from: string, until: string) =>
      isReservationLength(zurich(from), zurich(until), 'Europe/Zurich')
    expect([
      valid('2017-01-01T00:00', '2017-01-02T00:00'),
      valid('2017-01-01T01:00', '2017-01-02T01:00'),
      valid('2016-10-30T00:00', '2016-10-31T00:00'),
      valid('2017-01-01T00:00', '2017-01-03T00:00'),
      valid('2026-03-29T01:00', '2026-03-30T01:59'),
    ]).toEqual([true, false, true, false, true])
  })

  it('of exactly 24 hours count as too short, because only the seconds beyond days are looked at', () => {
    const short = (from: string, until: string) => isTooShort(zurich(from), zurich(until))
    expect([
      short('2026-04-01T00:00', '2026-04-02T00:00'),
      short('2026-04-01T00:00', '2026-04-01T23:59:59.999999'),
      short('2026-04-01T10:00', '2026-04-01T10:04:59'),
      short('2026-04-01T10:00', '2026-04-01T10:05'),
    ]).toEqual([true, false, true, false])
  })
})
