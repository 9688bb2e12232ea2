/** Finding a hall: everything about all halls in five statements; three more for what comes nearest where none is free. */
import { findHalls, wantedDays } from '../domain/find-hall.ts'
import { daysBeside, relaxations } from '../domain/find-instead.ts'
import { Halls, type Sought } from '../domain/hall-options.ts'
import type { HeldTime } from '../domain/hold.ts'
import type { ResourceRow } from '../domain/resource.ts'
import { addDays, type Day, dayOf, type Span, startOfDay } from '../domain/time.ts'
import type { Tx } from '../store/database.ts'
import { hallStock } from '../store/hall-stock.ts'
import { heldTimes } from '../store/holds.ts'
import { allResources } from '../store/resources.ts'
import type { QueryArgs, Rows } from './rows.ts'

/** The days as spans, those that follow each other as one, and the night after each: a wish may end in it. */
function spansOf(days: readonly Day[], zone: string): Span[] {
  const spans: { start: number; end: number }[] = []
  for (const day of days) {
    const start = startOfDay(day, zone)
    const end = startOfDay(addDays(day, 2), zone)
    const last = spans.at(-1)
    if (last && start <= last.end) last.end = end
    else spans.push({ start, end })
  }
  return spans
}

async function readHalls(
  tx: Tx,
  all: readonly ResourceRow[],
  days: readonly Day[],
  held: readonly HeldTime[],
) {
  const ids = all.map((hall) => hall.id)
  return new Halls({ halls: all, ...(await hallStock(tx, ids, spansOf(days, zoneOf(all)))), held })
}

/** Halls of one municipality keep one clock; one with another is read a few hours off, and never beyond the night. */
function zoneOf(all: readonly ResourceRow[]): string {
  return all[0]?.zone ?? 'UTC'
}

export async function hallFind(tx: Tx, args: QueryArgs<'hall.find'>): Promise<Rows['hall.find']> {
  const { from, until, weekdays, opens, closes, ...rest } = args
  const all = await allResources(tx)
  const today = dayOf(args.now, zoneOf(all))
  const days = wantedDays(from < today ? today : from, until, weekdays)
  if (all.length === 0 || days.length === 0)
    return { options: [], of: 0, none: 'time', instead: [] }
  const sought: Sought = { ...rest, days, from: opens, to: closes }
  const held = await heldTimes(tx, args.now)
  const found = findHalls(await readHalls(tx, all, days, held), sought)
  if (found.options.length > 0) return { ...found, instead: [] }
  const wider = [...days, ...daysBeside(days, today)].sort()
  return { ...found, instead: relaxations(await readHalls(tx, all, wider, held), sought, today) }
}
