/** The pure functions of vectors (`fn`): naive in, naive out; with a zone, local time with its offset. */
import { NotTimezoneAware, ValueError } from '../../../core/domain/failure.ts'
import { dayRange } from '../../../core/domain/limit.ts'
import { DAY_US, type Micros, textOf } from '../../../core/domain/micros.ts'
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
import { isoOf, type LocalReading, localise, zonedTime } from '../../../core/domain/zone.ts'

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

/** An aligned date stays in the zone that it came in. */
function asGiven(given: string, at: Micros): string {
  const { offset } = readWhen(given)
  if (offset === null) throw new NotTimezoneAware(given)
  return given.includes('[') ? inZone(at, zoneOf(given)) : isoOf({ at, offset, zone: '' })
}

function aligned(step: Step, align: typeof alignToDays): [string, string] {
  const zone = text(step, 'timezone')
  const [start, end] = [text(step, 'start'), text(step, 'end')]
  const found = align(instantOf(start, zone), instantOf(end, zone), zone)
  return [asGiven(start, found.start), asGiven(end, found.end)]
}

function range(step: Step): { start: Micros; end: Micros } {
  const zone = (step.timezone as string | undefined) ?? 'UTC'
  return { start: instantOf(text(step, 'start'), zone), end: instantOf(text(step, 'end'), zone) }
}

/** Days from one time to another, by the wall clock. */
function days(step: Step): string[] {
  const start = readWhen(text(step, 'start'))
  const end = readWhen(text(step, 'end'))
  if (start.offset === null || end.offset === null) throw new NotTimezoneAware('')
  const zone = zoneOf(text(step, 'start'))
  const until = end.wall - end.offset
  const found: string[] = []
  for (let wall = start.wall; localise(wall, zone) <= until; wall += DAY_US) {
    found.push(inZone(localise(wall, zone), zone))
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
    case 'is_whole_day': {
      const { start, end } = range(step)
      return isWholeDay(start, end, zone)
    }
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
      return aligned(step, alignToMonths)
    case 'overlaps': {
      const wall = (key: string) => readWhen(text(step, key)).wall
      const [otherStart, otherEnd] =
        'other_start' in step ? ['other_start', 'other_end'] : ['otherstart', 'otherend']
      return meets(
        { start: wall('start'), end: wall('end') },
        { start: wall(otherStart as string), end: wall(otherEnd as string) },
      )
    }
    case 'get_date_range': {
      const day = readWhen(text(step, 'day'))
      if (day.offset === null) throw new NotTimezoneAware('')
      const [start, end] = dayRange(
        day.wall,
        zoneOf(text(step, 'day')),
        clockMicros(text(step, 'start_time')),
        clockMicros(text(step, 'end_time')),
        reading(step),
      )
      return [isoOf(start), isoOf(end)]
    }
    case 'dtrange':
      return days(step)
    default:
      throw new Error(`No function ${String(step.fn)}.`)
  }
}
