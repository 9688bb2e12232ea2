/**
 * Material of bookings: what they want to have, checked against what is free, and what becomes of it when the booking
 * is cancelled, restored or moved. Claims are written here and nowhere else; the trips follow from them.
 */
import type { Refusal } from '../domain/refusal.ts'
import type { Instant, Uuid } from '../domain/time.ts'
import type { Work } from '../operations/operations.ts'
import { replan, STORE } from '../operations/replan.ts'
import { leastFree } from '../operations/trips.ts'
import {
  claimants,
  claimsOfBookings,
  ensurePlaces,
  rememberMeant,
  type StandingClaim,
  updateClaims,
  withdrawClaims,
} from '../store/material-claims.ts'
import { type MaterialBooking, materialBookings } from '../store/material-names.ts'
import { itemTypes } from '../store/operations.ts'
import { deleteClaims, endClaims, insertClaims } from '../store/operations-claims.ts'
import { type Lendable, readLendable } from '../store/operations-lendable.ts'
import type { Claim, ItemType, Place } from '../store/operations-model.ts'
import { resourcesByIds } from '../store/resources.ts'
import type { DateAt, ResultOf } from './calls.ts'
import { accepted, type Context, type Outcome, refused } from './command.ts'
import type { MaterialLine } from './material-calls.ts'
import { placeOf, workOf } from './material-work.ts'

export type Want = Readonly<{ token: Uuid; lines: readonly MaterialLine[] }>

export function lineOf(claim: StandingClaim): MaterialLine {
  const { id, type, quantity, outAt, backAt, resource } = claim
  return { claim: id, type, quantity, outAt, backAt, resource }
}

/** Halls and people get their places when something is first wanted there. */
async function places(
  context: Context,
  wants: readonly Want[],
  bookings: ReadonlyMap<Uuid, MaterialBooking>,
): Promise<Outcome<null>> {
  const halls = [
    ...new Set(wants.flatMap(({ lines }) => lines.flatMap((one) => one.resource ?? []))),
  ]
  const rows = halls.length > 0 ? await resourcesByIds(context.tx, halls) : []
  if (rows.length < halls.length) return refused({ code: 'gone', what: 'resource' })
  const lent = wants.filter(({ lines }) => lines.some((line) => line.resource === null))
  const people = new Set(lent.map(({ token }) => bookings.get(token)?.person ?? null))
  if (people.has(null)) return refused({ code: 'gone', what: 'person' })
  const blank = { parent: null, tag: null }
  await ensurePlaces(context.tx, [
    ...rows.map(
      (hall): Place => ({
        ...blank,
        id: placeOf(hall.id),
        name: hall.name,
        resource: hall.id,
        borrower: null,
      }),
    ),
    ...[...(people as Set<Uuid>)].map(
      (person): Place => ({
        ...blank,
        id: placeOf(person),
        name: '',
        resource: null,
        borrower: person,
      }),
    ),
  ])
  return accepted(null)
}

function isSame(claim: StandingClaim, wanted: Claim): boolean {
  return (
    !claim.withdrawn &&
    claim.type === wanted.type &&
    claim.quantity === wanted.quantity &&
    claim.outAt === wanted.outAt &&
    claim.backAt === wanted.backAt &&
    claim.place === wanted.place
  )
}

/** What has to be written so that the claims are as wanted. */
interface Difference {
  readonly fresh: readonly Claim[]
  readonly changed: readonly Claim[]
  /** Nothing was done for them. */
  readonly dropped: readonly StandingClaim[]
  /** Something was delivered: it is fetched. */
  readonly ended: readonly StandingClaim[]
}

