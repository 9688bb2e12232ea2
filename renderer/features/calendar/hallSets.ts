/**
 * Hall sets: halls that are looked at together, saved under a name as a preference of this desk. Pure.
 *
 * Promises that names are unique whatever their case, and that a hall that is gone drops out of what is shown while
 * the set keeps it, since an undo may bring it back.
 */
import type { HallSet } from '../../../core/contract.ts'
import type { Uuid } from '../../../core/domain/time.ts'
import type { ResourceRow } from '../../../core/queries/rows.ts'

const same = (one: string, other: string) =>
  one.trim().localeCompare(other.trim(), undefined, { sensitivity: 'accent' }) === 0

/** The halls of a set that there are, in the order of the list. */
export function hallsIn(set: HallSet, resources: readonly ResourceRow[]): readonly Uuid[] {
  return resources.filter((each) => set.halls.includes(each.id)).map((each) => each.id)
}

/** The set that is exactly these halls, in whatever order. */
export function setOf(
  halls: readonly Uuid[],
  sets: readonly HallSet[],
  resources: readonly ResourceRow[],
): HallSet | undefined {
  const key = [...halls].sort().join()
  return sets.find((set) => [...hallsIn(set, resources)].sort().join() === key)
}

/** With the halls saved under the name; one of the same name is replaced where it stands. */
export function saved(
  sets: readonly HallSet[],
  name: string,
  halls: readonly Uuid[],
): readonly HallSet[] {
  const set = { name: name.trim(), halls: [...halls] }
  const known = sets.some((each) => same(each.name, name))
  return known
    ? sets.map((each) => (same(each.name, name) ? set : each))
    : [...sets, set].sort((one, other) => one.name.localeCompare(other.name))
}

export type Renaming = Readonly<{ sets: readonly HallSet[] } | { taken: string }>

/** Another name for a set; refused where another set has it. */
export function renamed(sets: readonly HallSet[], from: string, to: string): Renaming {
  const rival = sets.find((each) => each.name !== from && same(each.name, to))
  if (rival) return { taken: rival.name }
  const halls = sets.find((each) => each.name === from)?.halls ?? []
  return { sets: saved(removed(sets, from), to, halls) }
}

export function removed(sets: readonly HallSet[], name: string): readonly HallSet[] {
  return sets.filter((each) => each.name !== name)
}
