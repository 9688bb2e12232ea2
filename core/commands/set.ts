/**
 * Sets: what a type is made of, and pieces that become one of it where they stand, or come out of it again. A set knows
 * the very pieces in it, so taking it apart gives those and not their like.
 */
import type { Uuid } from '../domain/time.ts'
import { createAll } from '../operations/operations.ts'
import { replan } from '../operations/replan.ts'
import { type PresentPiece, presentPieces, somePieces } from '../store/material-pieces.ts'
import {
  hangsOnSet,
  type Part,
  partsInside,
  partsOf,
  updateBehaviours,
} from '../store/material-sets.ts'
import { itemTypes } from '../store/operations.ts'
import type { ItemType } from '../store/operations-model.ts'
import type { ArgsOf, CommandName, ResultOf } from './calls.ts'
import { accepted, type CommandDefinition, type Outcome, refused } from './command.ts'
import * as calls from './material-calls.ts'
import { placeAndName, setFree, toldShort } from './material-pieces.ts'
import { inWords, workOf } from './material-work.ts'

type Define<N extends CommandName> = CommandDefinition<N, ArgsOf<N>, ResultOf<N>>

/** The one way in which the desk packs a set. */
const PACK = 'pack'

/** Whether sets of a type would hold one of `sought`, themselves or in what they hold. */
function holds(types: ReadonlyMap<Uuid, ItemType>, contents: readonly Part[], sought: Uuid) {
  const open = contents.map((part) => part.type)
  const seen = new Set<Uuid>()
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === sought) return true
    const type = types.get(next)
    if (!type || seen.has(next)) continue
    seen.add(next)
    open.push(...partsOf(type, types).contents.map((part) => part.type))
  }
  return false
}

export const itemTypeCompose: Define<'item-type.compose'> = {
  name: 'item-type.compose',
  version: 1,
  args: calls.itemTypeCompose,
  subjects: ({ type }) => [type],
  inverse: ({ type }, { before }) => ({ name: 'item-type.compose', args: { type, ...before } }),
  async handle({ tx }, { type: id, contents, extra }) {
    const types = new Map((await itemTypes(tx)).map((type) => [type.id, type]))
    const type = types.get(id)
    if (!type || contents.some((part) => !types.has(part.type))) {
      return refused({ code: 'gone', what: 'item-type' })
    }
    if (holds(types, contents, id)) return refused({ code: 'circle', name: type.name })
    const packed = contents.length === 0 ? await hangsOnSet(tx, id) : 0
    if (packed > 0) {
      return refused({ code: 'in-use', what: 'item-type', name: type.name, by: [], count: packed })
    }
    const before = partsOf(type, types)
    const inputs = contents.map((part) => ({
      type: types.get(part.type)?.code,
      quantity: part.quantity,
    }))
    const way = { inputs, for_contents: ['all', 'records'], allow_extra_inputs: extra }
    await updateBehaviours(
      tx,
      id,
      contents.length === 0 ? null : { unpack: {}, assembly: { [PACK]: way } },
    )
    const told = contents.map((part) => ({
      name: types.get(part.type)?.name ?? '',
      quantity: part.quantity,
    }))
    return accepted({ before, name: type.name, told })
  },
}

/** For each of so many sets the pieces that go into it, all from one place. */
function dealt(
  found: readonly (readonly PresentPiece[])[],
  parts: readonly Part[],
  count: number,
): readonly (readonly PresentPiece[])[] {
  return Array.from({ length: count }, (_, nth) =>
    parts.flatMap(({ quantity }, index) =>
      (found[index] ?? []).slice(nth * quantity, (nth + 1) * quantity),
    ),
  )
}

/** The same type listed twice, as one part. */
function summed(parts: readonly Part[]): readonly Part[] {
  const sums = new Map<Uuid, number>()
  for (const { type, quantity } of parts) sums.set(type, (sums.get(type) ?? 0) + quantity)
  return [...sums].map(([type, quantity]) => ({ type, quantity }))
}

export const setPack: Define<'set.pack'> = {
  name: 'set.pack',
  version: 1,
  args: calls.setPack,
  subjects: ({ type }, { operations }) => [type, ...operations],
  inverse: (_, { operations }) => ({
    name: 'trip.obliviate',
    args: { operations, again: null },
  }),
  handle: (context, { type: id, place, count, extra, at }) =>
    inWords<ResultOf<'set.pack'>>(context, async () => {
      const { tx, now } = context
      if (at > now) return refused({ code: 'in-the-future' })
      const types = new Map((await itemTypes(tx)).map((type) => [type.id, type]))
      const type = types.get(id)
      if (!type) return refused({ code: 'gone', what: 'item-type' })
      const set = partsOf(type, types)
      if (set.contents.length === 0) return refused({ code: 'no-set', name: type.name })
      if (extra.length > 0 && !set.extra) return refused({ code: 'no-extras', name: type.name })
      const parts = summed([...set.contents, ...extra])
      const found: (readonly PresentPiece[])[] = []
      for (const part of parts) {
        const wanted = part.quantity * count
        const pieces = await somePieces(tx, part.type, [place], at, wanted)
        if (pieces.length < wanted) {
          const told = await placeAndName(context, part.type, pieces)
          return refused({ code: 'too-few-there', ...told, wanted, there: pieces.length })
        }
        found.push(pieces)
      }
      const work = workOf(context)
      await setFree(work, found.flat())
      const made = await createAll(
        work,
        dealt(found, parts, count).map((pieces) => ({
          kind: 'assembly' as const,
          state: 'done' as const,
          dtExecution: at,
          itemType: id,
          name: PACK,
          inputs: pieces.map((piece) => piece.avatar),
          actor: context.actor.name,
        })),
      )
      await replan(work, [id, ...parts.map((part) => part.type)])
      return accepted({
        operations: made.map((one) => one.id),
        name: type.name,
        place: found[0]?.[0]?.placeName ?? '',
      })
    }),
}

export const setUnpack: Define<'set.unpack'> = {
  name: 'set.unpack',
  version: 1,
  args: calls.setUnpack,
  subjects: ({ items }, { operations }) => [...items, ...operations],
  inverse: (_, { operations }) => ({
    name: 'trip.obliviate',
    args: { operations, again: null },
  }),
  handle: (context, { items, at }) =>
    inWords(context, async (): Promise<Outcome<ResultOf<'set.unpack'>>> => {
      const { tx, now } = context
      if (at > now) return refused({ code: 'in-the-future' })
      const sets = await presentPieces(tx, items)
      if (sets.length < items.length) return refused({ code: 'gone', what: 'piece' })
      const inside = await partsInside(tx, items)
      const empty = sets.find((set) => !inside.has(set.item))
      if (empty) return refused({ code: 'no-set', name: empty.name })
      const work = workOf(context)
      await setFree(work, sets)
      const made = await createAll(
        work,
        sets.map((set) => ({
          kind: 'unpack' as const,
          state: 'done' as const,
          dtExecution: at,
          input: set.avatar,
          actor: context.actor.name,
        })),
      )
      const parts = [...inside.values()].flat()
      const { short } = await replan(work, [...new Set([...sets.map((set) => set.type), ...parts])])
      return accepted({
        operations: made.map((one) => one.id),
        name: sets[0]?.name ?? '',
        place: sets[0]?.placeName ?? '',
        short: await toldShort(context, short),
      })
    }),
}
