/**
 * Blocking: which pieces of a hall's availability a blocker takes when some bookings are to stay.
 *
 * Pure. A piece lies on the steps of its availability; what is only given whole is blocked whole or not at all.
 */
import { MINUTE_MS, overlaps, type Span } from './time.ts'

/** A date of the hall; `step` null where only the whole can be taken. */
export type Blockable = Span & Readonly<{ step: number | null }>

/** @param staying what is taken and stays, in the hall or where it shares space, by start */
export function piecesToBlock(
  dates: readonly Blockable[],
  during: Span,
  staying: readonly Span[],
): Span[] {
  return dates
    .filter((date) => overlaps(date, during))
    .flatMap((date) => {
      const inside = staying.filter((each) => overlaps(each, date))
      if (date.step === null) {
        return inside.length > 0 ? [] : [{ start: date.start, end: date.end }]
      }
      const step = date.step * MINUTE_MS
      const down = (at: number) => Math.max(date.start, Math.floor(at / step) * step)
      const up = (at: number) => Math.min(date.end, Math.ceil(at / step) * step)
      const pieces: Span[] = []
      let from = down(during.start)
      const until = up(during.end)
      for (const each of [...inside].sort((one, other) => one.start - other.start)) {
        if (down(each.start) > from)
          pieces.push({ start: from, end: Math.min(down(each.start), until) })
        from = Math.max(from, up(each.end))
      }
      if (from < until) pieces.push({ start: from, end: until })
      return pieces.filter((piece) => piece.start < piece.end)
    })
}
