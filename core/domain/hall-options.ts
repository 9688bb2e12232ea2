/**
 * Hall options: whether a hall is free for a wish on a day, and what exactly it could be given.
 *
 * Pure: works on what was read in one snapshot, by the rules of the scheduler (one availability holds the whole time,
 * one place is free for all of it, whoever shares space is free too), so that an option is checked and not guessed.
 */
import { breaksHold, type HeldTime, heldByOthers } from './hold.ts'
import { type ResourceRow, sharingOf } from './resource.ts'
import {
  addDays,
  type ClockTime,
  contains,
  type Day,
  type Instant,
  instantAt,
  MINUTE_MS,
  minutesOf,
  overlaps,
  type Span,
  spanOfDay,
  type Uuid,
} from './time.ts'

/** A span of availability, as far as it decides. */
export type Opening = Span &
  Readonly<{
    resource: Uuid
    step: number | null
    places: number
    /** Most places of one booking; 0 = no limit. */
    mostPerBooking: number
    byStaff: boolean
    /** It can only be booked together with other dates. */
    together: boolean
  }>
/** A place that is taken without a gap. */
export type TakenPlace = Span & Readonly<{ resource: Uuid; place: Uuid }>

/** What is free and taken near the days in question. */
export type Stock = Readonly<{
  halls: readonly ResourceRow[]
  open: readonly Opening[]
  taken: readonly TakenPlace[]
  /** Requests and people who wait: they take nothing, but they were first. */
  asked: readonly (Span & Readonly<{ resource: Uuid }>)[]
  /** What is kept for callers: it takes nothing either, but a colleague has promised it. */
  held: readonly HeldTime[]
}>

export type Sought = Readonly<{
  days: readonly Day[]
  from: ClockTime | null
  to: ClockTime | null
  /** How long, where `from` or `to` is open. */
  minutes: number | null
  persons: number | null
  places: number
  features: readonly string[]
  /** Only this hall; null = any. */
  resource: Uuid | null
  /** The call that asks: what it holds itself is free for it. */
  call: Uuid | null
  now: Instant
}>

export type FoundHall = Readonly<{ id: Uuid; name: string; group: string; capacity: number | null }>

export type Option = Span &
  Readonly<{
    hall: FoundHall
    /** A second one at the same time, where one alone is too small. */
    also: FoundHall | null
    /** How long the hall is free around it. */
    free: Span
    /** It is only given whole, and that is more than was asked for. */
    whole: boolean
    byStaff: boolean
    /** How many asked for it already. */
    asked: number
    /** Who keeps it for somebody else, and until when. */
    held: Pick<HeldTime, 'by' | 'until'> | null
  }>

/** Shorter gaps are of no use to somebody who has not said a time. */
const SHORTEST_GAP_MINUTES = 30

/** What is free and taken, hall by hall. */
export class Halls {
  readonly all: readonly ResourceRow[]
  readonly #stock: Stock
  readonly #open: ReadonlyMap<Uuid, Opening[]>
  readonly #taken: ReadonlyMap<Uuid, TakenPlace[]>
  readonly #families = new Map<Uuid, readonly Uuid[]>()

  constructor(stock: Stock) {
    this.all = stock.halls
    this.#stock = stock
    this.#open = byResource(stock.open)
    this.#taken = byResource(stock.taken)
  }

  family(hall: ResourceRow): readonly Uuid[] {
    const known = this.#families.get(hall.id)
    if (known) return known
    const family = [hall.id, ...sharingOf(hall, this.all)]
    this.#families.set(hall.id, family)
    return family
  }

  openings(hall: ResourceRow, within: Span): Opening[] {
    return (this.#open.get(hall.id) ?? []).filter(
      (each) => overlaps(each, within) && !each.together,
    )
  }

  /** Whether so many places are free from beginning to end, here and wherever space is shared. */
  isFree(hall: ResourceRow, span: Span, places: number): boolean {
    return this.#left(hall, span) >= places
  }

