/** Holding: what of a draft can be kept for the caller, and whether it is. Pure. */
import type { ArgsOf } from '../../../core/commands/calls.ts'
import type { Draft } from '../../../core/contract.ts'
import type { HeldTime } from '../../../core/domain/hold.ts'
import { contains } from '../../../core/domain/time.ts'
import { countOf } from './check.ts'
import { momentOf } from './moment.ts'

export type HoldWish = ArgsOf<'reservation.hold'>

/** Null while it is not known which hall, or when. */
export function holdWish(draft: Draft, zone: string, now: number): HoldWish | null {
  const { token, resource, also } = draft
  const { during } = momentOf(draft, zone, now)
  if (token === '' || resource === '' || !during) return null
  return {
    token,
    resource,
    ...(also ? { also: [also] } : {}),
    during,
    places: countOf(draft.places) || 1,
  }
}

export function keyOfWish({ resource, also, during, places }: HoldWish): string {
  return [resource, also, during.start, during.end, places].join(' ')
}

/** What a call holds now; the halls of one hold end together. */
export function heldBy(held: readonly HeldTime[], token: string, now: number): HeldTime[] {
  return held.filter((each) => each.token === token && each.until > now)
}

/** `9:05`; never less than nothing. */
export function minutesLeft(until: number, now: number): string {
  const seconds = Math.max(0, Math.ceil((until - now) / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** Whether a held time is one of those wished for; it may be a little longer, in whole steps of the hall. */
export function isPartOf(held: HeldTime, { resource, also = [], during }: HoldWish): boolean {
  return [resource, ...also].includes(held.resource) && contains(held, during)
}
