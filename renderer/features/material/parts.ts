/** Parts of the day: the rows of the day sheet as they are worked off, what is late first. Pure. */
import type { TripRow } from '../../../core/queries/material-rows.ts'
import { isLate } from './verbs.ts'

export const PARTS = ['late', 'morning', 'afternoon', 'evening'] as const
export type Part = (typeof PARTS)[number]

export type PartOfDay = Readonly<{ part: Part; rows: readonly TripRow[] }>

const NOON = '12:00'
const EVENING = '17:00'

/** Rows keep their order within a part; empty parts are left out. `clock` reads a moment as `07:30`. */
export function partsOfDay(
  rows: readonly TripRow[],
  now: number,
  clock: (at: number) => string,
): readonly PartOfDay[] {
  const partOf = (row: TripRow): Part => {
    if (isLate(row, now)) return 'late'
    const time = clock(row.at)
    return time < NOON ? 'morning' : time < EVENING ? 'afternoon' : 'evening'
  }
  return PARTS.map((part) => ({ part, rows: rows.filter((row) => partOf(row) === part) })).filter(
    ({ rows: own }) => own.length > 0,
  )
}

/** The same trip with another kind of thing: what both say need not be read twice. */
export function goesWith(row: TripRow, before: TripRow | undefined): boolean {
  return (
    before !== undefined &&
    row.claim !== null &&
    before.claim !== null &&
    row.token === before.token &&
    row.at === before.at &&
    row.source === before.source &&
    row.place === before.place
  )
}
