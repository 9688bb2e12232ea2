/**
 * Trips: done, under way, called off, brought back, never was. One command speaks of a whole row of pieces; after each
 * everything that is only planned is planned anew.
 */
import type { Uuid } from '../domain/time.ts'
import {
  cancel,
  create,
  execute,
  inputs,
  obliviate,
  operationOf,
  planRevert,
  start,
  type Work,
} from '../operations/operations.ts'
import { replan } from '../operations/replan.ts'
import { claimsOfBookings } from '../store/material-claims.ts'
import { type TripsTold, tripsTold } from '../store/material-names.ts'
import {
  followersOf,
  operationsThere,
  plannedTrips,
  typesTouchedBy,
} from '../store/material-pieces.ts'
import { claimsById } from '../store/operations-claims.ts'
import type { Operation } from '../store/operations-model.ts'
import type { ArgsOf, CommandName, ResultOf } from './calls.ts'
import { accepted, type CommandDefinition, type Context, type Outcome, refused } from './command.ts'
import * as calls from './material-calls.ts'
import { lineOf, setMaterial, type Want } from './material-claims.ts'
import { toldShort } from './material-pieces.ts'
import { inWords, workOf } from './material-work.ts'

type Define<N extends CommandName> = CommandDefinition<N, ArgsOf<N>, ResultOf<N>>

const typesOf = (rows: readonly TripsTold[]) => [...new Set(rows.map((row) => row.type))]
const words = (rows: readonly TripsTold[]) => rows.map(({ type: _, at: __, ...row }) => row)

/**
 * The trips that are meant: those named or, where they were planned anew since the sheet was printed, as many of the
 * same claim to the same place. Undefined where not so many are left.
 */
async function meantBy(
  context: Context,
  { operations, claim, place }: ArgsOf<'trip.execute'>,
): Promise<readonly Uuid[] | undefined> {
  const there = await operationsThere(context.tx, operations)
  const missing = operations.length - there.size
  const found = operations.filter((id) => there.has(id))
  if (missing === 0) return found
  if (claim === null) return undefined
  const others = await plannedTrips(context.tx, claim, place)
  const successors = others.filter((id) => !there.has(id)).slice(0, missing)
  return successors.length < missing ? undefined : [...found, ...successors]
}

export const tripExecute: Define<'trip.execute'> = {
  name: 'trip.execute',
  version: 1,
  args: calls.tripExecute,
  subjects: (_, { operations }) => operations,
  inverse: ({ claim }, { operations, planned }) => ({
    name: 'trip.obliviate',
    args: { operations, again: claim === null ? planned : null },
  }),
  handle: (context, args) =>
    inWords(context, async () => {
      if (args.at > context.now) return refused({ code: 'in-the-future' })
      const operations = await meantBy(context, args)
      if (!operations) return refused({ code: 'gone', what: 'trip' })
      const rows = await tripsTold(context.tx, operations)
      const work = workOf(context)
      await execute(work, operations, args.at)
      const { short } = await replan(work, typesOf(rows))
      return accepted({
        operations,
        told: words(rows),
        planned: Math.min(...rows.map((row) => row.at)),
        short: await toldShort(context, short),
      })
    }),
}

export const tripStart: Define<'trip.start'> = {
  name: 'trip.start',
  version: 1,
  args: calls.tripStart,
  subjects: ({ operations }) => operations,
  handle: (context, { operations, at }) =>
    inWords(context, async () => {
      if (at > context.now) return refused({ code: 'in-the-future' })
      const rows = await tripsTold(context.tx, operations)
      const work = workOf(context)
      await start(work, operations, at)
      await replan(work, typesOf(rows))
      return accepted({ told: words(rows) })
    }),
}

/** Everything the claim's booking wants, without it. */
async function withoutClaim(
  context: Context,
  claim: Uuid,
): Promise<Readonly<{ want: Want; touched: boolean; there: boolean }> | undefined> {
  const [row] = await claimsById(context.tx, [claim])
  if (!row) return undefined
  const all = await claimsOfBookings(context.tx, [row.booking])
  const own = all.find((one) => one.id === claim)
  if (!own || own.withdrawn) return undefined
  const lines = all.filter((one) => one !== own && !one.withdrawn).map(lineOf)
  return { want: { token: row.booking, lines }, touched: own.touched, there: own.there }
}

async function without(
  context: Context,
  work: Work,
  claim: Uuid,
  operations: readonly Uuid[],
  delivered: boolean,
): Promise<Outcome<ResultOf<'material.want'>>> {
  const found = await withoutClaim(context, claim)
  if (!found) return refused({ code: 'gone', what: 'trip' })
  if (!delivered && found.touched) {
    const [first] = operations
    const named = first === undefined ? undefined : await operationOf(context.tx, first)
    const state = named?.state === 'started' ? 'started' : 'done'
    return refused({ code: 'trip-state', state })
  }
  if (delivered && !found.there) return refused({ code: 'trip-state', state: 'planned' })
  return setMaterial(context, work, [found.want])
}

