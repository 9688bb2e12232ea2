/**
 * Held off: nobody takes a time without a word that a colleague keeps for a caller. Looked at in the transaction that
 * takes it, so that two clerks on the phone at once are never both right.
 */
import { breaksHold, type HeldTime, heldByOthers, isLive } from '../domain/hold.ts'
import type { Refusal } from '../domain/refusal.ts'
import type { Span, Uuid } from '../domain/time.ts'
import { alternativesTo } from '../plans/alternatives.ts'
import { dropHolds, freePlaces, heldTimes } from '../store/holds.ts'
import type { Context } from './command.ts'
import type { Family } from './halls-of.ts'

type Wish = Readonly<{ token: Uuid; family: Family; spans: readonly Span[]; places: number }>

/** Lets go what a call holds, and what desks held for too long; answers what others hold now. */
export async function letGo(context: Context, token: Uuid): Promise<readonly HeldTime[]> {
  const all = await heldTimes(context.tx, context.now)
  const gone = all.filter(
    (each) => each.ofDesk && (each.token === token || !isLive(each, context.now)),
  )
  await dropHolds(context.tx, [...new Set(gone.map((each) => each.token))])
  return all.filter((each) => !gone.includes(each))
}

/**
 * The refusal where a wish would take what somebody else holds; to be asked before it is taken. `held` where the caller
 * has just read it.
 */
export async function heldOff(
  context: Context,
  wish: Wish,
  held?: readonly HeldTime[],
): Promise<Refusal | undefined> {
  const all = held ?? (await heldTimes(context.tx, context.now))
  if (all.length === 0) return undefined
  const [hall] = wish.family
  const halls = wish.family.map((one) => one.id)
  for (const span of wish.spans) {
    const others = heldByOthers(all, wish.token, halls, span, context.now)
    if (others.length === 0) continue
    const free = await freePlaces(context.tx, halls, span, wish.token)
    if (breaksHold(others, hall.id, wish.places, free)) {
      return refusal(context, wish, span, others[0] as HeldTime)
    }
  }
  return undefined
}

async function refusal(
  context: Context,
  wish: Wish,
  { start, end }: Span,
  { by, until }: HeldTime,
): Promise<Refusal> {
  const [resource] = wish.family
  return {
    code: 'held',
    wish: { resource: resource.id, resourceName: resource.name, start, end },
    who: by,
    until,
    alternatives: await alternativesTo(context.tx, context.now, {
      resource,
      during: { start, end },
      places: wish.places,
      token: wish.token,
    }),
  }
}
