/** What is left of some rows together, by the rules and not by the database. */
import type { Allocation } from './allocation.ts'

/** Percent left of some rows together: missing mirrors are free, and a quota counts as that many. */
export async function percentLeft(rows: readonly Allocation[]): Promise<number> {
  const expected = rows.reduce((sum, row) => sum + (row.isMaster ? row.quota : 0), 0)
  if (expected === 0) return 0
  let percent = (expected - rows.length) * 100
  for (const row of rows) percent += await row.availability()
  return percent / expected
}
