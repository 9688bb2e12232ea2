/**
 * Contents: what is in a set, as written in its properties and in the behaviour of its type.
 *
 * One line is so many pieces of a type; a line that names pieces means these very ones, so that taking the set
 * apart brings back what was put into it and not its like.
 */
import type { Avatar, JsonObject } from '../store/operations-model.ts'
import { isObject } from './behaviour.ts'
import type { Ledger } from './ledger.ts'

/** The property of a set that lists what is in it. */
export const CONTENTS = 'contents'

export interface ContentsLine {
  /** The code of a type. */
  readonly type: string
  readonly quantity: number
  readonly properties?: JsonObject
  /** The pieces themselves, as many as the quantity. */
  readonly local_goods_ids?: readonly string[]
}

function isLine(value: unknown): value is ContentsLine {
  return isObject(value) && typeof value.type === 'string' && typeof value.quantity === 'number'
}

/** The lines of a list; anything that is not one is a fault of who wrote the type or the property. */
export function linesOf(list: unknown): readonly ContentsLine[] {
  if (list === undefined || list === null) return []
  if (!Array.isArray(list) || !list.every(isLine)) throw new Error('not a list of contents')
  return list
}

/** One line for each piece, by when its avatar was made; `records` names the pieces themselves. */
export function contentsOf(
  ledger: Ledger,
  avatars: readonly Avatar[],
  records: boolean,
): readonly ContentsLine[] {
  const sorted = [...avatars].sort((one, other) => (one.id < other.id ? -1 : 1))
  return sorted.map((avatar) => {
    const item = ledger.itemOf(avatar)
    return {
      type: ledger.type(item.type).code,
      quantity: 1,
      ...(item.properties === null ? {} : { properties: item.properties }),
      ...(records ? { local_goods_ids: [item.id] } : {}),
    }
  })
}
