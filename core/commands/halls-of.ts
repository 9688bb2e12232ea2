/** The halls of a wish, each with those that share its space: the one that was named, and the others beside it. */
import type { ResourceRow } from '../domain/resource.ts'
import type { Uuid } from '../domain/time.ts'
import { resourceWithRelatives } from '../store/resources.ts'
import { accepted, type Context, type Outcome, refused } from './command.ts'

/** A hall first, then all that share its space. */
export type Family = readonly [ResourceRow, ...ResourceRow[]]

/** In the order named, each once; refused where one is gone. */
export async function hallsOf(
  context: Context,
  resource: Uuid,
  also: readonly Uuid[] = [],
): Promise<Outcome<readonly Family[]>> {
  const families: Family[] = []
  for (const id of new Set([resource, ...also])) {
    const family = await resourceWithRelatives(context.tx, id)
    if (family.length === 0) return refused({ code: 'gone', what: 'resource' })
    families.push(family as readonly ResourceRow[] as Family)
  }
  return accepted(families)
}