  /** Where something begins or ends to be taken inside an opening. */
  edges(hall: ResourceRow, within: Span): TakenPlace[] {
    return this.family(hall).flatMap((resource) =>
      (this.#taken.get(resource) ?? []).filter((run) => overlaps(run, within)),
    )
  }

  /** How far it is free around a span that is. */
  gap(hall: ResourceRow, opening: Opening, span: Span, places: number): Span {
    const runs = this.edges(hall, opening)
    const ends = [...runs.map((run) => run.start).filter((at) => at >= span.end), opening.end]
    const starts = [...runs.map((run) => run.end).filter((at) => at <= span.start), opening.start]
    let { start, end } = span
    for (const at of ends.sort((one, other) => one - other)) {
      if (!this.isFree(hall, { start, end: at }, places)) break
      end = at
    }
    for (const at of starts.sort((one, other) => other - one)) {
      if (!this.isFree(hall, { start: at, end }, places)) break
      start = at
    }
    return { start, end }
  }

  /** How many places are left from beginning to end, here and wherever space is shared. */
  #left(hall: ResourceRow, span: Span): number {
    return Math.min(
      ...this.family(hall).flatMap((resource) =>
        (this.#open.get(resource) ?? [])
          .filter((each) => overlaps(each, span))
          .map((each) => {
            const taken = (this.#taken.get(resource) ?? []).filter(
              (run) => contains(each, run) && overlaps(run, span),
            )
            return each.places - new Set(taken.map((run) => run.place)).size
          }),
      ),
    )
  }

  /** Who would be left without what was promised to them, if so many places were taken. */
  heldFor(hall: ResourceRow, span: Span, { places, call, now }: Sought): Option['held'] {
    const others = heldByOthers(this.#stock.held, call ?? '', this.family(hall), span, now)
    const [first] = others
    if (!first || !breaksHold(others, hall.id, places, this.#left(hall, span))) return null
    return { by: first.by, until: first.until }
  }

  asked(hall: ResourceRow, span: Span): number {
    const family = this.family(hall)
    return this.#stock.asked.filter(
      (each) => family.includes(each.resource) && overlaps(each, span),
    ).length
  }
}

function byResource<S extends Readonly<{ resource: Uuid }>>(all: readonly S[]): Map<Uuid, S[]> {
  const found = new Map<Uuid, S[]>()
  for (const each of all) {
    const own = found.get(each.resource)
    if (own) own.push(each)
    else found.set(each.resource, [each])
  }
  return found
}

/** The very time asked for on a day; null where only a length, or nothing, was said. */
export function exactSpan({ from, to, minutes }: Sought, day: Day, zone: string): Span | null {
  if (from && to) {
    const overnight = minutesOf(to) <= minutesOf(from) ? 1 : 0
    return { start: instantAt(day, from, zone), end: instantAt(addDays(day, overnight), to, zone) }
  }
  if (from) {
    const start = instantAt(day, from, zone)
    return { start, end: start + (minutes ?? SHORTEST_GAP_MINUTES) * MINUTE_MS }
  }
  if (to && minutes) {
    const end = instantAt(day, to, zone)
    return { start: end - minutes * MINUTE_MS, end }
  }
  return null
}

function widened(span: Span, stepMinutes: number): Span {
  const step = stepMinutes * MINUTE_MS
  return { start: Math.floor(span.start / step) * step, end: Math.ceil(span.end / step) * step }
}

function takesPlaces(opening: Opening, places: number): boolean {
  return (
    places <= opening.places && (opening.mostPerBooking === 0 || places <= opening.mostPerBooking)
  )
}

function optionAt(
  halls: Halls,
  hall: ResourceRow,
  opening: Opening,
  asked: Span,
  sought: Sought,
): Option | undefined {
  if (!takesPlaces(opening, sought.places)) return undefined
  const span = opening.step === null ? opening : widened(asked, opening.step)
  if (!contains(opening, asked) || !contains(opening, span) || span.start < sought.now) {
    return undefined
  }
  if (!halls.isFree(hall, span, sought.places)) return undefined
  const { start, end } = span
  return {
    hall: named(hall),
    also: null,
    start,
    end,
    free: halls.gap(hall, opening, span, sought.places),
    whole: opening.step === null && !(start === asked.start && end === asked.end),
    byStaff: opening.byStaff,
    asked: halls.asked(hall, span),
    held: halls.heldFor(hall, span, sought),
  }
}

export function named({ id, name, group, capacity }: ResourceRow): FoundHall {
  return { id, name, group, capacity }
}

/** Where a time of that length could begin: when the hall opens, and whenever somebody leaves. */
function beginnings(halls: Halls, hall: ResourceRow, opening: Opening, sought: Sought): Instant[] {
  if (opening.step === null) return [opening.start]
  const step = opening.step * MINUTE_MS
  const soonest = Math.ceil(Math.max(opening.start, sought.now) / step) * step
  const ends = halls.edges(hall, opening).map((run) => Math.ceil(run.end / step) * step)
  return [...new Set([soonest, ...ends.filter((at) => at >= soonest)])].sort(
    (one, other) => one - other,
  )
}

/** The first time of that length; where none was said, the longest that is free. */
function optionInDay(
  halls: Halls,
  hall: ResourceRow,
  openings: readonly Opening[],
  day: Span,
  sought: Sought,
): Option | undefined {
  const length = (sought.minutes ?? SHORTEST_GAP_MINUTES) * MINUTE_MS
  const options = openings.flatMap((opening) =>
    beginnings(halls, hall, opening, sought)
      .filter((start) => day.start <= start && start < day.end)
      .flatMap((start) => {
        const found = optionAt(halls, hall, opening, { start, end: start + length }, sought)
        return found ? [{ ...found, whole: opening.step === null }] : []
      }),
  )
  if (sought.minutes !== null) return options[0]
  const longest = options.sort(
    (one, other) => other.free.end - other.free.start - (one.free.end - one.free.start),
  )[0]
  if (!longest) return undefined
  return { ...longest, end: longest.free.end }
}

/** What a hall has on a day; `shift` in minutes asks for a little later or earlier. */
export function optionOn(
  halls: Halls,
  hall: ResourceRow,
  day: Day,
  sought: Sought,
  shift = 0,
): Option | undefined {
  const whole = spanOfDay(day, hall.zone)
  const exact = exactSpan(sought, day, hall.zone)
  if (!exact) return optionInDay(halls, hall, halls.openings(hall, whole), whole, sought)
  const asked = {
    start: exact.start + shift * MINUTE_MS,
    end: exact.end + shift * MINUTE_MS,
  }
  for (const opening of halls.openings(hall, asked)) {
    const option = optionAt(halls, hall, opening, asked, sought)
    if (option) return option
  }
  return undefined
}
