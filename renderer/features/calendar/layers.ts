/**
 * Layers: what the calendar leaves out because the clerk does not want to see it now.
 *
 * Promises to change the picture only: what fits and what is free is reckoned with everything there is.
 */
import type { Layer } from '../../../core/domain/desk-view.ts'
import type { BookedRow, CalendarRows } from '../../../core/queries/rows.ts'

export type Hidden = readonly Layer[]

type Kind = 'booked' | 'request' | 'held' | 'blocked' | 'shared'

const layerOf: Readonly<Partial<Record<Kind, Layer>>> = {
  request: 'requests',
  held: 'holds',
  blocked: 'blockers',
}

export function isShown({ kind }: Readonly<{ kind: Kind }>, hidden: Hidden): boolean {
  const layer = layerOf[kind]
  return layer === undefined || !hidden.includes(layer)
}

/** For a screen that a citizen may see: public titles, and `taken` where there is none. */
export function withoutPrivate(rows: CalendarRows, taken: string): CalendarRows {
  const said = (row: BookedRow): BookedRow => ({
    ...row,
    title: row.publicTitle || taken,
    who: '',
    persons: null,
  })
  // What is only held or noted is nobody's business outside.
  const isPublic = (row: BookedRow) =>
    row.state !== 'held' && (row.waits === undefined || row.waits === 'leaving')
  return { ...rows, booked: rows.booked.filter(isPublic).map(said) }
}