function difference(
  work: Work,
  wanted: readonly Claim[],
  standing: readonly StandingClaim[],
): Difference {
  const known = new Map(standing.map((claim) => [claim.id, claim]))
  const fresh: Claim[] = []
  const changed: Claim[] = []
  const ended: StandingClaim[] = []
  for (const claim of wanted) {
    const was = known.get(claim.id)
    if (!was) fresh.push(claim)
    else if (was.touched && (was.place !== claim.place || was.type !== claim.type)) {
      // What was delivered there is fetched; what is wanted elsewhere is another claim.
      ended.push(was)
      fresh.push({ ...claim, id: work.ids.next() })
    } else if (!isSame(was, claim)) changed.push(claim)
  }
  const named = new Set(wanted.map((claim) => claim.id))
  const gone = standing.filter((claim) => !named.has(claim.id) && !claim.withdrawn)
  return {
    fresh,
    changed,
    dropped: gone.filter((claim) => !claim.touched),
    ended: [...ended, ...gone.filter((claim) => claim.touched)],
  }
}

/** The first claim that there are too few pieces for, once all are written. Each type is read once for all of them. */
async function tooFew(
  context: Context,
  claims: readonly Claim[],
  types: ReadonlyMap<Uuid, ItemType>,
): Promise<Refusal | undefined> {
  const windows = new Map(
    claims.map((claim) => [`${claim.type} ${claim.outAt} ${claim.backAt}`, claim]),
  )
  const read = new Map<Uuid, Lendable>()
  for (const { type, outAt, backAt, quantity, booking } of windows.values()) {
    const own = claims.filter((claim) => claim.type === type)
    const from = Math.min(...own.map((claim) => claim.outAt))
    const until = Math.max(...own.map((claim) => claim.backAt))
    const asked = { type, from, until, now: context.now, tag: STORE }
    const lendable = read.get(type) ?? (await readLendable(context.tx, asked))
    read.set(type, lendable)
    const least = leastFree(lendable, outAt, backAt)
    if (least >= 0) continue
    return {
      code: 'too-few-pieces',
      name: types.get(type)?.name ?? '',
      wanted: quantity,
      free: Math.max(0, quantity + least),
      start: outAt,
      end: backAt,
      by: (await claimants(context.tx, type, outAt, backAt, booking)).slice(0, 5),
    }
  }
  return undefined
}

/** Makes the material of bookings what they want, all or nothing. */
export async function setMaterial(
  context: Context,
  work: Work,
  wants: readonly Want[],
): Promise<Outcome<ResultOf<'material.want'>>> {
  const { tx, now } = context
  const tokens = wants.map((want) => want.token)
  const bookings = new Map((await materialBookings(tx, tokens)).map((one) => [one.token, one]))
  if (bookings.size < new Set(tokens).size) return refused({ code: 'gone', what: 'booking' })
  const types = new Map((await itemTypes(tx)).map((type) => [type.id, type]))
  const unfit = wants.find(({ token, lines }) => lines.length > 0 && !bookings.get(token)?.booked)
  if (unfit) {
    const { number, title } = bookings.get(unfit.token) as MaterialBooking
    return refused({ code: 'not-booked', number, title })
  }
  if (wants.some(({ lines }) => lines.some((line) => !types.has(line.type)))) {
    return refused({ code: 'gone', what: 'item-type' })
  }
  const placed = await places(context, wants, bookings)
  if (placed.status === 'refused') return placed
  const standing = await claimsOfBookings(tx, tokens)
  const wanted = wants.flatMap(({ token, lines }) =>
    lines.map(({ claim, resource, ...line }): Claim => {
      const person = bookings.get(token)?.person as Uuid
      return { ...line, id: claim, booking: token, place: placeOf(resource ?? person) }
    }),
  )
  const { fresh, changed, dropped, ended } = difference(work, wanted, standing)
  const asked = [...fresh, ...changed]
  if (asked.some((claim) => claim.backAt <= now)) return refused({ code: 'in-the-past' })
  const endedIds = ended.map((claim) => claim.id)
  const droppedIds = dropped.map((claim) => claim.id)
  if (endedIds.length > 0) await endClaims(tx, endedIds, now)
  await withdrawClaims(tx, droppedIds)
  await updateClaims(tx, changed)
  await insertClaims(tx, fresh)
  const few = await tooFew(context, asked, types)
  if (few) return refused(few)
  const concerned = [...asked, ...dropped, ...ended, ...standing].map((claim) => claim.type)
  await replan(work, [...new Set(concerned)])
  if (droppedIds.length > 0) await deleteClaims(tx, droppedIds)
  return accepted({
    before: wants.map(({ token }) => ({
      token,
      lines: standing.filter((one) => one.booking === token && !one.withdrawn).map(lineOf),
    })),
    told: wants.map(({ token, lines }) => ({
      number: bookings.get(token)?.number ?? 0,
      title: bookings.get(token)?.title ?? '',
      lines: lines.map(({ type, quantity }) => ({ name: types.get(type)?.name ?? '', quantity })),
    })),
  })
}

