/**
 * Side by side: which commands of a batch may be decided at the same time, because none can see what another does.
 *
 * It only saves time. Where it is wrong, the keys of the tables stop the batch, and its commands are decided one
 * after the other.
 */
import type { Takes } from '../commands/command.ts'
import { dayOf, type Uuid } from '../domain/time.ts'

/** A place in the tree of resources. */
export type Branch = Readonly<{ id: Uuid; parent: Uuid | null }>

/** The top of each resource's tree: halls that share space have the same. */
function topsOf(branches: readonly Branch[]): (resource: Uuid) => Uuid {
  const parents = new Map(branches.map(({ id, parent }) => [id, parent]))
  const tops = new Map<Uuid, Uuid>()
  return (resource) => {
    const known = tops.get(resource)
    if (known) return known
    const seen = new Set<Uuid>()
    let top = resource
    for (let next = parents.get(top); next && !seen.has(next); next = parents.get(top)) {
      seen.add(next)
      top = next
    }
    tops.set(resource, top)
    return top
  }
}

/** People of whom the batch says different things: their commands keep their order. */
function changedPeople(all: readonly (Takes | undefined)[]): ReadonlySet<Uuid> {
  const said = new Map<Uuid, string>()
  const changed = new Set<Uuid>()
  for (const takes of all) {
    if (!takes) continue
    const facts = JSON.stringify(takes.person)
    if ((said.get(takes.person.id) ?? facts) !== facts) changed.add(takes.person.id)
    said.set(takes.person.id, facts)
  }
  return changed
}

/**
 * Rounds of positions in `all`: within a round no two share a token, a tree of halls on one day, or a person who
 * changes; those that share something keep their order from round to round. Without `Takes` a command has a round
 * of its own, after all before it and before all after it.
 *
 * @param zone of the days
 */
export function roundsOf(
  all: readonly (Takes | undefined)[],
  branches: readonly Branch[],
  zone: string,
): number[][] {
  const topOf = topsOf(branches)
  const changed = changedPeople(all)
  const keysOf = ({ token, resource, during, person }: Takes): string[] => {
    const top = topOf(resource)
    return [
      token,
      `${top} ${dayOf(during.start, zone)}`,
      `${top} ${dayOf(during.end, zone)}`,
      ...(changed.has(person.id) ? [person.id] : []),
    ]
  }
  const rounds: number[][] = []
  const lastRound = new Map<string, number>()
  /** Rounds before this one belong to commands that everything later has to wait for. */
  let floor = 0
  for (const [position, takes] of all.entries()) {
    const keys = takes ? keysOf(takes) : []
    const round = takes
      ? Math.max(floor, ...keys.map((key) => (lastRound.get(key) ?? -1) + 1))
      : rounds.length
    for (const key of keys) lastRound.set(key, round)
    if (!takes) floor = round + 1
    const own = rounds[round]
    if (own) own.push(position)
    else rounds[round] = [position]
  }
  return rounds
}
