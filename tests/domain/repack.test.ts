/** Repacking against a search of every arrangement, on random bookings. */
import { describe, expect, it } from 'vitest'
import { levelsOf, peakOf, repack, type Unit } from '../../core/domain/repack.ts'
import { overlaps } from '../../core/domain/time.ts'

const unit = (id: number, lane: number, start: number, end: number): Unit => ({
  id,
  lane,
  start,
  end,
})

function fits(units: readonly Unit[], lanes: readonly number[]): boolean {
  return units.every((one, index) =>
    units.every((other, at) => at <= index || lanes[at] !== lanes[index] || !overlaps(one, other)),
  )
}

/** The fewest moves of all arrangements, or null where none fits. */
function fewest(units: readonly Unit[], places: number): number | null {
  let best: number | null = null
  for (let code = 0; code < places ** units.length; code++) {
    const lanes = units.map((_, index) => Math.floor(code / places ** index) % places)
    const moves = units.filter((each, index) => each.lane !== lanes[index]).length
    if ((best === null || moves < best) && fits(units, lanes)) best = moves
  }
  return best
}

describe('repacking', () => {
  it('is possible where libres wants a wholly free place: 8-10, 12-14 on one, 9-11 gone', () => {
    expect(repack([unit(1, 0, 8, 10), unit(2, 1, 12, 14)], 1)).toEqual([{ id: 2, from: 1, to: 0 }])
  })

  it('is not possible where more are taken at once', () => {
    expect(repack([unit(1, 0, 8, 10), unit(2, 1, 9, 11)], 1)).toBeNull()
  })

  it('leaves everybody where they are as far as it can', () => {
    const units = [unit(1, 0, 8, 12), unit(2, 2, 8, 12), unit(3, 4, 8, 10)]
    expect(repack(units, 3)).toEqual([{ id: 3, from: 4, to: 1 }])
  })

  it.each([2, 42, 815, 2027])('needs no more moves than any other way, seed %i', (seed) => {
    let state = seed
    const roll = (sides: number) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      return Math.floor((state / 2 ** 32) * sides)
    }
    for (let round = 0; round < 150; round++) {
      const from = 2 + roll(4)
      const ends = new Array<number>(from).fill(0)
      const units: Unit[] = []
      for (let id = 0; id < 6; id++) {
        const lane = roll(from)
        const start = (ends[lane] as number) + roll(4)
        ends[lane] = start + 1 + roll(5)
        units.push(unit(id, lane, start, ends[lane] as number))
      }
      const to = 1 + roll(from)
      const moves = repack(units, to)
      const best = fewest(units, to)
      expect(moves === null ? null : moves.length).toBe(best)
      if (moves === null) {
        expect(peakOf(units)).toBeGreaterThan(to)
        continue
      }
      const target = new Map(moves.map((move) => [move.id, move.to]))
      const lanes = units.map((each) => target.get(each.id) ?? each.lane)
      expect(lanes.every((lane) => lane < to)).toBe(true)
      expect(fits(units, lanes)).toBe(true)
    }
  })

  it('fits many bookings too, where the fewest moves are out of reach', () => {
    const units = Array.from({ length: 300 }, (_, id) =>
      unit(id, id % 40, Math.floor(id / 40) * 10, Math.floor(id / 40) * 10 + (id % 2 ? 4 : 5)),
    )
    const moves = repack(units, 40)
    expect(moves).toEqual([])
    const packed = repack(
      units.filter((each) => each.lane % 2 === 0),
      20,
    )
    expect(packed).not.toBeNull()
  })

  it('draws the use from change to change', () => {
    const units = [unit(1, 0, 8, 10), unit(2, 1, 9, 11)]
    expect(levelsOf(units, { start: 7, end: 12 })).toEqual([
      { start: 7, end: 8, used: 0 },
      { start: 8, end: 9, used: 1 },
      { start: 9, end: 10, used: 2 },
      { start: 10, end: 11, used: 1 },
      { start: 11, end: 12, used: 0 },
    ])
  })
})