async function planAgain(work: Work, claims: readonly Claim[]): Promise<void> {
  await replan(work, [...new Set(claims.map((claim) => claim.type))])
}

/** The bookings are off: what was not delivered is wanted no more, what was is fetched. */
export async function withdrawMaterial(work: Work, tokens: readonly Uuid[]): Promise<void> {
  const { tx, now } = work
  const claims = (await claimsOfBookings(tx, tokens)).filter(
    (claim) => !claim.withdrawn && (claim.backAt > now || claim.there),
  )
  if (claims.length === 0) return
  const untouched = claims.filter((claim) => !claim.touched).map((claim) => claim.id)
  const touched = claims.filter((claim) => claim.touched && claim.backAt > now)
  await withdrawClaims(tx, untouched)
  if (touched.length > 0) {
    const ids = touched.map((claim) => claim.id)
    await rememberMeant(tx, ids)
    await endClaims(tx, ids, now)
  }
  await planAgain(work, claims)
}

/** As it was meant to be before its booking was called off. */
function meant(claim: StandingClaim): Claim {
  const { id, booking, type, quantity, place } = claim
  const outAt = claim.meantOut ?? claim.outAt
  return { id, booking, type, quantity, place, outAt, backAt: claim.meantBack ?? claim.backAt }
}

async function fits({ tx, now }: Work, claim: Claim): Promise<boolean> {
  const { type, outAt, backAt, quantity } = claim
  const lendable = await readLendable(tx, { type, from: outAt, until: backAt, now, tag: STORE })
  return leastFree(lendable, outAt, backAt) >= quantity
}

/** The bookings stand again. What others have taken meanwhile stays withdrawn, to be seen. */
export async function restoreMaterial(work: Work, tokens: readonly Uuid[]): Promise<void> {
  const { tx, now } = work
  const claims = (await claimsOfBookings(tx, tokens)).filter(
    (claim) => (claim.withdrawn || claim.meantBack !== null) && meant(claim).backAt > now,
  )
  if (claims.length === 0) return
  for (const claim of claims) {
    const wanted = meant(claim)
    if (claim.there) await updateClaims(tx, [wanted])
    else if (await fits(work, wanted)) {
      if (claim.withdrawn) await updateClaims(tx, [wanted])
      else {
        // It was delivered and fetched again: that stays as it was, and it is brought once more.
        await updateClaims(tx, [claim])
        await insertClaims(tx, [{ ...wanted, id: work.ids.next() }])
      }
    }
  }
  await planAgain(work, claims)
}

/** One date goes elsewhere, and its material with it, by as much at either end. */
export async function moveMaterial(
  context: Context,
  token: Uuid,
  from: DateAt,
  to: DateAt,
): Promise<Outcome<unknown>> {
  const claims = (await claimsOfBookings(context.tx, [token])).filter((claim) => !claim.withdrawn)
  const goes = ({ outAt, backAt, resource }: StandingClaim) =>
    (resource === null || resource === from.resource) &&
    outAt < from.end &&
    backAt > from.start &&
    (backAt > context.now || outAt > context.now)
  if (!claims.some(goes)) return accepted(null)
  const shifted = (line: MaterialLine): MaterialLine => {
    const outAt: Instant = line.outAt + to.start - from.start
    const backAt: Instant = line.backAt + to.end - from.end
    const span = outAt < backAt ? { outAt, backAt } : { outAt: to.start, backAt: to.end }
    return { ...line, ...span, resource: line.resource === null ? null : to.resource }
  }
  const lines = claims.map((claim) => (goes(claim) ? shifted(lineOf(claim)) : lineOf(claim)))
  return setMaterial(context, workOf(context), [{ token, lines }])
}
