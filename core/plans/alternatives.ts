/** Alternatives to a wish, read from what is there: the same day, the same hall at another time and others of its kind. */
import { alternatives } from '../domain/alternatives.ts'
import { heldByOthers } from '../domain/hold.ts'
import type { Alternative } from '../domain/refusal.ts'
import { type ResourceRow, sharingOf } from '../domain/resource.ts'
import { dayOf, type Instant, type Span, spanOfDay, type Uuid } from '../domain/time.ts'
import { freeIn, takenIn } from '../store/calendar.ts'
import type { Tx } from '../store/database.ts'
import { heldTimes } from '../store/holds.ts'
import { allResources } from '../store/resources.ts'

/** As many as one reads out on the phone. */
const MOST = 3
/** Halls looked at, the wanted one among them. */
const MOST_HALLS = 12

/** Each is free in the snapshot of this transaction, and kept by nobody else than the booking of that token. */
export async function alternativesTo(
  tx: Tx,
  now: Instant,
  wanted: Readonly<{ resource: ResourceRow; during: Span; places: number; token: Uuid }>,
): Promise<Alternative[]> {
  const { resource, during, places, token } = wanted
  const all = await allResources(tx)
  const alike = all.filter((one) => one.kind === resource.kind && one.id !== resource.id)
  const enough = alike.filter(
    (one) => one.capacity === null || one.capacity >= (resource.capacity ?? 0),
  )
  const candidates = [resource, ...enough, ...alike.filter((one) => !enough.includes(one))].slice(
    0,
    MOST_HALLS,
  )
  const day = spanOfDay(dayOf(during.start, resource.zone), resource.zone)
  const reach = { start: day.start, end: Math.max(day.end, during.end) }
  const open = await freeIn(
    tx,
    reach,
    candidates.map((one) => one.id),
  )
  const ids = all.map((one) => one.id)
  const taken = await takenIn(tx, reach, ids)
  const held = heldByOthers(await heldTimes(tx, now), token, ids, reach, now)
  return alternatives({
    wish: { ...during, resource: resource.id },
    places,
    candidates: candidates.map((one) => ({
      resource: one.id,
      name: one.name,
      sharing: sharingOf(one, all),
    })),
    open,
    taken: [...taken, ...held],
    now,
    most: MOST,
  })
}
