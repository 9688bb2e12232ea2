/** Resources: adding, changing and removing what can be reserved. */
import { idInKey, makesCircle, type ResourceRow } from '../domain/resource.ts'
import { resourceUuid as libresUuid } from '../domain/uuid.ts'
import { deleteBarePlaces, hangsOnPlaceOf } from '../store/material-things.ts'
import {
  allResources,
  deleteResource,
  dependentsOf,
  insertResource,
  resourcesByIds,
  updateResource,
} from '../store/resources.ts'
import type { ArgsOf, ResultOf } from './calls.ts'
import * as calls from './calls.ts'
import { accepted, type CommandDefinition, type Context, refused } from './command.ts'

type Define<N extends calls.CommandName> = CommandDefinition<N, ArgsOf<N>, ResultOf<N>>

/** The uuid of the resource with this key in this context: that of libres, or the one that the key names itself. */
export function resourceUuid(context: string, key: string): string {
  return idInKey(key) ?? libresUuid(context, key)
}

export const resourceAdd: Define<'resource.add'> = {
  name: 'resource.add',
  version: 1,
  args: calls.resourceAdd,
  subjects: (_, { resource }) => [resource],
  inverse: (_, { resource }) => ({ name: 'resource.remove', args: { resource } }),
  async handle(context, { key, aliases = [], step = null, ...facts }) {
    const id = resourceUuid(context.municipality.context, key)
    const all = await allResources(context.tx)
    if (all.some((one) => one.id === id)) {
      return refused({ code: 'exists', what: 'resource', name: facts.name })
    }
    if (facts.parent !== null && !all.some((one) => one.id === facts.parent)) {
      return refused({ code: 'gone', what: 'resource' })
    }
    const { zone } = context.municipality
    await insertResource(context.tx, { id, key, ...facts, aliases, step, zone })
    return accepted({ resource: id })
  },
}

/** With lists of its own, as arguments have them. */
function mutable<F extends Pick<ResourceRow, 'features' | 'aliases'>>(facts: F) {
  return { ...facts, features: [...facts.features], aliases: [...facts.aliases] }
}

/** The facts of a stored row that a change names, as they were before it. */
function former<F extends object>(row: F, facts: Partial<F>): Partial<F> {
  const keys = Object.keys(facts) as (keyof F)[]
  return Object.fromEntries(keys.map((key) => [key, row[key]])) as Partial<F>
}

async function wrongParent(context: Context, { resource, facts }: ArgsOf<'resource.change'>) {
  if (facts.parent === undefined || facts.parent === null) return undefined
  const all = await allResources(context.tx)
  const parent = all.find((one) => one.id === facts.parent)
  if (!parent) return refused({ code: 'gone', what: 'resource' })
  const parentOf = new Map(all.map((one) => [one.id, one.parent]))
  return makesCircle(resource, facts.parent, parentOf)
    ? refused({ code: 'circle', name: parent.name })
    : undefined
}

export const resourceChange: Define<'resource.change'> = {
  name: 'resource.change',
  version: 1,
  args: calls.resourceChange,
  subjects: ({ resource }) => [resource],
  inverse: ({ resource }, { before }) => ({
    name: 'resource.change',
    args: { resource, facts: before },
  }),
  async handle(context, args) {
    const [row] = await resourcesByIds(context.tx, [args.resource])
    if (!row) return refused({ code: 'gone', what: 'resource' })
    const wrong = await wrongParent(context, args)
    if (wrong) return wrong
    const facts = Object.fromEntries(
      Object.entries(args.facts).filter(([, value]) => value !== undefined),
    ) as ArgsOf<'resource.change'>['facts']
    await updateResource(context.tx, args.resource, facts as never)
    const { id: _id, key: _key, zone: _zone, ...rest } = row
    return accepted({ before: former(mutable(rest), facts as never) })
  },
}

export const resourceRemove: Define<'resource.remove'> = {
  name: 'resource.remove',
  version: 1,
  args: calls.resourceRemove,
  subjects: ({ resource }) => [resource],
  inverse: (_, { restore }) => ({ name: 'resource.add', args: restore }),
  async handle(context, { resource }) {
    const [row] = await resourcesByIds(context.tx, [resource])
    if (!row) return refused({ code: 'gone', what: 'resource' })
    const hanging = await dependentsOf(context.tx, resource)
    const material = await hangsOnPlaceOf(context.tx, resource)
    const count = hanging.parts + hanging.allocations + hanging.reservations + material
    if (count > 0) {
      return refused({ code: 'in-use', what: 'resource', name: row.name, by: [], count })
    }
    await deleteBarePlaces(context.tx, resource)
    await deleteResource(context.tx, resource)
    const { id: _id, zone: _zone, ...rest } = row
    return accepted({ restore: mutable(rest) })
  },
}
