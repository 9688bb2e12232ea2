import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PreconditionFailed } from '../../core/domain/failure.ts'
import { HOUR_US, MINUTE_US, microsOf } from '../../core/domain/micros.ts'
import { countFree, findSpot, placesOf, repacked } from '../../core/domain/places.ts'
import { RASTERS } from '../../core/domain/raster.ts'
import {
  availabilityPartitions,
  normalizedSlots,
  partitionsOf,
  percentFree,
} from '../../core/domain/share.ts'
import { type AllocationShape, allSlots, countSlots, isFree } from '../../core/domain/slots.ts'
import { localise } from '../../core/domain/zone.ts'

const at = (text: string) => localise(microsOf(text), 'Europe/Zurich')

function open(start: string, end: string, raster = 15): AllocationShape {
  const shape = { raster, partlyAvailable: true, timezone: 'Europe/Zurich' }
  return { ...shape, start: at(start), end: at(end) - 1 }
}

const shapes = fc
  .record({
    day: fc.integer({ min: 0, max: 400 }),
    hour: fc.integer({ min: 0, max: 20 }),
    hours: fc.integer({ min: 1, max: 8 }),
    raster: fc.constantFrom(...RASTERS),
  })
  .map(({ day, hour, hours, raster }): AllocationShape => {
    const start = Date.UTC(2026, 0, 1 + day, hour) * 1000
    const end = start + hours * HOUR_US - 1
    return { start, end, raster, partlyAvailable: true, timezone: 'UTC' }
  })

describe('what is left of an allocation', () => {
  it('adds up to a hundred percent in partitions, whatever is taken', () => {
    fc.assert(
      fc.property(shapes, fc.array(fc.nat(100)), (shape, picks) => {
        const slots = allSlots(shape)
        const taken = new Set(picks.map((pick) => slots[pick % slots.length]?.start ?? 0))
        const partitions = availabilityPartitions(shape, taken)
        const total = partitions.reduce((sum, [percent]) => sum + percent, 0)
        expect(total).toBeCloseTo(100, 9)
        const neighbours = partitions
          .slice(1)
          .map(([, flag], index) => flag !== partitions[index]?.[1])
        expect(neighbours.every(Boolean)).toBe(true)
      }),
    )
  })

  it('counts as many steps as it lists', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        expect(countSlots(shape)).toBe(allSlots(shape).length)
      }),
    )
  })

  it('shrinks the whole for blockers, and the rest for reservations', () => {
    expect([
      percentFree(8, 2, 0),
      percentFree(8, 0, 4),
      percentFree(8, 2, 4),
      percentFree(8, 0, 8),
    ]).toEqual([75, 100, 50, 0])
  })

  it('is one single slot where it cannot be taken in parts', () => {
    const whole = { ...open('2026-06-01T08:00', '2026-06-01T12:00'), partlyAvailable: false }
    expect(allSlots(whole, at('2026-06-01T09:00'), at('2026-06-01T10:00'))).toEqual([
      { start: whole.start, end: whole.end },
    ])
  })

  it('has no answer for times outside of it', () => {
    const shape = open('2026-06-01T08:00', '2026-06-01T12:00')
    expect(() => isFree(shape, new Set(), at('2026-06-01T14:00'), at('2026-06-01T15:00'))).toThrow(
      PreconditionFailed,
    )
  })

  it('has no partitions without steps', () => {
    expect(() => partitionsOf([])).toThrow(PreconditionFailed)
  })
})

describe('the Sundays on which the clocks change', () => {
  it('fill in the hour that spring leaves out, as taken', () => {
    const day = open('2026-03-29T00:00', '2026-03-30T00:00', 60)
    const slots = normalizedSlots(day)
    expect([slots.length, slots.indexOf(null), availabilityPartitions(day, new Set())]).toEqual([
      24,
      2,
      [
        [(100 / 24) * 2, false],
        [100 / 24, true],
        [expect.closeTo((100 / 24) * 21, 9), false],
      ],
    ])
  })

  it('leave out the hour that autumn has twice, once', () => {
    const day = open('2026-10-25T00:00', '2026-10-26T00:00', 30)
    expect([allSlots(day).length, normalizedSlots(day).length]).toEqual([50, 48])
  })

  it('change nothing on any other day', () => {
    const day = open('2026-06-01T00:00', '2026-06-02T00:00', 60)
    expect(normalizedSlots(day)).toEqual(allSlots(day))
  })
})

describe('places', () => {
  const keys = ['master', 'one', 'two', 'three']
  const shape = open('2026-06-01T08:00', '2026-06-01T12:00')
  const first = [shape.start, shape.start + HOUR_US] as const
  const row = (resource: string, id: number, taken: readonly number[] = []) => ({
    resource,
    id,
    taken: new Set(taken),
  })

  it('are filled first to last, made up ones after those that exist', () => {
    const places = placesOf(keys, 4, [
      row('master', 1, [shape.start]),
      row('one', 2, [shape.start]),
    ])
    expect([places.map((place) => place.id), findSpot(shape, places, ...first)?.resource]).toEqual([
      [1, 2, null, null],
      'two',
    ])
  })

  it('never put two halves together', () => {
    const later = shape.start + 30 * MINUTE_US
    const places = placesOf(keys, 2, [row('master', 1, [shape.start]), row('one', 2, [later])])
    expect(countFree(shape, places, ...first)).toBe(0)
  })

  it('move forward into the gaps when the quota shrinks', () => {
    const seven = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
    expect([...repacked(seven, new Set(['c', 'd', 'f']))]).toEqual([
      ['a', 'a'],
      ['b', 'b'],
      ['e', 'c'],
      ['g', 'd'],
    ])
  })
})
