/**
 * Repacking: putting what is taken onto fewer places, so that as few as possible have to change theirs.
 *
 * It is possible exactly where never more are taken at once than there are places (interval partitioning). Pure;
 * lanes count from 0, the master first.
 */
import { overlaps, type Span } from './time.ts'

/** What one booking takes of one place. */
export type Unit = Span & Readonly<{ id: number; lane: number }>
export type LaneMove = Readonly<{ id: number; from: number; to: number }>

/** How many are taken at once, from change to change. */
export type Level = Span & Readonly<{ used: number }>

export function levelsOf(units: readonly Span[], within: Span): Level[] {
  const times = [within.start, within.end, ...units.flatMap(({ start, end }) => [start, end])]
    .filter((at) => within.start <= at && at <= within.end)
    .sort((one, other) => one - other)
  const levels: Level[] = []
  for (const [index, start] of times.entries()) {
    const end = times[index + 1]
    if (end === undefined || end === start) continue
    const used = units.filter((unit) => unit.start <= start && end <= unit.end).length
    const last = levels.at(-1)
    if (last?.used === used) levels[levels.length - 1] = { ...last, end }
    else levels.push({ start, end, used })
  }
  return levels
}

export function peakOf(units: readonly Span[]): number {
  let peak = 0
  for (const { start } of units) {
    peak = Math.max(peak, units.filter((unit) => unit.start <= start && start < unit.end).length)
  }
  return peak
}

/** Looks no further than this for the fewest moves; beyond it any arrangement that fits will do. */
const MOST_STEPS = 20_000

type Search = { readonly lanes: Unit[][]; readonly moved: Map<Unit, number>; steps: number }

/** Places what waits, pushing others out of the way while that is within the budget. */
function place(search: Search, waiting: readonly Unit[], budget: number): boolean {
  const [unit, ...rest] = waiting
  if (!unit) return true
  search.steps += 1
  if (search.steps > MOST_STEPS) return false
  const ways = search.lanes
    .map((taken, lane) => ({ lane, out: taken.filter((other) => overlaps(other, unit)) }))
    .filter(({ lane, out }) => lane !== unit.lane && out.length <= budget)
    .filter(({ out }) => out.every((other) => !search.moved.has(other)))
    .sort((one, other) => one.out.length - other.out.length || one.lane - other.lane)
  for (const { lane, out } of ways) {
    const before = search.lanes[lane] as Unit[]
    search.lanes[lane] = [...before.filter((other) => !out.includes(other)), unit]
    search.moved.set(unit, lane)
    if (place(search, [...out, ...rest], budget - out.length)) return true
    search.moved.delete(unit)
    search.lanes[lane] = before
  }
  return false
}

/** Everything from the left to the right, each onto its own place where that is free. Always fits. */
function sweep(units: readonly Unit[], lanes: number): Map<Unit, number> {
  const ends = new Array<number>(lanes).fill(Number.NEGATIVE_INFINITY)
  const found = new Map<Unit, number>()
  for (const unit of [...units].sort((one, other) => one.start - other.start)) {
    const own = (ends[unit.lane] ?? Number.POSITIVE_INFINITY) <= unit.start
    const lane = own ? unit.lane : ends.findIndex((end) => end <= unit.start)
    ends[lane] = unit.end
    found.set(unit, lane)
  }
  return found
}

/** Who changes places so that `lanes` are enough; null where at some moment more are taken. */
export function repack(units: readonly Unit[], lanes: number): LaneMove[] | null {
  if (peakOf(units) > lanes) return null
  const waiting = units.filter((unit) => unit.lane >= lanes)
  const staying = units.filter((unit) => unit.lane < lanes)
  const search: Search = { lanes: [], moved: new Map(), steps: 0 }
  for (let budget = 0; budget <= staying.length; budget++) {
    search.moved.clear()
    search.lanes.length = 0
    for (let lane = 0; lane < lanes; lane++) {
      search.lanes.push(staying.filter((unit) => unit.lane === lane))
    }
    if (place(search, waiting, budget)) return movesOf(search.moved)
    if (search.steps > MOST_STEPS) break
  }
  return movesOf(sweep(units, lanes))
}

function movesOf(found: ReadonlyMap<Unit, number>): LaneMove[] {
  return [...found]
    .filter(([unit, lane]) => unit.lane !== lane)
    .map(([unit, lane]) => ({ id: unit.id, from: unit.lane, to: lane }))
    .sort((one, other) => one.from - other.from || one.id - other.id)
}
