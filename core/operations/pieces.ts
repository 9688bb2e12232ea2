/**
 * Pieces: what of a ledger stands fast, and what the planner may plan anew.
 *
 * It may move planned trips of claims that nothing but further such trips hangs on. Facts, what is under way,
 * and house work stand fast, with all that leads to them.
 */
import type { Uuid } from '../domain/time.ts'
import type { Lendable } from '../store/operations-lendable.ts'
import type { Avatar, Claim, Operation } from '../store/operations-model.ts'
import { inOrder } from './graph.ts'
import type { Ledger } from './ledger.ts'
import type { Piece, Trip } from './trips.ts'

export interface Standings {
  readonly pieces: readonly Piece[]
  /** By claim: pieces that have gone out for it or are bound to, and were not lost on the way. */
  readonly served: ReadonlyMap<Uuid, number>
  /** By item: the trips that may be planned anew, in order. */
  readonly movable: ReadonlyMap<Uuid, readonly Operation[]>
}

/** The operations that may be planned anew, consequences first. */
function movableOf(ledger: Ledger): Set<Operation> {
  const movable = new Set<Operation>()
  const all = [...ledger.operations()]
  for (const operation of inOrder(ledger, all).toReversed()) {
    const { state, kind, claim } = operation
    if (state !== 'planned' || kind !== 'move' || claim === null) continue
    if (!ledger.followersOf(operation).every((follower) => movable.has(follower))) continue
    movable.add(operation)
  }
  return movable
}

/** The store the piece was in before it went out, as far back as the ledger goes. */
function homeOf(ledger: Ledger, avatar: Avatar, stores: ReadonlySet<Uuid>): Uuid | null {
  let maker = ledger.findOperation(avatar.reason)
  while (maker) {
    const took = ledger
      .historyOf(maker)
      .find((input) => ledger.avatar(input.avatar).item === avatar.item)
    if (!took) return null
    const { place } = ledger.avatar(took.avatar)
    if (stores.has(place)) return place
    // The reason of what is past is who took it; who left it there stands in the history.
    maker = ledger.findOperation(took.latestPreviousOp)
  }
  return null
}

/** Reads a ledger over the standing avatars of some types. `stores` are the places that pieces are kept at. */
export function standingsOf(
  ledger: Ledger,
  claims: readonly Claim[],
  stores: ReadonlySet<Uuid>,
): Standings {
  const movable = movableOf(ledger)
  const trips = new Map<Uuid, Operation[]>()
  for (const operation of inOrder(ledger, [...movable])) {
    const [input] = ledger.inputsOf(operation)
    if (!input) continue
    const known = trips.get(input.item)
    if (known) known.push(operation)
    else trips.set(input.item, [operation])
  }
  const known = new Map(claims.map((claim) => [claim.id, claim]))
  const pieces: Piece[] = []
  for (const avatar of ledger.avatars()) {
    if (avatar.state === 'past') continue
    const maker = ledger.findOperation(avatar.reason)
    const taker = ledger.takerOf(avatar)
    const takes = taker === undefined ? undefined : ledger.findOperation(taker)
    if (!maker || movable.has(maker) || (takes && !movable.has(takes))) continue
    const atHome = stores.has(avatar.place)
    const lent = !atHome && maker.claim !== null && known.has(maker.claim)
    pieces.push({
      item: avatar.item,
      avatar: avatar.id,
      type: ledger.itemOf(avatar).type,
      place: avatar.place,
      from: avatar.dtFrom,
      home: atHome ? avatar.place : lent ? homeOf(ledger, avatar, stores) : null,
      out: lent ? maker.claim : null,
      trips: (trips.get(avatar.item) ?? []).map(
        (operation): Trip => ({
          item: avatar.item,
          claim: operation.claim as Uuid,
          place: operation.place as Uuid,
          at: operation.dtExecution,
        }),
      ),
    })
  }
  pieces.sort((one, other) => (one.item < other.item ? -1 : 1))
  return { pieces, served: servedBy(ledger, movable, stores, pieces), movable: trips }
}

/** Pieces that went out for a claim and are out, or came home. Those written off meanwhile do not count. */
function servedBy(
  ledger: Ledger,
  movable: ReadonlySet<Operation>,
  stores: ReadonlySet<Uuid>,
  pieces: readonly Piece[],
): Map<Uuid, number> {
  const there = new Set(pieces.map((piece) => piece.item))
  const items = new Map<Uuid, Set<Uuid>>()
  for (const operation of ledger.operations()) {
    const { claim, place } = operation
    if (claim === null || place === null || stores.has(place) || movable.has(operation)) continue
    const out = items.get(claim) ?? new Set()
    items.set(claim, out)
    for (const { item } of ledger.inputsOf(operation)) {
      if (operation.state !== 'done' || there.has(item)) out.add(item)
    }
  }
  return new Map([...items].map(([claim, out]) => [claim, out.size]))
}

/** The same sums as the store reads for one type, made of what a ledger holds. */
export function lendableOf({ pieces, served }: Standings, claims: readonly Claim[]): Lendable {
  return {
    pieces: pieces
      .filter((piece) => piece.home !== null)
      .map(({ out, from }) => ({ out, from, count: 1 })),
    claims: claims.map((claim) => ({ ...claim, served: served.get(claim.id) ?? 0 })),
  }
}
