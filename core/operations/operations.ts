/**
 * The door to operations: each call reads what it works on, does it in memory, and writes what has changed.
 *
 * It runs in the caller's transaction. A refused call throws an `OperationError` before anything is written; what
 * the database refuses beyond that, it refuses with the whole call.
 */
import type { Instant, Uuid } from '../domain/time.ts'
import type { Tx } from '../store/database.ts'
import {
  itemTypes,
  type OperationGraph,
  readAvatars,
  readFollowers,
  readNeighbours,
  readOperations,
  readOvertaken,
} from '../store/operations.ts'
import type { Avatar, KindName, Operation } from '../store/operations-model.ts'
import { writeOperations } from '../store/operations-write.ts'
import { cancel as cancelIn } from './cancel.ts'
import { create as createIn } from './create.ts'
import { OperationGone } from './errors.ts'
import { execute as executeIn, start as startIn } from './execute.ts'
import type { Ids } from './ids.ts'
import type { Plan } from './kind.ts'
import { kindNamed } from './kinds/list.ts'
import { Ledger } from './ledger.ts'
import { obliviate as obliviateIn } from './obliviate.ts'
import {
  isReversible as isReversibleIn,
  planRevert as planRevertIn,
  type Reversal,
} from './revert.ts'

/** One command at work: its transaction, the moment it is decided, and the ids it gives to new rows. */
export interface Work {
  readonly tx: Tx
  readonly now: Instant
  readonly ids: Ids
}

/** A plan that names its inputs by id. */
export type NewOperation = Omit<Plan, 'input' | 'inputs'> & {
  readonly kind: KindName
  readonly input?: Uuid
  readonly inputs?: readonly Uuid[]
  /** Instead of an input: takes what the operation at this place of the same call leaves. */
  readonly after?: number
}

/** A ledger over what was read; types come along where a set is put together or taken apart. */
async function ledgerOver(work: Work, read: OperationGraph, sets: boolean): Promise<Ledger> {
  const ledger = new Ledger(work.now, work.ids)
  ledger.load(read)
  const isSet = ({ kind }: Operation) => kind === 'unpack' || kind === 'assembly'
  if (sets || read.operations.some(isSet)) ledger.load({ types: await itemTypes(work.tx) })
  return ledger
}

function found(ledger: Ledger, ids: readonly Uuid[]): Operation[] {
  const gone = ids.filter((id) => !ledger.findOperation(id))
  if (gone.length > 0) throw new OperationGone(gone)
  return ids.map((id) => ledger.operation(id))
}

function planned(
  ledger: Ledger,
  { kind: _, input, inputs, after, ...rest }: NewOperation,
  made: readonly Operation[],
): Plan {
  const avatar = (id: Uuid) => {
    const there = ledger.findAvatar(id)
    if (!there) throw new OperationGone([id])
    return there
  }
  const before = after === undefined ? undefined : made[after]
  if (after !== undefined && !before) throw new Error(`nothing was made at ${after} yet`)
  return {
    ...rest,
    ...(input === undefined ? {} : { input: avatar(input) }),
    ...(inputs === undefined ? {} : { inputs: inputs.map(avatar) }),
    ...(before === undefined ? {} : { inputs: ledger.outcomesOf(before) }),
  }
}

/** Makes operations in their order. */
export async function createAll(work: Work, wanted: readonly NewOperation[]): Promise<Operation[]> {
  const named = wanted.flatMap(({ input, inputs = [] }) => (input ? [input, ...inputs] : inputs))
  const sets = wanted.some(({ kind }) => kind === 'unpack' || kind === 'assembly')
  const nothing: OperationGraph = { operations: [], avatars: [], inputs: [], items: [] }
  const read = named.length > 0 ? await readAvatars(work.tx, named) : nothing
  const ledger = await ledgerOver(work, read, sets)
  const made: Operation[] = []
  for (const one of wanted) {
    made.push(createIn(ledger, kindNamed(one.kind), planned(ledger, one, made)))
  }
  await writeOperations(work.tx, ledger.changes())
  return made
}

