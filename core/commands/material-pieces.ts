/** Pieces: coming into the house (bought, found) and leaving it for good (written off, lost, used up). */
import type { Uuid } from '../domain/time.ts'
import { cancel, createAll, type Work } from '../operations/operations.ts'
import { release, replan } from '../operations/replan.ts'
import type { Short } from '../operations/trips.ts'
import { shortTold } from '../store/material-names.ts'
import {
  houseWorkOn,
  type PresentPiece,
  presentPieces,
  somePieces,
} from '../store/material-pieces.ts'
import { storePlaces } from '../store/material-things.ts'
import { itemTypes } from '../store/operations.ts'
import type { ArgsOf, CommandName, ResultOf } from './calls.ts'
import { accepted, type CommandDefinition, type Context, refused } from './command.ts'
import * as calls from './material-calls.ts'
import { inWords, workOf } from './material-work.ts'

type Define<N extends CommandName> = CommandDefinition<N, ArgsOf<N>, ResultOf<N>>

/** Bookings that go short now, named. */
export function toldShort(context: Context, short: readonly Short[]) {
  const missing = short.filter((one) => one.missing > 0)
  return shortTold(context.tx, missing)
}

/** Nothing is planned with the pieces any more, so that something else can be done with them now. */
export async function setFree(work: Work, pieces: readonly PresentPiece[]): Promise<void> {
  const types = [...new Set(pieces.map((piece) => piece.type))]
  await release(
    work,
    types,
    pieces.map((piece) => piece.item),
  )
  const houseWork = await houseWorkOn(
    work.tx,
    pieces.map((piece) => piece.avatar),
  )
  if (houseWork.length > 0) await cancel(work, houseWork)
}

export const pieceArrive: Define<'piece.arrive'> = {
  name: 'piece.arrive',
  version: 1,
  args: calls.pieceArrive,
  subjects: ({ type, store }) => [type, store],
  makes: ({ items }) => items,
  inverse: (_, { operations }) => ({
    name: 'trip.obliviate',
    args: { operations, again: null },
  }),
  handle: (context, { type, store, count, codes, items, at, why }) =>
    inWords(context, async () => {
      const kind = (await itemTypes(context.tx)).find((one) => one.id === type)
      if (!kind) return refused({ code: 'gone', what: 'item-type' })
      const place = (await storePlaces(context.tx)).find((one) => one.id === store)
      if (!place) return refused({ code: 'gone', what: 'store' })
      if (at > context.now) return refused({ code: 'in-the-future' })
      const work = workOf(context)
      const made = await createAll(
        work,
        Array.from({ length: count }, (_, index) => ({
          kind: 'arrival' as const,
          state: 'done' as const,
          dtExecution: at,
          itemType: type,
          place: store,
          code: codes[index] || null,
          ...(items[index] ? { item: items[index] } : {}),
          actor: context.actor.name,
          comment: why,
        })),
      )
      await replan(work, [type])
      const operations = made.map((one) => one.id)
      return accepted({ operations, name: kind.name, place: place.name })
    }),
}

async function chosen(
  context: Context,
  { type, place, count, items, at }: ArgsOf<'piece.depart'>,
): Promise<readonly PresentPiece[]> {
  if (items.length === 0) return somePieces(context.tx, type, [place], at, count)
  const there = await presentPieces(context.tx, items)
  return there.filter((piece) => piece.place === place && piece.type === type)
}

export async function placeAndName(context: Context, type: Uuid, pieces: readonly PresentPiece[]) {
  const [first] = pieces
  if (first) return { name: first.name, place: first.placeName }
  const kind = (await itemTypes(context.tx)).find((one) => one.id === type)
  return { name: kind?.name ?? '', place: '' }
}

export const pieceDepart: Define<'piece.depart'> = {
  name: 'piece.depart',
  version: 1,
  args: calls.pieceDepart,
  subjects: ({ type, place, items }) => [type, place, ...items],
  inverse: (_, { operations }) => ({
    name: 'trip.obliviate',
    args: { operations, again: null },
  }),
  handle: (context, args) =>
    inWords(context, async () => {
      const { type, count, items, at, why } = args
      if (at > context.now) return refused({ code: 'in-the-future' })
      const pieces = await chosen(context, args)
      const wanted = items.length || count
      const named = await placeAndName(context, type, pieces)
      if (pieces.length < wanted) {
        return refused({ code: 'too-few-there', ...named, wanted, there: pieces.length })
      }
      const work = workOf(context)
      await setFree(work, pieces)
      const made = await createAll(
        work,
        pieces.map((piece) => ({
          kind: 'departure' as const,
          state: 'done' as const,
          dtExecution: at,
          input: piece.avatar,
          actor: context.actor.name,
          comment: why,
        })),
      )
      const { short } = await replan(work, [type])
      return accepted({
        operations: made.map((one) => one.id),
        ...named,
        codes: pieces.flatMap((piece) => piece.code ?? []),
        short: await toldShort(context, short),
      })
    }),
}
