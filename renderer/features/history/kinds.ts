/** Kinds: what a row of the history is about, for the filter; an undo is about what it undid. Pure. */
import type { CommandName } from '../../../core/commands/calls.ts'
import { OUTSIDE, type OutsideChange } from '../../../core/domain/outside-change.ts'
import type { HistoryRow } from '../../../core/queries/rows.ts'

export const KINDS = ['bookings', 'availability', 'people', 'material', 'settings'] as const
export type Kind = (typeof KINDS)[number]

type Family<N extends string> = N extends `${infer F}.${string}` ? F : never

/** By the first word of the command's name; a new family does not compile without its kind. */
const kinds: Readonly<Record<Family<CommandName>, Kind>> = {
  reservation: 'bookings',
  request: 'bookings',
  availability: 'availability',
  places: 'availability',
  blocker: 'availability',
  person: 'people',
  'item-type': 'material',
  store: 'material',
  set: 'material',
  piece: 'material',
  material: 'material',
  trip: 'material',
  key: 'material',
  resource: 'settings',
  municipality: 'settings',
  holidays: 'settings',
  publish: 'settings',
}

export function kindOf(row: HistoryRow, rows: readonly HistoryRow[]): Kind | null {
  const undone = row.undoes ? rows.find((each) => each.command === row.undoes) : undefined
  if (undone) return kindOf(undone, rows)
  if (row.name === OUTSIDE) return kindOfOutside(row.args as OutsideChange)
  const family = row.name.split('.')[0] as Family<CommandName>
  return kinds[family] ?? null
}

/** Dates that come or go with a booking, as a new place of it does, do not hide it. */
function kindOfOutside({ reservations }: OutsideChange): Kind {
  return Object.values(reservations).some((count) => count > 0) ? 'bookings' : 'availability'
}