export async function create(work: Work, wanted: NewOperation): Promise<Operation> {
  const [made] = await createAll(work, [wanted])
  return made as Operation
}

/** Executes a whole row of operations at one moment; those already done stay as they are. */
export async function execute(
  work: Work,
  ids: readonly Uuid[],
  dtExecution: Instant = work.now,
): Promise<Operation[]> {
  const ledger = await ledgerOver(work, await readOvertaken(work.tx, ids, dtExecution), false)
  const operations = found(ledger, ids)
  for (const operation of operations) executeIn(ledger, operation, dtExecution)
  await writeOperations(work.tx, ledger.changes())
  return operations
}

/** A whole row of operations sets off at one moment. */
export async function start(
  work: Work,
  ids: readonly Uuid[],
  dtStart: Instant = work.now,
): Promise<Operation[]> {
  const ledger = await ledgerOver(work, await readOvertaken(work.tx, ids, dtStart), false)
  const operations = found(ledger, ids)
  for (const operation of operations) startIn(ledger, operation, dtStart)
  await writeOperations(work.tx, ledger.changes())
  return operations
}

/** Cancels operations with all that follow; returns what went. */
export async function cancel(work: Work, ids: readonly Uuid[]): Promise<Operation[]> {
  const ledger = await ledgerOver(work, await readFollowers(work.tx, ids), false)
  const gone = cancelIn(ledger, found(ledger, ids))
  await writeOperations(work.tx, ledger.changes())
  return gone
}

/** Obliviates operations with all that follow; returns what went. */
export async function obliviate(work: Work, ids: readonly Uuid[]): Promise<Operation[]> {
  const ledger = await ledgerOver(work, await readFollowers(work.tx, ids), false)
  const gone = obliviateIn(ledger, found(ledger, ids))
  await writeOperations(work.tx, ledger.changes())
  return gone
}

/** Plans the way back of an operation and of all that follow it. */
export async function planRevert(
  work: Work,
  id: Uuid,
  dtExecution: Instant = work.now,
): Promise<Reversal> {
  const ledger = await ledgerOver(work, await readFollowers(work.tx, [id]), false)
  const [operation] = found(ledger, [id])
  const reversal = planRevertIn(ledger, operation as Operation, dtExecution)
  await writeOperations(work.tx, ledger.changes())
  return reversal
}

/** A ledger for questions: nothing is written, so it needs neither a moment nor ids. */
async function about(tx: Tx, id: Uuid): Promise<[Ledger, Operation]> {
  const ids: Ids = {
    next() {
      throw new Error('a question makes no rows')
    },
  }
  const ledger = await ledgerOver({ tx, now: 0, ids }, await readNeighbours(tx, [id]), false)
  const [operation] = found(ledger, [id])
  return [ledger, operation as Operation]
}

export async function isReversible(tx: Tx, id: Uuid): Promise<boolean> {
  const [ledger, operation] = await about(tx, id)
  return isReversibleIn(ledger, operation)
}

export async function operationOf(tx: Tx, id: Uuid): Promise<Operation | undefined> {
  return (await readOperations(tx, [id])).operations[0]
}

/** What it takes or took. */
export async function inputs(tx: Tx, id: Uuid): Promise<Avatar[]> {
  const [ledger, operation] = await about(tx, id)
  return ledger.inputsOf(operation)
}

/** What it left that is not past; a later operation takes it away by being done. */
export async function outcomes(tx: Tx, id: Uuid): Promise<Avatar[]> {
  const [ledger, operation] = await about(tx, id)
  return ledger.outcomesOf(operation)
}

export async function follows(tx: Tx, id: Uuid): Promise<Operation[]> {
  const [ledger, operation] = await about(tx, id)
  return ledger.followsOf(operation)
}

export async function followers(tx: Tx, id: Uuid): Promise<Operation[]> {
  const [ledger, operation] = await about(tx, id)
  return ledger.followersOf(operation)
}
