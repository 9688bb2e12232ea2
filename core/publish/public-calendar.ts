/**
 * Public calendar: the part of the desk's rows that a target may show. Everything a page, a feed or the data file
 * holds is taken from here and from nowhere else, so what is not in it cannot get out.
 *
 * Pure. Requests hold nothing and are not shown; who booked is never here.
 */
import type { Holiday } from '../domain/holidays.ts'
import type { Language } from '../domain/language.ts'
import type { Detail, PublishTarget } from '../domain/publish-target.ts'
import { type ResourceRow, sharingOf } from '../domain/resource.ts'
import {
  addDays,
  type Day,
  type Instant,
  type Span,
  startOfDay,
  type Uuid,
} from '../domain/time.ts'
import { uuid5 } from '../domain/uuid.ts'

/** One date of a booking as the store reads it; no person, no note and no private title among it. */
export type BookedDate = Readonly<{
  token: Uuid
  /** The place among the dates of its booking, from 1. */
  ordinal: number
  resource: Uuid
  start: Instant
  end: Instant
  places: number
  publicTitle: string
  persons: number | null
  /** How often the booking was changed. */
  sequence: number
  changedAt: Instant
}>

export type ClosedTime = Readonly<{
  token: Uuid
  resource: Uuid
  start: Instant
  end: Instant
  reason: string
  changedAt: Instant
}>

export type OpenTime = Readonly<{ resource: Uuid; start: Instant; end: Instant; places: number }>

export type PublicRows = Readonly<{
  municipality: string
  zone: string
  halls: readonly ResourceRow[]
  booked: readonly BookedDate[]
  closed: readonly ClosedTime[]
  open: readonly OpenTime[]
  holidays: readonly Holiday[]
}>

export type PublicHall = Readonly<{
  id: Uuid
  /** Name of its files, from the key that never changes: a renamed hall keeps its subscribers. */
  file: string
  name: string
  group: string
  capacity: number | null
  features: readonly string[]
}>

export type PublicEvent = Readonly<{
  /** Says nothing about the booking to whoever does not know it, and stays when it is moved. */
  uid: string
  hall: Uuid
  start: Instant
  end: Instant
  kind: 'busy' | 'closed'
  /** Empty: only that it is taken. */
  title: string
  /** The part or whole that is really taken, where it shares its space with this hall; empty otherwise. */
  because: string
  persons: number | null
  /** `3 of 12`, where a hall has several places. */
  places: Readonly<{ taken: number; of: number }> | null
  sequence: number
  changedAt: Instant
}>

export type PublicCalendar = Readonly<{
  name: string
  municipality: string
  zone: string
  language: Language
  detail: Detail
  /** Both included. */
  from: Day
  until: Day
  halls: readonly PublicHall[]
  /** By start. */
  events: readonly PublicEvent[]
  open: readonly Readonly<{ hall: Uuid; start: Instant; end: Instant }>[]
  holidays: readonly Holiday[]
}>

/** Names no other file may have. */
const TAKEN = new Set(['index', 'calendar'])
const UIDS = '6f1c7f0a-4b0e-5d3a-9a53-6c1d1f7f1f2e'

/** The days a target shows when it is published on `today`, both included. */
export function daysOf(target: PublishTarget, today: Day): Readonly<{ from: Day; until: Day }> {
  return { from: addDays(today, -target.daysBack), until: addDays(today, target.daysAhead) }
}

export function spanOf(days: Readonly<{ from: Day; until: Day }>, zone: string): Span {
  return { start: startOfDay(days.from, zone), end: startOfDay(addDays(days.until, 1), zone) }
}

export function publicCalendar(
  target: PublishTarget,
  rows: PublicRows,
  today: Day,
): PublicCalendar {
  const { detail } = target
  const chosen = rows.halls.filter((hall) => target.halls?.includes(hall.id) ?? true)
  const shown = new Set(chosen.map((hall) => hall.id))
  const byId = new Map(rows.halls.map((hall) => [hall.id, hall]))
  const sharing = new Map<Uuid, Uuid[]>()
  const relatives = (id: Uuid) => {
    const hall = byId.get(id)
    const known = sharing.get(id) ?? (hall ? sharingOf(hall, rows.halls) : [])
    sharing.set(id, known)
    return known.filter((each) => shown.has(each))
  }
  const events: PublicEvent[] = []
  const add = (event: Omit<PublicEvent, 'because'>) => {
    if (shown.has(event.hall)) events.push({ ...event, because: '' })
    const name = byId.get(event.hall)?.name ?? ''
    for (const hall of relatives(event.hall)) {
      const uid = uuid5(UIDS, `${event.uid} ${hall}`)
      events.push({ ...event, uid, hall, title: '', persons: null, places: null, because: name })
    }
  }
  const placesOf = placesIn(rows.open)
  for (const one of rows.booked) {
    const of = detail === 'full' ? placesOf(one.resource, one) : 1
    add({
      uid: uuid5(UIDS, `${one.token} ${one.ordinal}`),
      hall: one.resource,
      start: one.start,
      end: one.end,
      kind: 'busy',
      title: detail === 'busy' ? '' : one.publicTitle,
      persons: detail === 'full' ? one.persons : null,
      places: of > 1 ? { taken: one.places, of } : null,
      sequence: one.sequence,
      changedAt: one.changedAt,
    })
  }
  for (const one of rows.closed) {
    add({
      uid: uuid5(UIDS, `${one.token} ${one.resource} ${one.start}`),
      hall: one.resource,
      start: one.start,
      end: one.end,
      kind: 'closed',
      title: detail === 'busy' ? '' : one.reason,
      persons: null,
      places: null,
      sequence: 0,
      changedAt: one.changedAt,
    })
  }
  events.sort((one, other) => one.start - other.start || (one.uid < other.uid ? -1 : 1))
  return {
    name: target.name,
    municipality: rows.municipality,
    zone: rows.zone,
    language: target.language,
    detail,
    ...daysOf(target, today),
    halls: publicHalls(chosen, detail),
    events,
    open:
      detail === 'full'
        ? rows.open
            .filter((each) => shown.has(each.resource))
            .map(({ resource, start, end }) => ({ hall: resource, start, end }))
        : [],
    holidays: rows.holidays,
  }
}

function publicHalls(halls: readonly ResourceRow[], detail: Detail): PublicHall[] {
  const used = new Set(TAKEN)
  return halls.map((hall) => {
    const base = fileName(hall.key)
    let file = base
    for (let next = 2; used.has(file); next++) file = `${base}-${next}`
    used.add(file)
    const facts = detail === 'full'
    return {
      id: hall.id,
      file,
      name: hall.name,
      group: hall.group,
      capacity: facts ? hall.capacity : null,
      features: facts ? hall.features : [],
    }
  })
}

/** Letters, figures and dashes only: what every web server, system and address can carry. */
function fileName(key: string): string {
  const plain = key
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .normalize('NFD')
    .toLowerCase()
    .replace(/\p{Diacritic}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
  return plain || 'hall'
}

/** How many places a hall has at a time, from its availability. */
function placesIn(open: readonly OpenTime[]): (resource: Uuid, span: Span) => number {
  const byHall = new Map<Uuid, OpenTime[]>()
  for (const each of open) {
    if (each.places < 2) continue
    byHall.set(each.resource, [...(byHall.get(each.resource) ?? []), each])
  }
  return (resource, span) =>
    byHall.get(resource)?.find((each) => each.start < span.end && span.start < each.end)?.places ??
    1
}
