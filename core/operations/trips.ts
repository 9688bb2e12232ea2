/**
 * Trips: which piece goes out for which claim, and when it comes back. Pure: claims and pieces in, trips out.
 *
 * Claims are served in the order in which they begin, each from the pieces that are in a store by then. For
 * pieces that are like one another no other order serves more, so a claim is short only where there are in truth
 * too few. A piece that already has the trip keeps it, so that a printed day sheet stays true.
 */
import type { Instant, Uuid } from '../domain/time.ts'
import type { Lendable } from '../store/operations-lendable.ts'
import type { Claim } from '../store/operations-model.ts'

export interface Trip {
  readonly item: Uuid
  readonly claim: Uuid
  readonly place: Uuid
  readonly at: Instant
}

/** A piece at the end of all that cannot be planned anew. */
export interface Piece {
  readonly item: Uuid
  /** The avatar that the next trip takes. */
  readonly avatar: Uuid
  readonly type: Uuid
  /** Where it is from `from` on. */
  readonly place: Uuid
  readonly from: Instant
  /** The store it is in or, when it is out, belongs to; null: neither, so it cannot be lent. */
  readonly home: Uuid | null
  /** The claim it is out for; null: it is at home. */
  readonly out: Uuid | null
  /** The trips planned for it so far, in order. */
  readonly trips: readonly Trip[]
}

/** A claim that gets fewer than it asked for, or some of them late. */
export interface Short {
  readonly claim: Uuid
  readonly missing: number
  readonly late: number
}

export interface Planned {
  /** By item, in order; an item without any is not there. */
  readonly trips: ReadonlyMap<Uuid, readonly Trip[]>
  readonly short: readonly Short[]
}

/** A piece while trips are given out: at home, and from when on. */
interface Standing {
  readonly piece: Piece
  readonly home: Uuid
  from: Instant
  readonly trips: Trip[]
}

const byBeginning = (one: Claim, other: Claim) =>
  one.outAt - other.outAt || (one.id < other.id ? -1 : 1)

/**
 * The better a piece suits a claim, the less of what is planned changes: 0 it has the trip, 1 nothing is planned
 * with it, 2 it is idle then.
 */
function disturbance({ piece }: Standing, claim: Claim): number {
  if (piece.trips.some((trip) => trip.claim === claim.id)) return 0
  if (piece.trips.length === 0) return 1
  const meanwhile = piece.trips.some((trip) => claim.outAt <= trip.at && trip.at < claim.backAt)
  return meanwhile ? 3 : 2
}

function send(standing: Standing, claim: Claim): void {
  const { home, trips, from } = standing
  const { item } = standing.piece
  const at = Math.max(claim.outAt, from)
  trips.push({ item, claim: claim.id, place: claim.place, at })
  trips.push({ item, claim: claim.id, place: home, at: claim.backAt })
  standing.from = claim.backAt
}

/** Everybody out comes home: when the claim ends or, if it was delivered after that, at once. */
function bringHome(piece: Piece, home: Uuid, claims: ReadonlyMap<Uuid, Claim>): Standing {
  const claim = piece.out === null ? undefined : claims.get(piece.out)
  if (!claim) return { piece, home, from: piece.from, trips: [] }
  const at = Math.max(claim.backAt, piece.from)
  const trip = { item: piece.item, claim: claim.id, place: home, at }
  return { piece, home, from: at, trips: [trip] }
}

/**
 * Plans all trips anew.
 *
 * `served` says how many pieces each claim has had so far or has for certain, wherever they are now. A claim that
 * is over at `now` gets nothing more, but what is out for it still comes home.
 */
export function planTrips(
  claims: readonly Claim[],
  pieces: readonly Piece[],
  served: ReadonlyMap<Uuid, number>,
  now: Instant,
): Planned {
  const byId = new Map(claims.map((claim) => [claim.id, claim]))
  const standings = new Map<Uuid, Standing[]>()
  for (const piece of pieces) {
    if (piece.home === null) continue
    const standing = bringHome(piece, piece.home, byId)
    const alike = standings.get(piece.type)
    if (alike) alike.push(standing)
    else standings.set(piece.type, [standing])
  }
  const short: Short[] = []
  for (const claim of [...claims].sort(byBeginning)) {
    const wanted = claim.quantity - (served.get(claim.id) ?? 0)
    if (wanted <= 0 || claim.backAt <= now) continue
    const alike = standings.get(claim.type) ?? []
    const timely = alike
      .filter((standing) => standing.from <= claim.outAt)
      .map((standing) => ({ standing, rank: disturbance(standing, claim) }))
      // At home longest first: then a trip seldom waits until another is ticked.
      .sort((one, other) => one.rank - other.rank || one.standing.from - other.standing.from)
      .slice(0, wanted)
      .map(({ standing }) => standing)
    // Too late is better than not at all: what comes home before the claim is over goes out again at once.
    const late = alike
      .filter((standing) => standing.from > claim.outAt && standing.from < claim.backAt)
      .sort((one, other) => one.from - other.from)
      .slice(0, wanted - timely.length)
    for (const standing of [...timely, ...late]) send(standing, claim)
    const missing = wanted - timely.length - late.length
    if (missing > 0 || late.length > 0) {
      short.push({ claim: claim.id, missing, late: late.length })
    }
  }
  const all = [...standings.values()].flat().filter(({ trips }) => trips.length > 0)
  return { trips: new Map(all.map(({ piece, trips }) => [piece.item, trips])), short }
}

/**
 * The pieces of a type that can be lent, less the most that is claimed at any moment of a window. Below zero where
 * more is claimed than there is.
 */
export function leastFree({ pieces, claims }: Lendable, from: Instant, until: Instant): number {
  const byId = new Map(claims.map((claim) => [claim.id, claim]))
  const outFor = new Map<Uuid, number>()
  /** What changes when: pieces that come, claims that begin and end. */
  const changes: { at: Instant; by: number }[] = []
  for (const { out, from: at, count } of pieces) {
    const claim = out === null ? undefined : byId.get(out)
    if (claim) outFor.set(claim.id, (outFor.get(claim.id) ?? 0) + count)
    // A piece that is out is lent to its claim, which is counted below; and it may have left before that begins.
    changes.push({ at: claim ? claim.outAt : at, by: count })
    if (claim && claim.backAt < at) {
      changes.push({ at: claim.backAt, by: -count }, { at, by: count })
    }
  }
  for (const { id, quantity, outAt, backAt, served } of claims) {
    const out = outFor.get(id) ?? 0
    const held = Math.max(quantity - (served - out), out)
    changes.push({ at: outAt, by: -held }, { at: backAt, by: held })
  }
  changes.sort((one, other) => one.at - other.at)
  let count = 0
  let next = 0
  const upTo = (moment: Instant) => {
    for (let change = changes[next]; change && change.at <= moment; change = changes[next]) {
      count += change.by
      next += 1
    }
  }
  upTo(from)
  let least = count
  for (let change = changes[next]; change && change.at < until; change = changes[next]) {
    upTo(change.at)
    least = Math.min(least, count)
  }
  return least
}

/** The pieces that nobody has claimed for any part of a window; never below zero. */
export function freePieces(lendable: Lendable, from: Instant, until: Instant): number {
  return Math.max(0, leastFree(lendable, from, until))
}
