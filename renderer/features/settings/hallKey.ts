/** Hall key: the lasting name of a new hall, its place in the list and its colour, from those that are there. */

import { plain } from '../../../core/domain/plain.ts'
import type { ResourceRow } from '../../../core/domain/resource.ts'

/** Readable and unique: libres derives the uuid from it, and it never changes again. */
export function hallKey(name: string, halls: readonly Pick<ResourceRow, 'key'>[]): string {
  const base =
    plain(name)
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 100) || 'halle'
  const taken = new Set(halls.map((each) => each.key))
  if (!taken.has(base)) return base
  let number = 2
  while (taken.has(`${base}-${number}`)) number++
  return `${base}-${number}`
}

/** Steps of ten leave room to put one in between. */
export function nextPosition(halls: readonly Pick<ResourceRow, 'position'>[]): number {
  return Math.max(0, ...halls.map((each) => each.position)) + 10
}

/** The colour used least, the lowest first. */
export function nextColor(halls: readonly Pick<ResourceRow, 'color'>[]): number {
  const uses = Array.from(
    { length: 12 },
    (_, color) => halls.filter((each) => each.color === color).length,
  )
  return uses.indexOf(Math.min(...uses))
}