export const tripCancel: Define<'trip.cancel'> = {
  name: 'trip.cancel',
  version: 1,
  args: calls.tripCancel,
  subjects: ({ operations }) => operations,
  inverse: (_, { before }) =>
    before.length === 0 ? undefined : { name: 'material.want', args: { wants: before } },
  handle: (context, { operations, claim }) =>
    inWords(context, async () => {
      const rows = await tripsTold(context.tx, operations)
      const work = workOf(context)
      if (claim !== null) {
        const off = await without(context, work, claim, operations, false)
        if (off.status === 'refused') return off
        return accepted({ before: off.result.before, told: words(rows) })
      }
      await cancel(work, operations)
      await replan(work, typesOf(rows))
      return accepted({ before: [], told: words(rows) })
    }),
}

export const tripBringBack: Define<'trip.bring-back'> = {
  name: 'trip.bring-back',
  version: 1,
  args: calls.tripBringBack,
  subjects: ({ operations }) => operations,
  inverse: (_, { before, operations }) =>
    before.length > 0
      ? { name: 'material.want', args: { wants: before } }
      : { name: 'trip.cancel', args: { operations, claim: null } },
  handle: (context, { operations, claim, at }) =>
    inWords<ResultOf<'trip.bring-back'>>(context, async () => {
      const rows = await tripsTold(context.tx, operations)
      const work = workOf(context)
      if (claim !== null) {
        const off = await without(context, work, claim, operations, true)
        if (off.status === 'refused') return off
        return accepted({ before: off.result.before, operations: [], told: words(rows) })
      }
      const back: Uuid[] = []
      for (const id of operations) {
        back.push((await planRevert(work, id, Math.max(at, context.now))).reversal.id)
      }
      await replan(work, typesOf(rows))
      return accepted({ before: [], operations: back, told: words(rows) })
    }),
}

/** House work that was ticked by mistake is to be done after all. */
async function planAgain(
  work: Work,
  gone: readonly Readonly<{
    id: Uuid
    place: Uuid | null
    input: Uuid | undefined
    from: number
  }>[],
  again: number,
): Promise<void> {
  for (const { id, place, input, from } of gone) {
    if (place === null || input === undefined) continue
    await create(work, { kind: 'move', id, input, place, dtExecution: Math.max(again, from) })
  }
}

export const tripObliviate: Define<'trip.obliviate'> = {
  name: 'trip.obliviate',
  version: 1,
  args: calls.tripObliviate,
  subjects: ({ operations }) => operations,
  inverse: (_, { redo }) => (redo === null ? undefined : { name: 'trip.execute', args: redo }),
  handle: (context, args) =>
    inWords(context, async () => {
      const { operations, again } = args
      const rows = await tripsTold(context.tx, operations)
      const first =
        operations[0] === undefined ? undefined : await operationOf(context.tx, operations[0])
      const after = await followersOf(context.tx, operations)
      if (after.some((one) => one.state !== 'planned')) {
        return refused({ code: 'happened-since', name: rows[0]?.name ?? '' })
      }
      const work = workOf(context)
      const planned = after.map((one) => one.id)
      if (planned.length > 0) await cancel(work, planned)
      const redone = await redoOf(context, operations, again)
      const types = await typesTouchedBy(context.tx, operations)
      await obliviate(work, operations)
      if (again !== null) await planAgain(work, redone, again)
      await replan(work, types)
      return accepted({ told: words(rows), redo: await redoOnceMore(context, args, first) })
    }),
}

/** What does it once more, where it is planned (again): what was done without a plan is not. */
async function redoOnceMore(
  context: Context,
  { operations, again }: ArgsOf<'trip.obliviate'>,
  first: Operation | undefined,
): Promise<ResultOf<'trip.obliviate'>['redo']> {
  if (first?.kind !== 'move' || first.place === null) return null
  const { claim, place, dtExecution: at } = first
  if (claim === null) return again === null ? null : { operations, at, claim, place }
  const planned = await plannedTrips(context.tx, claim, place)
  return planned.length < operations.length ? null : { operations, at, claim, place }
}

async function redoOf(context: Context, operations: readonly Uuid[], again: number | null) {
  if (again === null) return []
  const found = []
  for (const id of operations) {
    const operation = await operationOf(context.tx, id)
    const [input] = await inputs(context.tx, id)
    found.push({ id, place: operation?.place ?? null, input: input?.id, from: input?.dtFrom ?? 0 })
  }
  return found
}
