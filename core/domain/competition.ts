/**
 * Competition: who wants what others want too, among requests that take nothing yet.
 *
 * Two meet where their dates overlap on the same hall or on halls that share space. They compete where more is
 * wanted at one moment than is free; a nursery with twelve places and five requests has no competition. Pure: the
 * screen asks it what to show, and before an approval, who would lose.
 */
import { type Instant, overlaps, type Span, type Uuid } from './time.ts'

export type Asked = Readonly<{
  token: Uuid
  dates: readonly (Span & Readonly<{ resource: Uuid; places: number }>)[]
  /** Most places it wants at once. */
  places: number
  /** Places free for it now, over all its dates. */
  free: number
  /** Its place on the waiting list; null for a request. */
  waitingSince: Instant | null
  createdAt: Instant
}>

/** Whether two halls take space from each other; a hall does from itself. */
export type Near = (one: Uuid, other: Uuid) => boolean

function meets(one: Asked, other: Asked, near: Near): boolean {
  return one.dates.some((mine) =>
    other.dates.some((theirs) => near(mine.resource, theirs.resource) && overlaps(mine, theirs)),
  )
}

/** The most places that the others want at one moment of this one's dates. */
function wantedBeside(one: Asked, others: readonly Asked[], near: Near): number {
  let most = 0
  for (const mine of one.dates) {
    const beside = others.flatMap((other) =>
      other.dates.filter((date) => near(mine.resource, date.resource) && overlaps(mine, date)),
    )
    const moments = [mine.start, ...beside.map((date) => Math.max(mine.start, date.start))]
    for (const at of moments) {
      const sum = beside
        .filter((date) => date.start <= at && at < date.end)
        .reduce((total, date) => total + date.places, 0)
      most = Math.max(most, sum)
    }
  }
  return most
}

/** The others that compete with one: not all of them can have what they ask for. */
function rivalsOf<A extends Asked>(one: A, all: readonly A[], near: Near): A[] {
  const others = all.filter((other) => other.token !== one.token && meets(one, other, near))
  return one.places + wantedBeside(one, others, near) > one.free ? others : []
}

/** Those that could be given what they ask for now, and could not any more once this one has it. */
export function losersTo<A extends Asked>(one: A, all: readonly A[], near: Near): A[] {
  return all.filter(
    (other) =>
      other.token !== one.token &&
      other.free >= other.places &&
      other.free - one.places < other.places &&
      meets(one, other, near),
  )
}

/** For each request its rivals, whichever of the two has the lack. */
export function competition<A extends Asked>(all: readonly A[], near: Near): Map<Uuid, A[]> {
  const rivals = new Map(all.map((one) => [one.token, new Set<A>()]))
  for (const one of all) {
    for (const other of rivalsOf(one, all, near)) {
      rivals.get(one.token)?.add(other)
      rivals.get(other.token)?.add(one)
    }
  }
  return new Map(all.map((one) => [one.token, [...(rivals.get(one.token) ?? [])].sort(byArrival)]))
}

/** Requests that hang together by competition; the group with the oldest request first, oldest first within. */
export function grouped<A extends Asked>(
  all: readonly A[],
  rivals: ReadonlyMap<Uuid, readonly A[]>,
): A[][] {
  const groups: A[][] = []
  const placed = new Set<Uuid>()
  for (const first of [...all].sort(byArrival)) {
    if (placed.has(first.token)) continue
    const group = [first]
    placed.add(first.token)
    for (const member of group) {
      for (const rival of rivals.get(member.token) ?? []) {
        if (placed.has(rival.token)) continue
        placed.add(rival.token)
        group.push(rival)
      }
    }
    groups.push(group.sort(byArrival))
  }
  return groups
}

function byArrival(one: Asked, other: Asked): number {
  return one.createdAt - other.createdAt || (one.token < other.token ? -1 : 1)
}

/** The waiting list in its order: who joined first is first. */
function inLine<A extends Asked>(all: readonly A[]): A[] {
  return all
    .filter((one) => one.waitingSince !== null)
    .sort(
      (one, other) => (one.waitingSince ?? 0) - (other.waitingSince ?? 0) || byArrival(one, other),
    )
}

/** Those on the waiting list to whom a place can be offered now: in their order, none of them twice counted. */
export function offered<A extends Asked>(all: readonly A[], near: Near): A[] {
  const found: A[] = []
  for (const one of inLine(all)) {
    const before = wantedBeside(one, found, near)
    if (one.free - before >= one.places) found.push(one)
  }
  return found
}
