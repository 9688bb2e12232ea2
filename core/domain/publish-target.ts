/** What is published where: a folder, and how much of which halls the public may see there. */
import type { Language } from './language.ts'
import type { Uuid } from './time.ts'

/**
 * `busy`: only that a time is taken. `title`: with the public title and the reason of a closure. `full`: with the
 * number of persons, the places, the facts of the hall and the times when it may be reserved. None of them shows a
 * person, a phone, a note or a title that is not public.
 */
export const DETAILS = ['busy', 'title', 'full'] as const
export type Detail = (typeof DETAILS)[number]

export type PublishTarget = Readonly<{
  id: Uuid
  /** What the clerk and the command line call it. */
  name: string
  /** A folder of this computer or of its network; it must exist. */
  folder: string
  /** Null: all halls, also those added later. */
  halls: readonly Uuid[] | null
  daysBack: number
  daysAhead: number
  detail: Detail
  language: Language
  /** By itself after each change. */
  automatic: boolean
}>
