/** Kinds of things and the stores they are kept in: adding, changing and removing. */
import {
  deleteItemType,
  deleteStore,
  hangsOnItemType,
  hangsOnPlace,
  storePlaces,
  updateItemType,
  updateStore,
} from '../store/material-things.ts'
import { itemTypes } from '../store/operations.ts'
import { insertItemTypes, insertPlaces } from '../store/operations-write.ts'
import type { ArgsOf, CommandName, ResultOf } from './calls.ts'
import { accepted, type CommandDefinition, type Context, refused } from './command.ts'
import * as calls from './material-calls.ts'

type Define<N extends CommandName> = CommandDefinition<N, ArgsOf<N>, ResultOf<N>>

interface Named {
  readonly id: string
  readonly name: string
}

/** Another one of that name, whatever its case. */
function namesake(all: readonly Named[], id: string, name: string | undefined): boolean {
  const sought = name?.toLocaleLowerCase('de')
  return all.some((one) => one.id !== id && one.name.toLocaleLowerCase('de') === sought)
}

/** What a change names, as it was before. */
function former<F extends object>(
  now: F,
  facts: { readonly [K in keyof F]?: F[K] | undefined },
): Partial<F> {
  const keys = (Object.keys(facts) as (keyof F)[]).filter((key) => facts[key] !== undefined)
  return Object.fromEntries(keys.map((key) => [key, now[key]])) as Partial<F>
}

async function typesOf(context: Context) {
  const types = await itemTypes(context.tx)
  return types.map(({ id, name, properties }) => ({
    id,
    name,
    kind: properties?.kind === 'key' ? ('key' as const) : ('equipment' as const),
  }))
}

export const itemTypeAdd: Define<'item-type.add'> = {
  name: 'item-type.add',
  version: 1,
  args: calls.itemTypeAdd,
  subjects: ({ type }) => [type],
  makes: ({ type }) => [type],
  inverse: ({ type }) => ({ name: 'item-type.remove', args: { type } }),
  async handle(context, { type: id, name, kind }) {
    const all = await typesOf(context)
    if (all.some((one) => one.id === id) || namesake(all, id, name)) {
      return refused({ code: 'exists', what: 'item-type', name })
    }
    // The code names it in specifications of sets, for ever; the name may change.
    const properties = { kind }
    await insertItemTypes(context.tx, [
      { id, code: id, name, parent: null, behaviours: null, properties },
    ])
    return accepted({})
  },
}

export const itemTypeChange: Define<'item-type.change'> = {
  name: 'item-type.change',
  version: 1,
  args: calls.itemTypeChange,
  subjects: ({ type }) => [type],
  inverse: ({ type }, { before }) => ({ name: 'item-type.change', args: { type, facts: before } }),
  async handle(context, { type, facts }) {
    const all = await typesOf(context)
    const row = all.find((one) => one.id === type)
    if (!row) return refused({ code: 'gone', what: 'item-type' })
    if (facts.name !== undefined && namesake(all, type, facts.name)) {
      return refused({ code: 'exists', what: 'item-type', name: facts.name })
    }
    const { id: _, ...was } = row
    const name = facts.name ?? was.name
    await updateItemType(context.tx, type, name, facts.kind ?? was.kind)
    return accepted({ before: former(was, facts), name })
  },
}

export const itemTypeRemove: Define<'item-type.remove'> = {
  name: 'item-type.remove',
  version: 1,
  args: calls.itemTypeRemove,
  subjects: ({ type }) => [type],
  inverse: (_, { restore }) => ({ name: 'item-type.add', args: restore }),
  async handle(context, { type }) {
    const row = (await typesOf(context)).find((one) => one.id === type)
    if (!row) return refused({ code: 'gone', what: 'item-type' })
    const count = await hangsOnItemType(context.tx, type)
    if (count > 0) {
      return refused({ code: 'in-use', what: 'item-type', name: row.name, by: [], count })
    }
    await deleteItemType(context.tx, type)
    const { id: _, ...facts } = row
    return accepted({ restore: { type, ...facts } })
  },
}

export const storeAdd: Define<'store.add'> = {
  name: 'store.add',
  version: 1,
  args: calls.storeAdd,
  subjects: ({ store }) => [store],
  makes: ({ store }) => [store],
  inverse: ({ store }) => ({ name: 'store.remove', args: { store } }),
  async handle(context, { store: id, name, tag }) {
    const all = await storePlaces(context.tx)
    if (all.some((one) => one.id === id) || namesake(all, id, name)) {
      return refused({ code: 'exists', what: 'store', name })
    }
    await insertPlaces(context.tx, [
      { id, name, parent: null, tag, resource: null, borrower: null },
    ])
    return accepted({})
  },
}

export const storeChange: Define<'store.change'> = {
  name: 'store.change',
  version: 1,
  args: calls.storeChange,
  subjects: ({ store }) => [store],
  inverse: ({ store }, { before }) => ({ name: 'store.change', args: { store, facts: before } }),
  async handle(context, { store, facts }) {
    const all = await storePlaces(context.tx)
    const row = all.find((one) => one.id === store)
    if (!row) return refused({ code: 'gone', what: 'store' })
    if (facts.name !== undefined && namesake(all, store, facts.name)) {
      return refused({ code: 'exists', what: 'store', name: facts.name })
    }
    const count = await hangsOnPlace(context.tx, store)
    if (facts.tag !== undefined && facts.tag !== row.tag && count > 0) {
      return refused({ code: 'in-use', what: 'store', name: row.name, by: [], count })
    }
    const { id: _, ...was } = row
    const name = facts.name ?? was.name
    await updateStore(context.tx, store, name, facts.tag ?? was.tag)
    return accepted({ before: former(was, facts), name })
  },
}

export const storeRemove: Define<'store.remove'> = {
  name: 'store.remove',
  version: 1,
  args: calls.storeRemove,
  subjects: ({ store }) => [store],
  inverse: (_, { restore }) => ({ name: 'store.add', args: restore }),
  async handle(context, { store }) {
    const row = (await storePlaces(context.tx)).find((one) => one.id === store)
    if (!row) return refused({ code: 'gone', what: 'store' })
    const count = await hangsOnPlace(context.tx, store)
    if (count > 0) {
      return refused({ code: 'in-use', what: 'store', name: row.name, by: [], count })
    }
    await deleteStore(context.tx, store)
    const { id: _, ...facts } = row
    return accepted({ restore: { store, ...facts } })
  },
}
