/** Removing allocations that nobody ever used (`3-reservations.md` 11). Two statements. */
import { instantOf, type When } from '../domain/when.ts'
import { deleteRows, unusedRows } from '../store/allocations.ts'
import { type Weekday, weekdayOf, weekdays } from './search.ts'
import type { Surroundings } from './surroundings.ts'

/** What is left alone beside what is used. */
export type UnusedOptions = Readonly<{
  /** Only those that begin on these local weekdays; groups are then left alone. */
  days?: readonly (Weekday | string)[] | null | undefined
  /** Leaves groups alone, and also allocations whose mirrors have rows. */
  excludeGroups?: boolean | undefined
}>

/**
 * Deletes what lies wholly in the range and holds nothing: no slot, no reservation, no blocker, and no member of
 * its group outside. Answers the number of rows, mirrors included. A date means its local midnight.
 */
export async function removeUnusedAllocations(
  around: Surroundings,
  start: When,
  end: When,
  options: UnusedOptions = {},
): Promise<number> {
  const zone = around.timezone
  const range = { start: instantOf(start, zone), end: instantOf(end, zone) }
  const days = options.days?.length ? weekdays(options.days) : null
  const alone = days !== null || Boolean(options.excludeGroups)
  const rows = await unusedRows(around.tx(), around.resource, range, alone)
  const ids = rows.filter((row) => !days || days.has(weekdayOf(row, zone))).map((row) => row.id)
  if (ids.length > 0) await deleteRows(around.tx(), ids)
  return ids.length
}
