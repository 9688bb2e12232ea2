/**
 * Material at work: what the commands about equipment and keys have in common. One set of ids for all that a command
 * makes, places that come into being when they are first wanted, and what the engine refuses as a refusal with names.
 */
import type { Refusal } from '../domain/refusal.ts'
import type { Uuid } from '../domain/time.ts'
import { uuid5 } from '../domain/uuid.ts'
import {
  OperationDateError,
  OperationError,
  OperationGone,
  OperationInputTaken,
  OperationInputWrongState,
  OperationIrreversibleError,
  OperationWrongState,
} from '../operations/errors.ts'
import { idsOf } from '../operations/ids.ts'
import type { Work } from '../operations/operations.ts'
import { piecesAt } from '../store/material-names.ts'
import { type Context, type Outcome, refused } from './command.ts'

/** Once for each command: it names all rows that the command makes. */
export function workOf(context: Context): Work {
  return { tx: context.tx, now: context.now, ids: idsOf(context.now, context.commandId) }
}

/** The place that a hall, or a person who has something, is: the same for every desk. */
export function placeOf(hallOrPerson: Uuid): Uuid {
  return uuid5(hallOrPerson, 'place')
}

async function nameOf(context: Context, avatar: Uuid) {
  const [piece] = await piecesAt(context.tx, [avatar])
  if (!piece) return { name: '', place: '' }
  return { name: piece.code ? `${piece.name} ${piece.code}` : piece.name, place: piece.place }
}

async function refusalFor(context: Context, error: OperationError): Promise<Refusal | undefined> {
  if (error instanceof OperationGone) return { code: 'gone', what: 'trip' }
  if (error instanceof OperationIrreversibleError) return { code: 'irreversible' }
  if (error instanceof OperationWrongState && error.operation) {
    return { code: 'trip-state', state: error.operation.state }
  }
  if (error instanceof OperationInputWrongState) {
    const { id, state } = error.record
    const when = state === 'future' ? ('yet' as const) : ('any-more' as const)
    return { code: 'not-there', ...(await nameOf(context, id)), when }
  }
  if (error instanceof OperationInputTaken) {
    return { code: 'piece-planned', name: (await nameOf(context, error.record.id)).name }
  }
  if (error instanceof OperationDateError) {
    const { id, dtFrom } = error.record
    const named = await nameOf(context, id)
    return { code: 'before-arrival', ...named, from: dtFrom, at: error.date }
  }
  return undefined
}

/** Whatever the engine refuses becomes a refusal; what was written goes with it. */
export async function inWords<R>(
  context: Context,
  work: () => Promise<Outcome<R>>,
): Promise<Outcome<R>> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof OperationError)) throw error
    const refusal = await refusalFor(context, error)
    if (!refusal) throw error
    return refused(refusal)
  }
}
