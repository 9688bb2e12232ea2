/** The pure functions of vectors (`fn`): naive in, naive out; with a zone, local time with its offset. */
import {
  NonExistentTimeError,
  NotTimezoneAware,
  PreconditionFailed,
  ValueError,
} from '../../../core/domain/failure.ts'
import { dayRange } from '../../../core/domain/limit.ts'
import { DAY_US, floorToDay, type Micros, textOf } from '../../../core/domain/micros.ts'
import {
  isRaster,
  meets,
  rasterize,
  rasterizeEnd,
  rasterizeStart,
  steps,
} from '../../../core/domain/raster.ts'
import { mirrorUuids, resourceUuid } from '../../../core/domain/uuid.ts'
import { clockMicros, instantOf, type Reading, readWhen } from '../../../core/domain/when.ts'
import {
  alignToDays,
  alignToMonths,
  alignToWeeks,
  dayEnd,
  dayStart,
  isReservationLength,
  isWholeDay,
} from '../../../core/domain/whole-day.ts'
import { isoOf, type LocalReading, localise, wallAt, zonedTime } from '../../../core/domain/zone.ts'

export type Step = Readonly<Record<string, unknown>>

const text = (step: Step, key: string) => step[key] as string

/** A time in the form it came in: naive, or with the offset it came with. */
function same(reading: Reading, wall: Micros): string {
  const { offset } = reading
  return offset === null ? textOf(wall) : isoOf({ at: wall - offset, offset, zone: '' })
}

function reading(step: Step): LocalReading {
  return {
    isDst: step.is_dst === true,
    raiseNonExistent: step.raise_non_existent === true,
    raiseAmbiguous: step.raise_ambiguous === true,
  }
}

/** The zone that a time names in brackets, UTC for an offset. */
function zoneOf(when: string): string {
  return /\[(.+)\]/.exec(when)?.[1] ?? 'UTC'
}

/** A time of a zone as vectors write it: UTC instants as +00:00, everything else by its own clock. */
function inZone(at: Micros, zone: string): string {
  return isoOf(zonedTime(at, zone))
}

/** Whether a time names its offset only: sedate moves nothing on such a clock. */
const isOffsetOnly = (given: string) => /[+-]\d\d:\d\d$/.test(given)

/** An aligned date stays in the zone that it came in. */
function asGiven(given: string, at: Micros): string {
  const { wall, offset } = readWhen(given)
  if (offset === null) throw new NotTimezoneAware(given)
  if (isOffsetOnly(given) && at !== wall - offset) throw new PreconditionFailed('Only an offset.')
  return given.includes('[') ? inZone(at, zoneOf(given)) : isoOf({ at, offset, zone: '' })
}

function aligned(step: Step, align: typeof alignToDays): [string, string] {
  const zone = text(step, 'timezone')
  const [start, end] = [text(step, 'start'), text(step, 'end')]
  const found = align(instantOf(start, zone), instantOf(end, zone), zone)
  return [asGiven(start, found.start), asGiven(end, found.end)]
}

/** Months are counted on the clock that the end was given on. */
function alignedToMonths(step: Step): [string, string] {
  const given = text(step, 'end')
  const clock = given.includes('[') ? zoneOf(given) : 'UTC'
  return aligned(step, (start, end, zone) =>
    alignToMonths(start, end, zone, (at) => wallAt(at, clock)),
  )
}

/** An instant, of a time that must name its zone. */
function aware(given: string): Micros {
  const { wall, offset } = readWhen(given)
  if (offset === null) throw new NotTimezoneAware(given)
  return wall - offset
}

/** Times as numbers that can be compared: all on no clock, or all instants. */
function comparable(given: readonly string[]): Micros[] {
  const read = given.map(readWhen)
  if (read.every(({ offset }) => offset === null)) return read.map(({ wall }) => wall)
  if (read.some(({ offset }) => offset === null)) throw new TypeError('Some name no zone.')
  return read.map(({ wall, offset }) => wall - (offset ?? 0))
}

function range(step: Step): { start: Micros; end: Micros } {
  const zone = (step.timezone as string | undefined) ?? 'UTC'
  return { start: instantOf(text(step, 'start'), zone), end: instantOf(text(step, 'end'), zone) }
}

