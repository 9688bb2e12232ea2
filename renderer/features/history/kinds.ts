/** Kinds: what a row of the history is about, for the filter; an undo is about what it undid. Pure. */
import type { CommandName } from '../../../core/commands/calls.ts'
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
  const family = row.name.split('.')[0] as Family<CommandName>
  return kinds[family] ?? null
}
