/** What a screen may ask about blockers: who is in the way, where they could go, and which blockers there are. */
import { familyOf, inTheWayOfBlocker } from '../commands/blocker.ts'
import { alternatives, type Open, type Taken } from '../domain/alternatives.ts'
import type { Alternative } from '../domain/refusal.ts'
import { type ResourceRow, sharingOf } from '../domain/resource.ts'
import { dayOf, overlaps, type Span, spanOfDay, type Uuid } from '../domain/time.ts'
import { bookingDateCounts } from '../store/bookings.ts'
import { freeIn, takenIn } from '../store/calendar.ts'
import type { Tx } from '../store/database.ts'
import { blockersFrom, type InHall } from '../store/in-the-way.ts'
import { allResources } from '../store/resources.ts'
import type { BlockerRow, ImpactRow, ImpactRows } from './blocker-rows.ts'
import type { QueryArgs } from './rows.ts'

/** As many as one reads out on the phone. */
const MOST_ALTERNATIVES = 3
/** Halls that are looked at for one booking. */
const MOST_CANDIDATES = 12

type World = Readonly<{
  all: readonly ResourceRow[]
  open: readonly Open[]
  taken: readonly Taken[]
  closed: ReadonlySet<Uuid>
  now: number
}>

/** Halls of the same kind that hold as many, none of those that are blocked. */
function candidatesFor(row: InHall, { all, closed }: World): ResourceRow[] {
  const own = all.find((one) => one.id === row.resource)
  if (!own) return []
  const needs = row.persons ?? 0
  return all
    .filter((one) => one.kind === own.kind && !closed.has(one.id))
    .filter((one) => one.capacity === null || one.capacity >= needs)
    .sort((one, other) => (one.capacity ?? 0) - (other.capacity ?? 0))
    .slice(0, MOST_CANDIDATES)
}

function proposals(row: InHall, world: World, promised: readonly Taken[]): Alternative[] {
  const candidates = candidatesFor(row, world)
  if (candidates.length === 0) return []
  const zone = world.all.find((one) => one.id === row.resource)?.zone ?? 'UTC'
  const reach = {
    start: spanOfDay(dayOf(row.start, zone), zone).start,
    end: spanOfDay(dayOf(row.end - 1, zone), zone).end,
  }
  const near = <S extends Span>(spans: readonly S[]) =>
    spans.filter((each) => overlaps(each, reach))
  return alternatives({
    wish: { start: row.start, end: row.end, resource: row.resource },
    places: row.places,
    candidates: candidates.map((one) => ({
      resource: one.id,
      name: one.name,
      sharing: sharingOf(one, world.all),
    })),
    open: near(world.open),
    taken: near([...world.taken, ...promised]),
    now: world.now,
    most: MOST_ALTERNATIVES,
  })
}

export async function blockerImpact(
  tx: Tx,
  { resources, during, now }: QueryArgs<'blocker.impact'>,
): Promise<ImpactRows> {
  const all = await allResources(tx)
  const family = familyOf(resources, all)
  const found = await inTheWayOfBlocker(tx, resources, all, during)
  const sharing = family.filter((id) => !resources.includes(id))
  const dates = (await freeIn(tx, during, resources)).length
  if (found.length === 0) return { rows: [], sharing, dates }
  const reach = {
    start: Math.min(...found.map((row) => row.start)) - 86_400_000,
    end: Math.max(...found.map((row) => row.end)) + 86_400_000,
  }
  const ids = all.map((one) => one.id)
  const world: World = {
    all,
    open: await freeIn(tx, reach, ids),
    taken: await takenIn(tx, reach, ids),
    closed: new Set(family),
    now,
  }
  const counts = await bookingDateCounts(tx, [...new Set(found.map((row) => row.token))])
  const promised: Taken[] = []
  const rows = found.map((row): ImpactRow => {
    const { persons: _, ...shown } = row
    const free = row.state === 'booked' ? proposals(row, world, promised) : []
    const [first] = free
    if (first) promised.push(first)
    return { ...shown, dates: counts.get(row.token) ?? 1, alternatives: free }
  })
  return { rows, sharing, dates }
}

export async function blockersAll(
  tx: Tx,
  { from }: QueryArgs<'blocker.all'>,
): Promise<readonly BlockerRow[]> {
  return blockersFrom(tx, from)
}
