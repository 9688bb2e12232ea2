/**
 * Halls in the order in which they stand on screen: under their group's heading, parts under their parent.
 *
 * Promises: every resource appears exactly once, whatever its parent says (a missing or circular parent counts
 * as none); a part stands under its parent even if another group was entered for it.
 */
import type { ResourceRow } from '../../../core/queries/rows.ts'

export type GroupEntry = Readonly<{ kind: 'group'; name: string; count: number }>
export type HallEntry = Readonly<{
  kind: 'hall'
  hall: ResourceRow
  depth: number
  /** Halls whose bookings take space of this one: parents and parts that share space, not siblings. */
  sharing: readonly string[]
}>
export type Entry = GroupEntry | HallEntry

export function orderHalls(resources: readonly ResourceRow[]): readonly Entry[] {
  const byId = new Map(resources.map((each) => [each.id, each]))
  const parts = new Map<string, ResourceRow[]>()
  const roots: ResourceRow[] = []
  for (const each of [...resources].sort(byPosition)) {
    const parent = each.parent !== null && !inCircle(each, byId) ? byId.get(each.parent) : undefined
    if (!parent) roots.push(each)
    else parts.set(parent.id, [...(parts.get(parent.id) ?? []), each])
  }
  const groups = new Map<string, ResourceRow[]>()
  for (const root of roots) groups.set(root.group, [...(groups.get(root.group) ?? []), root])

  const entries: Entry[] = []
  for (const [name, members] of groups) {
    const halls: HallEntry[] = []
    const add = (hall: ResourceRow, depth: number) => {
      halls.push({ kind: 'hall', hall, depth, sharing: sharingWith(hall, byId, parts) })
      for (const part of parts.get(hall.id) ?? []) add(part, depth + 1)
    }
    for (const member of members) add(member, 0)
    // One heading over everything would say nothing.
    if (groups.size > 1 || name !== '') entries.push({ kind: 'group', name, count: halls.length })
    entries.push(...halls)
  }
  return entries
}

/** Only some of them, with what they share space with still known; none named: all. */
export function shownHalls(
  resources: readonly ResourceRow[],
  only: readonly string[],
): readonly Entry[] {
  const entries = orderHalls(resources)
  if (only.length === 0) return entries
  return entries.flatMap((entry, index): Entry[] => {
    if (entry.kind === 'hall') return only.includes(entry.hall.id) ? [entry] : []
    const members = entries.slice(index + 1, index + 1 + entry.count)
    const count = members.filter(
      (each) => each.kind === 'hall' && only.includes(each.hall.id),
    ).length
    return count > 0 ? [{ ...entry, count }] : []
  })
}

function byPosition(one: ResourceRow, other: ResourceRow): number {
  return one.position - other.position || (one.name < other.name ? -1 : 1)
}

function inCircle(resource: ResourceRow, byId: ReadonlyMap<string, ResourceRow>): boolean {
  const seen = new Set([resource.id])
  for (let at = resource.parent; at !== null; at = byId.get(at)?.parent ?? null) {
    if (seen.has(at)) return true
    seen.add(at)
  }
  return false
}

function sharingWith(
  hall: ResourceRow,
  byId: ReadonlyMap<string, ResourceRow>,
  parts: ReadonlyMap<string, readonly ResourceRow[]>,
): readonly string[] {
  const sharing: string[] = []
  for (let at = hall; at.sharesSpace && at.parent !== null; ) {
    const parent = byId.get(at.parent)
    if (!parent || sharing.includes(parent.id)) break
    sharing.push(parent.id)
    at = parent
  }
  const descend = (from: string) => {
    for (const part of parts.get(from) ?? []) {
      if (!part.sharesSpace || sharing.includes(part.id)) continue
      sharing.push(part.id)
      descend(part.id)
    }
  }
  descend(hall.id)
  return sharing
}
