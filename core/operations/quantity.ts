/** Quantity: how many pieces are where. Without further states it asks for what is present, as last executed. */
import type { Tx } from '../store/database.ts'
import type { Presence } from '../store/operations-model.ts'
import { countAvatars, type QuantityWish } from '../store/operations-quantity.ts'

export interface QuantityQuestion extends Omit<QuantityWish, 'states'> {
  /** Besides present: past for history, future for plans. Both for the whole line of time. */
  readonly states?: readonly Presence[]
}

/**
 * Throws `RangeError` where further states are asked for without a moment: a piece has many avatars over time,
 * and counting them all counts it many times.
 */
export async function quantity(tx: Tx, question: QuantityQuestion): Promise<number> {
  const { states = [], ...rest } = question
  if (states.length > 0 && question.at === undefined) {
    throw new RangeError('past and future can only be counted at a moment')
  }
  return countAvatars(tx, { ...rest, states: [...new Set<Presence>(['present', ...states])] })
}
