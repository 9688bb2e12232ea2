/**
 * Zones: from instants to wall clocks and back, as the Python original does it, fast enough for a year of slots.
 *
 * It promises the readings of libres: of a local time that comes twice the second one (standard time), a local
 * time that does not exist read as if standard time still applied. It keeps, per zone, only offsets it has seen.
 */
import {
  AmbiguousTimeError,
  NonExistentTimeError,
  PreconditionFailed,
  ValueError,
} from './failure.ts'
import { DAY_US, HOUR_US, MILLISECOND_US, type Micros, textOf } from './micros.ts'
import { isZone, offsetOf } from './time.ts'

/** How to read a local time that comes twice or never. */
export type LocalReading = Readonly<{
  /** True: the summer reading (first occurrence). Default false: standard time. */
  isDst?: boolean | undefined
  raiseNonExistent?: boolean | undefined
  raiseAmbiguous?: boolean | undefined
}>

/** An instant together with the clock it is shown on. The wall clock is `at + offset`. */
export type ZonedTime = Readonly<{ at: Micros; offset: Micros; zone: string }>

/** No zone changes its clocks twice within this time, so two equal offsets at its ends mean one all through. */
const BLOCK_MS = 7 * 24 * 3_600_000

type Block = Readonly<{ before: number; after: number; changeMs: number }>

class Offsets {
  readonly #zone: string
  readonly #blocks = new Map<number, Block>()
  readonly #edges = new Map<number, number>()

  constructor(zone: string) {
    this.#zone = zone
  }

  /** In microseconds. */
  at(at: Micros): Micros {
    const ms = Math.floor(at / MILLISECOND_US)
    const index = Math.floor(ms / BLOCK_MS)
    const block = this.#blocks.get(index) ?? this.#read(index)
    return (ms < block.changeMs ? block.before : block.after) * MILLISECOND_US
  }

  #edge(index: number): number {
    const known = this.#edges.get(index)
    if (known !== undefined) return known
    const offset = offsetOf(index * BLOCK_MS, this.#zone)
    this.#edges.set(index, offset)
    return offset
  }

  #read(index: number): Block {
    const before = this.#edge(index)
    const after = this.#edge(index + 1)
    let low = index * BLOCK_MS
    let high = low + BLOCK_MS
    // Clocks change on whole seconds: halve until the change is found.
    while (before !== after && high - low > 1000) {
      const middle = Math.floor((low + high) / 2000) * 1000
      if (offsetOf(middle, this.#zone) === before) low = middle
      else high = middle
    }
    const block = { before, after, changeMs: high }
    this.#blocks.set(index, block)
    return block
  }
}

// Facts about the world, not state: the same for every caller, and only ever added to.
const known = new Map<string, Offsets>()

function offsets(zone: string): Offsets {
  const found = known.get(zone)
  if (found) return found
  if (zone === '') throw new ValueError('The time zone may not be empty.')
  if (!isZone(zone)) throw new PreconditionFailed(`Unknown time zone ${zone}.`)
  const made = new Offsets(zone)
  known.set(zone, made)
  return made
}

/** By how many microseconds the clocks of `zone` are ahead of UTC at an instant. */
export function offsetAt(at: Micros, zone: string): Micros {
  return offsets(zone).at(at)
}

/** What the clocks of `zone` show at an instant, as microseconds. */
export function wallAt(at: Micros, zone: string): Micros {
  return at + offsetAt(at, zone)
}

export function zonedTime(at: Micros, zone: string): ZonedTime {
  return { at, offset: offsetAt(at, zone), zone }
}

/** The instant at which the clocks of `zone` show `wall` (`3-reservations.md` 4.1). */
export function localise(wall: Micros, zone: string, reading: LocalReading = {}): Micros {
  const clocks = offsets(zone)
  const before = clocks.at(wall - DAY_US)
  const after = clocks.at(wall + DAY_US)
  if (before === after && clocks.at(wall - before) === before) return wall - before

  const possible = [before, after]
    .filter((offset) => clocks.at(wall - offset) === offset)
    .map((offset) => wall - offset)
  if (possible.length === 0) {
    if (reading.raiseNonExistent) throw new NonExistentTimeError(textOf(wall))
    // Read six hours away, where the clocks agree with themselves, and walk back.
    return reading.isDst
      ? localise(wall + 6 * HOUR_US, zone, reading) - 6 * HOUR_US
      : localise(wall - 6 * HOUR_US, zone, reading) + 6 * HOUR_US
  }
  const first = Math.min(...possible)
  const last = Math.max(...possible)
  if (first !== last && reading.raiseAmbiguous) throw new AmbiguousTimeError(textOf(wall))
  return reading.isDst ? first : last
}

/** `YYYY-MM-DDTHH:MM:SS.ffffff+02:00`. */
export function isoOf(time: ZonedTime): string {
  const minutes = Math.round(Math.abs(time.offset) / (60 * 1_000_000))
  const pad = (value: number) => String(value).padStart(2, '0')
  const sign = time.offset < 0 ? '-' : '+'
  return `${textOf(time.at + time.offset)}${sign}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`
}
