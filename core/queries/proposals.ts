/** Proposals: where bookings could go that have to make way, checked at this moment, none promised twice. */
import { alternatives, type Open, type Taken } from '../domain/alternatives.ts'
import type { Alternative } from '../domain/refusal.ts'
import { type ResourceRow, sharingOf } from '../domain/resource.ts'
import { dayOf, overlaps, type Span, spanOfDay, type Uuid } from '../domain/time.ts'
import { freeIn, takenIn } from '../store/calendar.ts'
import type { Tx } from '../store/database.ts'

/** As many as one reads out on the phone. */
const MOST_ALTERNATIVES = 3
/** Halls that are looked at for one booking. */
const MOST_CANDIDATES = 12
const DAY_MS = 86_400_000

export type Displaced = Span & Readonly<{ resource: Uuid; persons: number | null; places: number }>

type World = Readonly<{
  all: readonly ResourceRow[]
  open: readonly Open[]
  taken: readonly Taken[]
  closed: ReadonlySet<Uuid>
  now: number
}>

/** The smallest halls of the same kind that hold as many, none of those that are closed. */
function candidatesFor(row: Displaced, { all, closed }: World): ResourceRow[] {
  const own = all.find((one) => one.id === row.resource)
  if (!own) return []
  const needs = row.persons ?? 0
  return all
    .filter((one) => one.kind === own.kind && !closed.has(one.id))
    .filter((one) => one.capacity === null || one.capacity >= needs)
    .sort((one, other) => (one.capacity ?? 0) - (other.capacity ?? 0))
    .slice(0, MOST_CANDIDATES)
}

function proposals(row: Displaced, world: World, promised: readonly Taken[]): Alternative[] {
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

/** In the order given; who comes first gets the better place. Two statements, however many. */
export async function proposalsFor(
  tx: Tx,
  all: readonly ResourceRow[],
  closed: ReadonlySet<Uuid>,
  now: number,
  rows: readonly Displaced[],
): Promise<Alternative[][]> {
  if (rows.length === 0) return []
  const reach = {
    start: Math.min(...rows.map((row) => row.start)) - DAY_MS,
    end: Math.max(...rows.map((row) => row.end)) + DAY_MS,
  }
  const ids = all.map((one) => one.id)
  const open = await freeIn(tx, reach, ids)
  const taken = await takenIn(tx, reach, ids)
  const promised: Taken[] = []
  return rows.map((row) => {
    const found = proposals(row, { all, open, taken, closed, now }, promised)
    if (found[0]) promised.push(found[0])
    return found
  })
}
