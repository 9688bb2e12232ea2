/**
 * Resource: something that can be reserved, and its place in the tree of wholes and parts.
 */
import type { Uuid } from './time.ts'

export const RESOURCE_KINDS = [
  'hall',
  'gym',
  'room',
  'kitchen',
  'nursery',
  'outdoor',
  'other',
] as const
export type ResourceKind = (typeof RESOURCE_KINDS)[number]

/** All of them divide the hour, as libres asks of a raster. */
export const RESOURCE_STEPS = [5, 10, 15, 30, 60] as const
export type ResourceStep = (typeof RESOURCE_STEPS)[number]

export type ResourceRow = Readonly<{
  /** uuid 5 of `<context>/<key>` in libres' namespace: the same in every program. */
  id: Uuid
  /** Never changes, never shown. `uuid:<id>` where the name that another program gave it is not known. */
  key: string
  name: string
  /** The heading it stands under, for example the building. */
  group: string
  kind: ResourceKind
  parent: Uuid | null
  /** True: whoever books the parent takes this one, and the other way round. */
  sharesSpace: boolean
  /** Persons allowed at once; null = not said. */
  capacity: number | null
  features: readonly string[]
  /** Other names by which people call it. */
  aliases: readonly string[]
  /** Minutes in which its time is usually cut; null = not said. */
  step: ResourceStep | null
  /** Index of the hall colour, 0 to 11. */
  color: number
  position: number
  /** IANA time zone. */
  zone: string
}>

const KEY_OF_ID = /^uuid:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/** The key of a resource of which only the uuid is known. */
export function keyOfId(id: Uuid): string {
  return `uuid:${id}`
}

/** The uuid that a key names itself; undefined for all others, which are names. */
export function idInKey(key: string): Uuid | undefined {
  return KEY_OF_ID.exec(key)?.[1]
}

/** Would `child` become a part of itself, directly or through its own parts? */
export function makesCircle(
  child: Uuid,
  parent: Uuid | null,
  parentOf: ReadonlyMap<Uuid, Uuid | null>,
): boolean {
  const seen = new Set<Uuid>()
  for (let at = parent; at !== null; at = parentOf.get(at) ?? null) {
    if (at === child || seen.has(at)) return true
    seen.add(at)
  }
  return false
}

/** All resources that share the space of one: its wholes and its parts, over any number of levels. */
export function sharingOf(one: ResourceRow, all: readonly ResourceRow[]): Uuid[] {
  const byId = new Map(all.map((each) => [each.id, each]))
  const found = new Set<Uuid>()
  for (let at: ResourceRow | undefined = one; at?.parent && at.sharesSpace; ) {
    if (found.has(at.parent)) break
    found.add(at.parent)
    at = byId.get(at.parent)
  }
  const parts = (id: Uuid) => {
    for (const each of all) {
      if (each.parent === id && each.sharesSpace && !found.has(each.id)) {
        found.add(each.id)
        parts(each.id)
      }
    }
  }
  parts(one.id)
  found.delete(one.id)
  return [...found]
}

/** The halls and all that share their space: whoever is booked there is in the way. */
export function familyOf(resources: readonly Uuid[], all: readonly ResourceRow[]): Uuid[] {
  const named = all.filter((one) => resources.includes(one.id))
  return [...new Set([...resources, ...named.flatMap((one) => sharingOf(one, all))])]
}
