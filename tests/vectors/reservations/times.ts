/** Times in vectors: how they are written in, and how they are written out. */
import { EARLIEST_US, LATEST_US, type Micros, textOf } from '../../../core/domain/micros.ts'
import type { Stretch } from '../../../core/domain/raster.ts'
import type { Dates, When } from '../../../core/domain/when.ts'
import { isoOf, type ZonedTime } from '../../../core/domain/zone.ts'

/** `min` and `max` are the ends of Python's calendar, in UTC. */
export function when(text: unknown): When {
  if (text === 'min') return { at: EARLIEST_US, offset: 0, zone: 'UTC' }
  if (text === 'max') return { at: LATEST_US, offset: 0, zone: 'UTC' }
  return text as string
}

export function maybeWhen(text: unknown): When | null {
  return text === null || text === undefined ? null : when(text)
}

export function dates(value: unknown): Dates {
  return Array.isArray(value) ? value.map(dates) : when(value)
}

/** `…Z` with six digits. */
export function utc(at: Micros): string {
  return `${textOf(at)}Z`
}

export function maybeUtc(at: Micros | null): string | null {
  return at === null ? null : utc(at)
}

export function local(time: ZonedTime): string {
  return isoOf(time)
}

export function stretch({ start, end }: Stretch): [string, string] {
  return [utc(start), utc(end)]
}
