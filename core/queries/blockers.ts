/** What a screen may ask about blockers: who is in the way, where they could go, and which blockers there are. */
import { familyOf } from '../domain/resource.ts'
import { bookingDateCounts } from '../store/bookings.ts'
import { freeIn } from '../store/calendar.ts'
import type { Tx } from '../store/database.ts'
import { affectedIn, blockersFrom } from '../store/in-the-way.ts'
import { allResources } from '../store/resources.ts'
import type { BlockerRow, ImpactRow, ImpactRows } from './blocker-rows.ts'
import { proposalsFor } from './proposals.ts'
import type { QueryArgs } from './rows.ts'

export async function blockerImpact(
  tx: Tx,
  { resources, during, now }: QueryArgs<'blocker.impact'>,
): Promise<ImpactRows> {
  const all = await allResources(tx)
  const family = familyOf(resources, all)
  const found = await affectedIn(tx, family, during)
  const sharing = family.filter((id) => !resources.includes(id))
  const dates = (await freeIn(tx, during, resources)).length
  if (found.length === 0) return { rows: [], sharing, dates }
  const asked = found.filter((row) => row.state === 'booked')
  const free = await proposalsFor(tx, all, new Set(family), now, asked)
  const proposed = new Map(asked.map((row, index) => [row, free[index] ?? []]))
  const counts = await bookingDateCounts(tx, [...new Set(found.map((row) => row.token))])
  const rows = found.map((row): ImpactRow => {
    const { persons: _, ...shown } = row
    return { ...shown, dates: counts.get(row.token) ?? 1, alternatives: proposed.get(row) ?? [] }
  })
  return { rows, sharing, dates }
}

export async function blockersAll(
  tx: Tx,
  { from }: QueryArgs<'blocker.all'>,
): Promise<readonly BlockerRow[]> {
  return blockersFrom(tx, from)
}
