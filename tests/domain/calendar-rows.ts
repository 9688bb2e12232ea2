/** Rows for the calendar's tests: halls and times as a clerk would say them, in Zurich. */
import { instantAt } from '../../core/domain/time.ts'
import type { BlockedRow, BookedRow, FreeRow, ResourceRow } from '../../core/queries/rows.ts'

export const ZONE = 'Europe/Zurich'

export function at(day: string, time: string): number {
  return instantAt(day, time, ZONE)
}

export function hall(id: string, facts: Partial<ResourceRow> = {}): ResourceRow {
  return {
    id,
    key: id,
    name: id,
    group: '',
    kind: 'hall',
    parent: null,
    sharesSpace: false,
    capacity: null,
    features: [],
    aliases: [],
    step: null,
    color: 0,
    position: 0,
    zone: ZONE,
    ...facts,
  }
}

type Times = readonly [day: string, start: string, end: string]

function span([day, start, end]: Times) {
  return { start: at(day, start), end: at(day, end) }
}

export function free(resource: string, times: Times, facts: Partial<FreeRow> = {}): FreeRow {
  return { resource, ...span(times), step: 30, places: 1, byStaff: false, ...facts }
}

export function booked(
  resource: string,
  title: string,
  times: Times,
  facts: Partial<BookedRow> = {},
): BookedRow {
  return {
    token: `token of ${title}`,
    resource,
    ...span(times),
    places: 1,
    state: 'booked',
    title,
    publicTitle: '',
    who: '',
    number: 0,
    persons: null,
    held: null,
    ...facts,
  }
}

export function blocked(resource: string, reason: string, times: Times): BlockedRow {
  return { resource, reason, ...span(times) }
}
