/**
 * Replan: claims are intent, planned operations are derived from them, done operations are facts.
 *
 * Whatever has changed (a claim more or less, something late, lost or broken), the trips of the types concerned
 * are planned anew in the transaction of the change. What comes out the same stays as it stands, row and id; so
 * planning twice changes nothing.
 */
import type { Instant, Uuid } from '../domain/time.ts'
import type { Tx } from '../store/database.ts'
import { readStanding } from '../store/operations.ts'
import {
  claimsById,
  deleteClaims,
  endClaims,
  isAnythingPlanned,
  openClaims,
  placesTagged,
  untouchedClaims,
} from '../store/operations-claims.ts'
import { readLendable } from '../store/operations-lendable.ts'
import type { Claim, Operation } from '../store/operations-model.ts'
import { writeOperations } from '../store/operations-write.ts'
import { cancel } from './cancel.ts'
import { create } from './create.ts'
import { kindNamed } from './kinds/list.ts'
import { Ledger } from './ledger.ts'
import type { Work } from './operations.ts'
import { type Standings, standingsOf } from './pieces.ts'
import { freePieces, planTrips, type Short, type Trip } from './trips.ts'

/** The tag of places that pieces are kept at when they are not lent. */
export const STORE = 'store'

export interface Replanned {
  /** The claims that get fewer than they asked for, or some of them late; in the order in which they begin. */
  readonly short: readonly Short[]
  readonly cancelled: readonly Operation[]
  readonly planned: readonly Operation[]
}

/** Where nobody wants anything there is nothing to be planned, however many pieces there are. */
const UNTOUCHED: Replanned = { short: [], cancelled: [], planned: [] }

function isTrip(operation: Operation, trip: Trip): boolean {
  return (
    operation.place === trip.place &&
    operation.dtExecution === trip.at &&
    operation.claim === trip.claim
  )
}

/** Makes the trips of one piece what they are to be, from the first that differs. */
function reroute(
  ledger: Ledger,
  avatar: Uuid | undefined,
  had: readonly Operation[],
  wanted: readonly Trip[],
): { cancelled: Operation[]; planned: Operation[] } {
  let same = 0
  for (const [index, operation] of had.entries()) {
    const trip = wanted[index]
    if (!trip || !isTrip(operation, trip)) break
    same = index + 1
  }
  const [differing] = had.slice(same)
  const gone = differing ? cancel(ledger, [differing]) : []
  const before = had[same - 1]
  let [at] = before ? ledger.outcomesOf(before) : avatar ? [ledger.avatar(avatar)] : []
  const planned: Operation[] = []
  for (const trip of wanted.slice(same)) {
    if (!at) throw new Error(`nothing of ${trip.item} is left to plan with`)
    // The same trip after another one is still the same: a day sheet that names it stays true.
    const again = gone.find((operation) => isTrip(operation, trip))
    const operation = create(ledger, kindNamed('move'), {
      ...(again ? { id: again.id, actor: again.actor, comment: again.comment } : {}),
      input: at,
      place: trip.place,
      claim: trip.claim,
      dtExecution: trip.at,
      ...(again?.dtStart ? { dtStart: again.dtStart } : {}),
    })
    if (!again) planned.push(operation)
    at = ledger.outcomesOf(operation)[0]
  }
  const kept = new Set(wanted.map((trip) => gone.find((operation) => isTrip(operation, trip))))
  return { cancelled: gone.filter((operation) => !kept.has(operation)), planned }
}

/** Plans anew on a ledger over the standing avatars of the types of these claims. */
export function replanOn(
  ledger: Ledger,
  claims: readonly Claim[],
  stores: ReadonlySet<Uuid>,
): Replanned {
  const { pieces, served, movable } = standingsOf(ledger, claims, stores)
  const { trips, short } = planTrips(claims, pieces, served, ledger.now)
  const avatars = new Map(pieces.map((piece) => [piece.item, piece.avatar]))
  const cancelled: Operation[] = []
  const planned: Operation[] = []
  for (const item of [...new Set([...movable.keys(), ...trips.keys()])].sort()) {
    const had = movable.get(item) ?? []
    const wanted = trips.get(item) ?? []
    const done = reroute(ledger, avatars.get(item), had, wanted)
    cancelled.push(...done.cancelled)
    planned.push(...done.planned)
  }
  return { short, cancelled, planned }
}

async function ledgerOf(
  work: Work,
  types: readonly Uuid[],
  claims: readonly Claim[],
): Promise<Ledger> {
  const ledger = new Ledger(work.now, work.ids)
  const ids = claims.map((claim) => claim.id)
  ledger.load(await readStanding(work.tx, types, ids))
  return ledger
}

/** Plans the trips of these types anew; `without` names claims to be left out, whose trips are cancelled. */
export async function replan(
  work: Work,
  types: readonly Uuid[],
  without: readonly Uuid[] = [],
): Promise<Replanned> {
  const open = await openClaims(work.tx, types, work.now)
  if (open.length === 0 && !(await isAnythingPlanned(work.tx, types))) return UNTOUCHED
  const stores = await placesTagged(work.tx, STORE)
  const ledger = await ledgerOf(work, types, open)
  const claims = open.filter((claim) => !without.includes(claim.id))
  const result = replanOn(ledger, claims, stores)
  await writeOperations(work.tx, ledger.changes())
  return result
}

/**
 * The booking is off. A claim that nothing was done for goes, with its trips; one that was delivered ends now, and
 * its pieces are to be fetched.
 */
export async function callOff(work: Work, ids: readonly Uuid[]): Promise<Replanned> {
  const claims = await claimsById(work.tx, ids)
  const types = [...new Set(claims.map((claim) => claim.type))]
  const untouched = await untouchedClaims(work.tx, ids)
  const touched = ids.filter((id) => !untouched.includes(id))
  if (touched.length > 0) await endClaims(work.tx, touched, work.now)
  const result = await replan(work, types, untouched)
  if (untouched.length > 0) await deleteClaims(work.tx, untouched)
  return result
}

/**
 * Takes pieces out of all that is planned for claims, so that something else can be done with them now: broken,
 * lost, to the workshop. Plan anew afterwards; others then go in their place.
 */
export async function release(
  work: Work,
  types: readonly Uuid[],
  items: readonly Uuid[],
): Promise<readonly Operation[]> {
  const open = await openClaims(work.tx, types, work.now)
  if (open.length === 0 && !(await isAnythingPlanned(work.tx, types))) return []
  const ledger = await ledgerOf(work, types, open)
  const gone = releaseOn(
    ledger,
    standingsOf(ledger, open, await placesTagged(work.tx, STORE)),
    items,
  )
  await writeOperations(work.tx, ledger.changes())
  return gone
}

export function releaseOn(
  ledger: Ledger,
  { movable }: Standings,
  items: readonly Uuid[],
): readonly Operation[] {
  const first = items.flatMap((item) => movable.get(item)?.[0] ?? [])
  return cancel(ledger, first)
}

/** How many pieces of a type could be claimed from `from` until `until` without anybody going short. */
export async function free(
  tx: Tx,
  type: Uuid,
  from: Instant,
  until: Instant,
  now: Instant,
): Promise<number> {
  const lendable = await readLendable(tx, { type, from, until, now, tag: STORE })
  return freePieces(lendable, from, until)
}
