/** Verbs: what can be done with a row of the day sheet, in which state, and why not. Pure. */
import type { TripRow } from '../../../core/queries/material-rows.ts'

export const VERBS = ['done', 'start', 'cancel', 'bringBack', 'never'] as const
export type Verb = (typeof VERBS)[number]

export const KEY_OF: Readonly<Record<Verb, string>> = {
  done: 'Space',
  start: 'U',
  cancel: 'A',
  bringBack: 'Z',
  never: 'W',
}

/** The verbs that the state of the row allows, whether or not they can be given at this moment. */
export function verbsOf(row: TripRow): readonly Verb[] {
  if (row.state === 'started') return ['done']
  if (row.state === 'planned') {
    return row.way === 'out' ? ['done', 'start', 'cancel'] : ['done', 'start']
  }
  // Keys across the counter are handed out and taken back where the keys are listed.
  if (!row.latest || row.way === 'house') return []
  return row.way === 'out' ? ['bringBack', 'never'] : ['never']
}

/** Key of the sentence that says why nothing, or not everything, can be done now. */
export function obstacleOf(row: TripRow): 'notReady' | 'since' | 'underWay' | null {
  if (row.state === 'planned' && !row.ready) return 'notReady'
  if (row.state === 'started') return 'underWay'
  return row.state === 'done' && !row.latest ? 'since' : null
}

export function canNow(row: TripRow, verb: Verb): boolean {
  if (!verbsOf(row).includes(verb)) return false
  return (verb !== 'done' && verb !== 'start') || row.ready
}

/** Should have been done by now. */
export function isLate(row: TripRow, now: number): boolean {
  return row.state !== 'done' && row.at < now
}

/** The same row before and after it is drawn anew. */
export function keyOfRow({ claim, type, place, from, state, at }: TripRow): string {
  return `${claim} ${type} ${from} ${place} ${state} ${at}`
}
