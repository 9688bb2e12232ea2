/** The pieces a blocker takes: around what stays, on the steps, whole where only the whole is given. */
import { describe, expect, it } from 'vitest'
import { piecesToBlock } from '../../core/domain/blocking.ts'
import { contains, overlaps } from '../../core/domain/time.ts'

const MINUTE = 60_000
const at = (time: string) => Date.parse(`2027-06-07T${time}:00Z`)
const span = (from: string, to: string) => ({ start: at(from), end: at(to) })
const text = (spans: readonly { start: number; end: number }[]) =>
  spans.map(({ start, end }) =>
    [start, end].map((each) => new Date(each).toISOString().slice(11, 16)).join('-'),
  )

describe('a blocker', () => {
  it('goes around what stays, on the steps of the hall', () => {
    const date = { ...span('08:00', '22:00'), step: 30 }
    const staying = [span('10:10', '11:00'), span('11:00', '12:45'), span('21:00', '22:00')]
    expect(text(piecesToBlock([date], span('09:15', '23:00'), staying))).toEqual([
      '09:00-10:00',
      '13:00-21:00',
    ])
  })

  it('takes what is only given whole, or leaves it', () => {
    const morning = { ...span('08:00', '12:00'), step: null }
    const evening = { ...span('18:00', '22:00'), step: null }
    const pieces = piecesToBlock([morning, evening], span('09:00', '19:00'), [
      span('21:00', '22:00'),
    ])
    expect(text(pieces)).toEqual(['08:00-12:00'])
  })

  it.each([5, 11, 1848])('never touches what stays, and leaves nothing else, seed %i', (seed) => {
    let state = seed
    const roll = (sides: number) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      return Math.floor((state / 2 ** 32) * sides)
    }
    for (let round = 0; round < 300; round++) {
      const step = [5, 15, 30, 60][roll(4)] as number
      const date = { ...span('06:00', '22:00'), step }
      const from = at('05:00') + roll(12) * 60 * MINUTE + roll(4) * 15 * MINUTE
      const during = { start: from, end: from + (1 + roll(40)) * 15 * MINUTE }
      const staying = Array.from({ length: roll(5) }, () => {
        const start = at('06:00') + roll(15 * 12) * 5 * MINUTE
        return { start, end: start + (1 + roll(12)) * 5 * MINUTE }
      })
      const pieces = piecesToBlock([date], during, staying)
      for (const piece of pieces) {
        expect(contains(date, piece)).toBe(true)
        expect((piece.end - piece.start) % (step * MINUTE)).toBe(0)
        expect(staying.some((each) => overlaps(each, piece))).toBe(false)
      }
      for (let tick = date.start; tick < date.end; tick += step * MINUTE) {
        const cell = { start: tick, end: tick + step * MINUTE }
        const wanted = overlaps(cell, during) && !staying.some((each) => overlaps(each, cell))
        expect(pieces.some((piece) => contains(piece, cell))).toBe(wanted)
      }
    }
  })
})