/** Days from one time to another, back where the end comes first: by the wall clock where the start names a zone. */
function days(step: Step): string[] {
  const [from, until] = [text(step, 'start'), text(step, 'end')]
  const [start, end] = [readWhen(from), readWhen(until)]
  const zone = from.includes('[') && zoneOf(from) !== 'UTC' ? zoneOf(from) : null
  if (zone && end.offset === null) throw new PreconditionFailed('The end names no zone.')
  if ((start.offset === null) !== (end.offset === null)) throw new TypeError('One names no zone.')
  // Both on one clock: the wall of the zone, or instants on the clock of the start, or none at all.
  const last = zone
    ? wallAt(end.wall - (end.offset ?? 0), zone)
    : end.wall - (end.offset ?? 0) + (start.offset ?? 0)
  const by = start.wall <= last ? DAY_US : -DAY_US
  const found: string[] = []
  for (let wall = start.wall; by > 0 ? wall <= last : wall >= last; wall += by) {
    if (!zone) {
      found.push(same(start, wall))
      continue
    }
    try {
      const skips = step.skip_missing === true
      found.push(inZone(localise(wall, zone, { raiseNonExistent: skips }), zone))
    } catch (error) {
      if (!(error instanceof NonExistentTimeError)) throw error
    }
  }
  return found
}

export function callFunction(step: Step): unknown {
  const raster = step.raster as number
  const zone = text(step, 'timezone')
  switch (step.fn) {
    case 'rasterize_start': {
      const date = readWhen(text(step, 'date'))
      return same(date, rasterizeStart(date.wall, raster))
    }
    case 'rasterize_end': {
      const date = readWhen(text(step, 'date'))
      return same(date, rasterizeEnd(date.wall, raster))
    }
    case 'rasterize_span': {
      const start = readWhen(text(step, 'start'))
      const end = readWhen(text(step, 'end'))
      const span = rasterize(start.wall, end.wall, raster)
      return [same(start, span.start), same(end, span.end)]
    }
    case 'iterate_span': {
      const start = readWhen(text(step, 'start'))
      const end = readWhen(text(step, 'end'))
      return steps(start.wall, end.wall, raster).map((each) => [
        same(start, each.start),
        same(end, each.end),
      ])
    }
    case 'is_valid_raster':
      return isRaster(raster)
    case 'is_valid_reservation_length': {
      const { start, end } = range(step)
      return isReservationLength(start, end, zone)
    }
    case 'resource_uuid':
      return resourceUuid(
        text(step, 'context'),
        text(step, 'name'),
        ...(step.namespace ? [text(step, 'namespace')] : []),
      )
    case 'mirror_uuids':
      return mirrorUuids(text(step, 'resource'), step.quota as number)
    case 'standardize_date':
      if (zone === '') throw new ValueError('The time zone may not be empty.')
      return inZone(instantOf(text(step, 'date'), zone), 'UTC')
    case 'replace_timezone': {
      const { wall } = readWhen(text(step, 'date'))
      return inZone(localise(wall, zone, reading(step)), zone)
    }
    case 'to_timezone': {
      const { wall, offset } = readWhen(text(step, 'date'))
      if (offset === null) throw new NotTimezoneAware('')
      return inZone(wall - offset, zone)
    }
    case 'is_whole_day':
      return isWholeDay(aware(text(step, 'start')), aware(text(step, 'end')), zone)
    case 'align_date_to_day': {
      const at = instantOf(text(step, 'date'), zone)
      const found = step.direction === 'up' ? dayEnd(at, zone) : dayStart(at, zone)
      return asGiven(text(step, 'date'), found)
    }
    case 'align_range_to_day':
      return aligned(step, alignToDays)
    case 'align_range_to_week':
      return aligned(step, alignToWeeks)
    case 'align_range_to_month':
      return alignedToMonths(step)
    case 'overlaps': {
      const [otherStart, otherEnd] =
        'other_start' in step ? ['other_start', 'other_end'] : ['otherstart', 'otherend']
      const [start, end, from, until] = comparable(
        ['start', 'end', otherStart as string, otherEnd as string].map((key) => text(step, key)),
      ) as [Micros, Micros, Micros, Micros]
      return meets({ start, end }, { start: from, end: until })
    }
    case 'get_date_range': {
      const given = text(step, 'day')
      const day = readWhen(given)
      const from = clockMicros(text(step, 'start_time'))
      const until = clockMicros(text(step, 'end_time'))
      if (day.offset === null || isOffsetOnly(given)) {
        const midnight = floorToDay(day.wall)
        const end = midnight + until + (until < from ? DAY_US : 0)
        return [same(day, midnight + from), same(day, end)]
      }
      const range = dayRange(day.wall, zoneOf(given), from, until, reading(step))
      return range.map(isoOf)
    }
    case 'dtrange':
      return days(step)
    default:
      throw new Error(`No function ${String(step.fn)}.`)
  }
}
