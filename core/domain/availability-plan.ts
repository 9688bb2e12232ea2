/**
 * Plan: what becomes of the dates that are there when a period is laid out or changed.
 *
 * The preview and the command ask this one function, so that what is shown is what will be done. It promises that
 * a date somebody uses is never removed and never cut shorter than its use.
 */
import { type DateOf, sameTerms } from './availability-period.ts'
import { contains, overlaps, type Span, type Uuid } from './time.ts'

/** A date that is there, and what hangs on it. */
export type Existing = DateOf &
  Readonly<{
    id: number
    group: Uuid
    /** The period that made it; null where another program did. */
    rule: Uuid | null
    /** From the first to the last taken or asked-for moment; null where nobody uses it. */
    held: Span | null
    /** Places of which something is taken. */
    placesUsed: number
  }>

export type Clash<D extends DateOf = DateOf> = Readonly<{ wanted: D; existing: Existing }>

export type Plan = Readonly<{
  /** Dates that will be made. */
  create: readonly DateOf[]
  /** Dates that are there already, just so. */
  exists: readonly Existing[]
  /** Wanted dates that meet another period: they are left out. */
  overlaps: readonly Clash[]
  /** Used dates of this period that get new times or terms. */
  change: readonly Clash[]
  /** Unused dates of this period that go. */
  remove: readonly Existing[]
  /** Used dates of this period that cannot become what is wanted: they stay as they are. */
  keep: readonly Readonly<{ wanted: DateOf | null; existing: Existing }>[]
}>

function same(one: DateOf, other: DateOf): boolean {
  return one.start === other.start && one.end === other.end && sameTerms(one, other)
}

/** Whether a used date can take new times and terms without anybody losing a place. */
function canBecome(existing: Existing, wanted: DateOf): boolean {
  if (existing.step !== wanted.step || existing.together || wanted.together) return false
  if (wanted.places < existing.placesUsed) return false
  if (existing.step === null) {
    return existing.start === wanted.start && existing.end === wanted.end
  }
  return existing.held === null || contains(wanted, existing.held)
}

function byHall<D extends DateOf>(dates: readonly D[]): Map<Uuid, D[]> {
  const halls = new Map<Uuid, D[]>()
  for (const date of dates) {
    const own = halls.get(date.resource)
    if (own) own.push(date)
    else halls.set(date.resource, [date])
  }
  for (const own of halls.values()) own.sort((one, other) => one.start - other.start)
  return halls
}

type Drawn = { [K in keyof Plan]: Plan[K][number][] }

/** One hall, both lists by start. What is there never overlaps itself, so both are walked together. */
function planHall(
  rule: Uuid | null,
  wanted: readonly DateOf[],
  existing: readonly Existing[],
  drawn: Drawn,
): void {
  const met = new Set<Existing>()
  let from = 0
  let last: DateOf | undefined
  for (const date of wanted) {
    // Two wanted dates that meet each other (a night that runs into the next): the first has it.
    if (last && overlaps(last, date)) continue
    last = date
    while (existing[from] && (existing[from] as Existing).end <= date.start) from++
    const near: Existing[] = []
    for (let index = from; index < existing.length; index++) {
      const other = existing[index] as Existing
      if (other.start >= date.end) break
      near.push(other)
    }
    planDate(rule, date, near, met, drawn)
  }
  for (const other of existing) {
    if (rule === null || other.rule !== rule || met.has(other)) continue
    if (other.held === null) drawn.remove.push(other)
    else drawn.keep.push({ wanted: null, existing: other })
  }
}

function planDate(
  rule: Uuid | null,
  date: DateOf,
  near: readonly Existing[],
  met: Set<Existing>,
  drawn: Drawn,
): void {
  const there = near.find((other) => same(other, date) && !met.has(other))
  if (there) {
    met.add(there)
    drawn.exists.push(there)
    return
  }
  const foreign = near.find((other) => rule === null || other.rule !== rule || met.has(other))
  if (foreign) {
    drawn.overlaps.push({ wanted: date, existing: foreign })
    return
  }
  const used = near.filter((other) => other.held !== null)
  const [first] = used
  if (!first) {
    // Unused dates of this very period make way.
    drawn.create.push(date)
    return
  }
  if (used.length === 1 && canBecome(first, date)) {
    met.add(first)
    drawn.change.push({ wanted: date, existing: first })
    return
  }
  for (const other of used) {
    met.add(other)
    drawn.keep.push({ wanted: date, existing: other })
  }
}

/**
 * @param rule the period that is changed; null where a new one is added
 * @param existing all dates of the halls concerned, whoever made them
 */
export function planDates(
  rule: Uuid | null,
  wanted: readonly DateOf[],
  existing: readonly Existing[],
): Plan {
  const drawn: Drawn = {
    create: [],
    exists: [],
    overlaps: [],
    change: [],
    remove: [],
    keep: [],
  }
  const wantedIn = byHall(wanted)
  const existingIn = byHall(existing)
  for (const hall of new Set([...wantedIn.keys(), ...existingIn.keys()])) {
    planHall(rule, wantedIn.get(hall) ?? [], existingIn.get(hall) ?? [], drawn)
  }
  return drawn
}
